"""Updates of forms and signatures: honest filling in and signing, and what pretends to be that."""

from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, SigFieldSpec

from bases import FORGED, XMP, Signer, document
from content import COVER
from kinds import EVERY, way
from pdf import Signed, stream

FORM, FURTHER, PROOFS, TOOLS, FIELDS = "form fields", "further signatures", "proofs and time-stamps", "dates and metadata", "locked fields"
#: What allows further signatures.
SIGNABLE = ("plain", "certified-2", "certified-3", "packed", "ours")
LOOK = stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", b"0 g 2 2 60 14 re f")
signer = Signer()


def filled(s, update, look: bytes = LOOK, value: str = "(Ada)"):
    """Fills the text field in, as a viewer would."""
    number = max(update.new_size(), s.size)
    old = s.pdf.get_object(s.name_field, 0).AP.N.objgen[0]
    return update.object(number, look).edit(s.name_field, (f"/N {old} 0 R", f"/N {number} 0 R"), ("/T (Name)", f"/T (Name) /V {value}"))


@way(FORM, "an empty field is filled in", EVERY, honest=("plain", "certified-2", "certified-3", "packed", "ours"))
def filled_in(s):
    return filled(s, s.update()).close()


@way(FORM, "a field is filled in and content replaced in the same update", EVERY)
def filled_and_content(s):
    return filled(s, s.update()).stream(s.content, FORGED).close()


@way(FORM, "a field is filled in and looks like another form", EVERY)
def filled_and_covered(s):
    return filled(s, s.update(), COVER).close()


@way(FORM, "a field looks filled in but has no value")
def look_without_value(s):
    old = s.pdf.get_object(s.name_field, 0).AP.N.objgen[0]
    return s.update().object(old, LOOK).close()


@way(FORM, "a field leads to another look but has no value")
def look_redirected(s):
    old = s.pdf.get_object(s.name_field, 0).AP.N.objgen[0]
    return s.update().object(s.size, LOOK).edit(s.name_field, (f"/N {old} 0 R", f"/N {s.size} 0 R")).close()


@way(FORM, "a field is filled in and grows over the page")
def filled_and_grown(s):
    update = filled(s, s.update(), COVER)
    at, _ = update.at[s.name_field]
    update.out[at:] = update.out[at:].replace(b"/Rect [ 20 60 120 80 ]", b"/Rect [ 0 0 300 200 ]", 1)
    assert b"/Rect [ 0 0 300 200 ]" in update.out[at:]
    return update.close()


for name, (old, new) in {"moved": ("/Rect [ 20 60 120 80 ]", "/Rect [ 150 60 250 80 ]"), "hidden": ("/F 4", "/F 2"), "renamed": ("/T (Name)", "/T (Nome)"), "retyped": ("/FT /Tx", "/FT /Btn")}.items():

    def _field(s, old=old, new=new):
        return s.update().edit(s.name_field, (old, new)).close()

    _field.__name__ = f"field_{name}"
    way(FORM, f"a field is {name}")(_field)


