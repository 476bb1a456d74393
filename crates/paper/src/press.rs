//! The press: what is handed in, what comes out, and the way between.
//! Always true: a press remembers paragraphs it has set, so printing again after an edit sets only what changed; what it prints does
//! not depend on what it remembers.

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use report::{Place, Report, ids::AttachmentId, papers};

use crate::{
    compose::{self, Job},
    composer::Composer,
    display::{AnchorId, Area},
    figure::Unreadable,
    flow, marking,
    measure::{Paper, TOP},
    paragraph::Typesetter,
    write::{self, Attachment, Document, Heading, Metadata, Relationship, WriteError},
};

/// How a report is issued.
pub struct Issue<'a> {
    /// The sheet.
    pub paper: Paper,
    /// Which draft this is; none for a report that is filed.
    pub draft: Option<Draft>,
    /// When it is issued.
    pub issued_at: DateTime<Utc>,
    /// The bytes of the report's attached files. One that is not here is not carried, and a figure of it says so.
    pub files: &'a BTreeMap<AttachmentId, Arc<[u8]>>,
    /// What the checks found; those that were accepted are printed on the record, where the form wants one.
    pub findings: &'a [report::Finding],
    /// The program that prints, with its version.
    pub producer: &'a str,
    /// How many will sign it: a report that names nobody to sign gets a place for each of them.
    pub signers: usize,
}

/// A draft's number and day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Draft {
    /// Its number, from 1.
    pub number: u32,
    /// The day it was printed.
    pub date: NaiveDate,
}

/// A printed report.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The file: PDF/A-3a and PDF/UA-1.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters no bundled font draws; each was printed as its code in brackets.
    pub missing: Vec<MissingGlyph>,
    /// Pictures that could not be printed, and why.
    pub unreadable: Vec<(Place, Unreadable)>,
    /// Where the parts of the report came to stand, in reading order.
    pub spots: Vec<Spot>,
    /// Where signatures go.
    pub fields: Vec<SignatureField>,
}

/// A character that had to be spelled out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The words around it.
    pub excerpt: String,
    /// Where it stands in the report.
    pub place: Place,
}

/// Where a part of the report stands on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The part.
    pub place: Place,
    /// Its page, from 0.
    pub page: usize,
    /// How far below the top of the sheet, in points.
    pub y: f32,
}

/// A place for a signature.
#[derive(Clone, Debug, PartialEq)]
pub struct SignatureField {
    /// The form field's name.
    pub name: String,
    /// Its page, from 0.
    pub page: usize,
    /// Left, bottom, right and top edges in points from the sheet's lower left corner.
    pub rectangle: [f32; 4],
}

/// How far printing is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// The words are set.
    Composed,
    /// The pages are filled; how many there are.
    Paginated(usize),
    /// The file is written.
    Written,
}

/// Why a report was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Whoever watches asked to stop.
    #[error("printing was cancelled")]
    Cancelled,
    /// The file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Prints reports, and remembers the paragraphs it has set.
#[derive(Default)]
pub struct Press {
    setter: Typesetter,
}

impl Press {
    /// Prints a report. `watch` is told of each step and may stop it.
    ///
    /// # Errors
    /// When cancelled, or when the file cannot be written; never because of what the report says.
    pub fn print(
        &mut self,
        report: &Report,
        issue: &Issue<'_>,
        watch: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Printed, PrintError> {
        self.setter.turn();
        self.setter.speak(&report.language);
        let mut c = Composer::new(&mut self.setter);
        let draft = issue.draft.is_some();
        let depth = issue.paper.depth();
        let mut job = Job { findings: issue.findings, signers: issue.signers, ..Job::new(report, issue.files, draft, depth) };
        let strips = compose::compose(&mut c, &mut job);
        tell(watch, Step::Composed)?;
        let mut filled = flow::pour(strips, &c.notes, depth);
        tell(watch, Step::Paginated(filled.pages.len()))?;
        job.contents.number(&mut c, &mut filled);
        c.place = Place::Marking;
        marking::furnish(&mut c, &mut filled.pages, issue.paper, &compose::margins(report, issue));
        let outline = outline(&c);
        let metadata = metadata(report, issue);
        let json = report::format::write(report);
        let attachments = attachments(report, issue, &json);
        let document = Document {
            paper: issue.paper,
            pages: &filled.pages,
            tree: &c.tree,
            pictures: &c.pictures,
            outline: &outline,
            anchors: &filled.anchors,
            metadata: &metadata,
            attachments: &attachments,
        };
        let pdf = write::write(&document)?;
        tell(watch, Step::Written)?;
        Ok(Printed {
            pdf,
            pages: filled.pages.len(),
            missing: missing(&c),
            unreadable: job.unreadable,
            spots: spots(&c, &filled.anchors),
            fields: fields(&filled.pages, issue.paper),
        })
    }
}

impl Draft {
    /// "Draft 3, 12 May 2026".
    #[must_use]
    pub fn words(&self) -> String {
        format!("Draft\u{a0}{}, {}", self.number, self.date.format("%-d\u{a0}%B\u{a0}%Y"))
    }
}

fn tell(watch: &mut dyn FnMut(Step) -> ControlFlow<()>, step: Step) -> Result<(), PrintError> {
    match watch(step) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(PrintError::Cancelled),
    }
}

