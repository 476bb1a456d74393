//! Signature fields: empty, printed, named for those who cannot see them.
//! Always true: the file can be signed by filling them; nothing else in it need change.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{
    Document, File,
    links::{Annotation, rectangle},
    object::{real, text},
};

/// Printed and locked against being moved.
const FLAGS: i64 = 4 + 128;

/// Adds the signature fields and the form that lists them.
pub fn place(file: &mut File<'_>, document: &Document<'_>) -> Vec<Annotation> {
    let mut widgets = Vec::new();
    for (page, fields) in document.pages.iter().enumerate().map(|(number, page)| (number, &page.fields)) {
        for field in fields {
            let size = vec![0.into(), 0.into(), real(field.area.width), real(field.area.height)];
            let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => size, "Resources" => Dictionary::new() };
            let appearance = file.pdf.add_object(Stream::new(form, Vec::new()));
            let widget = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Widget",
                "FT" => "Sig",
                "T" => text(&field.name),
                "TU" => text(&field.words),
                "F" => FLAGS,
                "Rect" => rectangle(document.paper, field.area),
                "P" => file.pages[page],
                "AP" => dictionary! { "N" => appearance },
            };
            widgets.push(Annotation { page, node: field.node, object: file.pdf.add_object(widget) });
        }
    }
    if !widgets.is_empty() {
        let fields: Vec<Object> = widgets.iter().map(|widget| widget.object.into()).collect();
        let form = file.pdf.add_object(dictionary! { "Fields" => fields, "SigFlags" => 0 });
        if let Ok(catalog) = file.catalog() {
            catalog.set("AcroForm", form);
        }
    }
    widgets
}
