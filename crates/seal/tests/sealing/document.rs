//! A small tagged PDF with two empty signature fields, as the product's own pages have them; and signing in it.

use std::{sync::LazyLock, time::SystemTime};

use chrono::{DateTime, SubsecRound, Utc};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary, xref::XrefType};
use seal::{
    Appearance, Certificate, Draft, Fonts, Identity, Line, Sealed, SignIn, Signer, Statement, TimeStampAuthority, Unreadable, Verdict,
    Weight,
};

use crate::{chain::made, pki::pki};

/// The moment at which the tests sign: now, to the second, because OpenSSL issues certificates from now on.
pub fn signing_time() -> DateTime<Utc> {
    static NOW: LazyLock<DateTime<Utc>> = LazyLock::new(|| {
        pki();
        made();
        DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(0)
    });
    *NOW
}

/// The verdict on a file at the moment at which the tests sign.
pub fn verify(pdf: &[u8], trust: &[Certificate]) -> Result<Verdict, Unreadable> {
    seal::verify(pdf, trust, signing_time())
}

/// One page, two signature fields named `author` and `approver`, ending with a line end.
pub fn unsigned() -> Vec<u8> {
    with_fields(&["author", "approver"])
}

/// The same page with these signature fields.
pub fn with_fields(names: &[&str]) -> Vec<u8> {
    written(build(names))
}

/// The page with its two fields, changed before anybody signs it.
pub fn prepared(edit: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = build(&["author", "approver"]);
    edit(&mut document);
    written(document)
}

fn written(mut document: Document) -> Vec<u8> {
    // A classic table, as the product's own files have it; object and table streams come from other tools' files.
    document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("the document is written");
    bytes.push(b'\n');
    bytes
}

fn build(names: &[&str]) -> Document {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let text = "/P <</MCID 0>> BDC BT /F0 12 Tf 72 700 Td (The service was down for 3 h 44 min.) Tj ET EMC\n";
    let content = document.add_object(Stream::new(Dictionary::new(), text.as_bytes().to_vec()));
    let pages = document.new_object_id();
    let page = document.new_object_id();
    let root = document.new_object_id();
    let element = document.new_object_id();
    let paragraph = document.add_object(dictionary! { "Type" => "StructElem", "S" => "P", "P" => element, "Pg" => page, "K" => 0 });
    let mut kids: Vec<Object> = vec![paragraph.into()];
    let mut parents: Vec<Object> = vec![0.into(), vec![Object::from(paragraph)].into()];
    let mut widgets: Vec<Object> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let key = index as i64 + 1;
        let widget = field(&mut document, page, name, key);
        // The reference to the widget stands directly under /K: inside an array, pyHanko does not find it.
        let reference = dictionary! { "Type" => "OBJR", "Obj" => widget, "Pg" => page };
        let form = document.add_object(dictionary! { "Type" => "StructElem", "S" => "Form", "P" => element, "K" => reference });
        kids.push(form.into());
        parents.extend([key.into(), form.into()]);
        widgets.push(widget.into());
    }
    let tree = document.add_object(dictionary! {
        "Type" => "StructTreeRoot", "K" => element, "ParentTree" => dictionary! { "Nums" => parents }, "ParentTreeNextKey" => 9,
    });
    document.set_object(element, dictionary! { "Type" => "StructElem", "S" => "Document", "P" => tree, "K" => kids });
    document.set_object(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] });
    document.set_object(page, dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()], "Contents" => content,
        "Resources" => dictionary! { "Font" => dictionary! { "F0" => font } }, "Annots" => widgets.clone(), "StructParents" => 0, "Tabs" => "S",
    });
    let form = document.add_object(dictionary! { "Fields" => widgets, "SigFlags" => 0 });
    document.set_object(
        root,
        dictionary! {
            "Type" => "Catalog", "Pages" => pages, "AcroForm" => form, "StructTreeRoot" => tree, "Lang" => Object::string_literal("en-GB"),
            "MarkInfo" => dictionary! { "Marked" => true },
        },
    );
    let info = document.add_object(dictionary! { "Title" => Object::string_literal("Incident report") });
    let half = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    document.trailer.set("Root", root);
    document.trailer.set("Info", info);
    document.trailer.set("ID", vec![half.clone(), half]);
    document
}

fn field(document: &mut Document, page: ObjectId, name: &str, key: i64) -> ObjectId {
    let (width, height) = (226.77, 59.53); // 80 × 21 mm
    let bottom = 700.0 - 80.0 * key as f32;
    let look = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), width.into(), height.into()], "Resources" => Dictionary::new() };
    let look = document.add_object(Stream::new(look, Vec::new()));
    document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => Object::string_literal(name),
        "TU" => Object::string_literal(format!("Signature of the {name}")), "F" => 132, "P" => page, "StructParent" => key,
        "Rect" => vec![72.into(), bottom.into(), (72.0 + width).into(), (bottom + height).into()], "AP" => dictionary! { "N" => look },
    })
}

/// Signs in the first free field, with a drawn appearance and room for a time-stamp.
pub fn sign(pdf: &[u8], identity: &Identity) -> Vec<u8> {
    sign_with(pdf, identity, None).into_bytes()
}

/// The same, asking an authority for the time.
pub fn sign_with(pdf: &[u8], identity: &Identity, authority: Option<&dyn TimeStampAuthority>) -> Sealed {
    let fonts = fonts();
    let appearance = appearance(&fonts, &identity.signer().name);
    let draft = Draft::open(pdf.to_vec()).expect("the document opens");
    let room = identity.credentials().room(authority.is_some());
    let prepared = draft.reserve(SignIn::FirstFree, &statement(identity), Some(&appearance), room).expect("a place is free");
    prepared.sign(identity, authority).expect("the identity signs")
}

/// What the tests' signatures say.
pub fn statement(identity: &Identity) -> Statement {
    Statement {
        name: identity.signer().name.clone(),
        signed_at: signing_time(),
        reason: Some("I am responsible for this report /Contents<0000 /ByteRange[0".into()),
        location: None,
    }
}

/// The fonts the product prints with.
pub fn fonts() -> [Vec<u8>; 3] {
    let read = |name: &str| {
        let path = format!("{}/../paper/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    [read("SourceSans3-Regular.ttf"), read("SourceSans3-Semibold.ttf"), read("SourceCodePro-Regular.ttf")]
}

/// A box as the product draws it.
pub fn appearance<'a>(fonts: &'a [Vec<u8>; 3], name: &str) -> Appearance<'a> {
    let line = |text: &str, weight| Line { text: text.into(), size_pt: 8.5, weight, colour: [30, 30, 30] };
    Appearance {
        lines: vec![
            line("Signed electronically", Weight::Semibold),
            line(name, Weight::Regular),
            line("22 November 2026, 04:00:05 UTC", Weight::Regular),
            line("1f3a 77b0 c2d4 … 9e01", Weight::Mono),
        ],
        fonts: Fonts { regular: &fonts[0], semibold: &fonts[1], mono: &fonts[2] },
        inset_mm: (3.0, 2.0),
        border: None,
        ground: Some([255; 3]),
    }
}

/// The bytes with every occurrence of one piece replaced by another of the same length.
pub fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "the offsets must stay");
    let mut bytes = bytes.to_vec();
    let found: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    assert!(!found.is_empty(), "{} is not in the file", String::from_utf8_lossy(from));
    found.into_iter().for_each(|at| bytes[at..at + to.len()].copy_from_slice(to));
    bytes
}
