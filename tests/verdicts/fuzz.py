"""A differential fuzzer over updates: behind a signed revision stands an update made and spoiled at random, and whatever we call sound is drawn.

Usage: fuzz.py PROGRAM FOLDER [--minutes N] [--seed N]

What is found stays in FOLDER: files that are sound although a viewer shows another page than was signed, and files that make the program fail.
Files that pyHanko refuses and we do not are counted, and the first of them kept.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bases
import forms
import judges
import structure
from bases import XMP
from content import COVER
from pdf import row
from table import SEEN
from viewers import Gallery

BATCH = 60
HIDDEN = structure.HIDDEN
WORDS = [b"obj", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"startxref", b"%%EOF", b"<<", b">>", b"[", b"]", b"(", b")", b"%", b"/", b" R", b"\0", b"\r", b"\n", b" ", b"#", b"0", b"1", b"9", b"-", b"/Prev", b"/Size", b"/Root", b"/Contents", b"/Length", b"/Type", b"/XRefStm", b" f ", b" n "]


def harmless(s, update, chance):
    """What a verdict foresees, or passes over."""
    match chance.randrange(6):
        case 0:
            update.object(update.new_size(), chance.choice(["null", "(idle)", "<< /A 1 >>", "[1 2]"]))
        case 1:
            update.stream(update.new_size(), b"idle", "/A 1")
        case 2 if s.pdf.trailer.get("/Info") is not None:
            update.add(s.pdf.trailer.Info.objgen[0], "/ModDate (D:20261201000000Z)")
        case 3:
            update.stream(s.number("/Metadata"), XMP, "/Type /Metadata /Subtype /XML")
        case 4:
            number = update.new_size()
            update.stream(number, b"der").add(s.root, f"/DSS << /Certs [{number} 0 R] >>")
        case _:
            forms.filled(s, update)


def hostile(s, update, chance):
    """What must not pass, hidden in some way."""
    number = chance.choice([s.content, s.page, s.root, s.form, s.number("/Pages"), s.number("/Pages", "/Kids", 0, "/Resources"), s.number("/Pages", "/Kids", 0, "/Resources", "/XObject", "/Fm"), s.name_field, s.widget, s.signature])
    body = twisted(s, number, chance)
    match chance.randrange(7):
        case 0:
            update.object(number, body)
        case 1:
            update.hidden(number, body)
        case 2:
            update.hidden(number, body, header=chance.choice([f"{number} 0 obj", f"{number}\t0\tobj\n", f"0{number} 0 obj\n", f"{number} 1 obj\n", f"+{number} 0 obj\n", f"{number} 0  obj\n"]))
        case 3:
            update.stream(update.new_size(), b"\n" + f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode("latin1")) + b"\nendobj\n")
        case 4:
            update.at[number] = (chance.choice([place for place, _ in update.at.values()] or [len(update.out)]), 0)
        case 5:
            update.free(number, chance.choice([0, 1, 65535]))
        case _:
            container = update.new_size()
            update.pack(container, {number: body if not isinstance(body, bytes) else "null", container + 1: "null"}, n=chance.choice([None, None, 1, 3]))
            if chance.random() < 0.5:
                update.packed.pop(number)


def twisted(s, number, chance):
    """An object with something else in it."""
    if number == s.content or chance.random() < 0.1:
        return HIDDEN
    object_ = s.pdf.get_object(number, 0)
    if object_._type_name == "stream":
        return COVER
    text = s.text(number)
    match chance.randrange(5):
        case 0:
            return text.replace(f"{s.content} 0 R", f"{s.number('/Pages', '/Kids', 1, '/Contents')} 0 R")
        case 1:
            return text.rstrip()[:-2] + chance.choice(["/Contents", "/Rotate 180 /A", "/OpenAction", "/Kids", "/AP", "/V"]) + f" {s.content} 0 R >>"
        case 2:
            keys = re.findall(r"/[A-Za-z]+", text)
            return text.replace(chance.choice(keys), chance.choice(["/Contents", "/X", "/Con#74ents", "/Type", "/AA"]), 1)
        case 3:
            return re.sub(r"\d+", lambda found: str(int(found.group()) + chance.choice([0, 0, 0, 1])), text)
        case _:
            return text.replace("[ 0 0 300 200 ]", "[ 0 0 200 300 ]")


def closed(s, update, chance) -> bytes:
    """Ends the update, as a rule honestly."""
    lies = {}
    if chance.random() < 0.25:
        lies["size"] = chance.choice([1, s.size, s.size - 1, update.new_size() + 5, 9000])
    if chance.random() < 0.15:
        lies["previous"] = chance.choice([0, update.previous - 1, update.previous + 1, len(update.out)])
    if chance.random() < 0.15:
        lies["trailer"] = chance.choice([f"/XRefStm {update.previous}", f"/Root {s.number('/Pages')} 0 R", f"/Pre#76 {update.previous}", "/Size 3", "/Type /XRef", "/Info null"])
    if s.packed and chance.random() < 0.9 or update.packed or chance.random() < 0.1:
        if chance.random() < 0.15:
            lies["rows"] = {chance.choice([s.content, s.page]): row(chance.randrange(4), chance.choice([len(update.out) - 40, 15]), 0)}
        return update.by_stream(**lies)
    if chance.random() < 0.3:
        listed = update.rows()
        lines = b""
        for number in sorted(listed):
            count = chance.choice([1, 1, 1, 0, 2, 9])
            lines += f"{number + chance.choice([0, 0, 0, 0, 1, -1])} {count}\n".encode() + listed[number] * chance.choice([1, 1, 1, 2])
        lies["table"] = lines
    return update.by_table(**lies)


def spoiled(pdf: bytes, start: int, chance) -> bytes:
    """A few bytes of the update swapped, taken out or put in."""
    out = bytearray(pdf)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(start, len(out))
        match chance.randrange(4):
            case 0:
                out[at : at + chance.randrange(1, 8)] = b""
            case 1:
                out[at:at] = chance.choice(WORDS)
            case 2:
                out[at] = chance.choice(b"0123456789 \n\r/<>[]()%#Rn")
            case _:
                word = chance.choice(WORDS)
                found = out.find(word, start + (at - start) // 2)
                if found > 0:
                    out[found : found + len(word)] = chance.choice(WORDS)
        if len(out) <= start + 1:
            break
    return bytes(out)


def mutant(signed: list, chance) -> tuple:
    s = chance.choice(signed)
    update = s.update()
    for _ in range(chance.randrange(1, 3)):
        harmless(s, update, chance)
    if chance.random() < 0.6:
        hostile(s, update, chance)
    pdf = closed(s, update, chance)
    if chance.random() < 0.5:
        pdf = spoiled(pdf, len(s.bytes), chance)
    if chance.random() < 0.1:
        pdf += chance.choice([b"\0" * 30, b" " * 1500, b"%%EOF\n", b"\n\n", f"startxref\n{update.previous}\n%%EOF\n".encode()])
    return s, pdf


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--viewers", default="poppler,mupdf,ghostscript,pdf.js")
    asked = arguments.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    chance, gallery = random.Random(asked.seed), Gallery(asked.viewers.split(","))
    counts = dict.fromkeys(("tried", "sound", "drawn otherwise", "pyHanko otherwise", "failed"), 0)
    end = time.monotonic() + 60 * asked.minutes
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        signed = list(bases.bases(forms.signer, asked.program, work).values())
        while time.monotonic() < end:
            batch(asked, work, signed, chance, gallery, counts)
    print(f"seed {asked.seed}: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    sys.exit(1 if counts["drawn otherwise"] or counts["failed"] else 0)


def batch(asked, work: Path, signed: list, chance, gallery, counts: dict):
    made = {}
    for nth in range(BATCH):
        try:
            s, pdf = mutant(signed, chance)
        except (AssertionError, KeyError, IndexError, RuntimeError, ValueError, AttributeError):
            continue  # the file has nothing of the kind
        file = work / f"{nth}.pdf"
        file.write_bytes(pdf)
        made[file.name] = (s, pdf)
    counts["tried"] += len(made)
    try:
        verdicts = judges.ours(asked.program, [work / name for name in made])
    except (ValueError, subprocess.TimeoutExpired) as fault:
        counts["failed"] += 1
        for name, (_, pdf) in made.items():
            (asked.folder / f"failed-{counts['tried']}-{name}").write_bytes(pdf)
        return print("the program failed on one of these:", fault, flush=True)
    for name, (s, pdf) in made.items():
        if verdicts[name]["line"] == "sound":
            counts["sound"] += 1
            look(asked.folder, s, pdf, verdicts[name], gallery, counts)


def look(folder: Path, s, pdf: bytes, verdict: dict, gallery, counts: dict):
    seen = any(words in named for named in verdict["named"] for words in SEEN)
    # What was filled in is seen on the first page, and is named.
    others = [] if seen else gallery.changed(s.bytes, pdf)
    theirs = judges.pyhanko(pdf)
    name = f"{counts['tried']}-{counts['sound']}-{s.name}.pdf"
    if others:
        counts["drawn otherwise"] += 1
        (folder / f"drawn-{name}").write_bytes(pdf)
        print(f"drawn-{name}: {', '.join(others)}; {verdict}", flush=True)
    elif theirs != "sound":
        counts["pyHanko otherwise"] += 1
        if counts["pyHanko otherwise"] <= 40:
            (folder / f"pyhanko-{name}").write_bytes(pdf)
            print(f"pyhanko-{name}: {theirs}; {verdict}", flush=True)
    gallery.hung = {key: pages for key, pages in gallery.hung.items() if len(gallery.hung) < 400}


if __name__ == "__main__":
    main()
