//! Files changed after signing: single bits, appended updates, and the known attacks on PDF signatures.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, Stream, dictionary};
use seal::{Change, ChangedSince, How, Part, Problem, SignatureVerdict, Unreadable, Verdict};

use crate::{
    document::{replaced, sign, unsigned, verify},
    signing::own_identity,
};

fn signed_once() -> Vec<u8> {
    sign(&unsigned(), &own_identity("Anna Author"))
}

/// Appends an update made by `edit`, as any PDF tool would.
pub fn updated(pdf: &[u8], edit: impl FnOnce(&mut IncrementalDocument)) -> Vec<u8> {
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), Document::load_mem(pdf).expect("readable"));
    edit(&mut update);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).expect("the update is written");
    bytes.push(b'\n');
    bytes
}

/// The one object for which `wanted` holds.
pub fn find(document: &Document, wanted: impl Fn(&Object) -> bool) -> lopdf::ObjectId {
    *document.objects.iter().find(|(_, object)| wanted(object)).expect("the object is there").0
}

pub fn is_type(object: &Object, name: &[u8]) -> bool {
    object.as_dict().is_ok_and(|dictionary| dictionary.get(b"Type").and_then(Object::as_name).is_ok_and(|found| found == name))
}

pub fn edit_type(pdf: &[u8], name: &'static [u8], edit: impl FnOnce(&mut Dictionary)) -> Vec<u8> {
    updated(pdf, |update| {
        let id = find(update.get_prev_documents(), |object| is_type(object, name));
        update.opt_clone_object_to_new_document(id).expect("cloned");
        edit(update.new_document.get_object_mut(id).and_then(Object::as_dict_mut).expect("a dictionary"));
    })
}

pub fn judged(pdf: &[u8]) -> Verdict {
    verify(pdf, &[]).expect("readable")
}

/// The file must be unsound although its first signature is intact, for exactly these changes.
pub fn assert_unexplained(pdf: &[u8], expected: &[(Part, How)]) {
    let verdict = judged(pdf);
    let first: &SignatureVerdict = &verdict.signatures[0];
    assert!(first.intact && first.valid && !verdict.sound(), "{verdict:#?}");
    let ChangedSince::Unexplained(changes) = &first.changed_since else { panic!("{verdict:#?}") };
    let told: Vec<_> = changes.iter().map(|Change { what, how, .. }| (*what, *how)).collect();
    assert_eq!(told, expected);
}

/// How often a test repeats itself: `usual` times, or that times `RAPPORTEUR_PATIENCE` for a longer search.
pub fn rounds(usual: usize) -> usize {
    let patience = std::env::var("RAPPORTEUR_PATIENCE").ok().and_then(|factor| factor.parse().ok());
    usual * patience.unwrap_or(1)
}

/// A small generator of numbers, the same on every run (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

#[test]
fn three_hundred_flipped_bits_are_all_caught() {
    let sealed = signed_once();
    let hole = hole(&sealed);
    let mut numbers = Numbers(1);
    let mut flips = 0;
    while flips < rounds(300) {
        let (at, bit) = (numbers.below(sealed.len()), numbers.below(8));
        if hole.contains(&at) {
            continue;
        }
        flips += 1;
        let mut flipped = sealed.clone();
        flipped[at] ^= 1 << bit;
        let caught = verify(&flipped, &[]).map_or(true, |verdict| !verdict.sound());
        assert!(caught, "bit {bit} of byte {at}, {:?}", char::from(sealed[at]));
    }
}

/// The bytes between the angle brackets of the only signature.
fn hole(pdf: &[u8]) -> std::ops::Range<usize> {
    let key = b"/Contents<30";
    let start = (0..pdf.len()).find(|&at| pdf[at..].starts_with(key)).expect("a signature") + key.len() - 2;
    let end = start + pdf[start..].iter().position(|&byte| byte == b'>').expect("an end");
    start..end
}

