//! The import itself: one pure function from a foreign text, choices and forms to a report, the places of all its pieces, and questions.

use crate::build::{Built, build};
use crate::choices::{Choices, Question, QuestionKind, QuestionOption, Side};
use crate::days::{Days, days};
use crate::form::{Fit, Form, rank};
use crate::furniture::{Furniture, furniture};
use crate::piece::{Piece, Shape, pieces};
use crate::route::{Known, Routed, route};
use crate::source::{Carried, Change, Dropped, Source};
use crate::to::To;
use crate::{compare, words, zones};
use report::ids::{AttachmentId, Ids, UnplacedId};
use report::moment::Given;
use report::papers::{Assumption, Unplaced};
use report::when::DateOrder;
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
    /// The place in the report, where it has one.
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

/// Turns a foreign text into a report.
///
/// # Panics
/// When `forms` is empty: there is then nothing to fill.
pub fn import(source: &Source, choices: &Choices, forms: &[&Template], ids: &mut dyn Ids) -> Intake {
    assert!(!forms.is_empty(), "a report fills a form");
    let mut pieces = pieces(source);
    let changed = ChangedWords::of(&pieces);
    let left = leave(&mut pieces, choices.changes);
    let furniture = furniture(&pieces);
    let forms: Vec<Form<'_>> = forms.iter().map(|template| Form::new(template)).collect();
    let kept: Vec<&Piece> = pieces.iter().zip(&furniture.rules).filter(|(_, rule)| rule.is_none()).map(|(piece, _)| piece).collect();
    let fits = rank(&forms, &kept);
    let chosen = choices.template.as_deref().or(fits.first().map(|fit| fit.template.as_str()));
    let form = forms.iter().find(|form| Some(form.template.id.as_str()) == chosen).unwrap_or(&forms[0]);
    let texts: Vec<String> = kept.iter().map(|piece| piece.said()).collect();
    let usual = form.template.date_order;
    let days = days(texts.iter().map(String::as_str), choices.date_order.unwrap_or(usual));
    let given = Given { order: choices.date_order.unwrap_or(days.order(usual)), year: choices.year.or(days.year()) };
    let known = Known { form, forms: &forms, furniture: &furniture, given, choices };
    let mut routed = route(&pieces, &known);
    let mut built = build(source, &pieces, &mut routed, &known, ids);
    set_zone(&mut built.report, &routed, &texts, choices);
    wait_for(&mut built.report, &left, ids);
    let questions = questions(&days, &given, &routed, &changed, choices);
    assume(&mut built, &days, &given, &routed, &changed, choices);
    let placements = placements(&pieces, &routed, &built);
    let counts = count(&placements, &left, source, &furniture);
    Intake {
        report: built.report,
        placements,
        slots: routed.slots,
        dropped: source.dropped.clone(),
        fits,
        questions,
        counts,
        files: built.files,
    }
}

/// Words that the source marks as added or removed.
#[derive(Debug, Default)]
struct ChangedWords {
    added: usize,
    removed: usize,
}

impl ChangedWords {
    fn of(pieces: &[Piece]) -> Self {
        let mut changed = Self::default();
        for run in pieces.iter().flat_map(|piece| &piece.words.runs) {
            match run.change {
                Some(Change::Added) => changed.added += words::count(&run.text),
                Some(Change::Removed) => changed.removed += words::count(&run.text),
                None => {}
            }
        }
        changed
    }

