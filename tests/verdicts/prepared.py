"""Documents that were forged before they were signed: ambiguous ones, and those prepared for a change that looks harmless afterwards.

They are signed byte by byte, because no honest program would sign them as they are.
"""

import asyncio
import hashlib
import re
import zlib

import bases
from bases import CATALOG, CONTENT, FONT, FORGED, FORM, LINK, LOOK, NAME, PAGE, PAGES, PAGE_TWO, RESOURCES, SPARE, XOBJECT, objects
from content import COVER
from forms import signer
from kinds import way
from pdf import Signed, entry, row, stream, whole

AMBIGUOUS, SHADOW, TREES = "ambiguous when it was signed", "shadow attacks", "page trees"
ROOT = f"/Root {CATALOG} 0 R /Info {bases.INFO} 0 R /ID [<11223344> <55667788>]"
SIGNATURE, WIDGET = 40, 41
HOLE = 6000
#: What is odd, but all viewers read alike, or is told by the content of a page, which nobody can change afterwards.
HONEST_CONTENT = "predictor_in_array", "cut_off_deflate", "broken_checksum", "bytes_behind_deflate", "two_deflates", "hex_without_end", "lzw", "run_length", "operators_unknown", "inline_picture", "content_in_error"
HONEST_PAGES = "scaled", "crop_inside", "crop_larger", "hidden_annotation", "annotations_in_place", "annotation_without_look", "text_without_look", "form_asks_for_looks", "page_twice", "box_upside_down", "contents_is_nothing"


def sealed(pdf: bytes, by_stream: bool = False, root: str = ROOT, form: dict | None = None) -> bytes:
    """Signs a file without looking at it: a signature, a field that shows nothing, the form with it."""
    previous = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    out, places = bytearray(pdf), {}
    fields = objects()[FORM].replace("/Fields [", f"/SigFlags 3 /Fields [{WIDGET} 0 R ")
    hole = b"<" + b"0" * HOLE + b">"
    blank = b"[0 0000000000 0000000000 0000000000]"
    body = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20261101120000Z) /Contents " + hole + b" /ByteRange " + blank + b" >>"
    field = f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (First) /F 132 /Rect [0 0 0 0] /P {PAGE} 0 R /V {SIGNATURE} 0 R >>".encode()
    for number, one in ((FORM, (form or {}).get(FORM, fields).encode()), (SIGNATURE, body), (WIDGET, field)):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    at = len(out)
    if by_stream:
        rows = b"".join(row(1, places[number], 0) for number in sorted(places)) + row(1, at, 0)
        head = f"/Type /XRef /W [1 4 2] /Index [{FORM} 1 {SIGNATURE} 3] /Size {WIDGET + 2} /Prev {previous} {root} /Filter /FlateDecode"
        out += f"{WIDGET + 1} 0 obj\n".encode() + stream(head, zlib.compress(rows)) + b"\nendobj\n"
    else:
        out += b"xref\n" + f"{FORM} 1\n".encode() + entry(places[FORM]) + f"{SIGNATURE} 2\n".encode() + entry(places[SIGNATURE]) + entry(places[WIDGET])
        out += f"trailer\n<< {root} /Size {WIDGET + 1} /Prev {previous} >>\n".encode()
    out += f"startxref\n{at}\n%%EOF\n".encode()
    start = out.index(hole, places[SIGNATURE])
    end = start + len(hole)
    numbers = f"[0 {start} {end} {len(out) - end}]".encode().ljust(len(blank))
    where = out.index(blank, places[SIGNATURE])
    out[where : where + len(blank)] = numbers
    digest = hashlib.sha256(bytes(out[:start]) + bytes(out[end:])).digest()
    message = asyncio.run(signer.signer.async_sign(digest, "sha256", use_pades=True))
    text = message.dump().hex().encode()
    out[start + 1 : start + 1 + len(text)] = text
    return bytes(out)


