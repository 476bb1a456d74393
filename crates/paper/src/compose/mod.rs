//! From a report to strips: what is printed, in which order and in which words.
//! Always true: the form's headings come first, alone, in their order and words; what the author keeps beside them follows as annexes; of a
//! draft, words that wait to be placed come last.
//! Deliberately absent: any judgement of what the report says.

mod annexes;
mod causes;
mod code;
mod diagrams;
mod evidence;
mod facts;
mod fields;
mod figures;
mod impact;
mod lessons;
mod letter;
mod prose;
mod record;
mod review;
mod rich_table;
mod sections;
mod sequence;
mod targets;
mod tray;

use std::{collections::BTreeMap, sync::Arc};

use report::{Place, Report, ids::AttachmentId, template::Frame};

use crate::{
    Draft, Issue,
    composer::Composer,
    contents::Contents,
    figure::Unreadable,
    marking::{Margins, Marking},
    measure::Colour,
    signature_box::Signatory,
    strip::Strip,
};

/// A report being composed: what the parts need to know.
pub(crate) struct Job<'a> {
    /// The report.
    pub report: &'a Report,
    /// The bytes of its attached files.
    pub files: &'a BTreeMap<AttachmentId, Arc<[u8]>>,
    /// What the checks found.
    pub findings: &'a [report::Finding],
    /// Whether it is only a draft.
    pub draft: bool,
    /// The depth of a page's text block.
    pub depth: f32,
    /// How many will sign.
    pub signers: usize,
    /// Figures so far.
    pub figures: usize,
    /// Footnotes whose marks are set and whose words are owed: number and words.
    pub owed: Vec<(usize, String)>,
    /// Pictures that could not be printed.
    pub unreadable: Vec<(Place, Unreadable)>,
    /// The list of contents, whose page numbers are owed.
    pub contents: Contents,
}

impl<'a> Job<'a> {
    /// Nothing composed yet.
    pub fn new(report: &'a Report, files: &'a BTreeMap<AttachmentId, Arc<[u8]>>, draft: bool, depth: f32) -> Self {
        let (owed, unreadable) = (Vec::new(), Vec::new());
        Self { report, files, findings: &[], draft, depth, signers: 0, figures: 0, owed, unreadable, contents: Contents::default() }
    }
}

/// The whole report as strips.
pub(crate) fn compose(c: &mut Composer<'_>, job: &mut Job<'_>) -> Vec<Strip> {
    match job.report.template.frame {
        Frame::Form => sections::form(c, job),
        Frame::Letter => letter::letter(c, job),
        Frame::Review => review::review(c, job),
    }
}

/// What stands in the margins.
pub(crate) fn margins(report: &Report, issue: &Issue<'_>) -> Margins {
    let reference = report.reference().unwrap_or_default();
    let version = report.version.trim();
    let left = match (&issue.draft, version.is_empty()) {
        (Some(_), _) | (None, true) => reference.to_owned(),
        (None, false) if reference.is_empty() => format!("version\u{a0}{version}"),
        (None, false) => format!("{reference} · version\u{a0}{version}"),
    };
    let running = match report.template.frame {
        Frame::Form => report.template.title.clone(),
        Frame::Review if report.title.trim().is_empty() => report.template.title.clone(),
        Frame::Review => format!("{} · {}", report.template.title, report.title.trim()),
        Frame::Letter if report.letter.sender.trim().is_empty() => title(report),
        Frame::Letter => format!("{} · {}", report.letter.sender.trim(), title(report)),
    };
    Margins { running, reference: left, draft: issue.draft.as_ref().map(Draft::words), marking: marking(report) }
}

/// The title printed at the top: a form has its own, a letter and a review the author's.
pub(crate) fn title(report: &Report) -> String {
    let own = report.title.trim();
    match report.template.frame {
        Frame::Letter | Frame::Review if !own.is_empty() => own.to_owned(),
        _ => report.template.title.clone(),
    }
}

/// Who signs, with the names of their fields: those the report names or, where it names nobody, whoever will sign.
pub(crate) fn signatories(job: &Job<'_>) -> Vec<Signatory> {
    let field = |number: usize| format!("Signature{}", number + 1);
    let unnamed = |number| Signatory { field: field(number), ..Signatory::default() };
    let named = |(number, signatory): (usize, &report::papers::Signatory)| Signatory {
        part: signatory.part.clone(),
        name: signatory.person.name.clone(),
        role: signatory.person.role.clone(),
        organisation: signatory.person.organisation.clone(),
        field: field(number),
    };
    match job.report.signatories.as_slice() {
        [] => (0..job.signers).map(unnamed).collect(),
        named_by_report => named_by_report.iter().enumerate().map(named).collect(),
    }
}

/// The first TLP label, with the words of other schemes as its restrictions; without one, those words alone.
fn marking(report: &Report) -> Option<Marking> {
    use report::papers::{Marking as Given, TlpLabel};
    let words: Vec<&str> = report
        .markings
        .iter()
        .filter_map(|marking| match marking {
            Given::Words { text } if !text.trim().is_empty() => Some(text.trim()),
            Given::Words { .. } | Given::Tlp { .. } => None,
        })
        .collect();
    let label = report.markings.iter().find_map(|marking| match marking {
        Given::Tlp { label } => Some(*label),
        Given::Words { .. } => None,
    });
    // TLP 2.0's colours on black, not verified (the window says so): no copy of the standard was at hand, and older ones give #FF0033 for RED.
    let colour = |label| match label {
        TlpLabel::Red => Colour::hex(0xFF_2B_2B),
        TlpLabel::Amber | TlpLabel::AmberStrict => Colour::hex(0xFF_C0_00),
        TlpLabel::Green => Colour::hex(0x33_FF_00),
        TlpLabel::Clear => Colour::hex(0xFF_FF_FF),
    };
    match label {
        Some(label) => Some(Marking::Tlp { label: label.words().to_owned(), colour: colour(label), restrictions: words.join(" · ") }),
        None if words.is_empty() => None,
        None => Some(Marking::Words(words.join(" · "))),
    }
}
