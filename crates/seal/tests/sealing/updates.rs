//! Updates after a signature that are foreseen, documents prepared to abuse them, and other shapes of file.

use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use seal::{ChangedSince, Foreseen, How, Part};

use crate::{
    document::{prepared, replaced, sign, unsigned},
    signing::own_identity,
    tampering::{assert_unexplained, edit_type, find, is_type, judged, updated},
    tools::{find as find_tool, run},
};

fn page_content(document: &Document) -> ObjectId {
    find(document, |object| object.as_stream().is_ok_and(|stream| stream.content.windows(3).any(|window| window == b"BDC")))
}

fn field(document: &Document, name: &[u8]) -> ObjectId {
    find(document, |object| object.as_dict().is_ok_and(|d| d.get(b"T").and_then(Object::as_str).is_ok_and(|found| found == name)))
}

fn sign_once(pdf: &[u8]) -> Vec<u8> {
    sign(pdf, &own_identity("Anna Author"))
}

fn assert_foreseen(pdf: &[u8], expected: Foreseen) {
    let verdict = judged(pdf);
    assert_eq!(verdict.signatures[0].changed_since, ChangedSince::ForeseenOnly(vec![expected]));
    assert!(verdict.sound(), "{verdict:#?}");
}

#[test]
fn validation_data_may_be_added_and_extended() {
    let add = |pdf: &[u8]| {
        updated(pdf, |update| {
            let certificate = update.new_document.add_object(Stream::new(Dictionary::new(), vec![0x30, 0]));
            let store = update.new_document.add_object(dictionary! { "Type" => "DSS", "Certs" => vec![certificate.into()] });
            let root = find(update.get_prev_documents(), |object| is_type(object, b"Catalog"));
            update.opt_clone_object_to_new_document(root).expect("cloned");
            update.new_document.get_object_mut(root).and_then(Object::as_dict_mut).expect("a catalog").set("DSS", store);
        })
    };
    let once = add(&sign_once(&unsigned()));
    assert_foreseen(&once, Foreseen::ValidationData);
    assert_foreseen(&add(&once), Foreseen::ValidationData);
}

#[test]
fn the_modification_date_may_change_but_not_the_title() {
    let edit = |key: &'static str| {
        updated(&sign_once(&unsigned()), |update| {
            let info = find(update.get_prev_documents(), |object| object.as_dict().is_ok_and(|dictionary| dictionary.has(b"Title")));
            update.opt_clone_object_to_new_document(info).expect("cloned");
            let info = update.new_document.get_object_mut(info).and_then(Object::as_dict_mut).expect("a dictionary");
            info.set(key, Object::string_literal("D:20270101000000Z"));
        })
    };
    assert_foreseen(&edit("ModDate"), Foreseen::ModificationDate);
    assert_unexplained(&edit("Title"), &[(Part::Other, How::Altered)]);
}

/// The page with a text field on it.
fn with_text_field() -> Vec<u8> {
    prepared(|document| {
        let widget = document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => Object::string_literal("comment"), "F" => 4,
            "Rect" => vec![Object::from(72), 100.into(), 300.into(), 120.into()],
        });
        for (name, key) in [(&b"Page"[..], &b"Annots"[..]), (b"", b"Fields")] {
            let owner =
                find(document, |object| is_type(object, name) || name.is_empty() && object.as_dict().is_ok_and(|d| d.has(b"Fields")));
            let owner = document.get_object_mut(owner).and_then(Object::as_dict_mut).expect("a dictionary");
            owner.get_mut(key).and_then(Object::as_array_mut).expect("a list").push(widget.into());
        }
    })
}

#[test]
fn a_form_field_may_be_filled_in_but_not_moved() {
    let edit = |key: &'static str, value: Object| {
        updated(&sign_once(&with_text_field()), |update| {
            let id = field(update.get_prev_documents(), b"comment");
            update.opt_clone_object_to_new_document(id).expect("cloned");
            update.new_document.get_object_mut(id).and_then(Object::as_dict_mut).expect("a field").set(key, value);
        })
    };
    assert_foreseen(&edit("V", Object::string_literal("seen")), Foreseen::FormFilling { field: "comment".into() });
    assert_unexplained(&edit("Rect", vec![Object::from(0); 4].into()), &[(Part::FormField, How::Altered)]);
    // A new look without a new value would show what nobody entered.
    assert_unexplained(&edit("AP", dictionary! {}.into()), &[(Part::FormField, How::Altered)]);
}