#[test]
fn a_flipped_bit_in_the_signature_is_caught_or_means_nothing() {
    let sealed = signed_once();
    let before = judged(&sealed);
    let mut numbers = Numbers(2);
    for _ in 0..rounds(150) {
        let (at, bit) = (hole(&sealed).start + numbers.below(hole(&sealed).len()), numbers.below(8));
        let mut flipped = sealed.clone();
        flipped[at] ^= 1 << bit;
        // The case of a hexadecimal digit, or a version number nobody signs: the verdict must then be the same in full.
        if let Ok(verdict) = verify(&flipped, &[]) {
            assert!(!verdict.sound() || verdict == before, "bit {bit} of byte {at}: {verdict:#?}");
        }
    }
}

#[test]
fn an_altered_page_text_is_a_digest_mismatch() {
    let altered = replaced(&signed_once(), b"3 h 44 min", b"0 h 44 min");
    let verdict = judged(&altered);
    assert_eq!(verdict.signatures[0].problems, [Problem::DigestMismatch]);
    assert!(!verdict.signatures[0].intact && verdict.signatures[0].valid && !verdict.sound());
}

#[test]
fn a_replaced_signature_value_is_a_signature_mismatch() {
    let one = signed_once();
    // Certificates differ in length by a byte or two, as ECDSA signatures do; the room must be the same to swap them.
    let other = std::iter::repeat_with(signed_once).find(|other| other.len() == one.len()).expect("sooner or later");
    let mut swapped = one.clone();
    let (into, from) = (hole(&one), hole(&other));
    swapped[into].copy_from_slice(&other[from]);
    // Another identity of the same name signed the same bytes: intact and valid, but by somebody else.
    let (theirs, ours) = (judged(&swapped), judged(&one));
    let fingerprint = |verdict: &Verdict| verdict.signatures[0].signer.clone().map(|signer| signer.fingerprint_sha256);
    assert_ne!(fingerprint(&theirs), fingerprint(&ours));
    // But one signature with the other's certificate does not hold.
    let mut mixed = one.clone();
    let half = hole(&one).start + 900;
    mixed[half..hole(&one).end].copy_from_slice(&swapped[half..hole(&one).end]);
    assert!(verify(&mixed, &[]).map_or(true, |verdict| !verdict.sound()));
}

#[test]
fn a_new_page_content_is_named() {
    let pdf = updated(&signed_once(), |update| {
        let id = find(update.get_prev_documents(), |object| {
            object.as_stream().is_ok_and(|stream| stream.content.windows(3).any(|window| window == b"BDC"))
        });
        update.new_document.set_object(id, Stream::new(Dictionary::new(), b"BT ET".to_vec()));
    });
    assert_unexplained(&pdf, &[(Part::PageContents, How::Altered)]);
}

#[test]
fn a_new_annotation_is_named() {
    let pdf = updated(&signed_once(), |update| {
        let note = update.new_document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "FreeText", "Rect" => vec![0.into(); 4] });
        let page = find(update.get_prev_documents(), |object| is_type(object, b"Page"));
        update.opt_clone_object_to_new_document(page).expect("cloned");
        let page = update.new_document.get_object_mut(page).and_then(Object::as_dict_mut).expect("a page");
        page.get_mut(b"Annots").and_then(Object::as_array_mut).expect("annotations").push(note.into());
    });
    assert_unexplained(&pdf, &[(Part::Page, How::Altered)]);
}

