//! Files whose pages readers count, find or size differently are not sound, and are not signed.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use seal::Doubt;

use crate::{
    document::{prepared, verify},
    tampering::{find, is_type},
};

/// Changes the page and the node above it, and tells whether readers may then find other pages.
fn in_doubt(edit: impl FnOnce(&mut Document, ObjectId, ObjectId)) -> bool {
    let pdf = prepared(|document| {
        let (pages, page) = (find(document, |object| is_type(object, b"Pages")), find(document, |object| is_type(object, b"Page")));
        edit(document, pages, page);
    });
    verify(&pdf, &[]).expect("readable").doubts.iter().any(|doubt| matches!(doubt, Doubt::Pages { .. }))
}

fn set(document: &mut Document, id: ObjectId, key: &str, value: impl Into<Object>) {
    document.get_dictionary_mut(id).expect("a dictionary").set(key, value);
}

/// Whether the page is in doubt with one of its entries, or one of the node above it, set so.
fn page_with(key: &str, value: impl Into<Object>) -> bool {
    in_doubt(|document, _, page| set(document, page, key, value))
}

fn pages_with(key: &str, value: impl Into<Object>) -> bool {
    in_doubt(|document, pages, _| set(document, pages, key, value))
}

fn corners(corners: [i64; 4]) -> Vec<Object> {
    corners.into_iter().map(Object::from).collect()
}

#[test]
fn pages_as_programs_write_them_leave_no_doubt() {
    assert!(!in_doubt(|_, _, _| ()));
    assert!(!page_with("Rotate", -90));
    assert!(!page_with("MediaBox", corners([595, 842, 0, 0])), "every reader turns it over");
    assert!(!page_with("CropBox", corners([-10, -10, 300, 300])), "it is cut to the page");
    assert!(!page_with("Contents", Object::Reference((999, 0))), "nothing is there, and nothing is shown");
    assert!(!in_doubt(|document, pages, page| {
        let streams: Vec<Object> = (0..2).map(|_| document.add_object(Stream::new(Dictionary::new(), Vec::new())).into()).collect();
        set(document, page, "Contents", streams);
        let middle = document.add_object(dictionary! { "Type" => "Pages", "Parent" => pages, "Count" => 1, "Kids" => vec![page.into()] });
        set(document, page, "Parent", middle);
        set(document, pages, "Kids", vec![middle.into()]);
    }));
}

#[test]
fn a_tree_that_readers_walk_differently_is_in_doubt() {
    for count in [0, 2, -1] {
        assert!(pages_with("Count", count), "{count}");
    }
    assert!(pages_with("Type", "Page"));
    assert!(pages_with("Contents", Object::Null));
    assert!(in_doubt(|document, pages, page| set(document, pages, "Kids", vec![page.into(), pages.into()])), "in itself");
    assert!(in_doubt(|document, pages, page| set(document, pages, "Kids", vec![page.into(), Object::Reference((999, 0))])), "nothing");
    assert!(pages_with("Kids", vec![dictionary! { "Type" => "Page" }.into()]), "in its place");
    for name in ["Pages", "Template", "Pag"] {
        assert!(page_with("Type", name), "{name}");
    }
    assert!(in_doubt(|document, _, page| drop(document.get_dictionary_mut(page).expect("it").remove(b"Type"))));
    assert!(page_with("Kids", Vec::new()));
    assert!(in_doubt(|document, _, page| set(document, page, "Parent", page)));
}

#[test]
fn a_page_that_readers_size_or_fill_differently_is_in_doubt() {
    for degrees in [45, 1] {
        assert!(page_with("Rotate", degrees), "{degrees}");
    }
    assert!(page_with("MediaBox", corners([0, 0, 0, 842])));
    assert!(page_with("MediaBox", vec![0.into(), 0.into(), 595.into()]));
    assert!(page_with("MediaBox", Object::Null));
    assert!(page_with("CropBox", corners([900, 900, 990, 990])), "outside");
    assert!(in_doubt(|document, _, page| set(document, page, "Contents", Object::Reference((page.0, 7)))), "of another generation");
    assert!(page_with("Contents", Object::from(7)));
    assert!(in_doubt(|document, _, page| {
        let content = document.get_dictionary(page).and_then(|page| page.get(b"Contents")).cloned().expect("content");
        set(document, page, "Contents", vec![vec![content].into()]);
    }));
}

#[test]
fn data_packed_as_not_every_reader_knows_is_in_doubt() {
    let malformed = |entries: Dictionary| {
        let pdf = prepared(|document| {
            let page = find(document, |object| is_type(object, b"Page"));
            let content = document.add_object(Stream::new(entries, b"q Q".to_vec()));
            set(document, page, "Contents", content);
        });
        verify(&pdf, &[]).expect("readable").doubts.iter().any(|doubt| matches!(doubt, Doubt::Malformed { .. }))
    };
    for name in ["Crypt", "Fl", "InventedDecode", "flatedecode"] {
        assert!(malformed(dictionary! { "Filter" => name }), "{name}");
        assert!(malformed(dictionary! { "Filter" => vec!["ASCIIHexDecode".into(), name.into()] }), "{name}");
    }
    assert!(malformed(dictionary! { "DP" => Dictionary::new() }));
    assert!(!malformed(dictionary! { "Filter" => "ASCIIHexDecode" }));
    assert!(!malformed(dictionary! { "Filter" => vec!["ASCII85Decode".into(), "LZWDecode".into()] }));
}
