"""The documents that are signed and then forged: two small pages with everything on them that an update could swap.

What a page says is drawn in bars, so that viewers with different fonts and smoothing agree on it.
"""

import datetime
import io
import subprocess
import zlib
from pathlib import Path

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec
from pyhanko.sign.timestamps import DummyTimeStamper

from pdf import Signed, stream, whole

#: What the page says, and what forgers would have it say.
TRUE = b"0 0 0 rg 20 150 130 30 re f BT /F 14 Tf 20 130 Td (Pay 100) Tj ET /Im Do /Fm Do /OC /L BDC 0 0 0 rg 170 20 60 30 re f EMC"
FORGED = b"0 0 0 rg 150 20 130 30 re f BT /F 14 Tf 20 130 Td (Pay 999) Tj ET 20 20 60 60 re f"
SECOND = b"0 0 0 rg 20 20 40 160 re f"

XMP = b"""<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' dc:format='application/pdf'/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"""

#: The numbers of objects, before anybody signs.
CATALOG, PAGES, PAGE, CONTENT, FONT, FORM, RESOURCES, NAME, PLACE, IMAGE, XOBJECT, LAYER, METADATA = range(1, 14)
LINK, FILE, PAGE_TWO, CONTENT_TWO, INFO, FILESPEC, LOOK, ENCODING, STATE, LABELS, SPARE = range(14, 25)


def objects() -> dict:
    """The objects of the document that is signed."""
    image = zlib.compress(bytes([0, 255]) * 128)
    return {
        CATALOG: f"<< /Type /Catalog /Pages 2 0 R /AcroForm {FORM} 0 R /Metadata {METADATA} 0 R /PageLabels {LABELS} 0 R"
        f" /OCProperties << /OCGs [{LAYER} 0 R] /D << /Order [{LAYER} 0 R] /OFF [{LAYER} 0 R] >> >>"
        f" /Names << /EmbeddedFiles << /Names [(report.json) {FILESPEC} 0 R] >> >> >>",
        PAGES: f"<< /Type /Pages /Kids [{PAGE} 0 R {PAGE_TWO} 0 R] /Count 2 /MediaBox [0 0 300 200] >>",
        PAGE: f"<< /Type /Page /Parent 2 0 R /Resources {RESOURCES} 0 R /Contents {CONTENT} 0 R /Annots [{NAME} 0 R {PLACE} 0 R {LINK} 0 R] >>",
        CONTENT: stream("", TRUE),
        FONT: f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {ENCODING} 0 R >>",
        FORM: f"<< /Fields [{NAME} 0 R {PLACE} 0 R] /DR << /Font << /F {FONT} 0 R >> >> /DA (/F 12 Tf 0 g) >>",
        RESOURCES: f"<< /Font << /F {FONT} 0 R >> /XObject << /Im {IMAGE} 0 R /Fm {XOBJECT} 0 R >> /Properties << /L {LAYER} 0 R >> /ExtGState << /G {STATE} 0 R >> >>",
        NAME: f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /Rect [20 60 120 80] /F 4 /P {PAGE} 0 R /DA (/F 12 Tf 0 g) /AP << /N {LOOK} 0 R >> >>",
        PLACE: f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Second) /Rect [20 90 120 110] /F 132 /P {PAGE} 0 R >>",
        IMAGE: stream("/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", image),
        XOBJECT: stream("/Type /XObject /Subtype /Form /BBox [0 0 300 200]", b"0 0 0 rg 250 100 40 40 re f"),
        LAYER: "<< /Type /OCG /Name (Layer) >>",
        METADATA: stream("/Type /Metadata /Subtype /XML", XMP),
        LINK: "<< /Type /Annot /Subtype /Link /Rect [250 150 290 190] /Border [0 0 0] /A << /S /URI /URI (https://example.org/) >> >>",
        FILE: stream("/Type /EmbeddedFile /Subtype /application#2Fjson", b'{"pay": 100}'),
        PAGE_TWO: f"<< /Type /Page /Parent 2 0 R /Resources << >> /Contents {CONTENT_TWO} 0 R >>",
        CONTENT_TWO: stream("", SECOND),
        INFO: "<< /Title (Order) /Producer (test) >>",
        FILESPEC: f"<< /Type /Filespec /F (report.json) /UF (report.json) /EF << /F {FILE} 0 R >> >>",
        LOOK: stream(f"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F {FONT} 0 R >> >>", b""),
        ENCODING: "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding >>",
        STATE: "<< /Type /ExtGState /ca 1 >>",
        LABELS: "<< /Nums [0 << /S /D >>] >>",
        SPARE: stream("", FORGED),
    }


