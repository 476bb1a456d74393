"""Streams that are not what they seem: of cross-references, of objects, of a length or filter that readers take differently; and bytes at the end."""

import re
import zlib

from bases import FORGED
from kinds import TABLES, way
from pdf import row
from structure import HIDDEN, idle

END, STREAM, PACKED, LENGTHS = "the end of the file", "cross-reference streams", "object streams", "streams and filters"

# The end.

for name, tail in {
    "nul_bytes": b"\0" * 40, "blanks": b" \n" * 20, "many_blanks": b" " * 3000, "letters": b"hello\n", "second_marker": b"%%EOF\n", "comment": b"% idle\n",
    "startxref_nothing": b"startxref\n0\n%%EOF\n", "startxref_first": None, "html": b"<html><body>Pay 999</body></html>\n", "zip": b"PK\x05\x06" + b"\0" * 18,
    "trailer_alone": b"trailer\n<< /Root 1 0 R /Size 3 >>\n%%EOF\n", "xref_alone": b"xref\n0 1\n0000000000 65535 f \n%%EOF\n",
}.items():

    def _tail(s, tail=tail):
        first = re.findall(rb"startxref\s+(\d+)", s.bytes)[0].decode()
        return s.bytes + (tail if tail is not None else f"startxref\n{first}\n%%EOF\n".encode())

    _tail.__name__ = f"ends_with_{name}"
    way(END, f"behind the end: {name.replace('_', ' ')}", ("plain", "packed", "ours"), honest=name in ("nul_bytes", "blanks"))(_tail)


@way(END, "another file behind the end", ("plain", "packed", "ours"))
def second_file(s):
    from bases import document

    return s.bytes + document({4: HIDDEN})


