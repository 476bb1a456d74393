"""Forgeries of what a signature covers: wrapped and copied signatures, byte ranges that lie, bytes in the hole."""

import re

from bases import FORGED
from kinds import EVERY, way
from structure import HIDDEN

RANGE = "wrapping and byte ranges"

@way(RANGE, "the signature's dictionary copied into an update (incremental saving)", EVERY)
def signature_copied(s):
    return s.update().object(s.signature, s.text(s.signature)).stream(s.content, FORGED).close()


@way(RANGE, "an update with objects alone: no table, no trailer", EVERY)
def body_alone(s):
    return s.bytes + f"{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n"


@way(RANGE, "an update with objects and a trailer, no table")
def body_and_trailer(s):
    update = s.update().hidden(s.content, HIDDEN)
    return bytes(update.raw(f"trailer\n<< {update.kept} /Size {s.size} /Prev {update.previous} >>\nstartxref\n{update.previous}\n%%EOF\n").out)


for name, change in {
    "range_missing": (r"/ByteRange ?\[.*?\]", ""), "range_null": (r"/ByteRange ?\[.*?\]", "/ByteRange null"), "range_empty": (r"/ByteRange ?\[.*?\]", "/ByteRange []"), "range_zero": (r"/ByteRange ?\[.*?\]", "/ByteRange [0 0 0 0]"),
    "range_negative": (r"/ByteRange ?\[.*?\]", "/ByteRange [0 -1 -1 5]"), "contents_missing": (r"/Contents ?<.*?>", ""), "contents_null": (r"/Contents ?<.*?>", "/Contents null"), "contents_empty": (r"/Contents ?<.*?>", "/Contents <>"), "contents_zero": (r"/Contents ?<.*?>", "/Contents <00>"),
}.items():

    def _forge(s, change=change):
        text, count = re.subn(*change, s.text(s.signature), count=1, flags=re.S)
        return s.update().object(s.signature, text).stream(s.content, FORGED).close() if count else None

    _forge.__name__ = name
    way(RANGE, f"universal forgery: {name.replace('_', ' ')}", ("plain", "ours"))(_forge)


def ranges(pdf: bytes) -> tuple:
    found = re.search(rb"/ByteRange ?\[ *(\d+) +(\d+) +(\d+) +(\d+) *\]", pdf)
    return found, [int(number) for number in found.groups()]


@way(RANGE, "wrapping: the second part is moved and content stands in its place", ("plain", "certified-2"))
def wrapped(s):
    found, (start, hole, behind, rest) = ranges(s.bytes)
    inserted = f">\n{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n"
    old = found.group()
    new = f"/ByteRange [{start} {hole} {behind + len(inserted)} {rest}]".encode().ljust(len(old))
    pdf = s.bytes[:behind] + inserted + s.bytes[behind:]
    return pdf.replace(old, new) if len(new) == len(old) else None


@way(RANGE, "bytes inside the hole behind the signature", ("plain", "ours"))
def bytes_in_hole(s):
    _, (_, hole, behind, _) = ranges(s.bytes)
    return s.bytes[: behind - 9] + b"deadbeef" + s.bytes[behind - 1 :]


@way(RANGE, "a comment and a dictionary inside the hole", ("plain", "ours"))
def dictionary_in_hole(s):
    _, (_, hole, behind, _) = ranges(s.bytes)
    return s.bytes[: behind - 21] + b"> /Reason (Pay 999) %" + s.bytes[behind:]


@way(RANGE, "a byte of the signed content changed", EVERY)
def byte_changed(s):
    if s.packed:
        at = s.bytes.index(b"stream") + 40
        return s.bytes[:at] + bytes([s.bytes[at] ^ 1]) + s.bytes[at + 1 :]
    return s.bytes.replace(b"Pay 100", b"Pay 900", 1)


@way(RANGE, "a byte of the signature changed", EVERY)
def signature_changed(s):
    _, (_, hole, _, _) = ranges(s.bytes)
    at = hole + 200
    return s.bytes[:at] + (b"0" if s.bytes[at : at + 1] != b"0" else b"1") + s.bytes[at + 1 :]