#[test]
fn a_visible_new_signature_field_may_not_cover_the_page() {
    let with_widget = |rect: [i64; 4]| {
        updated(&signed_once(), |update| {
            let value = dictionary! { "Type" => "Sig", "ByteRange" => vec![0.into(); 4], "Contents" => Object::string_literal("") };
            let rect: Vec<Object> = rect.into_iter().map(Object::from).collect();
            let widget = dictionary! {
                "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => Object::string_literal("third"), "Rect" => rect, "V" => value,
            };
            let widget = update.new_document.add_object(widget);
            let form = find(update.get_prev_documents(), |object| object.as_dict().is_ok_and(|dictionary| dictionary.has(b"Fields")));
            update.opt_clone_object_to_new_document(form).expect("cloned");
            let form = update.new_document.get_object_mut(form).and_then(Object::as_dict_mut).expect("a form");
            form.get_mut(b"Fields").and_then(Object::as_array_mut).expect("fields").push(widget.into());
        })
    };
    assert_unexplained(&with_widget([0, 0, 500, 800]), &[(Part::Form, How::Altered)]);
    // Without any extent it hides nothing; but as a signature it is itself unsound.
    let verdict = judged(&with_widget([0, 0, 0, 0]));
    assert!(matches!(verdict.signatures[0].changed_since, ChangedSince::ForeseenOnly(_)) && !verdict.sound(), "{verdict:#?}");
}

#[test]
fn a_changed_catalog_is_named() {
    let pdf = edit_type(&signed_once(), b"Catalog", |catalog| catalog.set("OpenAction", dictionary! { "S" => "JavaScript" }));
    assert_unexplained(&pdf, &[(Part::Catalog, How::Altered)]);
    let pdf = edit_type(&signed_once(), b"Catalog", |catalog| drop(catalog.remove(b"Perms")));
    assert_unexplained(&pdf, &[(Part::Catalog, How::Altered)]);
}

#[test]
fn a_moved_widget_and_a_redrawn_signature_are_named() {
    let twice = sign(&signed_once(), &own_identity("Paul Approver"));
    let redrawn = updated(&twice, |update| {
        let previous = update.get_prev_documents();
        let widget =
            find(previous, |object| object.as_dict().is_ok_and(|d| d.get(b"T").and_then(Object::as_str).is_ok_and(|t| t == b"author")));
        let look = update.new_document.add_object(Stream::new(dictionary! { "Subtype" => "Form" }, Vec::new()));
        update.opt_clone_object_to_new_document(widget).expect("cloned");
        let widget = update.new_document.get_object_mut(widget).and_then(Object::as_dict_mut).expect("a widget");
        widget.set("AP", dictionary! { "N" => look });
    });
    assert_unexplained(&redrawn, &[(Part::SignatureField, How::Altered)]);
    let moved = updated(&signed_once(), |update| {
        let previous = update.get_prev_documents();
        let widget =
            find(previous, |object| object.as_dict().is_ok_and(|d| d.get(b"T").and_then(Object::as_str).is_ok_and(|t| t == b"approver")));
        update.opt_clone_object_to_new_document(widget).expect("cloned");
        let widget = update.new_document.get_object_mut(widget).and_then(Object::as_dict_mut).expect("a widget");
        widget.set("Rect", vec![Object::from(0), 0.into(), 9.into(), 9.into()]);
    });
    assert_unexplained(&moved, &[(Part::SignatureField, How::Altered)]);
}

#[test]
fn a_removed_second_signature_is_noticed_by_the_first() {
    let twice = sign(&signed_once(), &own_identity("Paul Approver"));
    let removed = updated(&twice, |update| {
        let previous = update.get_prev_documents();
        let widget =
            find(previous, |object| object.as_dict().is_ok_and(|d| d.get(b"T").and_then(Object::as_str).is_ok_and(|t| t == b"approver")));
        update.opt_clone_object_to_new_document(widget).expect("cloned");
        update.new_document.get_object_mut(widget).and_then(Object::as_dict_mut).expect("a widget").remove(b"V");
    });
    assert_unexplained(&removed, &[(Part::SignatureField, How::Altered)]);
}

