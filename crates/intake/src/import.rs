//! The import itself: one pure function from a foreign text, choices and forms to a report, the places of all its pieces, and questions.

use crate::asking::{ChangedWords, assume, questions};
use crate::build::{Built, build};
use crate::choices::{Choices, Question, Side};
use crate::dayless::Dates;
use crate::days::days;
use crate::form::{Fit, Form, rank};
use crate::furniture::{Furniture, furniture};
use crate::piece::{Piece, Shape, pieces};
use crate::route::{Known, Routed, route};
use crate::source::{Carried, Change, Dropped, Source};
use crate::to::To;
use crate::words;
use chrono::NaiveDate;
use report::ids::{AttachmentId, Ids, UnplacedId};
use report::moment::Given;
use report::papers::Unplaced;
use report::{Place, Report, Template};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A foreign text as a report.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Intake {
    /// The report, with what waits in its tray and what was taken for granted.
    pub report: Report,
    /// Every piece of the source in order, with its place.
    pub placements: Vec<Placement>,
    /// The sections that pieces can be put into.
    pub slots: Vec<Slot>,
    /// What was left out before there were pieces (scripts, navigation of a page).
    pub dropped: Vec<Dropped>,
    /// The forms, the best fit first.
    pub fits: Vec<Fit>,
    /// What the text leaves open.
    pub questions: Vec<Question>,
    /// How many words went where.
    pub counts: Counts,
    /// Pictures and other files from inside the source, which the report names as attachments.
    #[serde(skip)]
    pub files: Vec<(AttachmentId, Carried)>,
}

/// A piece of the source and its place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Placement {
    /// The block of the source.
    pub block: usize,
    /// The part of the block.
    pub line: usize,
    /// Its words.
    pub said: String,
    /// Where it went.
    pub to: To,
    /// The place in the report, where it has one; of a row, the piece that it begins with has its number.
    pub place: Option<Place>,
    /// Words of it that are read and not kept as such: a label, a heading of the form, the number of an item.
    pub read: Vec<String>,
    /// Whether an empty line stands before it in the source.
    pub after_gap: bool,
    /// How deep it stands in a list.
    pub depth: u8,
    /// Whether the source marks it as a heading.
    pub heading: bool,
}

/// A section that pieces can be put into.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Slot {
    /// Its name: the key of the form's section, `key#2` where a heading stands a second time, `own:…` for a heading of the author's.
    pub name: String,
    /// The form's section.
    pub key: Option<String>,
    /// The heading as the source has it.
    pub heading: String,
    /// Which of equal headings it is, from 0.
    pub copy: usize,
    /// Its level, where the format has levels.
    pub level: Option<u8>,
}

impl Slot {
    /// What the copy of a form's section is called: `key`, `key#2`.
    pub(crate) fn name_of(key: &str, copy: usize) -> String {
        if copy == 0 { key.to_owned() } else { format!("{key}#{}", copy + 1) }
    }
}

/// Words, counted.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Counts {
    /// In the source.
    pub words: usize,
    /// Placed in the report, or read as its labels and headings.
    pub placed: usize,
    /// Waiting in the tray.
    pub waiting: usize,
    /// Left out, and listed.
    pub dropped: usize,
}

/// Turns a foreign text into a report. `today` is a day that questions offer; no report holds it unless it is chosen.
///
/// # Panics
/// When `forms` is empty: there is then nothing to fill.
pub fn import(source: &Source, choices: &Choices, forms: &[&Template], today: NaiveDate, ids: &mut dyn Ids) -> Intake {
    assert!(!forms.is_empty(), "a report fills a form");
    let mut pieces = pieces(source);
    let forms: Vec<Form<'_>> = forms.iter().map(|template| Form::new(template)).collect();
    crate::two_lines::join(&mut pieces, &forms);
    let changed = ChangedWords::of(&pieces);
    let left = leave(&mut pieces, choices.changes);
    let furniture = furniture(&pieces);
    let kept: Vec<&Piece> = pieces.iter().zip(&furniture.rules).filter(|(_, rule)| rule.is_none()).map(|(piece, _)| piece).collect();
    let fits = rank(&forms, &kept);
    let chosen = choices.template.as_deref().or(fits.first().map(|fit| fit.template.as_str()));
    let form = forms.iter().find(|form| Some(form.template.id.as_str()) == chosen).unwrap_or(&forms[0]);
    // What a machine wrote says nothing of the text's own days and zones.
    let texts: Vec<String> = kept.iter().filter(|piece| !matches!(piece.shape, Shape::Code)).map(|piece| piece.said()).collect();
    let usual = form.template.date_order;
    let days = days(texts.iter().map(String::as_str), choices.date_order.unwrap_or(usual));
    let given = Given { order: choices.date_order.unwrap_or(days.order(usual)), year: choices.year.or(days.year()) };
    let known = Known { form, forms: &forms, furniture: &furniture, given, choices };
    let mut routed = route(&pieces, &known);
    let ruling = crate::dayless::ruling(&pieces, &routed, &known, source.name.as_deref());
    let mut built = build(source, &pieces, &mut routed, &known, ruling.clone(), ids);
    crate::zone_of_report::set(&mut built.report, &pieces, &routed, &texts, choices);
    crate::language::set(&mut built.report, &kept);
    crate::strays::settle(&mut built.report, ids);
    wait_for(&mut built.report, &left, ids);
    let mut questions = questions(&days, &given, &routed, &changed, choices, today);
    let dates = Dates::of(&built, &texts, &given, &days, today);
    questions.extend(dates.question(&built, ruling.as_ref(), choices));
    dates.assume(&mut built, ruling.as_ref());
    assume(&mut built, &days, &given, &routed, &changed, choices);
    let placements = placements(&pieces, &routed, &built);
    let mut dropped = source.dropped.clone();
    dropped.extend(crate::addresses::left_out(&built.report, &pieces, &source.addresses_left));
    let counts = count(&placements, &left, source, &furniture);
    Intake { report: built.report, placements, slots: routed.slots, dropped, fits, questions, counts, files: built.files }
}

