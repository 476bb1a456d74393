//! Signatures in files that nobody certified, further ones in fields of their own, and fields that a signature locked.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, dictionary};
use seal::{Change, ChangedSince, Doubt, Foreseen, How, Part, Verdict};

use crate::{
    document::{prepared, sign, unsigned, verify},
    forge::Update,
    message::{Message, filled},
    pki::{Pki, pki},
    signing::own_identity,
    tampering::{find, is_type, updated},
};

/// Signs as a plain signer does, who certifies nothing: `edit` puts the signature into a field, `more` goes into its dictionary.
pub fn signed(pdf: &[u8], pki: &Pki, signer: &str, more: Dictionary, edit: impl FnOnce(&mut IncrementalDocument, ObjectId)) -> Vec<u8> {
    const WIDEST: i64 = 9_999_999_999;
    let reserved = updated(pdf, |update| {
        let mut signature = dictionary! {
            "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
            "ByteRange" => vec![0.into(), WIDEST.into(), WIDEST.into(), WIDEST.into()],
            "Contents" => Object::String(vec![0x30; 6_000], lopdf::StringFormat::Hexadecimal),
        };
        signature.extend(&more);
        let signature = update.new_document.add_object(signature);
        edit(update, signature);
    });
    let place = |what: &[u8]| reserved.windows(what.len()).rposition(|window| window == what).expect("it is there");
    let (start, range) = (place(b"/Contents<30") + 9, place(b"/ByteRange[") + 11);
    let end = start + 6_000 * 2 + 2;
    let mut bytes = reserved.clone();
    let width = bytes[range..].iter().position(|&byte| byte == b']').expect("an end");
    let stated = format!("0 {start} {end} {}", bytes.len() - end);
    bytes[range..range + width].copy_from_slice(format!("{stated:<width$}").as_bytes());
    filled(&bytes, |covered| Message::by(pki, signer).over(covered))
}

pub fn changed(update: &mut IncrementalDocument, wanted: impl Fn(&Object) -> bool) -> &mut Dictionary {
    let id = find(update.get_prev_documents(), wanted);
    update.opt_clone_object_to_new_document(id).expect("cloned");
    update.new_document.get_object_mut(id).and_then(Object::as_dict_mut).expect("a dictionary")
}

pub fn is_field(object: &Object, name: &str) -> bool {
    object.as_dict().is_ok_and(|d| d.get(b"T").and_then(Object::as_str).is_ok_and(|found| found == name.as_bytes()))
}

fn is_form(object: &Object) -> bool {
    object.as_dict().is_ok_and(|dictionary| dictionary.has(b"Fields") && !dictionary.has(b"Action"))
}

pub fn into_field(name: &'static str) -> impl FnOnce(&mut IncrementalDocument, ObjectId) {
    move |update, signature| changed(update, |object| is_field(object, name)).set("V", signature)
}

/// The author's signature on a file that nobody certified.
fn once(pki: &Pki, pdf: &[u8]) -> Vec<u8> {
    signed(pdf, pki, "approver", Dictionary::new(), into_field("author"))
}

fn list(dictionary: &mut Dictionary, key: &[u8]) -> Vec<Object> {
    dictionary.get(key).and_then(Object::as_array).expect("a list").clone()
}

/// A second signature in a new field there, with a picture and these further entries.
fn in_new_field(pki: &Pki, pdf: &[u8], rect: [i64; 4], more: Dictionary) -> Vec<u8> {
    signed(pdf, pki, "second", Dictionary::new(), move |update, signature| {
        let look = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 100.into(), 50.into()] };
        let look = update.new_document.add_object(Stream::new(look, b"0 0 100 50 re S".to_vec()));
        let mut widget = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => Object::string_literal("third"), "F" => 132, "V" => signature,
            "Rect" => rect.into_iter().map(Object::from).collect::<Vec<_>>(), "AP" => dictionary! { "N" => look },
        };
        widget.extend(&more);
        let widget = update.new_document.add_object(widget);
        attach(update, widget, widget);
    })
}

fn attach(update: &mut IncrementalDocument, field: ObjectId, widget: ObjectId) {
    for (key, added, page) in [("Annots", widget, true), ("Fields", field, false)] {
        let owner = changed(update, |object| if page { is_type(object, b"Page") } else { is_form(object) });
        let mut items = list(owner, key.as_bytes());
        items.push(added.into());
        owner.set(key, items);
    }
}