def changed(**swaps) -> dict:
    """The usual objects with words swapped in some."""
    made = objects()
    for name, (old, new) in swaps.items():
        number = getattr(bases, name)
        assert old in made[number], made[number]
        made[number] = made[number].replace(old, new)
    return made


@way(AMBIGUOUS, "nothing ambiguous: the same by hand", ("plain",), honest=True)
def nothing_ambiguous(_):
    return sealed(bases.document())


for name, swap in {
    "contents_twice_when_signed": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents {CONTENT} 0 R /Contents {SPARE} 0 R")},
    "contents_twice_forged_first": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents {SPARE} 0 R /Contents {CONTENT} 0 R")},
    "contents_escaped_when_signed": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents {CONTENT} 0 R /Con#74ents {SPARE} 0 R")},
    "contents_only_escaped": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/#43ontents {CONTENT} 0 R")},
    "contents_with_nul": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents {CONTENT} 0 R /Contents#00 {SPARE} 0 R")},
    "contents_bad_escape": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents#4 {CONTENT} 0 R /Contents {SPARE} 0 R")},
    "resources_twice": {"PAGE": (f"/Resources {RESOURCES} 0 R", f"/Resources {RESOURCES} 0 R /Resources << >>")},
    "kids_twice": {"PAGES": ("/Count 2", f"/Count 2 /Kids [{PAGE_TWO} 0 R]")},
    "pages_twice": {"CATALOG": ("/Pages 2 0 R", f"/Pages 2 0 R /Pages {PAGE} 0 R")},
    "font_twice_nested": {"RESOURCES": ("/Im ", f"/Fm {SPARE} 0 R /Im ")},
    "annotation_look_twice": {"NAME": ("/AP <<", "/AP << >> /AP <<")},
    "escaped_value": {"PAGE": ("/Type /Page ", "/Type /P#61ge ")},
    "reference_of_wrong_generation": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents {CONTENT} 3 R")},
    "reference_spelled_oddly": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents +{CONTENT} 0 R")},
    "number_spelled_oddly": {"PAGES": ("[0 0 300 200]", "[0 0 300 2--00]")},
    "number_doubly_signed": {"PAGES": ("[0 0 300 200]", "[--20 0 300 200]")},
    "name_without_end": {"PAGE": ("/Type /Page ", "/Type/Page/ ")},
    "dictionary_not_closed": {"PAGE": (" >>", " ")},
    "array_with_keyword": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents [{CONTENT} 0 R foo {SPARE} 0 R]")},
}.items():

    def _swapped(_, swap=swap):
        return sealed(whole(changed(**swap), ROOT))

    _swapped.__name__ = name
    way(AMBIGUOUS, name.replace("_", " "), ("plain",))(_swapped)


