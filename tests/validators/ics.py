"""What python-icalendar makes of calendar files: `ics.py FILE...` prints complaints as `FILE<tab>WORDS`, nothing for a sound file."""

import sys
from datetime import datetime

import icalendar

for name in sys.argv[1:]:
    say = lambda words: print(name, words, sep="\t")
    data = open(name, "rb").read()
    if any(byte < 32 and byte not in b"\r\n\t" for byte in data):
        say("a control character (RFC 5545, 3.1)")
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        say("a line of more than 75 octets (3.1)")
    calendar = icalendar.Calendar.from_ical(data)
    if not calendar.subcomponents:
        say("no component (3.6)")
    for part in calendar.walk():
        for missing in [key for key in part.required if key not in part]:
            say(f"{part.name} lacks {missing}")
        for fault in part.errors:
            say(f"{part.name}: {fault}")
    for event in calendar.walk("VEVENT"):
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        if not end > start:
            say("an event that ends before it begins (3.6.1)")
        if isinstance(start, datetime) and start.utcoffset() is None:
            say("a moment without a zone")
        if not event.walk("VALARM"):
            say("an event without an alarm")
