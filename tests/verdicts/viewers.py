"""What five viewers show of a file: its pages in grey, each viewer asked by itself. None of them is told that the file is signed.

A viewer that is not installed is left out and named; one that refuses a file shows nothing, and that is an answer too.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy
from PIL import Image

HERE = Path(__file__).parent
SECONDS = 20
#: Pages beyond these are not drawn: what is forged here is on the first ones.
PAGES = 4


def read_grey(path: Path) -> numpy.ndarray:
    """A picture in the simplest of formats (binary PGM)."""
    data = path.read_bytes()
    head, at = [], 0
    while len(head) < 4:
        end = at
        while data[end : end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        word, at = data[at:end], end + 1
        if word.startswith(b"#"):
            at = data.index(b"\n", end) + 1
        elif word:
            head.append(word)
    width, height = int(head[1]), int(head[2])
    return numpy.frombuffer(data[at : at + width * height], dtype=numpy.uint8).reshape(height, width)


def by_program(arguments):
    """A viewer that is a program and leaves one picture a page."""

    def draw(file: Path, folder: Path) -> list:
        command = [str(argument).format(file=file, out=folder / "page") for argument in arguments]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return []
        pictures = sorted(folder.glob("page*.pgm"), key=lambda path: int("0" + "".join(filter(str.isdigit, path.stem))))
        return [read_grey(picture) for picture in pictures]

    return draw


def by_pdfium(file: Path, _folder: Path) -> list:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        return []
    pages = []
    try:
        document.init_forms()
        for number in range(min(len(document), PAGES)):
            try:
                pages.append(document[number].render(scale=1, grayscale=True).to_numpy().squeeze().copy())
            except (pypdfium2.PdfiumError, ValueError):  # a page of no size
                pages.append(numpy.zeros((1, 1), dtype=numpy.uint8))
    finally:
        document.close()
    return pages


class PdfJs:
    """pdf.js in one process of node, which is asked file by file."""

    def __init__(self):
        self.node = None

    def __call__(self, file: Path, folder: Path) -> list:
        if self.node is None or self.node.poll() is not None:
            self.node = subprocess.Popen(["node", HERE / "pdfjs.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.node.stdin.write(json.dumps({"file": str(file), "folder": str(folder), "pages": PAGES}) + "\n")
        self.node.stdin.flush()
        count = int(self.node.stdout.readline() or 0)
        return [read_grey(folder / f"page{number}.pgm") for number in range(1, count + 1)]


VIEWERS = {
    "poppler": ("pdftoppm", by_program(["pdftoppm", "-q", "-r", "72", "-gray", "-cropbox", "-l", PAGES, "{file}", "{out}"])),
    "mupdf": ("mutool", by_program(["mutool", "draw", "-q", "-r", "72", "-c", "gray", "-o", "{out}%d.pgm", "{file}", f"1-{PAGES}"])),
    "ghostscript": ("gs", by_program(["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dPrinted=false", "-dUseCropBox", "-sDEVICE=pgmraw", "-r72", "-dGraphicsAlphaBits=4", f"-dLastPage={PAGES}", "-sOutputFile={out}%d.pgm", "{file}"])),
    "pdfium": (None, by_pdfium),
    "pdf.js": ("node", PdfJs()),
}


def present() -> dict:
    """The viewers that are installed here."""
    return {name: draw for name, (program, draw) in VIEWERS.items() if program is None or shutil.which(program)}


def absent() -> list:
    return [name for name in VIEWERS if name not in present()]


class Gallery:
    """Pictures of files, each drawn once by each viewer."""

    def __init__(self, names=None):
        self.viewers = {name: draw for name, draw in present().items() if names is None or name in names}
        self.hung = {}

    def pages(self, viewer: str, pdf: bytes) -> list:
        key = (viewer, hashlib.sha256(pdf).digest())
        if key not in self.hung:
            with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
                file = Path(folder) / "file.pdf"
                file.write_bytes(pdf)
                self.hung[key] = self.viewers[viewer](file, Path(folder))
        return self.hung[key]

    def forget(self):
        self.hung.clear()

    def changed(self, before: bytes, after: bytes) -> list:
        """The viewers that show other pages of the one file than of the other."""
        return [viewer for viewer in self.viewers if not alike(self.pages(viewer, before), self.pages(viewer, after))]

    def at_odds(self, pdf: bytes) -> bool:
        """Whether viewers show one file differently, by more than fonts and smoothing."""
        shown = [pages for viewer in self.viewers if (pages := self.pages(viewer, pdf))]
        return any(not roughly_alike(shown[0], other) for other in shown[1:])


def alike(one: list, other: list) -> bool:
    return len(one) == len(other) and all(same_page(a, b) for a, b in zip(one, other))


def same_page(one: numpy.ndarray, other: numpy.ndarray) -> bool:
    return one.shape == other.shape and int((numpy.abs(one.astype(int) - other.astype(int)) > 24).sum()) < 4


def roughly_alike(one: list, other: list) -> bool:
    return len(one) == len(other) and all(rough_page(a, b) for a, b in zip(one, other))


def rough_page(one: numpy.ndarray, other: numpy.ndarray) -> bool:
    """Whether two viewers show one page. Some draw it larger than others (/UserUnit), which hides nothing."""
    if one.shape != other.shape:
        scale = other.shape[0] / one.shape[0]
        if numpy.abs(numpy.array(one.shape) * scale - other.shape).max() > 1:
            return False
        one = numpy.asarray(Image.fromarray(one).resize(other.shape[::-1]))
    return bool((numpy.abs(coarse(one) - coarse(other)) < 110).all())


def coarse(page: numpy.ndarray, square: int = 10) -> numpy.ndarray:
    """The mean of each square of a page."""
    height, width = (side - side % square for side in page.shape)
    return page[:height, :width].reshape(height // square, square, width // square, square).mean(axis=(1, 3))
