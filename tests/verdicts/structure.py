"""Updates that are not what they seem: cross-references that readers take differently, twins of objects.

Each carries a harmless change that a verdict may foresee, and content that some reader would show in place of what was signed.
"""

import re
import zlib

from bases import FORGED
from kinds import EVERY, TABLES, USUAL, way
from pdf import entry, row, stream

TABLE, TWINS, TRAILER = "cross-reference tables", "twins of objects", "trailers"
HIDDEN = stream("", FORGED)


def idle(s):
    """An update that changes nothing, with the twin of the page's content in it."""
    update = s.update()
    twin = len(update.out)
    update.hidden(s.content, HIDDEN).object(s.size, "null")
    return update, twin


# Tables.


def listing(s, update, extra: bytes = b"", counts=(1,)) -> bytes:
    place, _ = update.at[s.size]
    return f"{s.size} {counts[0]}\n".encode() + entry(place) + extra


@way(TABLE, "a subsection counts more entries than it has", TABLES)
def counts_too_many(s):
    update, _ = idle(s)
    return update.by_table(table=listing(s, update, counts=(9,)))


@way(TABLE, "a subsection counts fewer entries than it has", TABLES)
def counts_too_few(s):
    update, twin = idle(s)
    return update.by_table(table=f"{s.content} 0\n".encode() + entry(twin) + listing(s, update))


@way(TABLE, "a subsection begins with a number too small by one", TABLES)
def begins_one_below(s):
    update, twin = idle(s)
    return update.by_table(table=f"{s.content - 1} 2\n".encode() + entry(0, 65535, "f") + entry(twin) + listing(s, update))


@way(TABLE, "the first entry of a table for number 1 is the free one of number 0", TABLES)
def begins_with_one(s):
    update, twin = idle(s)
    lines = b"".join(entry(twin if number == s.content else 0, 0, "n" if number == s.content else "f") for number in range(1, s.content + 1))
    return update.by_table(table=f"1 {s.content + 1}\n".encode() + entry(0, 65535, "f") + lines)


for name, ending in {"nineteen": b"\n", "twenty_one": b" \r\n", "cr": b"\r", "two_lf": b"\n\n", "nul": b"\0\n"}.items():

    def _ends(s, ending=ending):
        update, twin = idle(s)
        lines = f"{s.content} 1\n{twin:010} 00000 n".encode() + ending
        return update.by_table(table=lines)

    _ends.__name__ = f"entry_ends_{name}"
    way(TABLE, f"an entry ends with {ending!r}", ("plain", "ours"))(_ends)


@way(TABLE, "one number twice in a table", TABLES)
def number_twice(s):
    update, twin = idle(s)
    old = re.search(rf"(?<!\d){s.content} 0 obj".encode(), s.bytes).start()
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(old) + f"{s.content} 1\n".encode() + entry(twin))


@way(TABLE, "one number twice in a table, the forged one first", TABLES)
def number_twice_forged_first(s):
    update, twin = idle(s)
    old = re.search(rf"(?<!\d){s.content} 0 obj".encode(), s.bytes).start()
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(twin) + f"{s.content} 1\n".encode() + entry(old))


for name, shift in {"before": -1, "behind": 1, "into_the_header": 3}.items():

    def _shift(s, shift=shift):
        update, twin = idle(s)
        return update.by_table(table=f"{s.content} 1\n".encode() + entry(twin + shift) + listing(s, update))

    _shift.__name__ = f"offset_{name}"
    way(TABLE, f"an offset is off by {shift}", TABLES)(_shift)


@way(TABLE, "an entry whose offset leads to another object's header", TABLES)
def leads_to_another(s):
    update = s.update()
    place = len(update.out)
    update.object(s.size, HIDDEN)
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(place) + f"{s.size} 1\n".encode() + entry(place))


@way(TABLE, "the content's number leads to a spare object that was signed along", ("plain", "ours"))
def leads_to_signed_spare(s):
    spare = re.search(rb"\n(\d+) 0 obj\n<<  ?/Length \d+ >>\nstream\n0 0 0 rg 150", s.bytes)
    update = s.update().object(s.size, "null")
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(spare.start() + 1) + listing(s, update)) if spare else None