fn judged(pki: &Pki, pdf: &[u8]) -> Verdict {
    verify(pdf, &pki.trusted()).expect("readable")
}

fn assert_refused(pki: &Pki, name: &str, pdf: &[u8]) {
    let verdict = judged(pki, pdf);
    let first = &verdict.signatures[0];
    assert!(first.intact && first.valid && matches!(first.changed_since, ChangedSince::Unexplained(_)), "{name}: {verdict:#?}");
    assert!(!verdict.sound());
}

#[test]
fn a_further_signature_may_bring_its_own_field_where_nobody_certified() {
    let Some(pki) = pki() else { return };
    let first = once(pki, &unsigned());
    assert!(judged(pki, &first).sound());
    for rect in [[300, 300, 400, 350], [72, 20, 272, 120], [0, 0, 0, 0], [10, 10, 60, 60]] {
        let verdict = judged(pki, &in_new_field(pki, &first, rect, Dictionary::new()));
        assert!(verdict.sound() && verdict.signatures.len() == 2, "{rect:?}: {verdict:#?}");
        let named = Foreseen::SignatureInNewField { field: "third".into() };
        assert_eq!(verdict.signatures[0].changed_since, ChangedSince::ForeseenOnly(vec![named]));
    }
    // A third signer in yet another field, and one in the field that was left free.
    let second = in_new_field(pki, &first, [300, 300, 400, 350], Dictionary::new());
    let third = signed(&second, pki, "approver", Dictionary::new(), into_field("approver"));
    assert!(judged(pki, &third).sound());
}

#[test]
fn the_field_and_its_widget_may_be_two_objects() {
    let Some(pki) = pki() else { return };
    let apart = |more: Dictionary| {
        signed(&once(pki, &unsigned()), pki, "second", Dictionary::new(), move |update, signature| {
            let field = update.new_document.new_object_id();
            let rect = vec![Object::from(300), 300.into(), 400.into(), 350.into()];
            let mut widget = dictionary! { "Type" => "Annot", "Subtype" => "Widget", "Parent" => field, "Rect" => rect, "F" => 4 };
            widget.extend(&more);
            let widget = update.new_document.add_object(widget);
            let field_dictionary = dictionary! {
                "FT" => "Sig", "T" => Object::string_literal("third"), "V" => signature, "Kids" => vec![Object::from(widget)],
            };
            update.new_document.set_object(field, field_dictionary);
            attach(update, field, widget);
        })
    };
    assert!(judged(pki, &apart(Dictionary::new())).sound());
    assert_refused(pki, "an action in the widget", &apart(dictionary! { "A" => dictionary! { "S" => "JavaScript" } }));
}

#[test]
fn a_new_field_that_does_more_than_sign_is_refused() {
    let Some(pki) = pki() else { return };
    let first = once(pki, &unsigned());
    for (name, rect) in [
        ("all of the page", [0, 0, 595, 842]),
        ("half of the page", [0, 0, 595, 421]),
        ("beyond the page", [500, 10, 700, 60]),
        ("over another field", [72, 600, 172, 650]),
    ] {
        assert_refused(pki, name, &in_new_field(pki, &first, rect, Dictionary::new()));
    }
    let script = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
    for (key, value) in [
        ("A", Object::from(script())),
        ("AA", dictionary! { "PO" => script() }.into()),
        ("OC", dictionary! { "Type" => "OCG" }.into()),
        ("Kids", Vec::<Object>::new().into()),
    ] {
        let mut more = Dictionary::new();
        more.set(key, value);
        assert_refused(pki, key, &in_new_field(pki, &first, [300, 300, 400, 350], more));
    }
    // Where the author certified the file, nothing new is to be seen in it.
    let certified = sign(&unsigned(), &own_identity("Anna Author"));
    let seen = in_new_field(pki, &certified, [300, 300, 400, 350], Dictionary::new());
    assert!(matches!(verify(&seen, &[]).expect("readable").signatures[0].changed_since, ChangedSince::Unexplained(_)));
    let unseen = in_new_field(pki, &certified, [0, 0, 0, 0], Dictionary::new());
    assert!(verify(&unseen, &[]).expect("readable").sound());
}

