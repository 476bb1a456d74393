"""Splits a chat into rows of when, who and what, and writes them as JSON: chat.py CHAT.txt OUT.json

The least that any reader of a chat does, by Python's own `re` and `json`: no form is chosen, no day carried, nothing checked.
"""
import json
import re
import sys

source, out = sys.argv[1:]
stamped = re.compile(r"\[([0-9: -]+)\] ([^:]+): (.*)")
rows = []
with open(source, encoding="utf-8") as chat:
    for line in chat.read().splitlines():
        found = stamped.fullmatch(line)
        if found:
            rows.append(dict(zip(("at", "who", "said"), found.groups())))
        elif rows:
            rows[-1]["said"] += "\n" + line
with open(out, "w", encoding="utf-8") as written:
    json.dump(rows, written, indent=2)
