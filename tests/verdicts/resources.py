"""Files of ten megabytes built to fill their reader's memory or to take its time, and what `rapporteur verify` takes for each.

Usage: resources.py PROGRAM [--size MEGABYTES] [--seconds LIMIT] [--more MEGABYTES] [--only NAME]...

Ends with 1 where one takes more than 64 MiB (20 MiB and 16 times the file where that is more) or more processor time than the limit, or
crashes. `--more` is what a build that is not optimised takes beyond. Each runs under a limit of 512 MiB, so that a failing one does not take the machine along.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import bases
import forms
from pdf import Signed, entry, row, stream

MIB = 1 << 20
MOST = 64 * MIB
HARD = 512 * MIB


def bodies(size: int) -> dict:
    """One object that is large in its own way, at the end of a signed file."""
    deep = b"[" * 60 + b"]" * 60
    return {
        "numbers": b"[" + b"0 " * (size // 2) + b"]",
        "names": b"[" + b"/A " * (size // 3) + b"]",
        "short texts": b"[" + b"()" * (size // 2) + b"]",
        "empty dictionaries": b"[" + b"<<>>" * (size // 4) + b"]",
        "small dictionaries": b"[" + b"<</A 0>>" * (size // 8) + b"]",
        "keys": b"<<" + b"".join(b"/%x 0 " % key for key in range(size // 9)) + b">>",
        "nested without end": b"[" * (size // 2) + b"]" * (size // 2),
        "nested as deep as may be": b"[" + deep * (size // len(deep)) + b"]",
        "one text": b"(" + b"a" * size + b")",
        "one text in hexadecimal": b"<" + b"0a" * (size // 2) + b">",
        "parentheses": b"(" * (size // 2) + b")" * (size // 2),
        "escapes": b"(" + b"\\053" * (size // 4) + b")",
        "headers of objects in a text": b"(" + b"1 0 obj " * (size // 8) + b")",
        "digits before a header": b"(" + b"1" * size + b" 0 obj)",
        "a stream": stream("", random.Random(1).randbytes(size)),
        "streams in a stream": stream("", b"1 0 obj<<>>stream " * (size // 18)),
        "content that unpacks to a hundred times as much": stream("/Filter /FlateDecode", packed_zeros(size * 100)),
    }


def packed_zeros(length: int) -> bytes:
    packer = zlib.compressobj(9)
    piece = bytes(MIB)
    return b"".join(packer.compress(piece) for _ in range(length // MIB)) + packer.flush()


def listed(s: Signed, objects: dict) -> bytes:
    """An update with these objects, whose numbers lie together behind those of the file."""
    update = s.update()
    for number, body in objects.items():
        update.object(number, body)
    places = b"".join(entry(update.at[number][0]) for number in sorted(objects) if number >= s.size)
    lines = b"".join(f"{number} 1\n".encode() + entry(update.at[number][0]) for number in sorted(objects) if number < s.size)
    behind = [number for number in objects if number >= s.size]
    return update.by_table(table=lines + f"{s.size} {len(behind)}\n".encode() + places)


def many(s: Signed, body: str, size: int) -> bytes:
    count = size // (len(body) + 44)
    return listed(s, {number: body for number in range(s.size, s.size + count)})


def fields(s: Signed, body: str, size: int) -> bytes:
    """As many fields, in the form and on the page."""
    count = size // (len(body) + 70)
    numbers = range(s.size, s.size + count)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {number: body.replace("#", str(number)) for number in numbers}
    objects[s.form] = s.text(s.form).replace("/Fields [", f"/Fields [ {kids}", 1)
    objects[s.page] = s.text(s.page).replace("/Annots [", f"/Annots [ {kids}", 1)
    return listed(s, objects)


def pages(s: Signed, size: int) -> bytes:
    numbers = range(s.size, s.size + size // 90)
    tree = s.number("/Pages")
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {number: f"<< /Type /Page /Parent {tree} 0 R >>" for number in numbers}
    objects[tree] = f"<< /Type /Pages /Kids [{s.page} 0 R {kids}] /Count {len(numbers) + 1} /MediaBox [0 0 9 9] >>"
    return listed(s, objects)


def packed_many(s: Signed, body: bytes, count: int) -> bytes:
    """So many objects in one stream, all listed."""
    index = "".join(f"{s.size + 1 + nth} {nth * (len(body) + 1)} " for nth in range(count)).encode()
    update = s.update().stream(s.size, zlib.compress(index + (body + b" ") * count), f"/Type /ObjStm /N {count} /First {len(index)} /Filter /FlateDecode")
    number, at = s.size + count + 1, len(update.out)
    rows = row(1, update.at[s.size][0], 0) + b"".join(row(2, s.size, min(nth, 65_535)) for nth in range(count)) + row(1, at, 0)
    head = f"/Type /XRef /W [1 4 2] /Index [{s.size} {count + 2}] /Size {number + 1} /Prev {update.previous} {update.kept} /Filter /FlateDecode"
    return bytes(update.raw(f"{number} 0 obj\n").raw(stream(head, zlib.compress(rows))).raw(f"\nendobj\nstartxref\n{at}\n%%EOF\n").out)


def revisions(s: Signed, count: int, body: str) -> bytes:
    pdf, update = bytearray(s.bytes), s.update()
    previous = update.previous
    for _ in range(count):
        at = len(pdf)
        pdf += f"{s.size} 0 obj\n{body}\nendobj\n".encode()
        table = len(pdf)
        pdf += f"xref\n{s.size} 1\n".encode() + entry(at) + f"trailer\n<< {update.kept} /Size {s.size + 1} /Prev {previous} >>\nstartxref\n{table}\n%%EOF\n".encode()
        previous = table
    return bytes(pdf)


def fat_sections(s: Signed, count: int, rows: int) -> bytes:
    """Small streams of cross-references, each of which lists many free objects."""
    pdf, update, data = bytearray(s.bytes), s.update(), zlib.compress(row(0, 0, 0) * rows)
    previous = update.previous
    for _ in range(count):
        at, number = len(pdf), s.size + rows
        head = f"/Type /XRef /W [1 4 2] /Index [{s.size} {rows}] /Size {number + 1} /Prev {previous} {update.kept} /Filter /FlateDecode"
        pdf += f"{number} 0 obj\n".encode() + stream(head, data) + f"\nendobj\nstartxref\n{at}\n%%EOF\n".encode()
        previous = at
    return bytes(pdf)


def signatures(s: Signed, count: int = 99) -> bytes:
    """The one signature in as many fields."""
    update, numbers = s.update(), range(s.size, s.size + count)
    for number in numbers:
        update.object(number, f"<< /FT /Sig /T (f{number}) /Rect [0 0 0 0] /V {s.signature} 0 R >>")
    return update.edit(s.form, ("/Fields [", "/Fields [ " + " ".join(f"{number} 0 R" for number in numbers))).close()


def files(size: int):
    """Each file by what it is, made when it is asked for."""
    s = Signed("plain", forms.signer.sign(bases.document()))
    for name, body in bodies(size).items():
        yield name, lambda body=body: s.update().object(s.size, body).close()
    broken = b"startxref\n3\n%%EOF\n"
    yield "numbers where the file must be searched", lambda: s.update().object(s.size, b"[" + b"0 " * (size // 2) + b"]").close() + broken
    yield "small objects where the file must be searched", lambda: many(s, "<< /A 1 >>", size) + broken
    yield "texts without end", lambda: s.bytes + b"1 0 obj(\n" * (size // 9) + broken
    yield "streams without end", lambda: s.bytes + b"1 0 obj<<>>stream\n" * (size // 18) + broken
    yield "ends of files", lambda: s.bytes + b"startxref\n0\n%%EOF\n" * (size // 18)
    yield "a comment", lambda: s.update().raw(b"%" * size + b"\n").object(s.size, "null").close()
    yield "blanks behind the end", lambda: s.bytes + b" " * size
    yield "small objects", lambda: many(s, "null", size)
    yield "small dictionaries, each an object", lambda: many(s, "<< /A 1 >>", size)
    yield "free entries", lambda: s.update().object(s.size, "null").by_table(table=f"0 {size // 20}\n".encode() + entry(0, 65535, "f") * (size // 20))
    yield "packed objects", lambda: packed_many(s, b"<<>>", 60_000)
    yield "a million packed objects", lambda: packed_many(s, b"0", 1_000_000)
    bomb = b"1 0 " + b" " * (256 * MIB)
    yield "packed objects that unpack to a quarter of a gigabyte", lambda: s.update().stream(s.size, zlib.compress(bomb, 9), "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode").by_stream(rows={s.size + 1: row(2, s.size, 0)})
    yield "updates", lambda: revisions(s, 4_000, "(" + "a" * (size // 4_000 - 150) + ")")
    yield "more updates than anybody makes", lambda: revisions(s, size // 190, "null")
    yield "sections of many entries", lambda: fat_sections(s, 4_000, 100_000)
    yield "pages", lambda: pages(s, size)
    yield "text fields", lambda: fields(s, "<< /FT /Tx /T (f#) /Rect [0 0 0 0] >>", size)
    yield "signature fields", lambda: fields(s, "<< /FT /Sig /T (f#) /Rect [0 0 0 0] >>", size)
    yield "one signature in 99 fields", lambda: signatures(s)
    yield "one signature in 99 fields of a large file", lambda: signatures(Signed("large", s.update().stream(s.size, bytes(size // 2)).close()))
    twice = lambda: Signed("full", forms.signer.sign(many(s, "<< /A 1 >>", size // 2), "Again"))  # noqa: E731
    yield "signed again after many small objects, and updated", lambda: many(twice(), "<< /A 1 >>", size // 2)


#: A process counts the memory of the one it was made from, so a small one must start the program.
STARTER = """
import os, resource, sys
pid = os.fork()
if pid == 0:
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
"""


def taken(program: str, file: Path) -> tuple:
    """How it ended, processor time in seconds, peak memory in bytes."""
    run = subprocess.run([sys.executable, "-S", "-c", STARTER, str(HARD), program, "verify", "--json", str(file)], capture_output=True, text=True, check=True)
    ended, seconds, peak = run.stdout.split()
    return int(ended), float(seconds), int(peak)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--size", type=float, default=10)
    arguments.add_argument("--seconds", type=float, default=2)
    arguments.add_argument("--more", type=float, default=0)
    arguments.add_argument("--only", action="append")
    asked = arguments.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.pdf"
        for name, make in files(int(asked.size * MIB) - 20_000):
            if asked.only and name not in asked.only:
                continue
            pdf = make()
            file.write_bytes(pdf)
            ended, seconds, peak = taken(os.path.abspath(asked.program), file)
            most = max(MOST, 20 * MIB + 16 * len(pdf)) + asked.more * MIB
            fault = ended not in (0, 1, 2) or peak > most or seconds > asked.seconds
            faults += fault
            print(f"{'FAULT ' if fault else ''}{name}: {len(pdf) / MIB:.1f} MiB, ended with {ended}, {seconds:.2f} s, {peak / MIB:.0f} MiB", flush=True)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
