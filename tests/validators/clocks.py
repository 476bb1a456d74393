"""A second reckoning of due times, with Python's own calendars and clocks: `clocks.py PROGRAM MOMENTS SEED` makes that many cases, asks PROGRAM
(crates/report/examples/due_times.rs) about them, reckons each again from the clauses below, and prints every disagreement.

Zones come from the system's tz database through zoneinfo, holidays from the `holidays` package. None of our code or data is read."""

import json
import random
import subprocess
import sys
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import holidays

FORMS = ["gdpr-33", "nis2-final", "dora-final", "sec-8k-105", "ccadb-3.2", "sec-h9-summary"]
ZONES = [
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Athens", "Europe/Dublin", "America/New_York", "America/Los_Angeles",
    "America/St_Johns", "America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Chatham", "Africa/Cairo", "Asia/Jerusalem", "Atlantic/Azores",
]
TARGET = holidays.financial_holidays("ECB", years=range(2021, 2032))
FEDERAL = holidays.country_holidays("US", years=range(2021, 2032))
ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2021, 2028))


def instant(wall, zone):
    """The moment of a wall time, or None where it comes twice or never."""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        return None
    return first.astimezone(timezone.utc)


def midnight(day, zone):
    """When a day begins; where clocks skip midnight, at the first moment that exists."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)


def hours(start, count):
    return start and start + timedelta(hours=count)


def month_after(start, zone):
    day = start.astimezone(ZoneInfo(zone)).date()
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def working_days(start, count, zone, off):
    day = start.astimezone(ZoneInfo(zone)).date() if isinstance(start, datetime) else start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in off
    return day


def noon_relief(due, zone, excluded, elsewhere):
    """DORA, Delegated Regulation (EU) 2025/301, Art. 5(4) to (6). `elsewhere`: TARGET's holidays may be working days there (None: not said)."""
    day = due if type(due) is date else due.astimezone(ZoneInfo(zone)).date()
    moved = day
    while moved.weekday() > 4 or (elsewhere is False and moved in TARGET):
        moved += timedelta(days=1)
    if moved == day or excluded is not False:
        return end_of(due, zone)
    return datetime.combine(moved, time(12), tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)


def end_of(due, zone):
    return midnight(due + timedelta(days=1), zone) if type(due) is date else due


def reckon(case, at):
    """Due moments by key; None where nothing can be counted."""
    zone, said = case["zone"], case["circumstances"]
    filed = lambda key: sorted(at["filed"].get(key, []))
    if case["form"] == "gdpr-33":  # Art. 33(1): 72 hours of awareness
        return {"notification": hours(at["aware"], 72)}
    if case["form"] == "nis2-final":  # Art. 23(4)
        trust = said.get("trust_services")
        first = filed("notification")
        return {
            "early_warning": hours(at["aware"], 24),
            "notification": hours(at["aware"], 72 if trust is False else 24),
            "final": first and end_of(month_after(first[0], zone), zone) or None,
        }
    if case["form"] == "ccadb-3.2":  # 72 hours; 14 days of the first disclosure, be it preliminary or full
        first = sorted(filed("preliminary") + filed("full"))
        full = first and first[0].astimezone(ZoneInfo(zone)).date() + timedelta(days=14)
        return {"preliminary": hours(at["aware"], 72), "full": end_of(full, zone) if full else None}
    if case["form"] == "sec-8k-105":  # four business days, by 17:30 Eastern (17 CFR 232.13(a)(2))
        day = working_days(at["day"], 4, "America/New_York", FEDERAL)
        return {"report": datetime.combine(day, time(17, 30), tzinfo=ZoneInfo("America/New_York")).astimezone(timezone.utc)}
    if case["form"] == "sec-h9-summary":
        london = "Europe/London"
        days = lambda count: end_of(working_days(at["aware"], count, london, ENGLAND), london)
        return {"summary_report": at["aware"] and days(2), "review": at["aware"] and days(20)}
    excluded, elsewhere = said.get("no_weekend_relief"), said.get("other_holidays")
    return {
        "initial": dora_initial(at, zone, excluded, elsewhere),
        "intermediate": (first := filed("initial")) and noon_relief(hours(first[0], 72), zone, excluded, elsewhere) or None,
        # Kept for everybody at the final stage.
        "final": (sent := filed("intermediate")) and noon_relief(month_after(sent[-1], zone), zone, False, elsewhere) or None,
    }


def dora_initial(at, zone, excluded, elsewhere):
    aware, classified = hours(at["aware"], 24), hours(at["classified"], 4)
    if at["classified"] and aware and at["classified"] > aware:
        aware = None  # Art. 5(2): classified only after the 24 hours
    limbs = [limb for limb in (aware, classified) if limb]
    return noon_relief(min(limbs), zone, excluded, elsewhere) if limbs else None