for name, body in {
    "short_filter_name": stream("/Filter /Fl", zlib.compress(bases.TRUE)), "filter_twice": stream("/Filter /FlateDecode /Filter /ASCIIHexDecode", zlib.compress(bases.TRUE)),
    "filter_escaped": stream("/Filter /FlateDecode /Fil#74er /ASCIIHexDecode", zlib.compress(bases.TRUE)), "external_data": stream("/F (other.pdf)", bases.TRUE),
    "external_filter": stream("/FFilter /FlateDecode", bases.TRUE), "crypt_filter": stream("/Filter /Crypt", bases.TRUE), "unknown_filter": stream("/Filter /RapporteurDecode", bases.TRUE),
    "too_short": "<< /Length 9 >>\nstream\n".encode() + bases.TRUE + b"\nendstream", "too_long": "<< /Length 900 >>\nstream\n".encode() + bases.TRUE + b"\nendstream",
    "no_length": b"<< >>\nstream\n" + bases.TRUE + b"\nendstream", "length_twice": b"<< /Length 9 >>\nstream\n" + bases.TRUE + b"\nendstream",
    "ends_twice": f"<< /Length {len(bases.TRUE) + 40} >>\nstream\n".encode() + bases.TRUE + b"\nendstream\n" + b"1 0 0 rg 0 0 300 200 re f endx".ljust(29) + b"\nendstream",
    "starts_after_cr": f"<< /Length {len(bases.TRUE)} >>\nstream\r".encode() + bases.TRUE + b"\nendstream", "starts_after_blank": f"<< /Length {len(bases.TRUE)} >>\nstream \n".encode() + bases.TRUE + b"\nendstream",
    "cut_off_deflate": stream("/Filter /FlateDecode", zlib.compress(bases.TRUE)[:-9]), "broken_checksum": stream("/Filter /FlateDecode", zlib.compress(bases.TRUE)[:-4] + b"\0\0\0\0"),
    "bytes_behind_deflate": stream("/Filter /FlateDecode", zlib.compress(bases.TRUE) + FORGED), "two_deflates": stream("/Filter /FlateDecode", zlib.compress(bases.TRUE) + zlib.compress(FORGED)),
    "predictor_in_array": stream("/Filter [/FlateDecode] /DecodeParms << /Predictor 12 /Columns 1 >>", zlib.compress(b"".join(b"\0" + bytes([one]) for one in bases.TRUE))),
    "parameters_shortly": stream("/Filter /FlateDecode /DP << /Predictor 12 /Columns 1 >>", zlib.compress(bases.TRUE)), "hex_without_end": stream("/Filter /ASCIIHexDecode", bases.TRUE.hex().encode()),
    "lzw": stream("/Filter /LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"), "run_length": stream("/Filter /RunLengthDecode", bytes([len(bases.TRUE[:100]) - 1]) + bases.TRUE[:100] + b"\x80"),
    "operators_unknown": stream("", b"BX foo EX " + bases.TRUE), "operators_broken": stream("", b"q q q Q Q Q Q Q " + bases.TRUE), "content_in_error": stream("", b"(abc " + bases.TRUE),
    "inline_picture": stream("", bases.TRUE + b" q 60 0 0 60 200 20 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x40 EI Q"), "inline_picture_with_end": stream("", bases.TRUE + b" q 60 0 0 60 200 20 cm BI /W 4 /H 4 /BPC 8 /CS /G ID \x40 EI Q 0 g EI\n" + FORGED + b"\nEI Q"),
}.items():

    def _content(_, body=body):
        return sealed(whole({**objects(), CONTENT: body}, ROOT))

    _content.__name__ = f"content_{name}"
    way(AMBIGUOUS, f"the content of a page when it was signed: {name.replace('_', ' ')}", ("plain",), honest=name in HONEST_CONTENT)(_content)


def around(before: bytes, pdf: bytes, after: bytes) -> bytes:
    """Bytes put in before the table, which says then where it is."""
    at = pdf.rindex(b"xref\n0 ")
    return re.sub(rb"startxref\n\d+", f"startxref\n{at + len(before)}".encode(), pdf[:at] + before + pdf[at:]) + after