#[test]
fn a_document_that_allows_no_changes_allows_no_second_signature() {
    // Certified with P = 1 by an author who left a field free all the same.
    let locked = replaced(&sign(&sign(&unsigned(), &own_identity("A")), &own_identity("B")), b"/P 2", b"/P 1");
    let verdict = judged(&locked);
    let ChangedSince::Unexplained(changes) = &verdict.signatures[0].changed_since else { panic!("{verdict:#?}") };
    assert_eq!(changes, &[Change { what: Part::SignatureField, how: How::Forbidden, object: None }]);
}

#[test]
fn stray_bytes_behind_the_end_are_named() {
    let mut pdf = signed_once();
    pdf.extend_from_slice(b"% nothing to see here\n%%EOF\n");
    // The library also had to search for the cross-reference table, which alone would be enough.
    assert_unexplained(&pdf, &[(Part::CrossReference, How::Altered), (Part::StrayBytes, How::Added)]);
}

#[test]
fn a_cut_file_is_truncated_and_a_lost_update_is_not_hidden() {
    let twice = sign(&signed_once(), &own_identity("Paul Approver"));
    assert!(matches!(verify(&twice[..twice.len() - 100], &[]), Err(Unreadable::Truncated)));
    assert!(matches!(verify(&twice[1..], &[]), Err(Unreadable::NotPdf)));
}

#[test]
fn universal_forgeries_are_refused() {
    let sealed = signed_once();
    let problem = |from: &[u8], to: &[u8]| {
        let verdict = judged(&replaced(&sealed, from, to));
        assert!(!verdict.sound());
        verdict.signatures[0].problems.first().cloned()
    };
    assert_eq!(problem(b"/ByteRange[", b"/ByteSpoon["), Some(Problem::ByteRangeMissing));
    assert_eq!(problem(b"/ByteRange[0", b"/ByteRange[5"), Some(Problem::ByteRangeOutOfBounds));
    assert_eq!(problem(b"/Contents<30", b"/Contempt<30"), Some(Problem::ByteRangeElsewhere));
    assert_eq!(
        problem(b"ETSI.CAdES.detached", b"adbe.x509.rsa_sha1!"),
        Some(Problem::UnsupportedFormat { format: "adbe.x509.rsa_sha1!".into() })
    );
}

#[test]
fn a_wrapped_signature_is_refused() {
    // The wrapping attack: the covered second part moves to the end, and what readers are to see stands in its old place,
    // outside both ranges.
    let sealed = signed_once();
    let hole_end = hole(&sealed).end + 1;
    let tail = &sealed[hole_end..];
    let range = |second: usize| format!("[0 {} {second} {}]", hole(&sealed).start - 1, tail.len());
    let moved = range(sealed.len());
    let forged = replaced(&sealed, format!("{:<1$}", range(hole_end), moved.len()).as_bytes(), moved.as_bytes());
    let forged = [&forged, tail].concat();
    let verdict = judged(&forged);
    assert_eq!(verdict.signatures[0].problems, [Problem::ByteRangeHole]);
    assert!(!verdict.sound());
}

#[test]
fn one_signature_cannot_stand_in_two_fields() {
    let copied = updated(&signed_once(), |update| {
        let previous = update.get_prev_documents();
        let signature = find(previous, |object| is_type(object, b"Sig"));
        let widget =
            find(previous, |object| object.as_dict().is_ok_and(|d| d.get(b"T").and_then(Object::as_str).is_ok_and(|t| t == b"approver")));
        update.opt_clone_object_to_new_document(widget).expect("cloned");
        update.new_document.get_object_mut(widget).and_then(Object::as_dict_mut).expect("a widget").set("V", signature);
    });
    let verdict = judged(&copied);
    assert!(!verdict.sound());
    assert_eq!(verdict.signatures[1].problems, [Problem::NotInSignedRevision]);
}

#[test]
fn an_unsigned_file_is_readable_but_not_sound() {
    let verdict = judged(&unsigned());
    assert!(verdict.signatures.is_empty() && !verdict.sound());
}
