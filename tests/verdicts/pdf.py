"""PDF files and their updates written byte by byte, as an attacker writes them; and as an honest program does.

Nothing here checks what it writes: whoever forges decides on every count, offset and word.
"""

import io
import re
import zlib
from dataclasses import dataclass, field

import pikepdf


def stream(dictionary: str, data: bytes) -> bytes:
    """The body of a stream object."""
    return f"<< {dictionary} /Length {len(data)} >>\nstream\n".encode("latin1") + data + b"\nendstream"


def as_bytes(body) -> bytes:
    return body if isinstance(body, bytes) else body.encode("latin1")


def entry(offset: int, generation: int = 0, kind: str = "n") -> bytes:
    """A line of a cross-reference table."""
    return f"{offset:010} {generation:05} {kind} \n".encode()


def row(kind: int, second: int, third: int) -> bytes:
    """A row of a cross-reference stream with the widths 1, 4 and 2."""
    return bytes([kind]) + second.to_bytes(4, "big") + third.to_bytes(2, "big")


def whole(objects: dict, trailer: str = "/Root 1 0 R /ID [<11> <22>]", head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") -> bytes:
    """A file of these objects with one table."""
    out, places = bytearray(head), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + as_bytes(body) + b"\nendobj\n"
    size = max(objects) + 1
    at = len(out)
    out += f"xref\n0 {size}\n".encode() + entry(0, 65535, "f")
    for number in range(1, size):
        out += entry(places[number]) if number in places else entry(0, 0, "f")
    out += f"trailer\n<< {trailer} /Size {size} >>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


@dataclass
class Signed:
    """A file that was signed, and what a forger needs to know about it."""

    name: str
    bytes: bytes
    #: What the signer allowed: None, or the number of DocMDP.
    certified: int | None = None
    #: Whether its cross-references are streams.
    packed: bool = False

    def __post_init__(self):
        self.pdf = pikepdf.open(io.BytesIO(self.bytes))

    def text(self, number: int) -> str:
        """An object that is no stream, as it is spelled by qpdf."""
        return self.pdf.get_object(number, 0).unparse(resolved=True).decode("latin1")

    def number(self, *path) -> int:
        """The number of the object that a way from the catalog leads to."""
        found = self.pdf.Root
        for step in path:
            found = found[step]
        return found.objgen[0]

    @property
    def root(self) -> int:
        return self.pdf.Root.objgen[0]

    @property
    def page(self) -> int:
        return self.number("/Pages", "/Kids", 0)

    @property
    def content(self) -> int:
        return self.number("/Pages", "/Kids", 0, "/Contents")

    @property
    def form(self) -> int:
        return self.number("/AcroForm")

    @property
    def name_field(self) -> int:
        """The text field that nobody has filled in."""
        return self.number("/AcroForm", "/Fields", 0)

    @property
    def signature(self) -> int:
        """The signature's dictionary."""
        signed = [field for field in self.pdf.Root.AcroForm.Fields if field.get("/FT") == "/Sig" and "/V" in field]
        return signed[0].V.objgen[0]

    @property
    def widget(self) -> int:
        """The field that holds it."""
        signed = [field for field in self.pdf.Root.AcroForm.Fields if field.get("/FT") == "/Sig" and "/V" in field]
        return signed[0].objgen[0]

    @property
    def size(self) -> int:
        return int(self.pdf.trailer.Size)

    def update(self) -> "Update":
        return Update(self)


@dataclass
class Update:
    """An update in the making. `close` ends it honestly; the arguments say where not."""

    of: Signed
    out: bytearray = field(default_factory=bytearray)
    at: dict = field(default_factory=dict)
    freed: dict = field(default_factory=dict)
    packed: dict = field(default_factory=dict)

    def __post_init__(self):
        if not self.out:
            self.out = bytearray(self.of.bytes)
        self.previous = int(re.findall(rb"startxref\s+(\d+)", self.of.bytes)[-1])
        trailer = self.of.pdf.trailer
        self.kept = f"/Root {self.of.root} 0 R"
        if "/Info" in trailer:
            self.kept += f" /Info {trailer.Info.objgen[0]} 0 R"
        if "/ID" in trailer:
            self.kept += " /ID " + trailer.ID.unparse().decode("latin1")

    def raw(self, data) -> "Update":
        self.out += as_bytes(data)
        return self

    def object(self, number: int, body, generation: int = 0, header: str | None = None) -> "Update":
        self.at[number] = (len(self.out), generation)
        return self.hidden(number, body, generation, header)

    def hidden(self, number: int, body, generation: int = 0, header: str | None = None) -> "Update":
        """An object that no table will list."""
        return self.raw(header or f"{number} {generation} obj\n").raw(body).raw("\nendobj\n")

    def stream(self, number: int, data: bytes, dictionary: str = "") -> "Update":
        return self.object(number, stream(dictionary, data))

    def edit(self, number: int, *swaps) -> "Update":
        """An object as it was, with words swapped for others, each of which must be there."""
        text = self.of.text(number)
        for old, new in swaps:
            assert old in text, f"{self.of.name}: {old} is not in {text}"
            text = text.replace(old, new, 1)
        return self.object(number, text)

    def add(self, number: int, more: str) -> "Update":
        """A dictionary as it was, with more in it."""
        text = self.of.text(number).rstrip()
        assert text.endswith(">>"), text
        return self.object(number, text[:-2] + more + " >>")

    def free(self, number: int, generation: int = 1) -> "Update":
        self.freed[number] = generation
        return self

    def pack(self, container: int, members: dict, n: int | None = None, dictionary: str = "") -> "Update":
        """An object stream; its members are listed only where the update is closed by a stream."""
        index, data = "", b""
        for place, (number, body) in enumerate(members.items()):
            index += f"{number} {len(data)} "
            data += as_bytes(body) + b" "
            self.packed[number] = (container, place)
        count = len(members) if n is None else n
        deflated = zlib.compress(index.encode() + data)
        return self.stream(container, deflated, f"/Type /ObjStm /N {count} /First {len(index)} /Filter /FlateDecode {dictionary}")

    def new_size(self, extra: int = 0) -> int:
        return max([self.of.size - 1, *self.at, *self.freed, *self.packed]) + 1 + extra

    def close(self, **lies) -> bytes:
        """Ends the update by the kind of cross-references that the file has."""
        return self.by_stream(**lies) if self.of.packed or self.packed else self.by_table(**lies)

    def rows(self) -> dict:
        listed = {number: entry(*place) for number, place in self.at.items()}
        listed.update({number: entry(0, generation, "f") for number, generation in self.freed.items()})
        return listed

    def by_table(self, *, table: bytes | None = None, trailer: str = "", size: int | None = None, previous: int | None = None, kept: str | None = None, place: int | None = None, end: str = "%%EOF\n") -> bytes:
        at = len(self.out)
        if table is None:
            listed, table = self.rows(), b""
            for number in sorted(listed):
                table += f"{number} 1\n".encode() + listed[number]
        self.raw(b"xref\n" + table)
        prev = f"/Prev {self.previous if previous is None else previous}" if previous != -1 else ""
        self.raw(f"trailer\n<< {self.kept if kept is None else kept} /Size {size or self.new_size()} {prev} {trailer} >>\n")
        return bytes(self.raw(f"startxref\n{at if place is None else place}\n{end}").out)

    def by_stream(self, *, rows: dict | None = None, dictionary: str = "", size: int | None = None, index: str | None = None, widths: str = "[1 4 2]", previous: int | None = None, kept: str | None = None, place: int | None = None, trailer: str = "", end: str = "%%EOF\n") -> bytes:
        number = self.new_size()
        at = len(self.out)
        listed = {number: row(1, place_of, generation) for number, (place_of, generation) in self.at.items()}
        listed.update({number: row(0, 0, generation) for number, generation in self.freed.items()})
        listed.update({number: row(2, *where) for number, where in self.packed.items()})
        listed[number] = row(1, at, 0)
        listed.update(rows or {})
        order = sorted(listed)
        index = index or " ".join(f"{one} 1" for one in order)
        data = zlib.compress(b"".join(listed[one] for one in order))
        prev = f"/Prev {self.previous if previous is None else previous}"
        head = f"/Type /XRef /W {widths} /Index [{index}] /Size {size or number + 1} {prev} {self.kept if kept is None else kept} /Filter /FlateDecode {dictionary} {trailer}"
        self.raw(f"{number} 0 obj\n").raw(stream(head, data)).raw("\nendobj\n")
        return bytes(self.raw(f"startxref\n{at if place is None else place}\n{end}").out)