TWIN = f"{CONTENT} 0 obj\n".encode() + stream("", FORGED) + b"\nendobj\n"
for name, make in {
    "unlisted_twin": lambda: around(TWIN, bases.document(), b""), "unlisted_object": lambda: around(b"90 0 obj\nnull\nendobj\n", bases.document(), b""), "letters_between": lambda: around(b"hello\n", bases.document(), b""),
    "twin_in_comment": lambda: around(b"% " + TWIN.replace(b"\n", b" ") + b"\n", bases.document(), b""), "twin_behind": lambda: bases.document() + TWIN, "table_counts_more": lambda: bases.document().replace(b"xref\n0 25\n", b"xref\n0 40\n"),
    "table_counts_fewer": lambda: bases.document().replace(b"xref\n0 25\n", b"xref\n0 24\n"), "table_begins_with_one": lambda: bases.document().replace(b"xref\n0 25\n", b"xref\n1 25\n"),
    "lines_of_nineteen": lambda: bases.document().replace(b" n \n", b" n\n").replace(b" f \n", b" f\n"), "size_too_small": lambda: bases.document().replace(b"/Size 25", b"/Size 9"),
    "size_missing": lambda: bases.document().replace(b"/Size 25", b""), "junk_in_front": lambda: b"%!PS\n" + bases.document(), "header_of_one": lambda: bases.document().replace(b"%PDF-1.7", b"%PDF-1.0"),
    "header_of_nine": lambda: bases.document().replace(b"%PDF-1.7", b"%PDF-9.9"), "free_in_use": lambda: bases.document().replace(b" 65535 f ", b" 65535 n "), "two_files": lambda: bases.document({CONTENT: stream("", FORGED)}) + bases.document(),
    "marker_missing": lambda: bases.document().replace(b"%%EOF\n", b""), "trailer_twice": lambda: bases.document().replace(b"startxref", b"trailer\n<< /Root 3 0 R /Size 25 >>\nstartxref"),
    "linearized": lambda: bases.linearized(bases.document()),
}.items():

    def _around(_, make=make):
        return sealed(make())

    _around.__name__ = f"file_{name}"
    if name != "linearized":
        way(AMBIGUOUS, f"the file when it was signed: {name.replace('_', ' ')}", ("plain",), honest=name in ("header_of_one", "header_of_nine", "letters_between", "marker_missing"))(_around)


@way(AMBIGUOUS, "a linearized file, signed", ("plain",), honest=True)
def linearized(_):
    return signer.sign(bases.linearized(bases.document()))


@way(AMBIGUOUS, "a linearized file, signed and then forged at its first section", ("plain",))
def linearized_forged(_):
    pdf = signer.sign(bases.linearized(bases.document()))
    one = Signed("linearized", pdf, packed=b"/XRef" in pdf)
    return one.update().stream(one.content, FORGED).close()


# Trees of pages that viewers walk differently.

for name, swap in {
    "count_too_small": {"PAGES": ("/Count 2", "/Count 1")}, "count_too_large": {"PAGES": ("/Count 2", "/Count 5")}, "count_negative": {"PAGES": ("/Count 2", "/Count -2")}, "count_missing": {"PAGES": ("/Count 2", "")},
    "page_twice": {"PAGES": (f"[{PAGE} 0 R {PAGE_TWO} 0 R]", f"[{PAGE} 0 R {PAGE} 0 R]")}, "tree_in_itself": {"PAGES": (f"{PAGE_TWO} 0 R]", "2 0 R]")}, "page_is_nothing": {"PAGES": (f"{PAGE_TWO} 0 R]", f"{PAGE_TWO} 0 R 99 0 R]")},
    "page_without_type": {"PAGE_TWO": ("/Type /Page ", "")}, "page_of_other_type": {"PAGE_TWO": ("/Type /Page ", "/Type /Template ")}, "page_says_pages": {"PAGE_TWO": ("/Type /Page ", "/Type /Pages ")}, "tree_says_page": {"PAGES": ("/Type /Pages", "/Type /Page")},
    "page_with_kids": {"PAGE": ("/Type /Page ", f"/Type /Page /Kids [{PAGE_TWO} 0 R] /Count 1 ")}, "page_in_place": {"PAGES": (f"{PAGE_TWO} 0 R]", "<< /Type /Page /Parent 2 0 R /Resources << >> >>]")},
    "box_upside_down": {"PAGES": ("[0 0 300 200]", "[300 200 0 0]")}, "box_empty": {"PAGES": ("[0 0 300 200]", "[0 0 0 0]")}, "box_of_three": {"PAGES": ("[0 0 300 200]", "[0 0 300]")}, "box_missing": {"PAGES": ("/MediaBox [0 0 300 200]", "")}, "parent_is_another": {"PAGE_TWO": ("/Parent 2 0 R", f"/Parent {PAGE} 0 R")},
    "contents_is_nothing": {"PAGE": (f"/Contents {CONTENT} 0 R", "/Contents 99 0 R")}, "contents_in_arrays": {"PAGE": (f"/Contents {CONTENT} 0 R", f"/Contents [[{CONTENT} 0 R] {SPARE} 0 R]")}, "turned_by_45": {"PAGE": ("/Type /Page ", "/Type /Page /Rotate 45 ")}, "scaled": {"PAGE": ("/Type /Page ", "/Type /Page /UserUnit 2 ")},
    "crop_outside": {"PAGE": ("/Type /Page ", "/Type /Page /CropBox [500 500 600 600] ")}, "crop_larger": {"PAGE": ("/Type /Page ", "/Type /Page /CropBox [-100 -100 600 600] ")}, "crop_inside": {"PAGE": ("/Type /Page ", "/Type /Page /CropBox [0 0 140 200] ")},
    "annotations_in_place": {"PAGE": (f"{LINK} 0 R]", f"{LINK} 0 R << /Type /Annot /Subtype /Square /Rect [200 20 290 90] /F 4 /AP << /N {XOBJECT} 0 R >> >>]")},
    "annotation_without_look": {"PAGE": (f"{LINK} 0 R]", f"{LINK} 0 R << /Type /Annot /Subtype /Square /IC [0] /C [0] /Rect [200 20 290 90] /F 4 >>]")},
    "text_without_look": {"NAME": (f"/AP << /N {LOOK} 0 R >>", "/V (Pay 999)")}, "hidden_annotation": {"NAME": ("/F 4", "/F 2")},
    "form_asks_for_looks": {"FORM": ("/Fields [", "/NeedAppearances true /Fields [")},
}.items():

    def _tree(_, swap=swap):
        made = changed(**swap)
        form = {FORM: made[FORM].replace("/Fields [", f"/SigFlags 3 /Fields [{WIDGET} 0 R ")}
        return sealed(whole(made, ROOT), form=form)

    _tree.__name__ = f"tree_{name}"
    way(TREES, f"a file signed with pages thus: {name.replace('_', ' ')}", ("plain",), honest=name in HONEST_PAGES)(_tree)