@way(TABLE, "an entry is in use with generation 1, the object has 0", TABLES)
def generation_differs(s):
    update, twin = idle(s)
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(twin, 1) + listing(s, update))


@way(TABLE, "an object in use is listed as free, with the place of its twin", TABLES)
def freed_with_place(s):
    update, twin = idle(s)
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(twin, 0, "f") + listing(s, update))


@way(TABLE, "an entry of neither kind", TABLES)
def entry_of_no_kind(s):
    update, twin = idle(s)
    return update.by_table(table=f"{s.content} 1\n".encode() + entry(twin, 0, "x") + listing(s, update))


@way(TABLE, "a comment in a table", TABLES)
def comment_in_table(s):
    update, twin = idle(s)
    return update.by_table(table=f"% {s.content} 1\n".encode() + entry(twin) + listing(s, update))


@way(TABLE, "letters before the table", TABLES)
def letters_before_table(s):
    update, _ = idle(s)
    return update.raw("x").by_table(place=len(update.out))


@way(TABLE, "an offset of eleven digits", TABLES)
def eleven_digits(s):
    update, twin = idle(s)
    return update.by_table(table=f"{s.content} 1\n{twin:011} 00000 n\n".encode() + listing(s, update))


@way(TABLE, "an empty table", TABLES)
def empty_table(s):
    update, _ = idle(s)
    return update.by_table(table=b"")


@way(TABLE, "a table without any line for a twin of the whole first page", TABLES)
def twin_of_page(s):
    update = s.update().hidden(s.page, s.text(s.page).replace(f"/Contents {s.content} 0 R", f"/Contents {s.size} 0 R")).object(s.size, HIDDEN)
    return update.by_table()


# Trailers.

for name, more in {
    "size_too_small": {"size": 3}, "size_too_large": {"size": 9_000}, "size_absurd": {"size": 4_000_000_000}, "no_previous": {"previous": -1},
    "previous_is_nothing": {"previous": 0}, "previous_is_beyond": {"previous": 10**9}, "previous_is_inside": {"previous": 40},
}.items():

    def _lie(s, more=more):
        update, _ = idle(s)
        return update.by_table(**more)

    _lie.__name__ = name
    way(TRAILER, f"the trailer's {name.replace('_', ' ')}", TABLES)(_lie)


@way(TRAILER, "the trailer leads back to itself", TABLES)
def previous_is_itself(s):
    update, _ = idle(s)
    return update.by_table(previous=len(update.out))


def second_trailer(s, key: str, form: bool = False) -> bytes:
    """A trailer with a hidden section that lists the twin."""
    update = s.update()
    twin = len(update.out)
    update.hidden(s.content, HIDDEN)
    hidden = len(update.out)
    if form:
        rows = zlib.compress(row(1, twin, 0))
        head = f"/Type /XRef /W [1 4 2] /Index [{s.content} 1] /Size {s.size + 2} {update.kept} /Filter /FlateDecode"
        update.object(s.size + 1, stream(head, rows))
    else:
        update.raw(f"xref\n{s.content} 1\n".encode() + entry(twin) + f"trailer\n<< {update.kept} /Size {s.size} /Prev {update.previous} >>\n".encode())
    return update.object(s.size, "null").by_table(trailer=f"/{key} {hidden}")


for name, key in {"hybrid": "XRefStm", "hybrid_escaped": "XRef#53tm", "hybrid_all_escaped": "#58RefStm", "hybrid_lower_hex": "XRefSt#6d"}.items():

    def _hybrid(s, key=key):
        return second_trailer(s, key, form=True)

    _hybrid.__name__ = name
    way(TRAILER, f"a hybrid file by /{key}", TABLES)(_hybrid)

for name, key in {"previous_twice": "Prev", "previous_escaped": "Pre#76"}.items():

    def _previous(s, key=key):
        return second_trailer(s, key)

    _previous.__name__ = name
    way(TRAILER, f"a second way back: /{key}", TABLES)(_previous)


@way(TRAILER, "two catalogs in one trailer", TABLES)
def root_twice(s):
    new = s.size
    update = s.update().stream(new, FORGED).object(new + 1, f"<< /Type /Page /Parent {new + 2} 0 R /Resources << >> /Contents {new} 0 R >>")
    update.object(new + 2, f"<< /Type /Pages /Kids [{new + 1} 0 R] /Count 1 /MediaBox [0 0 300 200] >>").object(new + 3, f"<< /Type /Catalog /Pages {new + 2} 0 R >>")
    return update.by_table(trailer=f"/Root {new + 3} 0 R")