@way(FORM, "a new text field is added to form and page", EVERY)
def text_field_added(s):
    new = s.size
    update = s.update().object(new + 1, COVER)
    update.object(new, f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (New) /V (x) /F 4 /Rect [0 0 300 200] /P {s.page} 0 R /AP << /N {new + 1} 0 R >> >>")
    return listed(s, update, new).close()


def listed(s, update, field: int):
    """Puts a field into the form and onto the page."""
    fields, page = s.pdf.Root.AcroForm.Fields, s.pdf.get_object(s.page, 0)
    if fields.is_indirect:
        update.object(fields.objgen[0], fields.unparse(resolved=True).decode("latin1").rstrip()[:-1] + f" {field} 0 R ]")
    else:
        update.edit(s.form, ("/Fields [", f"/Fields [ {field} 0 R"))
    if page.Annots.is_indirect:
        return update.object(page.Annots.objgen[0], page.Annots.unparse(resolved=True).decode("latin1").rstrip()[:-1] + f" {field} 0 R ]")
    return update.edit(s.page, ("/Annots [", f"/Annots [ {field} 0 R"))


@way(FORM, "the form asks viewers to draw its fields anew")
def need_appearances(s):
    return s.update().add(s.form, "/NeedAppearances true").close()


@way(FORM, "the form gets an XFA form")
def xfa_added(s):
    return s.update().stream(s.size, b"<xdp/>").add(s.form, f"/XFA {s.size} 0 R").close()


@way(FORM, "the form gets an order of computing")
def order_added(s):
    return s.update().add(s.form, f"/CO [{s.name_field} 0 R]").close()


@way(FORM, "all fields are taken from the form")
def fields_removed(s):
    return s.update().object(s.form, "<< /Fields [] >>").close()


@way(FORM, "the form is taken from the catalog")
def form_removed(s):
    return s.update().edit(s.root, (f"/AcroForm {s.form} 0 R", "")).close()


@way(FORM, "the signed field loses its signature", EVERY)
def signature_taken_out(s):
    return s.update().edit(s.widget, (f"/V {s.signature} 0 R", "")).close()


@way(FORM, "the signed field gets a look over the page")
def signature_covered(s):
    update = s.update().object(s.size, COVER)
    text = s.text(s.widget).rstrip()[:-2]
    return update.object(s.widget, text.replace("/AP", "/XX") + f" /AP << /N {s.size} 0 R >> >>").close()


@way(FORM, "the signature's own dictionary is rewritten")
def signature_rewritten(s):
    return s.update().edit(s.signature, ("/Type /Sig", "/Type /Sig /Reason (I agree)")).close()


@way(FURTHER, "somebody signs in the place that was kept", ("plain", "certified-2", "certified-3", "packed"), honest=True)
def signed_in_place(s):
    return signer.sign(s.bytes, "Second")


@way(FURTHER, "somebody signs in a new field that shows nothing", SIGNABLE, honest=True)
def signed_unseen(s):
    return signer.sign(s.bytes, "Third")


@way(FURTHER, "somebody signs in a new visible field", SIGNABLE, honest=("plain", "packed"))
def signed_in_new_field(s):
    return signer.sign(s.bytes, "Third", spec=SigFieldSpec("Third", on_page=0, box=(170, 60, 290, 90)))


@way(FURTHER, "two more sign", ("plain", "packed", "certified-2"), honest=True)
def signed_twice_more(s):
    return signer.sign(signer.sign(s.bytes, "Second"), "Third")


@way(FURTHER, "a further signature whose field covers the page")
def signed_over_the_page(s):
    return signer.sign(s.bytes, "Third", spec=SigFieldSpec("Third", on_page=0, box=(0, 0, 300, 200)))


@way(FURTHER, "content replaced, then signed again", SIGNABLE)
def signed_over_forged_content(s):
    return signer.sign(s.update().stream(s.content, FORGED).close(), "Third")


@way(FURTHER, "signed again, then content replaced", SIGNABLE)
def forged_after_second(s):
    return again(s).update().stream(s.content, FORGED).close()


@way(FURTHER, "signed again, content replaced by the second signer's update and put back by a third")
def replaced_and_put_back(s):
    old = s.pdf.get_object(s.content, 0).read_raw_bytes()
    forged = signer.sign(s.update().stream(s.content, FORGED).close(), "Third")
    return Signed(s.name, forged, s.certified, s.packed).update().stream(s.content, old).close()


def again(s) -> Signed:
    return Signed(s.name, signer.sign(s.bytes, "Third"), s.certified, s.packed)


@way(FURTHER, "an empty place is called signed by words alone")
def signed_by_words(s):
    place = next(field for field in s.pdf.Root.AcroForm.Fields if field.get("/T") == "Second").objgen[0]
    if "/V" in s.text(place):
        return None
    update = s.update().object(s.size, "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00> >>")
    return update.add(place, f"/V {s.size} 0 R").close()


@way(FURTHER, "the first signature is put into a second field as well")
def signature_borrowed(s):
    place = next(field for field in s.pdf.Root.AcroForm.Fields if field.get("/T") == "Second").objgen[0]
    return None if "/V" in s.text(place) else s.update().add(place, f"/V {s.signature} 0 R").close()


@way(PROOFS, "a time-stamp over the document", EVERY, honest=True)
def stamped(s):
    return signer.stamp(s.bytes)


@way(PROOFS, "two time-stamps over the document", ("plain", "packed"), honest=True)
def stamped_twice(s):
    return signer.stamp(signer.stamp(s.bytes))


def with_store(s):
    from cryptography.hazmat.primitives.serialization import Encoding

    der = signer.certificate.public_bytes(Encoding.DER)
    return s.update().stream(s.size, der).add(s.root, f"/DSS << /Type /DSS /Certs [{s.size} 0 R] >>")


@way(PROOFS, "certificates are added for later", EVERY, honest=True)
def store_added(s):
    return with_store(s).close()


@way(PROOFS, "certificates are added, then a time-stamp", ("plain", "certified-1", "packed"), honest=True)
def store_and_stamp(s):
    return signer.stamp(with_store(s).close())


@way(PROOFS, "the store of proofs is taken out again", ("plain",))
def store_taken_out(s):
    stored = Signed(s.name, signer.sign(with_store(s).close(), "Third"), s.certified, s.packed)
    text = stored.text(stored.root)
    start = text.index("/DSS")
    return stored.update().object(stored.root, text[:start] + text[text.index(">>", start) + 2 :]).close()


@way(PROOFS, "the content is replaced beside certificates for later", EVERY)
def store_and_content(s):
    return with_store(s).stream(s.content, FORGED).close()


@way(PROOFS, "a time-stamp over content that was replaced", EVERY)
def stamp_over_forged(s):
    return signer.stamp(s.update().stream(s.content, FORGED).close())


@way(PROOFS, "the store of proofs holds the page's content, which is then replaced")
def content_in_store(s):
    stored = Signed(s.name, signer.sign(s.update().add(s.root, f"/DSS << /Type /DSS /Certs [{s.content} 0 R] >>").close(), "Third"), s.certified, s.packed)
    return stored.update().stream(s.content, FORGED).close()


@way(TOOLS, "the date of the last change is noted", EVERY, honest=True)
def date_noted(s):
    if "/Info" not in s.pdf.trailer:
        return None
    return s.update().add(s.pdf.trailer.Info.objgen[0], "/ModDate (D:20261201000000Z)").close()


@way(TOOLS, "the title is another")
def title_changed(s):
    return s.update().edit(s.pdf.trailer.Info.objgen[0], ("(Order)", "(Another order)")).close()


@way(TOOLS, "the description of the document (XMP) is renewed", honest=True)
def metadata_renewed(s):
    return s.update().stream(s.number("/Metadata"), XMP.replace(b"application/pdf", b"application/PDF"), "/Type /Metadata /Subtype /XML").close()


@way(TOOLS, "the description of the document is taken away")
def metadata_removed(s):
    return s.update().edit(s.root, (f"/Metadata {s.number('/Metadata')} 0 R", "")).close()


@way(TOOLS, "the catalog declares a version and extensions", honest=True)
def version_declared(s):
    if "/Extensions" in s.text(s.root) or "/Version" in s.text(s.root):
        return None
    return s.update().add(s.root, "/Version /2.0 /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >>").close()


@way(TOOLS, "an update that adds what nothing leads to", EVERY, honest=True)
def idle_object(s):
    return s.update().object(s.size, "(nothing leads here)").close()


@way(TOOLS, "an empty update", honest=True)
def empty_update(s):
    return s.update().object(s.size, "null").close()


@way(TOOLS, "the file's first identifier is another")
def identifier_changed(s):
    update = s.update().object(s.size, "null")
    return update.close(kept=f"/Root {s.root} 0 R /Info {s.pdf.trailer.Info.objgen[0]} 0 R /ID [<99> <88>]")


@way(TOOLS, "the trailer forgets information and identifier")
def trailer_forgets(s):
    return s.update().object(s.size, "null").close(kept=f"/Root {s.root} 0 R")


@way(TOOLS, "the trailer says that the file is encrypted")
def encrypted(s):
    return s.update().object(s.size, "<< /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>").close(trailer=f"/Encrypt {s.size} 0 R")


def locked(action, names):
    spec = SigFieldSpec("First", field_mdp_spec=FieldMDPSpec(action, names))
    return Signed("locked", signer.sign(document(), "First", spec=spec))


LOCKS = {"all": (FieldMDPAction.ALL, None), "include": (FieldMDPAction.INCLUDE, ["Name"]), "include_other": (FieldMDPAction.INCLUDE, ["Other"]), "exclude": (FieldMDPAction.EXCLUDE, ["Name"]), "exclude_other": (FieldMDPAction.EXCLUDE, ["Other"])}
for name, (action, names) in LOCKS.items():
    allowed = name in ("include_other", "exclude")

    def _fill(_, action=action, names=names):
        one = locked(action, names)
        return filled(one, one.update()).close()

    _fill.__name__ = f"filled_under_{name}"
    way(FIELDS, f"a field is filled in where FieldMDP says {name.replace('_', ' ')}", ("plain",), honest=allowed)(_fill)

    def _sign(_, action=action, names=names):
        return signer.sign(locked(action, names).bytes, "Second")

    _sign.__name__ = f"signed_under_{name}"
    way(FIELDS, f"the other place is signed where FieldMDP says {name.replace('_', ' ')}", ("plain",), honest=name in ("include", "include_other"))(_sign)