#[test]
fn a_place_as_large_as_the_page_is_no_place_for_a_further_signature() {
    let Some(pki) = pki() else { return };
    let second = |rect: [i64; 4]| {
        let pdf = prepared(|document| {
            let place = find(document, |object| is_field(object, "approver"));
            let rect: Vec<Object> = rect.into_iter().map(Object::from).collect();
            document.get_dictionary_mut(place).expect("a field").set("Rect", rect);
        });
        signed(&once(pki, &pdf), pki, "approver", Dictionary::new(), into_field("approver"))
    };
    assert!(judged(pki, &second([72, 100, 400, 200])).sound());
    assert_refused(pki, "over the page", &second([0, 0, 595, 842]));
}

#[test]
fn a_further_signer_brings_no_action_that_runs_when_the_file_is_opened() {
    let Some(pki) = pki() else { return };
    for (object, key) in [(&b"Catalog"[..], "OpenAction"), (b"Page", "AA"), (b"Catalog", "AA")] {
        let scripted = signed(&once(pki, &unsigned()), pki, "second", Dictionary::new(), |update, signature| {
            into_field("approver")(update, signature);
            changed(update, |found| is_type(found, object)).set(key, dictionary! { "S" => "JavaScript" });
        });
        assert_refused(pki, key, &scripted);
    }
}

#[test]
fn a_further_signature_that_does_not_hold_makes_the_file_unsound() {
    let Some(pki) = pki() else { return };
    let second = in_new_field(pki, &once(pki, &unsigned()), [300, 300, 400, 350], Dictionary::new());
    let broken = filled(&second, |_| Message::by(pki, "approver").over(b"something else"));
    let verdict = judged(pki, &broken);
    assert!(!verdict.sound() && !verdict.signatures[1].intact, "{verdict:#?}");
}

/// The page with these text fields on it, of which those with a dot stand below a parent.
pub fn with_text_fields(names: &[&str]) -> Vec<u8> {
    prepared(|document| {
        for (index, name) in names.iter().enumerate() {
            let bottom = 20 * index as i64 + 20;
            let (above, own) = name.rsplit_once('.').map_or((None, *name), |(above, own)| (Some(above), own));
            let mut widget = dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => Object::string_literal(own), "F" => 4,
                "Rect" => vec![Object::from(72), bottom.into(), 300.into(), (bottom + 15).into()],
            };
            let parent = above.map(|above| (document.new_object_id(), above));
            if let Some((parent, _)) = parent {
                widget.set("Parent", parent);
            }
            let widget = document.add_object(widget);
            if let Some((parent, above)) = parent {
                document.set_object(parent, dictionary! { "T" => Object::string_literal(above), "Kids" => vec![Object::from(widget)] });
            }
            add_to(document, b"Annots", widget);
            add_to(document, b"Fields", parent.map_or(widget, |(parent, _)| parent));
        }
    })
}

fn add_to(document: &mut Document, key: &[u8], added: ObjectId) {
    let owner = find(document, |object| object.as_dict().is_ok_and(|dictionary| dictionary.has(key) && !dictionary.has(b"Action")));
    let owner = document.get_object_mut(owner).and_then(Object::as_dict_mut).expect("a dictionary");
    owner.get_mut(key).and_then(Object::as_array_mut).expect("a list").push(added.into());
}

/// Signed with a lock on fields, after which one field was filled in.
fn locked_then_filled(pki: &Pki, action: &str, fields: &[&str], filled_in: &'static str) -> Vec<u8> {
    let base = with_text_fields(&["first", "second", "group.inner"]);
    let fields: Vec<Object> = fields.iter().map(|name| Object::string_literal(*name)).collect();
    let parameters = dictionary! { "Type" => "TransformParams", "V" => "1.2", "Action" => action, "Fields" => fields };
    let reference = dictionary! { "Type" => "SigRef", "TransformMethod" => "FieldMDP", "TransformParams" => parameters };
    let locked = signed(&base, pki, "approver", dictionary! { "Reference" => vec![Object::from(reference)] }, into_field("author"));
    updated(&locked, |update| {
        let look = Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "Form" }, b"/Tx BMC EMC".to_vec());
        let look = update.new_document.add_object(look);
        let widget = changed(update, |object| is_field(object, filled_in));
        widget.set("V", Object::string_literal("hello"));
        widget.set("AP", dictionary! { "N" => look });
    })
}