@way(TRAILER, "another catalog by an escaped key", TABLES)
def root_escaped(s):
    new = s.size
    update = s.update().stream(new, FORGED).object(new + 1, f"<< /Type /Page /Parent {new + 2} 0 R /Resources << >> /Contents {new} 0 R >>")
    update.object(new + 2, f"<< /Type /Pages /Kids [{new + 1} 0 R] /Count 1 /MediaBox [0 0 300 200] >>").object(new + 3, f"<< /Type /Catalog /Pages {new + 2} 0 R >>")
    return update.by_table(trailer=f"/Ro#6ft {new + 3} 0 R")


# Twins.

for name, header in {"": None, "with_tabs": "{} \t0\tobj\n", "glued": "{} 0 obj", "with_zeros": "000{} 00000 obj\n", "with_plus": "+{} 0 obj\n", "with_comment": "{} %\n0 obj\n", "with_line_ends": "{}\r\n0\r\nobj\n", "of_later_generation": "{} 7 obj\n", "with_nul": "{}\0000\0obj\n"}.items():

    def _twin(s, header=header):
        update = s.update().object(s.size, "null").hidden(s.content, HIDDEN, header=header and header.format(s.content))
        return update.close()

    _twin.__name__ = f"unlisted_twin_{name}".rstrip("_")
    way(TWINS, "a twin that no table lists" + (f", its header spelled {header.format('N')!r}" if header else ""), USUAL if not name else ("plain", "packed"))(_twin)


@way(TWINS, "a twin behind the last end-of-file marker")
def twin_behind_the_end(s):
    update = s.update().object(s.size, "null")
    return update.close() + f"{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n"


@way(TWINS, "a twin behind the table and before startxref")
def twin_before_startxref(s):
    pdf = s.update().object(s.size, "null").close()
    at = pdf.rindex(b"startxref")
    return pdf[:at] + f"{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n" + pdf[at:]


@way(TWINS, "a twin inside a stream's bytes")
def twin_in_stream(s):
    inner = f"\n{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n"
    return s.update().stream(s.size, inner).close()


@way(TWINS, "a twin inside a stream's bytes that a table lists", ("plain", "certified-2", "packed", "ours"))
def listed_twin_in_stream(s):
    update = s.update()
    inner = f"\n{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n"
    update.stream(s.size, inner)
    update.at[s.content] = (update.out.index(f"\n{s.content} 0 obj".encode(), update.at[s.size][0]) + 1, 0)
    return update.close()


@way(TWINS, "a twin inside a text")
def twin_in_text(s):
    return s.update().object(s.size, b"(\n" + f"{s.content} 0 obj\n".encode() + HIDDEN + b"\nendobj\n)").close()


@way(TWINS, "a twin inside a comment")
def twin_in_comment(s):
    body = b"%" + f"{s.content} 0 obj ".encode() + HIDDEN.replace(b"\n", b"\r") + b" endobj\n"
    return s.update().raw(body).object(s.size, "null").close()


@way(TWINS, "a key twice in an idle object")
def key_twice_in_idle(s):
    return s.update().object(s.size, "<< /A 1 /A 2 >>").close()


@way(TWINS, "the page rewritten with its content twice", EVERY)
def contents_twice(s):
    return s.update().stream(s.size, FORGED).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents {s.size} 0 R /Contents {s.content} 0 R")).close()


@way(TWINS, "the page rewritten with its content twice, the signed one first", EVERY)
def contents_twice_signed_first(s):
    return s.update().stream(s.size, FORGED).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents {s.content} 0 R /Contents {s.size} 0 R")).close()


@way(TWINS, "the page rewritten with content under an escaped key")
def contents_escaped(s):
    return s.update().stream(s.size, FORGED).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents {s.content} 0 R /Con#74ents {s.size} 0 R")).close()


@way(TWINS, "the page rewritten with another type in between")
def page_null_key(s):
    return s.update().stream(s.size, FORGED).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents {s.content} 0 R /Contents#00 {s.size} 0 R")).close()