#[test]
fn a_reference_left_dangling_on_purpose_may_not_be_filled_later() {
    let hidden = (900, 0);
    let pdf = prepared(|document| {
        let content = page_content(document);
        let page = find(document, |object| is_type(object, b"Page"));
        let page = document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
        page.set("Contents", vec![Object::from(content), hidden.into()]);
    });
    let shown = updated(&sign_once(&pdf), |update| {
        update.new_document.set_object(hidden, Stream::new(Dictionary::new(), b"0 0 500 500 re f".to_vec()));
        update.new_document.max_id = hidden.0;
    });
    assert_unexplained(&shown, &[(Part::PageContents, How::Added)]);
}

#[test]
fn a_page_content_may_not_change_in_the_guise_of_something_foreseen() {
    let replace_content = |pdf: &[u8], kind: &[u8; 6]| {
        let pdf = updated(&sign_once(pdf), |update| {
            let content = page_content(update.get_prev_documents());
            let stream = Stream::new(dictionary! { "Type" => "Disguise", "Subtype" => "XML" }, b"BT ET".to_vec());
            update.new_document.set_object(content, stream);
        });
        // The library would not write these types as they are, so they are put in afterwards.
        replaced(&pdf, b"/Disguise", &[b"/", &kind[..], b"  "].concat())
    };
    let in_catalog = |key: &'static str, value: fn(ObjectId) -> Object| {
        prepared(|document| {
            let content = page_content(document);
            document.catalog_mut().expect("a catalog").set(key, value(content));
        })
    };
    let as_validation_data = in_catalog("DSS", |content| dictionary! { "Certs" => vec![content.into()] }.into());
    let as_metadata = in_catalog("Metadata", Object::from);
    let as_appearance = prepared(|document| {
        let (content, approver) = (page_content(document), field(document, b"approver"));
        let approver = document.get_object_mut(approver).and_then(Object::as_dict_mut).expect("a field");
        approver.set("AP", dictionary! { "N" => content });
    });
    for pdf in [as_validation_data, as_metadata, as_appearance] {
        for kind in [b"ObjStm", b"XRef  "] {
            let changed = judged(&replace_content(&pdf, kind));
            assert!(matches!(changed.signatures[0].changed_since, ChangedSince::Unexplained(_)) && !changed.sound(), "{changed:#?}");
        }
    }
}

#[test]
fn a_form_that_lies_inside_the_catalog_is_signed_as_well() {
    let pdf = prepared(|document| {
        let form = find(document, |object| object.as_dict().is_ok_and(|dictionary| dictionary.has(b"Fields")));
        let form = document.objects.remove(&form).expect("a form");
        document.catalog_mut().expect("a catalog").set("AcroForm", form);
    });
    let twice = sign(&sign_once(&pdf), &own_identity("Paul Approver"));
    assert!(judged(&twice).sound(), "{:#?}", judged(&twice));
    let scripted = edit_type(&twice, b"Catalog", |catalog| {
        catalog.get_mut(b"AcroForm").and_then(Object::as_dict_mut).expect("a form").set("NeedAppearances", true);
    });
    assert_unexplained(&scripted, &[(Part::Catalog, How::Altered)]);
}

#[test]
fn a_file_with_compressed_objects_or_laid_out_for_the_web_is_signed_as_well() {
    let Some(qpdf) = find_tool("qpdf", "signing a file with object streams") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in.pdf"), folder.path().join("out.pdf"));
    std::fs::write(&input, unsigned()).expect("written");
    let ways: [&[&str]; 4] = [
        &["--object-streams=generate"],
        &["--object-streams=generate", "--linearize"],
        &["--object-streams=disable", "--linearize"],
        &["--qdf", "--object-streams=disable"],
    ];
    for way in ways {
        run(Command::new(&qpdf).args(way).args([&input, &output]));
        let twice = sign(&sign_once(&std::fs::read(&output).expect("made")), &own_identity("Paul Approver"));
        assert!(judged(&twice).sound(), "{way:?}: {:#?}", judged(&twice));
        std::fs::write(&output, &twice).expect("written");
        run(Command::new(&qpdf).arg("--check").arg(&output));
    }
}