def document(swaps: dict | None = None) -> bytes:
    return whole({**objects(), **(swaps or {})}, f"/Root 1 0 R /Info {INFO} 0 R /ID [<11223344> <55667788>]")


def certificate(name: str, key, serial: int, purpose=None) -> x509.Certificate:
    """A certificate that vouches for itself."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(serial)
    builder = builder.not_valid_before(start).not_valid_after(start + datetime.timedelta(days=3650))
    builder = builder.add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
    if purpose:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return builder.sign(key, hashes.SHA256())


class Signer:
    """An identity of this run, and a time-stamp authority. Nobody trusts them: who signed is not the subject here."""

    def __init__(self):
        self.key = rsa.generate_private_key(65537, 2048)
        self.certificate = certificate("Vera Dict", self.key, 7)
        self.authority = certificate("Tempus", self.key, 8, ExtendedKeyUsageOID.TIME_STAMPING)
        self.pkcs12 = serialization.pkcs12.serialize_key_and_certificates(b"vera", self.key, self.certificate, None, serialization.BestAvailableEncryption(b"secret"))
        self.signer = signers.SimpleSigner.load_pkcs12_data(self.pkcs12, other_certs=[], passphrase=b"secret")

    def sign(self, pdf: bytes, field: str = "First", certify: int | None = None, spec: SigFieldSpec | None = None, **more) -> bytes:
        """One signature more, by pyHanko."""
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        permission = MDPPerm(certify) if certify else MDPPerm.FILL_FORMS
        metadata = signers.PdfSignatureMetadata(field_name=field, certify=certify is not None, docmdp_permissions=permission, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", **more)
        return signers.PdfSigner(metadata, signer=self.signer, new_field_spec=spec).sign_pdf(writer).getvalue()

    def stamp(self, pdf: bytes) -> bytes:
        """A time-stamp over the document, by an authority nobody knows."""
        key = keys.PrivateKeyInfo.load(self.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        stamper = DummyTimeStamper(tsa_cert=asn1_x509.Certificate.load(self.authority.public_bytes(serialization.Encoding.DER)), tsa_key=key)
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        return signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256").getvalue()


def packed(pdf: bytes) -> bytes:
    """The same document with object streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def linearized(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, linearize=True)
    return out.getvalue()


def by_rapporteur(pdf: bytes, signer: Signer, program: str, folder: Path) -> bytes:
    """The same document signed by the product, in the place it has."""
    plain, identity, secret, out = (folder / name for name in ("plain.pdf", "vera.p12", "secret", "ours.pdf"))
    plain.write_bytes(pdf)
    identity.write_bytes(signer.pkcs12)
    secret.write_text("secret")
    secret.chmod(0o600)
    subprocess.run([program, "--force", "sign", plain, "-o", out, "--sign", identity, "--passphrase-file", secret], check=True, capture_output=True)
    return out.read_bytes()


def bases(signer: Signer, program: str, folder: Path) -> dict:
    """Every signed document that is forged, by its name."""
    plain = document()
    made = [
        Signed("plain", signer.sign(plain)),
        Signed("certified-1", signer.sign(plain, certify=1), certified=1),
        Signed("certified-2", signer.sign(plain, certify=2), certified=2),
        Signed("certified-3", signer.sign(plain, certify=3), certified=3),
        Signed("packed", signer.sign(packed(plain)), packed=True),
        Signed("ours", by_rapporteur(plain, signer, program, folder)),
    ]
    return {one.name: one for one in made}