    fn any(&self) -> bool {
        self.added + self.removed > 0
    }
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

/// The zone of the report: chosen, the form's, named in a heading, of all rows, or of "Paris time".
fn set_zone(report: &mut Report, routed: &Routed, texts: &[String], choices: &Choices) {
    let text = texts.join("\n");
    let at = report.first_moment();
    let heading = routed.slots.iter().find_map(|slot| {
        let inside = slot.heading.trim_end().strip_suffix(')')?.rsplit_once('(')?.1;
        zones::resolve(inside, &text, at)
    });
    let of_rows = || {
        let mut zones: Vec<Option<&str>> =
            report.events().filter(|event| event.time.start().is_some()).map(|event| event.zone.as_deref()).collect();
        zones.dedup();
        match zones.as_slice() {
            [Some(zone)] => zones::resolve(zone, &text, at),
            _ => None,
        }
    };
    let found = match &choices.zone {
        Some(zone) => Some((zone.clone(), format!("The times are in {zone}, as you said."))),
        None => heading.or_else(of_rows).or_else(|| zones::of_place(&text)),
    };
    let Some((zone, why)) = found else { return };
    if report.zone.as_deref() != Some(&zone) {
        report.assumptions.push(Assumption { about: "zone".to_owned(), words: why });
    }
    report.zone = Some(zone.clone());
    // A row says its zone only where it is another than the report's.
    for row in &mut report.timeline {
        if let report::timeline::Row::Event(event) = row {
            let own = event.zone.as_deref().map(|words| zones::resolve(words, &text, at).map(|(zone, _)| zone));
            if own == Some(Some(zone.clone())) {
                event.zone = None;
            }
        }
    }
}

fn questions(days: &Days, given: &Given, routed: &Routed, changed: &ChangedWords, choices: &Choices) -> Vec<Question> {
    let mut questions = Vec::new();
    if days.asks_order() || choices.date_order.is_some() {
        let example = days.two_ways.first().cloned().unwrap_or_else(|| "02/06".to_owned());
        let option =
            |order, value: &str| QuestionOption { value: value.to_owned(), words: format!("{example} is {}", in_words(&example, order)) };
        questions.push(Question {
            about: QuestionKind::DateOrder,
            because: days.two_ways.clone(),
            options: vec![option(DateOrder::DayMonth, "day_month"), option(DateOrder::MonthDay, "month_day")],
            taken: if given.order == DateOrder::DayMonth { "day_month" } else { "month_day" }.to_owned(),
            answered: choices.date_order.is_some(),
        });
    }
    if days.asks_year() || choices.year.is_some() {
        let fitting = days.fitting.iter().rev().filter(|year| **year <= 2030);
        let options = fitting.map(|year| QuestionOption { value: year.to_string(), words: year.to_string() });
        questions.push(Question {
            about: QuestionKind::Year,
            because: days.yearless.clone(),
            options: options.collect(),
            taken: given.year.map(|year| year.to_string()).unwrap_or_default(),
            answered: choices.year.is_some(),
        });
    }
    let side = |value: &str, words: &str| QuestionOption { value: value.to_owned(), words: words.to_owned() };
    let value = |side: Side| match side {
        Side::Earlier => "earlier",
        Side::Later => "later",
        Side::Both => "both",
    };
    let twice = compare::twice(&routed.slots);
    if !twice.is_empty() {
        let heading = |key: &&str| routed.slots.iter().find(|slot| slot.key.as_deref() == Some(key)).map(|slot| slot.heading.clone());
        questions.push(Question {
            about: QuestionKind::Versions,
            because: twice.iter().filter_map(heading).collect(),
            options: vec![
                side("both", "Keep both, the earlier one first"),
                side("later", "Keep the later one; the earlier waits in the tray"),
                side("earlier", "Keep the earlier one; the later waits in the tray"),
            ],
            taken: value(choices.versions.unwrap_or(Side::Both)).to_owned(),
            answered: choices.versions.is_some(),
        });
    }
    if changed.any() {
        questions.push(Question {
            about: QuestionKind::Changes,
            because: vec![format!("{} words added, {} removed", changed.added, changed.removed)],
            options: vec![
                side("later", "Take the text as changed; what was removed waits in the tray"),
                side("earlier", "Take the text as it was; what was added waits in the tray"),
                side("both", "Keep both side by side"),
            ],
            taken: value(choices.changes.unwrap_or(Side::Later)).to_owned(),
            answered: choices.changes.is_some(),
        });
    }
    questions
}

/// "2 June 2020" for "02/06/2020" read in that order.
fn in_words(written: &str, order: DateOrder) -> String {
    if let Some(day) = report::when::date(written, order) {
        return report::when::date_words(day).replace('\u{a0}', " ");
    }
    let day = report::moment::day_and_month(written, order).and_then(|((month, day), _)| chrono::NaiveDate::from_ymd_opt(2024, month, day));
    day.map_or_else(|| written.to_owned(), |day| day.format("%-d %B").to_string())
}

/// Writes down what was taken for granted.
fn assume(built: &mut Built, days: &Days, given: &Given, routed: &Routed, changed: &ChangedWords, choices: &Choices) {
    let mut say = |about: &str, words: String| built.report.assumptions.push(Assumption { about: about.to_owned(), words });
    if let Some(example) = days.two_ways.first() {
        let meant = in_words(example, given.order);
        say(
            "date_order",
            match (&choices.date_order, &days.shown, days.mixed) {
                (Some(_), _, _) => format!("{example} is {meant}, as you said."),
                (None, Some((other, _)), false) => format!("{example} is {meant}, because {other} can only be read so."),
                (None, Some(_), true) => format!("{example} is taken as {meant}; the text has dates of both orders."),
                (None, None, _) => format!("{example} is taken as {meant}, as the form writes dates; nothing in the text says so."),
            },
        );
    }
    if let Some(day) = days.yearless.first() {
        match (choices.year, days.year()) {
            (Some(year), _) => say("year", format!("{day} is in {year}, as you said.")),
            (None, Some(year)) => say("year", format!("{day} is taken to be in {year}, the year of the text’s other dates.")),
            (None, None) => say("year", format!("{day} has no year, and the text does not give one.")),
        }
    }
    if let Some(day) = built.carried.first() {
        say(
            "day",
            format!(
                "Times that step back past midnight are on the next day, from {} on.",
                report::when::date_words(*day).replace('\u{a0}', " ")
            ),
        );
    }
    if !compare::twice(&routed.slots).is_empty() && choices.versions.is_none() {
        say("versions", "Headings that stand twice were both kept; which text is the earlier one, the page does not say.".to_owned());
    }
    if changed.any() && choices.changes.is_none() {
        say("changes", "The text has tracked changes; it was taken as changed, and what was removed waits in the tray.".to_owned());
    }
}

fn placements(pieces: &[Piece], routed: &Routed, built: &Built) -> Vec<Placement> {
    let placement = |(at, piece): (usize, &Piece)| Placement {
        block: piece.block,
        line: piece.line,
        said: piece.said(),
        to: routed.to[at].clone(),
        place: place(&routed.to[at], built),
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

fn place(to: &To, built: &Built) -> Option<Place> {
    Some(match to {
        To::Title => Place::Report,
        To::Form => Place::Form,
        To::Heading { slot } | To::Section { slot } | To::Figure { slot } => {
            Place::Section { section: *built.sections.get(slot)?, line: None }
        }
        To::Field { key } => Place::Field { key: key.clone() },
        To::Day | To::Timeline => Place::Timeline { index: None },
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