def wall(rng):
    """Every fifth lies within two days of a change of clocks somewhere, or at the end of a month."""
    day = date(2023, 1, 1) + timedelta(days=rng.randrange(365 * 4 - 60))
    if rng.random() < 0.2:
        near = [date(2024, 3, 31), date(2025, 3, 30), date(2026, 3, 8), date(2025, 10, 26), date(2026, 10, 25), date(2026, 11, 1), date(2024, 2, 29),
                date(2026, 1, 31), date(2024, 12, 23), date(2026, 4, 3), date(2025, 4, 4), date(2026, 4, 5)]
        day = rng.choice(near) + timedelta(days=rng.randrange(-2, 3))
    return datetime.combine(day, time(rng.randrange(24), rng.randrange(60)))


def case(rng):
    form, zone = rng.choice(FORMS), rng.choice(ZONES)
    if form == "sec-h9-summary":
        zone = "Europe/London"
    aware = wall(rng)
    made = {"form": form, "zone": zone, "fields": {}, "events": {}, "circumstances": {}, "filings": []}
    at = {"aware": instant(aware, zone), "classified": None, "day": aware.date(), "filed": {}}
    written = f"{aware:%Y-%m-%d %H:%M}"
    if form == "sec-8k-105":
        made["fields"]["determined_on"] = f"{aware:%m/%d/%Y}"
    else:
        made["events"][{"sec-h9-summary": "restoration"}.get(form, "awareness")] = written
    if form == "dora-final":
        later = aware + timedelta(minutes=rng.randrange(1, 3000))
        at["classified"] = instant(later, zone)
        made["events"]["classification"] = f"{later:%Y-%m-%d %H:%M}"
    keys = {"gdpr-33": ["notification"], "nis2-final": ["early_warning", "notification", "final"], "ccadb-3.2": ["preliminary", "full"],
            "dora-final": ["initial", "intermediate", "final"]}.get(form, [])
    for key in keys:
        for _ in range(rng.choice([0, 1, 1, 2, 3])):
            sent = aware + timedelta(minutes=rng.randrange(120, 60 * 24 * 50))
            moment = instant(sent, zone)
            if moment is None:
                continue
            at["filed"].setdefault(key, []).append(moment)
            made["filings"].append([key, f"{sent:%Y-%m-%d %H:%M}"])
    rng.shuffle(made["filings"])
    asked = {"nis2-final": ["trust_services"], "dora-final": ["no_weekend_relief", "other_holidays"]}.get(form, [])
    for key in asked:
        if (answer := rng.choice([True, False, False, None])) is not None:
            made["circumstances"][key] = answer
    return made, at


def minutes_late(sent, by, key, zone):
    """Midnight after the last day is late by its first minute (Regulation (EEC, Euratom) 1182/71, Art. 3(2)); an hour that is named is not."""
    by_the_day = key in ("final", "full", "summary_report", "review") and by.astimezone(ZoneInfo(zone)).time() == time(0)
    late = int((sent - by).total_seconds() // 60)
    return 1 if late == 0 and by_the_day else max(0, late)


def main(program, count, seed):
    rng = random.Random(seed)
    cases, reckoned = [], 0
    while reckoned < count:
        made, at = case(rng)
        # A moment that comes twice or never starts nothing: that is held by our own tests, clock by clock.
        if at["aware"] is None or (made["form"] == "dora-final" and at["classified"] is None):
            continue
        cases.append((made, at, reckon(made, at)))
        reckoned += 1
    lines = "".join(json.dumps(made) + "\n" for made, _, _ in cases)
    answers = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answers) == len(cases), f"{len(answers)} answers to {len(cases)} cases"
    met_by, differing, compared, lates = {"ccadb-3.2": {"preliminary": ["full"]}}, 0, 0, 0
    for (made, at, expected), answer in zip(cases, answers):
        ours = {due["key"]: due for due in json.loads(answer)}
        for key, due in expected.items():
            compared += 1
            said = ours[key]["at"] and datetime.fromisoformat(ours[key]["at"].replace("Z", "+00:00"))
            sent = [moment for name in [key, *met_by.get(made["form"], {}).get(key, [])] for moment in at["filed"].get(name, [])]
            # Nobody is called late by a limit that may not be theirs: the 24 hours of trust services, while nobody has said.
            unsaid = made["form"] == "nis2-final" and key == "notification" and "trust_services" not in made["circumstances"]
            by = hours(at["aware"], 72) if unsaid and due else due
            late = minutes_late(min(sent), by, key, made["zone"]) if sent and by else (0 if sent else None)
            lates += bool(late)
            if said != due or ours[key]["late"] != late:
                differing += 1
                print(f"{key} of {json.dumps(made)}: {due} late {late}, not {said} late {ours[key]['late']} {ours[key]['state']}")
    print(f"# {len(cases)} moments, {compared} due times, {lates} of them late, {differing} disagreements", file=sys.stderr)
    assert compared > count and lates > count / 50, "too little was compared to mean anything"


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
