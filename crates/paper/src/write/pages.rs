//! The document as printpdf makes it: pages and fonts, each page with its content.
//! Always true: every font is embedded with every glyph the pages show.

use lopdf::Stream;
use printpdf::{Op, PdfPage, PdfSaveOptions, Pt, Rect};

use super::{Document, WriteError, fonts::Fonts, object::round};

/// Lets printpdf write pages and fonts, and puts the content in its place.
pub fn print(document: &Document<'_>, fonts: &Fonts, contents: Vec<Vec<u8>>) -> Result<lopdf::Document, WriteError> {
    let mut pdf = printpdf::PdfDocument::new(&document.metadata.title);
    pdf.resources.fonts.map = fonts.resources();
    // printpdf embeds what it sees used: it is shown every glyph once, on a page whose content is then replaced.
    let mut specimen = fonts.specimen();
    pdf.pages = contents.iter().map(|_| page(document, std::mem::take(&mut specimen))).collect();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    for (page, content) in file.get_pages().into_values().zip(contents) {
        let place = file.get_dictionary(page)?.get(b"Contents")?.as_reference()?;
        file.set_object(place, Stream::new(lopdf::Dictionary::new(), content));
    }
    Ok(file)
}

fn page(document: &Document<'_>, ops: Vec<Op>) -> PdfPage {
    let (width, height) = (Pt(round(document.paper.width())), Pt(round(document.paper.height())));
    let sheet = Rect { x: Pt(0.0), y: Pt(0.0), width, height, mode: None, winding_order: None };
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}