#[test]
fn a_field_that_no_lock_covers_may_be_filled_in_and_is_named() {
    let Some(pki) = pki() else { return };
    for (action, fields, filled_in, name) in [
        ("Include", &["first"][..], "second", "second"),
        ("Include", &["first", "gro", "group.inner.x"], "inner", "group.inner"),
        ("Exclude", &["second"], "second", "second"),
        ("Exclude", &["group"], "inner", "group.inner"),
    ] {
        let verdict = judged(pki, &locked_then_filled(pki, action, fields, filled_in));
        assert!(verdict.sound(), "{action} {fields:?}: {verdict:#?}");
        let named = Foreseen::FormFilling { field: name.into() };
        assert_eq!(verdict.signatures[0].changed_since, ChangedSince::ForeseenOnly(vec![named]));
    }
}

#[test]
fn a_locked_field_may_not_be_filled_in() {
    let Some(pki) = pki() else { return };
    for (action, fields, filled_in) in [
        ("Include", &["first", "second"][..], "second"),
        ("Include", &["group"], "inner"),
        ("Include", &["group.inner"], "inner"),
        ("Exclude", &["first"], "second"),
        ("Exclude", &[], "first"),
        ("All", &[], "first"),
        ("Unknown", &["first"], "second"),
    ] {
        let verdict = judged(pki, &locked_then_filled(pki, action, fields, filled_in));
        let forbidden = Change { what: Part::FormField, how: How::Forbidden, object: None };
        assert_eq!(verdict.signatures[0].changed_since, ChangedSince::Unexplained(vec![forbidden]), "{action} {fields:?}");
        assert!(!verdict.sound());
    }
}

#[test]
fn what_nothing_leads_to_may_be_freed_and_nothing_else() {
    let Some(pki) = pki() else { return };
    let mut idle = (0, 0);
    let base = prepared(|document| idle = document.add_object(dictionary! { "Note" => "idle" }));
    let first = once(pki, &base);
    let freed = |number: u32| {
        let rows = format!("0 1\n{number:010} 65535 f \n{number} 1\n0000000000 00001 f \n");
        Update::to(&first).with_table(&rows, "")
    };
    assert!(judged(pki, &freed(idle.0)).sound(), "{:#?}", judged(pki, &freed(idle.0)));
    let content = find(&Document::load_mem(&first).expect("readable"), |object| {
        object.as_stream().is_ok_and(|stream| stream.content.windows(3).any(|window| window == b"BDC"))
    });
    assert_refused(pki, "the page's content", &freed(content.0));
}

#[test]
fn a_file_laid_out_for_the_web_may_not_pass_over_its_own_updates() {
    let Some(pki) = pki() else { return };
    // The first object says how long the file was when it was laid out; readers who find that length begin with the first section.
    let laid_out = |length: usize| {
        let base = prepared(|document| {
            let first = document.get_object_mut((1, 0)).and_then(Object::as_dict_mut).expect("a dictionary");
            first.set("Linearized", 1);
            first.set("L", i64::try_from(length).expect("small"));
        });
        once(pki, &base)
    };
    let honest = laid_out(12_345);
    assert!(judged(pki, &honest).sound(), "{:#?}", judged(pki, &honest));
    let pretending = laid_out(honest.len());
    assert_eq!(pretending.len(), honest.len());
    let verdict = judged(pki, &pretending);
    assert_eq!((verdict.signatures[0].ambiguous.as_slice(), verdict.sound()), (&[Doubt::Linearized][..], false), "{verdict:#?}");
}

#[test]
fn what_was_ambiguous_when_it_was_signed_is_told_as_that() {
    let Some(pki) = pki() else { return };
    let plain = unsigned();
    let at = plain.windows(15).position(|window| window == b"/StructParents ").expect("an entry");
    let mut doubled = plain.clone();
    doubled[at..at + 23].copy_from_slice(b"/Tabs/S/Tabs/R /Tabs/S ");
    let verdict = judged(pki, &once(pki, &doubled));
    let first = &verdict.signatures[0];
    assert_eq!(
        (first.intact, first.valid, first.ambiguous.len(), &first.changed_since),
        (true, true, 1, &ChangedSince::Nothing),
        "{verdict:#?}"
    );
    assert!(!verdict.sound());
}
