"""The verdicts: ours, pyHanko's and pdfsig's. Each is a short word, the same for the same thing."""

import io
import logging
import json
import re
import subprocess
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

# It tells at length that nobody is trusted, which is not asked.
logging.disable(logging.CRITICAL)

#: Changes that pyHanko knows for harmless, from the mildest on.
HARMLESS = "NONE", "LTA_UPDATES", "FORM_FILLING"


def ours(program: str, files: list) -> dict:
    """The bottom line of each file by `rapporteur verify`, and what it names as foreseen."""
    verdicts = {}
    for start in range(0, len(files), 100):
        some = files[start : start + 100]
        run = subprocess.run([program, "verify", "--json", *some, *(some[:1] if len(some) == 1 else [])], capture_output=True, text=True, timeout=600)
        for found in json.loads(run.stdout):
            verdicts[Path(found["file"]).name] = our_words(found)
    return verdicts


def our_words(found: dict) -> dict:
    if "error" in found:
        return {"line": "unreadable", "named": [], "why": found["error"].split(": ", 1)[-1]}
    since = [signature["changed_since"] for signature in found["signatures"]]
    named = [what for one in since for what in one.get("what", [])]
    remarks = [remark for signature in found["signatures"] for remark in signature["remarks"]]
    return {"line": found["bottom_line"], "named": named, "why": "; ".join(dict.fromkeys(named + remarks))}


def pyhanko(pdf: bytes) -> str:
    """Strict reading; every signature is to be intact, valid and free of unexplained changes. Trust is not asked."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        signatures, stamps = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
        if not signatures:
            return "unsigned"
        results = [judged(signature) for signature in signatures] + [stamped(stamp) for stamp in stamps]
        return next((result for result in results if result != "sound"), "sound")
    except Exception:  # It meets broken files with whatever its parts raise, assertions among them.
        return "refused"


def nobody() -> ValidationContext:
    return ValidationContext(trust_roots=[], allow_fetching=False)


def judged(signature) -> str:
    status = validate_pdf_signature(signature, signer_validation_context=nobody())
    if not (status.intact and status.valid):
        return "not valid"
    level = status.modification_level
    if status.coverage.name in ("ENTIRE_FILE",):
        return "sound"
    if level is None or level.name not in HARMLESS:
        return "changed"
    return "sound" if status.docmdp_ok is not False and status.seed_value_ok else "forbidden"


def stamped(stamp) -> str:
    status = validate_pdf_timestamp(stamp, validation_context=nobody())
    return "sound" if status.intact and status.valid else "not valid"


def pdfsig(file: Path) -> str:
    run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, errors="replace", timeout=60)
    verdicts = re.findall(r"- Signature Validation: (.*)", run.stdout)
    if not verdicts:
        return "unsigned" if run.returncode in (0, 2) else "refused"
    if any(verdict != "Signature is Valid." and "not yet been verified" not in verdict for verdict in verdicts):
        return "not valid"
    return "valid, whole file" if "Total document signed" in run.stdout else "valid, part of the file"