@way(END, "cut off inside the signed revision", ("plain",))
def cut_off(s):
    return s.bytes[: len(s.bytes) // 2]


@way(END, "an update that states the place of the table before it")
def startxref_of_before(s):
    update, _ = idle(s)
    return update.close(place=update.previous)


@way(END, "an update without an end-of-file marker, with another marker far before")
def no_marker(s):
    update, _ = idle(s)
    return update.close(end="\n")


@way(END, "bytes before the header", ("plain",))
def bytes_before(s):
    return b"junk\n" + s.bytes


# Cross-reference streams.


@way(STREAM, "an update by a stream where the file has tables", TABLES)
def stream_behind_table(s):
    update, _ = idle(s)
    return update.by_stream()


@way(STREAM, "an update by a table where the file has streams", ("packed",))
def table_behind_stream(s):
    update, _ = idle(s)
    return update.by_table()


for name, more in {
    "type_of_no_kind": {"rows": "kind"}, "index_shifted": {"index": "shift"}, "index_twice": {"index": "twice"}, "widths_absurd": {"widths": "[1 100000000000 2]"}, "widths_negative": {"widths": "[1 4 -2]"},
    "widths_four": {"widths": "[1 4 2 0]"}, "widths_none": {"widths": "[0 0 0]"}, "index_absurd": {"index": "0 4000000000"}, "index_odd": {"index": "0 1 2"}, "filter_twice": {"dictionary": "/Filter /FlateDecode"},
    "filter_escaped": {"dictionary": "/Fil#74er [/ASCIIHexDecode /FlateDecode]"}, "predictor_absurd": {"dictionary": "/DecodeParms << /Predictor 15 /Columns 400000000 >>"}, "row_missing": {"index": "missing"},
    "size_absurd_too": {"size": 2**40}, "type_missing": {"dictionary": "/Type /XRaf"}, "hybrid_stream": {"dictionary": "/XRefStm 15"}, "external": {"dictionary": "/F (other.pdf)"},
}.items():

    def _stream(s, more=dict(more)):
        update, twin = idle(s)
        number = update.new_size()
        more = dict(more)
        if more.get("rows") == "kind":
            more["rows"] = {s.content: bytes([7]) + twin.to_bytes(4, "big") + b"\0\0"}
        match more.get("index"):
            case "shift":
                more["index"] = f"{s.size - 1} 2"
            case "twice":
                more |= {"rows": {s.content: row(1, twin, 0)}, "index": f"{s.size} 1 {s.size} 1 {number} 1"}
            case "missing":
                more["index"] = f"{s.size} 1 {number} 1 {s.content} 1"
        return update.by_stream(**more)

    _stream.__name__ = name
    way(STREAM, f"a stream of cross-references: {name.replace('_', ' ')}", ("plain", "packed"))(_stream)


# Object streams.


def packing(s, members, **more):
    return s.update().pack(s.size, members, **more)


@way(PACKED, "an idle object stream that holds a twin of the page", ("plain", "packed"))
def packed_twin_unlisted(s):
    update = s.update().stream(s.size + 1, FORGED)
    update.pack(s.size, {s.page: s.text(s.page).replace(f"/Contents {s.content} 0 R", f"/Contents {s.size + 1} 0 R")})
    update.packed = {}
    return update.by_stream()


@way(PACKED, "an object stream listed with the members in another order", ("plain", "packed"))
def packed_swapped(s):
    update = s.update().stream(s.size + 3, FORGED)
    page = s.text(s.page)
    update.pack(s.size, {s.page: page.replace(f"/Contents {s.content} 0 R", f"/Contents {s.size + 3} 0 R"), s.size + 1: page})
    update.packed = {s.page: (s.size, 1), s.size + 1: (s.size, 0)}
    return update.by_stream()


@way(PACKED, "an object stream that holds one number twice", ("plain", "packed"))
def packed_number_twice(s):
    update = s.update().stream(s.size + 2, FORGED)
    page = s.text(s.page).encode("latin1")
    forged = page.replace(f"/Contents {s.content} 0 R".encode(), f"/Contents {s.size + 2} 0 R".encode())
    index = f"{s.page} 0 {s.page} {len(page) + 1} "
    update.stream(s.size, zlib.compress(index.encode() + page + b" " + forged), f"/Type /ObjStm /N 2 /First {len(index)} /Filter /FlateDecode")
    update.packed = {s.page: (s.size, 0)}
    return update.by_stream()


@way(PACKED, "an object stream that counts fewer members than it has", ("plain", "packed"))
def packed_fewer(s):
    update = s.update().stream(s.size + 2, FORGED)
    update.pack(s.size, {s.size + 1: "null", s.page: s.text(s.page).replace(f"/Contents {s.content} 0 R", f"/Contents {s.size + 2} 0 R")}, n=1)
    del update.packed[s.page]
    return update.by_stream()


@way(PACKED, "an object stream that counts more members than it has", ("plain", "packed"))
def packed_more(s):
    update = packing(s, {s.size + 1: "null"}, n=90_000_000)
    return update.by_stream()


@way(PACKED, "an object stream that continues another", ("plain", "packed"))
def packed_extends(s):
    update = s.update().stream(s.size + 3, FORGED)
    update.pack(s.size, {s.page: s.text(s.page).replace(f"/Contents {s.content} 0 R", f"/Contents {s.size + 3} 0 R")})
    update.packed = {}
    update.pack(s.size + 1, {s.size + 2: "null"}, dictionary=f"/Extends {s.size} 0 R")
    return update.by_stream()


@way(PACKED, "an object stream inside an object stream", ("plain", "packed"))
def packed_in_packed(s):
    return packing(s, {s.size + 1: "<< /Type /ObjStm /N 1 /First 4 >>"}).by_stream()


@way(PACKED, "the page comes from an object stream and is replaced", ("plain", "packed"))
def packed_page(s):
    update = s.update().stream(s.size + 2, FORGED)
    return update.pack(s.size, {s.page: s.text(s.page).replace(f"/Contents {s.content} 0 R", f"/Contents {s.size + 2} 0 R")}).by_stream()


@way(PACKED, "objects that nothing leads to, packed", ("plain", "packed"), honest=True)
def packed_idle(s):
    return packing(s, {s.size + 1: "(idle)", s.size + 2: "<< /A 1 >>"}).by_stream()


@way(PACKED, "an object stream is replaced under its members", ("packed",))
def container_replaced(s):
    number = next(number for number in range(1, s.size) if re.search(rf"(?<!\d){number} 0 obj\s*<<[^>]*/ObjStm".encode(), s.bytes))
    return s.update().pack(number, {s.page: "null"}).by_stream()


# Streams.

for name, head in {"short": "/Length 3", "long": "/Length 5000", "negative": "/Length -5", "missing": "", "twice": "/Length 10 /Length 3", "by_reference_to_nothing": "/Length 9999 0 R", "real": "/Length 5.0"}.items():

    def _length(s, head=head):
        inner = b"x endstream endobj " + f"{s.content} 0 obj ".encode() + HIDDEN
        return s.update().object(s.size, f"<< {head} >>\nstream\n".encode() + inner + b"\nendstream").close()

    _length.__name__ = f"length_{name}"
    way(LENGTHS, f"a stream whose length is {name.replace('_', ' ')}", ("plain", "packed"))(_length)


@way(LENGTHS, "a stream whose length is an object of its own", ("plain", "packed"), honest=True)
def length_by_reference(s):
    return s.update().object(s.size, "4").object(s.size + 1, f"<< /Length {s.size} 0 R >>\nstream\nabcd\nendstream".encode()).close()


@way(LENGTHS, "an object without its end", ("plain", "packed"))
def no_endobj(s):
    update = s.update()
    update.at[s.size] = (len(update.out), 0)
    return update.raw(f"{s.size} 0 obj\nnull\n").close()


@way(LENGTHS, "the data of a stream behind a bare carriage return", ("plain", "packed"))
def stream_after_cr(s):
    return s.update().object(s.size, b"<< /Length 4 >>\nstream\rabcd\nendstream").close()
