//! The writer: pages, tree and metadata become one PDF/A-3a and PDF/UA-1 file.
//! Always true: the same document gives the same bytes; printpdf makes document, pages and fonts, and one pass over its objects adds
//! everything the two standards ask for beyond that.
//! Deliberately absent: layout, and signing (later revisions are appended elsewhere).

mod attachments;
mod content;
mod fields;
mod fonts;
mod images;
mod links;
mod metadata;
mod object;
mod operators;
mod outline;
mod pages;
mod structure;

use std::collections::BTreeMap;

use lopdf::{Dictionary, ObjectId, dictionary};

pub use attachments::{Attachment, Relationship};
pub use metadata::Metadata;

use crate::{
    display::{AnchorId, Page},
    figure::Picture,
    measure::{Paper, TOP},
    tree::Tree,
};

/// A document ready to be written. Pages are measured from the text block's top left corner.
pub struct Document<'a> {
    /// The sheet.
    pub paper: Paper,
    /// The pages.
    pub pages: &'a [Page],
    /// The logical tree.
    pub tree: &'a Tree,
    /// The pictures the pages show.
    pub pictures: &'a [Picture],
    /// The outline, in order.
    pub outline: &'a [Heading],
    /// Where anchors stand: page, from 0, and how far down the text block.
    pub anchors: &'a BTreeMap<AnchorId, (usize, f32)>,
    /// What the file says about itself.
    pub metadata: &'a Metadata,
    /// The files inside it.
    pub attachments: &'a [Attachment<'a>],
}

/// An entry of the outline.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Heading {
    /// How deep, from 1.
    pub level: u8,
    /// Its words.
    pub words: String,
    /// Where it stands.
    pub anchor: AnchorId,
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A bundled font could not be cut down to the glyphs used.
    #[error("the font {font} cannot be subset")]
    Font {
        /// Its PostScript name.
        font: &'static str,
        /// What the subsetter says.
        #[source]
        cause: subsetter::Error,
    },
    /// The file's objects are not as printpdf is known to leave them.
    #[error("the page writer left an unexpected object")]
    Objects(#[from] lopdf::Error),
    /// The bytes could not be written to memory.
    #[error("the file cannot be written")]
    Output(#[from] std::io::Error),
}

/// Writes the document.
///
/// # Errors
/// When a font cannot be subset or the page writer misbehaves; never because of what the report says.
pub fn write(document: &Document<'_>) -> Result<Vec<u8>, WriteError> {
    let fonts = fonts::Fonts::subset(document.pages)?;
    let marked = content::pages(document, &fonts);
    let mut pdf = pages::print(document, &fonts, marked.pages)?;
    let mut file = File::new(&mut pdf)?;
    fonts.finish(&mut file)?;
    images::embed(&mut file, document.pictures)?;
    let annotations = links::annotate(&mut file, document);
    let widgets = fields::place(&mut file, document);
    structure::build(&mut file, document, &marked.placed, &annotations, &widgets)?;
    outline::build(&mut file, document)?;
    attachments::embed(&mut file, document);
    metadata::describe(&mut file, document.metadata)?;
    file.pdf.version = "1.7".into();
    object::compress(file.pdf)?;
    object::serialize(file.pdf)
}

/// The objects of the file under construction.
pub(crate) struct File<'a> {
    pdf: &'a mut lopdf::Document,
    catalog: ObjectId,
    pages: Vec<ObjectId>,
}

impl<'a> File<'a> {
    fn new(pdf: &'a mut lopdf::Document) -> Result<Self, WriteError> {
        let catalog = pdf.trailer.get(b"Root")?.as_reference()?;
        let pages = pdf.get_pages().into_values().collect();
        let mut file = Self { pdf, catalog, pages };
        let old = file.catalog()?;
        *old = dictionary! { "Type" => "Catalog", "Pages" => old.get(b"Pages")?.clone() };
        Ok(file)
    }

    fn catalog(&mut self) -> Result<&mut Dictionary, WriteError> {
        Ok(self.pdf.get_dictionary_mut(self.catalog)?)
    }

    fn page(&mut self, number: usize) -> Result<&mut Dictionary, WriteError> {
        Ok(self.pdf.get_dictionary_mut(self.pages[number])?)
    }
}

/// From the text block's corner, y down, to the sheet's lower left corner, y up.
pub(crate) fn on_sheet(paper: Paper, x: f32, y: f32) -> (f32, f32) {
    (x + paper.side(), paper.height() - TOP - y)
}
