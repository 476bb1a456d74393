"""Updates that a proper program could have written, but that change what was signed: pages, fonts, pictures, layers, actions, files."""


from bases import FORGED
from kinds import EVERY, way
from pdf import stream

PAGE, FONT, LAYER, ACTION, FILES, NOTES = "page content", "fonts and resources", "layers", "actions and scripts", "attached files", "annotations"
COVER = stream("/Type /XObject /Subtype /Form /BBox [0 0 300 200]", b"1 g 0 0 300 200 re f 0 g " + FORGED)


@way(PAGE, "the content of a page replaced", EVERY)
def content_replaced(s):
    return s.update().stream(s.content, FORGED).close()


@way(PAGE, "the content replaced and a document time-stamp's catalog entry renewed beside it")
def content_replaced_with_catalog(s):
    return s.update().stream(s.content, FORGED).add(s.root, "/Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>").close()


@way(PAGE, "a page leads to other content", EVERY)
def content_redirected(s):
    return s.update().stream(s.size, FORGED).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents {s.size} 0 R")).close()


@way(PAGE, "more content behind that of a page")
def content_appended(s):
    return s.update().stream(s.size, b"1 g 0 0 300 200 re f 0 g " + FORGED).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents [{s.content} 0 R {s.size} 0 R]")).close()


@way(PAGE, "content packed into an object stream is replaced by an array of streams")
def content_by_array_object(s):
    return s.update().stream(s.size, FORGED).object(s.content, f"[{s.size} 0 R]").close()


@way(PAGE, "the content of a page is taken away")
def content_removed(s):
    return s.update().edit(s.page, (f"/Contents {s.content} 0 R", "")).close()


@way(PAGE, "the content of a page is freed")
def content_freed(s):
    return s.update().free(s.content).close()


@way(PAGE, "the content of a page is freed and used again with the next generation")
def content_of_next_generation(s):
    return s.update().object(s.content, stream("", FORGED), 1).edit(s.page, (f"/Contents {s.content} 0 R", f"/Contents {s.content} 1 R")).close()


for box in ("MediaBox", "CropBox"):

    def _box(s, box=box):
        return s.update().add(s.page, f"/{box} [0 0 140 200]").close()

    _box.__name__ = f"{box.lower()}_changed"
    way(PAGE, f"a page gets another /{box}")(_box)


@way(PAGE, "a page is turned")
def page_turned(s):
    return s.update().add(s.page, "/Rotate 180").close()


@way(PAGE, "a page gets another scale (/UserUnit)")
def page_scaled(s):
    return s.update().add(s.page, "/UserUnit 2").close()


@way(PAGE, "all pages are turned, by the tree above them")
def pages_turned(s):
    return s.update().add(s.number("/Pages"), "/Rotate 180").close()


@way(PAGE, "two pages change places")
def pages_swapped(s):
    pages = s.number("/Pages")
    second = s.number("/Pages", "/Kids", 1)
    return s.update().object(pages, f"<< /Type /Pages /Kids [{second} 0 R {s.page} 0 R] /Count 2 /MediaBox [0 0 300 200] >>").close()


@way(PAGE, "a page is taken out")
def page_removed(s):
    return s.update().object(s.number("/Pages"), f"<< /Type /Pages /Kids [{s.page} 0 R] /Count 1 /MediaBox [0 0 300 200] >>").close()


@way(PAGE, "a page is put in front")
def page_added(s):
    pages, second, new = s.number("/Pages"), s.number("/Pages", "/Kids", 1), s.size
    update = s.update().stream(new, FORGED).object(new + 1, f"<< /Type /Page /Parent {pages} 0 R /Resources << >> /Contents {new} 0 R >>")
    return update.object(pages, f"<< /Type /Pages /Kids [{new + 1} 0 R {s.page} 0 R {second} 0 R] /Count 3 /MediaBox [0 0 300 200] >>").close()


@way(PAGE, "the catalog leads to another tree of pages")
def pages_redirected(s):
    pages, new = s.number("/Pages"), s.size
    update = s.update().stream(new, FORGED).object(new + 1, f"<< /Type /Page /Parent {new + 2} 0 R /Resources << >> /Contents {new} 0 R >>")
    update.object(new + 2, f"<< /Type /Pages /Kids [{new + 1} 0 R] /Count 1 /MediaBox [0 0 300 200] >>")
    return update.edit(s.root, (f"/Pages {pages} 0 R", f"/Pages {new + 2} 0 R")).close()


@way(PAGE, "the trailer names another catalog")
def root_redirected(s):
    new = s.size
    update = s.update().stream(new, FORGED).object(new + 1, f"<< /Type /Page /Parent {new + 2} 0 R /Resources << >> /Contents {new} 0 R >>")
    update.object(new + 2, f"<< /Type /Pages /Kids [{new + 1} 0 R] /Count 1 /MediaBox [0 0 300 200] >>")
    update.object(new + 3, s.text(s.root).replace(f"/Pages {s.number('/Pages')} 0 R", f"/Pages {new + 2} 0 R"))
    return update.close(kept=update.kept.replace(f"/Root {s.root} 0 R", f"/Root {new + 3} 0 R"))