# Shadow attacks: prepared, signed, and changed by what seems to be nothing.


def after(pdf: bytes, change) -> bytes:
    return change(Signed("prepared", pdf).update())


def covering() -> dict:
    """A document whose true content lies under a white sheet with other words, when it is signed."""
    made = objects()
    made[XOBJECT] = COVER
    return made


@way(SHADOW, "hide: what covered the content is freed", ("plain",))
def hide_freed(_):
    return after(sealed(whole(covering(), ROOT)), lambda update: update.free(XOBJECT).close())


@way(SHADOW, "hide: what covered the content becomes something else", ("plain",))
def hide_retyped(_):
    return after(sealed(whole(covering(), ROOT)), lambda update: update.stream(XOBJECT, b"", "/Type /Metadata /Subtype /XML").close())


@way(SHADOW, "hide: what covered the content gets an entry that leads nowhere", ("plain",))
def hide_by_table(_):
    def change(update):
        update.object(50, "null")
        return update.by_table(table=f"{XOBJECT} 1\n".encode() + entry(0) + b"50 1\n" + entry(update.at[50][0]))

    return after(sealed(whole(covering(), ROOT)), change)


@way(SHADOW, "hide: a covering field is flagged as hidden", ("plain",))
def hide_field(_):
    made = {**objects(), LOOK: COVER, NAME: objects()[NAME].replace("[20 60 120 80]", "[0 0 300 200]")}
    return after(sealed(whole(made, ROOT)), lambda update: update.edit(NAME, ("/F 4", "/F 2")).close())