fn outline(c: &Composer<'_>) -> Vec<Heading> {
    let heading = |(number, anchor): (usize, &crate::composer::Anchor)| {
        let (level, words) = anchor.heading.clone()?;
        Some(Heading { level, words, anchor: AnchorId(number) })
    };
    c.anchors.iter().enumerate().filter_map(heading).collect()
}

fn metadata(report: &Report, issue: &Issue<'_>) -> Metadata {
    let title = compose::title(report);
    let title = match report.reference() {
        Some(reference) if !title.contains(reference) => format!("{title}, {reference}"),
        _ => title,
    };
    let version = report.version.trim();
    let subject = match &issue.draft {
        Some(draft) => format!("{}. Not issued. {}", draft.words().replace('\u{a0}', " "), report.template.short_title),
        None if version.is_empty() => report.template.short_title.clone(),
        None => format!("{}, version {version}", report.template.short_title),
    };
    let author = report.signatories.iter().map(|signatory| signatory.person.name.trim()).find(|name| !name.is_empty());
    Metadata {
        title,
        author: author.map(str::to_owned),
        subject,
        status: if issue.draft.is_some() { "Draft" } else { "Issued" },
        rights: compose::margins(report, issue).marking.map(|marking| marking.words()),
        language: if report::language_tag::is_tag(&report.language) { report.language.clone() } else { "und".to_owned() },
        issued_at: issue.issued_at,
        producer: issue.producer.to_owned(),
    }
}

fn attachments<'a>(report: &'a Report, issue: &'a Issue<'a>, json: &'a str) -> Vec<Attachment<'a>> {
    let source = Attachment {
        name: "report.json",
        mime: "application/json",
        description: "The report as data, from which this document was made",
        bytes: json.as_bytes(),
        modified: issue.issued_at,
        relationship: Relationship::Source,
    };
    let file = |attachment: &'a papers::Attachment| {
        let bytes = issue.files.get(&attachment.id)?;
        let caption = attachment.caption.trim();
        Some(Attachment {
            name: &attachment.name,
            mime: attachment.media_type.trim(),
            description: if caption.is_empty() { &attachment.name } else { caption },
            bytes,
            modified: issue.issued_at,
            relationship: Relationship::Supplement,
        })
    };
    std::iter::once(source).chain(report.attachments.iter().filter_map(file)).collect()
}

fn missing(c: &Composer<'_>) -> Vec<MissingGlyph> {
    let mut found: Vec<MissingGlyph> = Vec::new();
    for (missing, place) in &c.missing {
        let glyph = MissingGlyph { character: missing.character, excerpt: missing.excerpt.clone(), place: place.clone() };
        // One character in one place is one fact, however often the place is set.
        if !found.iter().any(|other| other.character == glyph.character && other.place == glyph.place) {
            found.push(glyph);
        }
    }
    found
}

fn spots(c: &Composer<'_>, anchors: &BTreeMap<AnchorId, (usize, f32)>) -> Vec<Spot> {
    let spot = |(id, (page, y)): (&AnchorId, &(usize, f32))| {
        let place = c.anchors.get(id.0)?.place.clone();
        Some(Spot { place, page: *page, y: TOP + y })
    };
    anchors.iter().filter_map(spot).collect()
}

fn fields(pages: &[crate::display::Page], paper: Paper) -> Vec<SignatureField> {
    let field = |page: usize, area: Area, name: &str| {
        let (left, top) = write::on_sheet(paper, area.x, area.y);
        SignatureField { name: name.to_owned(), page, rectangle: [left, top - area.height, left + area.width, top] }
    };
    let all = pages.iter().enumerate().flat_map(|(number, page)| page.fields.iter().map(move |f| (number, f)));
    all.map(|(number, f)| field(number, f.area, &f.name)).collect()
}