@way(FONT, "a page gets other resources")
def resources_redirected(s):
    resources = s.number("/Pages", "/Kids", 0, "/Resources")
    return s.update().object(s.size, "<< >>").edit(s.page, (f"/Resources {resources} 0 R", f"/Resources {s.size} 0 R")).close()


@way(FONT, "the resources of a page are rewritten")
def resources_replaced(s):
    return s.update().object(s.number("/Pages", "/Kids", 0, "/Resources"), "<< >>").close()


@way(FONT, "a font is replaced by another")
def font_replaced(s):
    return s.update().object(s.number("/AcroForm", "/DR", "/Font", "/F"), "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>").close()


@way(FONT, "a font's encoding swaps its digits")
def encoding_replaced(s):
    differences = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [48 /nine /nine] >>"
    return s.update().object(s.number("/AcroForm", "/DR", "/Font", "/F", "/Encoding"), differences).close()


@way(FONT, "a font's encoding is mended by a dictionary in it")
def font_rewritten(s):
    font = s.number("/AcroForm", "/DR", "/Font", "/F")
    return s.update().object(font, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [48 /nine /one] >> >>").close()


@way(FONT, "a picture is replaced")
def image_replaced(s):
    head = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return s.update().stream(s.number("/Pages", "/Kids", 0, "/Resources", "/XObject", "/Im"), b"\0", head).close()


@way(FONT, "a form drawn on the page is replaced")
def xobject_replaced(s):
    return s.update().object(s.number("/Pages", "/Kids", 0, "/Resources", "/XObject", "/Fm"), COVER).close()


@way(FONT, "a form drawn on the page is freed")
def xobject_freed(s):
    return s.update().free(s.number("/Pages", "/Kids", 0, "/Resources", "/XObject", "/Fm")).close()


@way(FONT, "the drawing state is made transparent")
def state_replaced(s):
    return s.update().object(s.number("/Pages", "/Kids", 0, "/Resources", "/ExtGState", "/G"), "<< /Type /ExtGState /ca 0 >>").close()


@way(FONT, "the form's default font is another")
def form_font_swapped(s):
    font = s.number("/AcroForm", "/DR", "/Font", "/F")
    update = s.update().object(s.size, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>")
    return update.edit(s.form, (f"/F {font} 0 R", f"/F {s.size} 0 R")).close()


@way(FONT, "the form's default appearance is another")
def form_appearance_swapped(s):
    return s.update().edit(s.form, ("/DA (/F 12 Tf 0 g)", "/DA (/F 40 Tf 1 g)")).close()


@way(LAYER, "a hidden layer is switched on in the catalog")
def layer_shown(s):
    layer = s.number("/OCProperties", "/OCGs", 0)
    return s.update().edit(s.root, (f"/OFF [ {layer} 0 R ]", f"/ON [ {layer} 0 R ]")).close()


@way(LAYER, "a layer gets another use")
def layer_rewritten(s):
    layer = s.number("/OCProperties", "/OCGs", 0)
    return s.update().object(layer, "<< /Type /OCG /Name (Layer) /Usage << /View << /ViewState /ON >> >> >>").close()


@way(LAYER, "all layers are taken away")
def layers_removed(s):
    layer = s.number("/OCProperties", "/OCGs", 0)
    text = s.text(s.root)
    start = text.index("/OCProperties")
    end = text.index(f"/OCGs [ {layer} 0 R ] >>", start) + len(f"/OCGs [ {layer} 0 R ] >>")
    return s.update().object(s.root, text[:start] + text[end:]).close()


SCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@way(ACTION, "a script runs when the file is opened", EVERY)
def open_action(s):
    return s.update().add(s.root, f"/OpenAction {SCRIPT}").close()


@way(ACTION, "a script is among the names of the catalog")
def named_script(s):
    return s.update().edit(s.root, ("/Names <<", f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >>")).close()


@way(ACTION, "an action runs when a page is opened", EVERY)
def page_action(s):
    return s.update().add(s.page, f"/AA << /O {SCRIPT} >>").close()


@way(ACTION, "actions of the document")
def document_actions(s):
    return s.update().add(s.root, f"/AA << /WP {SCRIPT} >>").close()


@way(ACTION, "an empty field gets a script that computes it")
def field_action(s):
    return s.update().add(s.name_field, f"/AA << /C {SCRIPT} >>").close()


@way(ACTION, "the pages get other labels")
def labels_replaced(s):
    return s.update().object(s.number("/PageLabels"), "<< /Nums [0 << /S /R /St 40 >>] >>").close()


for key, value in (("Lang", "(de)"), ("ViewerPreferences", "<< /HideToolbar true >>"), ("PageMode", "/FullScreen"), ("PageLayout", "/TwoColumnLeft"), ("MarkInfo", "<< /Marked true >>"), ("Outlines", "<< /Count 0 >>"), ("Dests", "<< >>"), ("URI", "<< /Base (https://example.net/) >>"), ("Collection", "<< /View /H >>"), ("Requirements", "[]"), ("StructTreeRoot", "<< /Type /StructTreeRoot >>"), ("AF", "[]"), ("Legal", "<< >>")):

    def _catalog(s, key=key, value=value):
        return None if f"/{key} " in s.text(s.root) else s.update().add(s.root, f"/{key} {value}").close()

    _catalog.__name__ = f"catalog_gets_{key.lower()}"
    way(ACTION, f"the catalog gets /{key}", ("plain", "packed"))(_catalog)


@way(FILES, "an attached file is replaced", EVERY)
def file_replaced(s):
    filespec = s.pdf.Root.Names.EmbeddedFiles.Names[1]
    return s.update().stream(filespec.EF.F.objgen[0], b'{"pay": 999}', "/Type /EmbeddedFile").close()


@way(FILES, "the entry of an attached file leads to another")
def filespec_replaced(s):
    filespec = s.pdf.Root.Names.EmbeddedFiles.Names[1].objgen[0]
    update = s.update().stream(s.size, b'{"pay": 999}', "/Type /EmbeddedFile")
    return update.object(filespec, f"<< /Type /Filespec /F (report.json) /UF (report.json) /EF << /F {s.size} 0 R >> >>").close()


@way(FILES, "one more file of the same name is attached")
def file_added(s):
    update = s.update().stream(s.size, b'{"pay": 999}', "/Type /EmbeddedFile")
    update.object(s.size + 1, f"<< /Type /Filespec /F (report.json) /UF (report.json) /EF << /F {s.size} 0 R >> >>")
    return update.edit(s.root, ("/Names [ (report.json)", f"/Names [ (report.json) {s.size + 1} 0 R (report.json)")).close()


@way(FILES, "a file is attached to a page")
def file_on_page(s):
    update = s.update().stream(s.size, b"x", "/Type /EmbeddedFile").object(s.size + 1, f"<< /Type /Filespec /F (a) /EF << /F {s.size} 0 R >> >>")
    return update.add(s.page, f"/AF [{s.size + 1} 0 R]").close()


def annotated(s, *annotations):
    """More annotations on the first page."""
    update = s.update().object(s.size + 9, COVER)
    for nth, text in enumerate(annotations):
        update.object(s.size + nth, text.replace("COVER", f"{s.size + 9} 0 R"))
    more = " ".join(f"{s.size + nth} 0 R" for nth in range(len(annotations)))
    page = s.pdf.get_object(s.page, 0)
    if page.Annots.is_indirect:
        return update.object(page.Annots.objgen[0], page.Annots.unparse(resolved=True).decode("latin1").rstrip()[:-1] + f" {more} ]").close()
    return update.edit(s.page, ("/Annots [", f"/Annots [ {more}")).close()


for subtype, extra in (("FreeText", "/DA (/Helv 12 Tf) /Contents (x)"), ("Square", ""), ("Stamp", ""), ("Highlight", "/QuadPoints [0 200 300 200 0 0 300 0]"), ("Watermark", ""), ("Ink", "/InkList [[0 0 1 1]]"), ("Redact", ""), ("Text", "/Contents (a note)"), ("Widget", "/FT /Tx /T (New) /V (x)"), ("Widget", "/FT /Sig /T (Empty)")):

    def _note(s, subtype=subtype, extra=extra):
        return annotated(s, f"<< /Type /Annot /Subtype /{subtype} /Rect [0 0 300 200] /F 4 {extra} /AP << /N COVER >> >>")

    _note.__name__ = f"{subtype.lower()}_added" if subtype != "Widget" else f"widget_{'sig' if 'Sig' in extra else 'text'}_added"
    way(NOTES, f"an annotation over the page: {subtype}" + (" of no field in the form" if subtype == "Widget" else ""), EVERY)(_note)


@way(NOTES, "a hidden annotation")
def hidden_note(s):
    return annotated(s, "<< /Type /Annot /Subtype /Text /Rect [0 0 0 0] /F 2 /Contents (x) >>")


@way(NOTES, "all annotations are taken away")
def notes_removed(s):
    page = s.pdf.get_object(s.page, 0)
    text = s.text(s.page)
    if page.Annots.is_indirect:
        return s.update().object(page.Annots.objgen[0], "[]").close()
    start = text.index("/Annots")
    end = text.index("]", start) + 1
    return s.update().object(s.page, text[:start] + text[end:]).close()


@way(NOTES, "a link leads elsewhere")
def link_redirected(s):
    link = next(note for note in s.pdf.get_object(s.page, 0).Annots if note.Subtype == "/Link").objgen[0]
    return s.update().object(link, "<< /Type /Annot /Subtype /Link /Rect [0 0 300 200] /A << /S /URI /URI (https://example.net/) >> >>").close()


@way(NOTES, "a link becomes a picture over the page")
def link_covers(s):
    link = next(note for note in s.pdf.get_object(s.page, 0).Annots if note.Subtype == "/Link").objgen[0]
    return s.update().object(s.size, COVER).object(link, f"<< /Type /Annot /Subtype /Stamp /F 4 /Rect [0 0 300 200] /AP << /N {s.size} 0 R >> >>").close()
