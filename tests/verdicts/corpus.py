"""Makes the corpus: every way of `kinds` on every file it is tried on.

Usage: corpus.py PROGRAM FOLDER        writes the files and `corpus.json`, which says what each is
"""

import json
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import bases
import content  # noqa: F401  (each notes its ways)
import forms
import prepared  # noqa: F401
import streams  # noqa: F401
import structure  # noqa: F401
import wrapping
from kinds import WAYS


@dataclass
class Made:
    file: str
    kind: str
    name: str
    what: str
    on: str
    honest: bool
    #: Bytes of the signed revision, with which the file is compared; the whole file where it was signed as it is.
    signed: int


def make(program: str, folder: Path, every: int = 1) -> list:
    """Makes the corpus, or each so-manieth file of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.pdf"):
        old.unlink()
    random.seed(1)
    with tempfile.TemporaryDirectory() as work:
        signed = bases.bases(forms.signer, program, Path(work))
    made = []
    for base in signed.values():
        file = f"{base.name}--unchanged.pdf"
        (folder / file).write_bytes(base.bytes)
        made.append(Made(file, "signed and unchanged", "unchanged", "as it was signed", base.name, True, len(base.bytes)))
    for way, on in [(way, on) for way in WAYS for on in way.on][::every]:
        try:
            pdf = way.make(signed[on])
        except Exception as fault:
            raise RuntimeError(f"{way.name} on {on}") from fault
        if pdf is None:
            continue
        file = f"{on}--{way.name}.pdf"
        (folder / file).write_bytes(pdf)
        made.append(Made(file, way.kind, way.name, way.what, on, on in way.honest, first_revision(pdf, signed[on].bytes)))
    if len({one.file for one in made}) != len(made):
        raise RuntimeError("two files of one name")
    (folder / "corpus.json").write_text(json.dumps([asdict(one) for one in made], indent=1))
    return made


def first_revision(pdf: bytes, base: bytes) -> int:
    """Where the first signature's bytes end, as it states itself."""
    if pdf.startswith(base):
        return len(base)
    try:
        _, (_, _, behind, rest) = wrapping.ranges(pdf)
        return min(behind + rest, len(pdf))
    except AttributeError:
        return len(pdf)


if __name__ == "__main__":
    print(len(make(sys.argv[1], Path(sys.argv[2]))), "files")
