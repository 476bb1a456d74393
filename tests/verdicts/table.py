"""The table of VERDICTS.md, and what in a row is a fault.

The words of the page stand in it by hand, above the line that says where the table begins; why judges disagree is said in `explained.toml`.
"""

import tomllib
from itertools import groupby
from pathlib import Path

BEGIN = "<!-- The rest is written by `npm run verdicts`. -->"
EXPLAINED = tomllib.loads((Path(__file__).parent / "explained.toml").read_text())["why"]
#: Changes a verdict names that may be seen on a page.
SEEN = "was filled in", "further signature", "signature in a new field", "new place"
#: What viewers draw differently because the content of a page is wrong in itself, which the reading of structure does not look into.
INSIDE_CONTENT = "content-operators-broken", "content-inline-picture-with-end"


def names_what_is_seen(row: dict) -> bool:
    return any(words in named for named in row["ours"]["named"] for words in SEEN)


def fault(row: dict) -> str | None:
    """What must not be: said in a line, or nothing."""
    sound, file = row["ours"]["line"] == "sound", row["file"]
    if sound and row["changed"] and not names_what_is_seen(row):
        return f"{file} is sound, but {', '.join(row['changed'])} show another page than was signed: {row['what']}"
    if sound and row["at_odds"] and row["name"] not in INSIDE_CONTENT:
        return f"{file} is sound, but viewers show different pages: {row['what']}"
    if explanation(row):
        return None
    if sound != row["honest"]:
        return f"{file} is {row['ours']['line']} ({row['ours']['why']}): {row['what']}"
    if sound != (row["pyhanko"] == "sound"):
        return f"{file} is {row['ours']['line']} ({row['ours']['why']}), by pyHanko {row['pyhanko']}: {row['what']}"
    return None


def explanation(row: dict) -> str:
    """Why we judge otherwise than pyHanko, or than one would think."""
    sound = row["ours"]["line"] == "sound"
    if sound == row["honest"] == (row["pyhanko"] == "sound") and not (sound and row["at_odds"]):
        return ""
    for why in EXPLAINED:
        ways = why.get("ways", [row["name"]])
        on = why.get("on", [row["on"]])
        judged = why.get("sound", sound), why.get("pyhanko", row["pyhanko"])
        if why.get("kind", row["kind"]) == row["kind"] and row["name"] in ways and row["on"] in on and judged == (sound, row["pyhanko"]):
            return why["line"]
    return ""


def shown(row: dict, viewers: int) -> str:
    changed = "all show another page" if len(row["changed"]) == viewers else ", ".join(row["changed"]) + (" show another page" if len(row["changed"]) > 1 else " shows another page")
    words = [changed] if row["changed"] else []
    return "; ".join(words + (["they disagree"] if row["at_odds"] else [])) or "as signed"


def page(old: str, rows: list, viewers: int, absent: list) -> str:
    """The page with its words as they were and the table anew."""
    above = old.split(BEGIN)[0]
    sound = sum(row["ours"]["line"] == "sound" for row in rows)
    agree = sum((row["ours"]["line"] == "sound") == (row["pyhanko"] == "sound") for row in rows)
    lines = [
        above + BEGIN,
        "",
        f"{len(rows)} files: {sound} are sound, {len(rows) - sound} are not. pyHanko, strict, judges {agree} of them alike. "
        f"Of {sum(bool(row['changed']) for row in rows)} files a viewer shows another page than was signed, of {sum(row['at_odds'] for row in rows)} viewers show different pages."
        + (f" Not installed here: {', '.join(absent)}." if absent else ""),
    ]
    by_kind = groupby(sorted(rows, key=lambda row: row["kind"]), key=lambda row: row["kind"])
    for kind, of_kind in by_kind:
        lines += ["", f"## {kind[0].upper()}{kind[1:]}", "", "| what was done | to | Rapporteur | pyHanko | pdfsig | viewers | |", "|---|---|---|---|---|---|---|"]
        alike = {}
        for row in of_kind:
            cells = (row["ours"]["line"].replace("_", " "), row["pyhanko"], row["pdfsig"], shown(row, viewers), explanation(row))
            alike.setdefault((row["what"], cells), []).append(row["on"])
        for (what, cells), on in alike.items():
            lines.append("| " + " | ".join([what, ", ".join(on), *cells]).replace("\r", "\\r") + " |")
    return "\n".join(lines) + "\n"
