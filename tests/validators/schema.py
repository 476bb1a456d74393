"""python-jsonschema's verdict: `schema.py SCHEMA FILE...` prints each complaint as `FILE<tab>PLACE<tab>WORDS`."""

import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
judge = jsonschema.validators.validator_for(schema)
judge.check_schema(schema)
# Formats are asserted: a date-time that is none is a fault here as it is with us.
validator = judge(schema, format_checker=judge.FORMAT_CHECKER)
for name in sys.argv[2:]:
    for fault in validator.iter_errors(json.load(open(name, encoding="utf-8"))):
        print(name, fault.json_path, " ".join(fault.message.split()), sep="\t")