@way(SHADOW, "hide: a covering field is filled in with nothing to see", ("plain",))
def hide_by_filling(_):
    made = {**objects(), LOOK: COVER, NAME: objects()[NAME].replace("[20 60 120 80]", "[0 0 300 200]")}
    return after(sealed(whole(made, ROOT)), lambda update: update.stream(50, b"", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]").edit(NAME, (f"/N {LOOK} 0 R", "/N 50 0 R"), ("/T (Name)", "/T (Name) /V (x)")).close())


@way(SHADOW, "replace: a field's look changes under the same value", ("plain",))
def replace_look(_):
    made = {**objects(), NAME: objects()[NAME].replace("/T (Name)", "/T (Name) /V (Pay 100)")}
    return after(sealed(whole(made, ROOT)), lambda update: update.stream(LOOK, b"0 g 0 0 100 20 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 20]").close())


@way(SHADOW, "replace: a field's value changes back and forth in spelling", ("plain",))
def replace_value_spelled(_):
    made = {**objects(), NAME: objects()[NAME].replace("/T (Name)", "/T (Name) /V (Pay 100)")}
    change = lambda update: update.stream(50, b"0 g 0 0 100 20 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 20]").edit(NAME, ("(Pay 100)", "<50617920313030>"), (f"/N {LOOK} 0 R", "/N 50 0 R")).close()
    return after(sealed(whole(made, ROOT)), change)


@way(SHADOW, "replace: the font of a field is another", ("plain",))
def replace_font(_):
    made = {**objects(), LOOK: stream(f"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F {FONT} 0 R >> >>", b"BT /F 12 Tf 2 4 Td (Pay 100) Tj ET")}
    return after(sealed(whole(made, ROOT)), lambda update: update.object(FONT, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>").close())


@way(SHADOW, "replace: a font that only the form names becomes known to the page", ("plain",))
def replace_font_added(_):
    made = changed(RESOURCES=(f"/Font << /F {FONT} 0 R >>", "/Font << /F 60 0 R >>"))
    return after(sealed(whole(made, ROOT)), lambda update: update.object(60, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>").close())


def second_document() -> dict:
    """A document with a second one in it that nothing leads to, when it is signed."""
    more = {
        30: f"<< /Type /Catalog /Pages 31 0 R /AcroForm {FORM} 0 R >>", 31: "<< /Type /Pages /Kids [32 0 R] /Count 1 /MediaBox [0 0 300 200] >>",
        32: f"<< /Type /Page /Parent 31 0 R /Resources << >> /Contents {SPARE} 0 R >>",
    }
    return {**objects(), **more}


@way(SHADOW, "hide and replace: the trailer names the second document", ("plain",))
def second_by_trailer(_):
    return after(sealed(whole(second_document(), ROOT)), lambda update: update.object(50, "null").close(kept=ROOT.replace("/Root 1 0 R", "/Root 30 0 R")))


@way(SHADOW, "hide and replace: a table names the second document's objects", ("plain",))
def second_by_table(_):
    pdf = sealed(whole(second_document(), ROOT))

    def change(update):
        update.object(50, "null")
        return update.by_table(table=f"{PAGES} 1\n".encode() + entry(pdf.index(b"\n31 0 obj") + 1) + b"50 1\n" + entry(update.at[50][0]))

    return after(pdf, change)


@way(SHADOW, "hide and replace: a twin in the signed bytes, brought up by a table", ("plain",))
def twin_by_table(_):
    pdf = sealed(around(TWIN, bases.document(), b""))

    def change(update):
        update.object(50, "null")
        return update.by_table(table=f"{CONTENT} 1\n".encode() + entry(pdf.index(TWIN)) + b"50 1\n" + entry(update.at[50][0]))

    return after(pdf, change)


@way(SHADOW, "hide and replace: a twin inside a signed stream, brought up by a table", ("plain",))
def twin_in_stream_by_table(_):
    pdf = sealed(whole({**objects(), bases.FILE: stream("/Type /EmbeddedFile", b"x\n" + TWIN)}, ROOT))

    def change(update):
        update.object(50, "null")
        return update.by_table(table=f"{CONTENT} 1\n".encode() + entry(pdf.index(TWIN)) + b"50 1\n" + entry(update.at[50][0]))

    return after(pdf, change)


@way(SHADOW, "a place for a signature over the whole page, signed with other words", ("plain",))
def large_place_signed(_):
    made = changed(PLACE=("/Rect [20 90 120 110]", "/Rect [0 0 300 200]"))
    return signer.sign(sealed(whole(made, ROOT)), "Second")