/// Takes the words that do not count out of pieces that have others; what was taken, and from which piece.
fn leave(pieces: &mut [Piece], chosen: Option<Side>) -> Vec<String> {
    let gone = match chosen {
        None | Some(Side::Later) => Change::Removed,
        Some(Side::Earlier) => Change::Added,
        Some(Side::Both) => return Vec::new(),
    };
    let mut left = Vec::new();
    for piece in pieces {
        let is_gone = |run: &crate::source::Run| run.change == Some(gone);
        let stays = piece.words.runs.iter().any(|run| !is_gone(run) && !run.text.trim().is_empty());
        if !stays {
            continue;
        }
        let taken: String = piece.words.runs.iter().filter(|run| is_gone(run)).map(|run| run.text.as_str()).collect::<Vec<_>>().join(" … ");
        if !taken.trim().is_empty() {
            left.push(taken.trim().to_owned());
        }
        piece.words.runs.retain(|run| !is_gone(run));
    }
    left
}

fn wait_for(report: &mut Report, left: &[String], ids: &mut dyn Ids) {
    let wait = left.iter().map(|text| Unplaced {
        id: UnplacedId::new(ids),
        text: text.clone(),
        source: "from the other version of a sentence".to_owned(),
    });
    report.unplaced.extend(wait);
}

fn placements(pieces: &[Piece], routed: &Routed, built: &Built) -> Vec<Placement> {
    let placement = |(at, piece): (usize, &Piece)| Placement {
        block: piece.block,
        line: piece.line,
        said: piece.said(),
        to: routed.to[at].clone(),
        place: place(at, &routed.to[at], built),
        read: built.read[at].clone(),
        after_gap: piece.after_gap,
        depth: match piece.shape {
            Shape::Item { depth, .. } => depth.saturating_add(1),
            _ => 0,
        },
        heading: matches!(piece.shape, Shape::Heading(_)),
    };
    pieces.iter().enumerate().map(placement).collect()
}

fn place(at: usize, to: &To, built: &Built) -> Option<Place> {
    Some(match to {
        To::Title => Place::Report,
        To::Form => Place::Form,
        To::Heading { slot } | To::Section { slot } | To::Figure { slot } => {
            Place::Section { section: *built.sections.get(slot)?, line: None }
        }
        To::Field { key } => Place::Field { key: key.clone() },
        To::Day => Place::Timeline { index: None },
        // A break that nothing follows is no row in the end.
        To::Timeline => Place::Timeline { index: built.rows.get(&at).copied().filter(|row| *row < built.report.timeline.len()) },
        To::Action => Place::Actions,
        To::Lesson { .. } => Place::Lessons,
        To::Linked => Place::Linked,
        To::Letter { .. } => Place::Letter,
        To::Signatory => Place::Signatures,
        To::Marking => Place::Marking,
        To::Tray => Place::Tray,
        To::Dropped { .. } => return None,
    })
}

fn count(placements: &[Placement], left: &[String], source: &Source, furniture: &Furniture) -> Counts {
    let mut counts = Counts::default();
    for (at, placement) in placements.iter().enumerate() {
        let words = words::count(&placement.said);
        match &placement.to {
            To::Dropped { .. } => counts.dropped += words,
            To::Figure { .. } if furniture.pictures[at] > 0 => counts.dropped += words,
            To::Tray => counts.waiting += words,
            _ => counts.placed += words,
        }
    }
    counts.waiting += left.iter().map(|text| words::count(text)).sum::<usize>();
    counts.dropped += source.dropped.iter().map(|dropped| words::count(&dropped.text)).sum::<usize>();
    counts.words = counts.placed + counts.waiting + counts.dropped;
    counts
}
