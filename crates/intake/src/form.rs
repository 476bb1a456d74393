//! Recognising a form by its own words: headings, labels, title, legal basis and cues, all of them template data.
//! Always true: every form is ranked with its reasons, and the caller may choose another. Deliberately absent: code for any one form.

use crate::labels;
use crate::near::{Names, SAME, alike, bare};
use crate::phrases::{Heard, Phrases};
use crate::piece::{Piece, Shape};
use crate::subject::{self, Subject};
use report::Template;
use report::catalogue::NEUTRAL;
use report::template::{Audience, Field, Frame, SectionKind, SectionRule};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// How sure a form must be to be taken, in percent.
const SURE: u8 = 20;
/// The same for one that goes to an authority: its marking, its zone and its due times come with it.
const SURE_OF_AN_AUTHORITY: u8 = 40;
/// Below that a form that the title does not name must find more of the text's own words than the one for every incident does.
const HARDLY_SURE: u8 = 50;
/// What a title is worth that names the form: more than all its headings are by themselves.
const TITLE: f64 = 6.0;

/// How well a form fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Fit {
    /// The form.
    pub template: String,
    /// Its short name.
    pub name: String,
    /// How sure it is, in percent.
    pub percent: u8,
    /// Why: "6 of 6 headings", "8 of 8 labels", "its title".
    pub reasons: Vec<String>,
}

/// A form with its words ready to be compared.
pub(crate) struct Form<'a> {
    pub template: &'a Template,
    headings: Names,
    /// The names that headings join or shorten to ("Region", "Root Cause").
    names: Names,
    /// The subjects that one section alone is about.
    subjects: Vec<(Subject, usize)>,
    labels: Names,
    own: Vec<String>,
}

impl<'a> Form<'a> {
    pub fn new(template: &'a Template) -> Self {
        let mut headings = Names::default();
        let mut names = Names::default();
        for (at, rule) in template.sections.iter().enumerate() {
            headings.add(bare(&rule.heading.replace("({zone})", "").replace("{zone}", "")), at);
            rule.aliases.iter().for_each(|alias| headings.add(bare(alias), at));
            let of_heading = rule.aliases.iter().chain([&rule.heading]).flat_map(|heading| subject::names(heading));
            of_heading.for_each(|name| names.add(bare(name), at));
        }
        let about = |subject: &Subject| {
            let mut sections = (0..template.sections.len()).filter(|at| subject::is_about(&template.sections[*at], *subject));
            sections.next().filter(|_| sections.next().is_none()).map(|at| (*subject, at))
        };
        let subjects = Subject::ALL.iter().filter_map(about).collect();
        let mut labels = Names::default();
        for (at, field) in template.fields.iter().enumerate() {
            labels.add(bare(&field.label), at);
            field.aliases.iter().for_each(|alias| labels.add(bare(alias), at));
        }
        let own =
            [&template.title, &template.short_title, &template.legal_basis].map(|words| bare(words)).into_iter().filter(|w| !w.is_empty());
        Self { template, headings, names, subjects, labels, own: own.collect() }
    }

    /// The section whose heading a text is.
    pub fn section(&self, text: &str) -> Option<&'a SectionRule> {
        self.section_called(&Called::of(text)?)
    }

    /// The section whose heading those words are.
    pub fn section_called(&self, called: &Called) -> Option<&'a SectionRule> {
        let without_zone = || called.without_zone.as_ref().and_then(|words| self.headings.find(words));
        self.template.sections.get(self.headings.find(&called.whole).or_else(without_zone)?)
    }

    /// The section that a heading of other words means: without ", if known", one of the names that the form's heading joins, or a subject that
    /// one section alone is about.
    pub fn section_meant(&self, text: &str) -> Option<&'a SectionRule> {
        self.section(text).or_else(|| {
            if text.len() > 80 {
                return None;
            }
            let named = self.names.find(&bare(subject::short(text))).and_then(|at| self.template.sections.get(at));
            named.or_else(|| self.section_about(subject::of(text)?))
        })
    }

    /// The section that alone is about a subject.
    pub fn section_about(&self, subject: Subject) -> Option<&'a SectionRule> {
        let (_, at) = self.subjects.iter().find(|(other, _)| *other == subject)?;
        self.template.sections.get(*at)
    }

    /// The field whose label a text is.
    pub fn field(&self, text: &str) -> Option<&'a Field> {
        if text.len() > 160 {
            return None;
        }
        let at = self.labels.find(&bare(text.trim().trim_end_matches([':', '?'])))?;
        self.template.fields.get(at)
    }

    /// The field that a label means by itself, or together with its value.
    pub fn field_meant(&self, label: &str, value: &str) -> Option<&'a Field> {
        self.field(label).or_else(|| labels::field(self.template, label, value))
    }

    /// The section that text without a heading opens: one that prints none, or a summary.
    pub fn opening(&self) -> Option<&'a SectionRule> {
        const OPENING: [&str; 6] = ["lead", "summary", "executive summary", "overview", "abstract", "what happened"];
        let opens = |rule: &&SectionRule| rule.silent || OPENING.contains(&rule.heading.to_lowercase().as_str());
        self.template.sections.iter().filter(|rule| rule.kind == SectionKind::Prose).find(opens)
    }

    /// Whether a text is the form's own title or legal basis.
    pub fn is_own(&self, text: &str) -> bool {
        let text = bare(text);
        self.own.iter().any(|own| alike(own, &text) >= SAME)
    }
}

/// The words of a text as headings are compared by, made once for all forms.
pub(crate) struct Called {
    whole: String,
    /// Without what stands in brackets at its end: "Timeline (UTC)".
    without_zone: Option<String>,
}

impl Called {
    /// None where a text is too long for a heading.
    pub fn of(text: &str) -> Option<Self> {
        if text.len() > 120 {
            return None;
        }
        let without = text.trim().trim_end_matches([':', '.']).trim_end();
        let without_zone = without.rsplit_once(" (").filter(|(_, zone)| zone.len() <= 20).map(|(head, _)| bare(head));
        Some(Self { whole: bare(without), without_zone })
    }

    /// Whether any form has such a heading.
    pub fn is_of_any(&self, forms: &[Form<'_>]) -> bool {
        forms.iter().any(|form| form.section_called(self).is_some())
    }
}

/// A text that may be a heading: short, and not the end of a sentence.
pub(crate) fn may_be_heading(piece: &Piece) -> bool {
    let text = piece.words.text();
    let text = text.trim();
    match piece.shape {
        Shape::Heading(_) => !text.is_empty(),
        Shape::Text => !text.is_empty() && text.chars().count() <= 100 && !text.ends_with(['.', ',', ';', '!']),
        _ => false,
    }
}

/// A heading that plain text shows by its letters alone: "SEQUENCE OF EVENTS".
pub(crate) fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 5 && letters.clone().all(|c| !c.is_lowercase()) && text.chars().count() <= 100
}

/// The label before a value: the first cell of a row, the name of a value, the words before a colon.
pub(crate) fn label_of(piece: &Piece) -> Option<String> {
    match &piece.shape {
        Shape::Row { cells, .. } if cells.len() >= 2 => {
            Some(crate::piece::cell_text(&cells[0]).trim().to_owned()).filter(|label| !label.is_empty())
        }
        Shape::Named(name) => Some(name.clone()),
        Shape::Text | Shape::Item { .. } => {
            let text = piece.words.text();
            let (label, _) = text.split_once(':')?;
            (label.len() <= 100 && !label.trim().is_empty()).then(|| label.trim().trim_matches('*').to_owned())
        }
        _ => None,
    }
}

/// Ranks the forms, best first.
pub(crate) fn rank(forms: &[Form<'_>], pieces: &[&Piece]) -> Vec<Fit> {
    let headings: BTreeSet<String> = pieces.iter().filter(|piece| may_be_heading(piece)).map(|piece| piece.words.text()).collect();
    let titled = titled(forms, pieces);
    let called: Vec<Called> = headings.iter().filter_map(|text| Called::of(text)).collect();
    let cues = forms.iter().flat_map(|form| form.template.cues.iter().chain(form.template.sections.iter().flat_map(|rule| &rule.cues)));
    let phrases = Phrases::new(cues.map(String::as_str));
    let mut heard = phrases.heard("");
    pieces.iter().for_each(|piece| heard.add(&phrases.heard(&piece.text())));
    let clues = Clues {
        timed: pieces.iter().any(|piece| matches!(piece.shape, Shape::Entry { .. })),
        letter: pieces.iter().any(|piece| crate::letter::is_english_closing(&piece.words.text())),
        headless: !called.iter().any(|called| called.is_of_any(forms)),
        headings,
        called,
        titled,
        labels: pieces.iter().filter_map(|piece| label_of(piece)).collect(),
        phrases,
        heard,
    };
    // The form without an addressee is a rival of none: it has the words that all have.
    let (neutral, others): (Vec<&Form<'_>>, Vec<&Form<'_>>) = forms.iter().partition(|form| form.template.id == NEUTRAL);
    let mut fits = sure(others.iter().map(|form| fit(form, &others, &clues)).collect());
    for form in neutral {
        let mut fit = sure(vec![fit(form, &others, &clues)]).remove(0);
        let audience = |fit: &Fit| others.iter().find(|form| form.template.id == fit.template).map(|form| form.template.audience);
        let least = |best: &Fit| if audience(best) == Some(Audience::Regulator) { SURE_OF_AN_AUTHORITY } else { SURE };
        // Of two that are hardly sure the one that finds as many of the text's headings and labels claims less.
        let best_form = |best: &Fit| others.iter().find(|form| form.template.id == best.template).map_or(0, |form| found(form, &clues));
        let named = |best: &Fit| clues.titled.as_ref() == Some(&best.template);
        let finds_more =
            |best: &Fit| !named(best) && best.percent < HARDLY_SURE && found(form, &clues) > 0 && best_form(best) <= found(form, &clues);
        let first =
            clues.titled.as_deref() == Some(NEUTRAL) || fits.first().is_none_or(|best| best.percent < least(best) || finds_more(best));
        if first && fit.reasons.is_empty() {
            fit.reasons.push("no other form is named".to_owned());
        }
        if !first {
            // What all forms have in common is always found more surely than what one has of its own.
            fit.percent = fit.percent.min(fits[0].percent.saturating_sub(1));
        }
        // Below that nothing is claimed, and the forms that are nearest stand behind it.
        let place = if first { 0 } else { 1 + fits[1..].iter().take_while(|other| other.percent >= fit.percent).count() };
        fits.insert(place, fit);
    }
    fits
}

/// The best fit first, each with how sure it is.
fn sure(mut fits: Vec<(f64, Fit)>) -> Vec<Fit> {
    fits.sort_by(|one, other| other.0.total_cmp(&one.0));
    let second = fits.get(1).map_or(0.0, |(points, _)| *points);
    for (at, (points, fit)) in fits.iter_mut().enumerate() {
        // Sure is who has much of the form's words and stands well before the next one.
        let rival = if at == 0 { second } else { *points };
        let lead = if *points > 0.0 { ((*points - rival) / *points).clamp(0.0, 1.0) } else { 0.0 };
        let weight = 1.0 - (-*points / 3.0).exp();
        fit.percent = ((weight * (0.55 + 0.45 * lead.min(0.5) * 2.0)).clamp(0.0, 0.99) * 100.0).round() as u8;
    }
    fits.into_iter().map(|(_, fit)| fit).collect()
}

/// The form that the title of a text names; of several names in it the longest says most.
fn titled(forms: &[Form<'_>], pieces: &[&Piece]) -> Option<String> {
    let title = title(pieces)?;
    let plain = |text: &str| format!(" {} ", text.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" "));
    let title = plain(&title);
    let names = forms.iter().flat_map(|form| {
        let template = form.template;
        template.titles.iter().chain([&template.title]).map(move |name| (plain(name), &template.id))
    });
    let named = names.filter(|(name, _)| name.trim().len() > 2 && title.contains(name.as_str()));
    named.max_by_key(|(name, _)| name.len()).map(|(_, id)| id.clone())
}

/// The title of a text: what it names so itself, its first heading, or its first line where that may be one.
fn title(pieces: &[&Piece]) -> Option<String> {
    let named = pieces.iter().find(|piece| matches!(&piece.shape, Shape::Named(name) if name.eq_ignore_ascii_case("title")));
    let said = || pieces.iter().find(|piece| matches!(piece.shape, Shape::Heading(_) | Shape::Text));
    named.or_else(|| said().filter(|piece| may_be_heading(piece))).map(|piece| piece.words.text())
}

struct Clues {
    headings: BTreeSet<String>,
    called: Vec<Called>,
    /// The form that the title names.
    titled: Option<String>,
    labels: BTreeSet<String>,
    /// Whether no heading is one of any form.
    headless: bool,
    phrases: Phrases,
    heard: Heard,
    timed: bool,
    letter: bool,
}

/// How many of a text's headings and labels are a form's.
fn found(form: &Form<'_>, clues: &Clues) -> usize {
    let sections = distinct(clues.called.iter().filter_map(|called| form.section_called(called)).map(|rule| rule.key.as_str()));
    let fields = distinct(clues.labels.iter().filter_map(|text| form.field(text)).map(|field| field.key.as_str()));
    sections.len() + fields.len()
}

fn fit(form: &Form<'_>, forms: &[&Form<'_>], clues: &Clues) -> (f64, Fit) {
    let template = form.template;
    let sections = distinct(clues.called.iter().filter_map(|called| form.section_called(called)).map(|rule| rule.key.as_str()));
    let fields = distinct(clues.labels.iter().filter_map(|text| form.field(text)).map(|field| field.key.as_str()));
    let own = clues.headings.iter().any(|text| form.is_own(text));
    let heard = |cue: &&String| clues.phrases.first(&clues.heard, cue).is_some();
    let cues = template.cues.iter().filter(heard).count();
    let under = template.sections.iter().filter(|rule| rule.cues.iter().any(|cue| heard(&cue))).count();
    // A heading that many forms have says little about any of them.
    let rare = |key: &&str| {
        let heading = template.section(key).map(|rule| bare(&rule.heading)).unwrap_or_default();
        let shared = forms.iter().filter(|form| form.headings.has(&heading)).count().max(1);
        1.0 / (shared as f64).sqrt()
    };
    let found: f64 = sections.iter().map(rare).sum::<f64>() + fields.len() as f64 * 0.8;
    let possible = (template.sections.iter().filter(|rule| rule.required).count()
        + template.fields.iter().filter(|field| field.required).count())
    .max(1);
    let share = ((sections.len() + fields.len()) as f64 / possible as f64).min(1.0);
    let titled = clues.titled.as_ref() == Some(&template.id);
    let named = if titled {
        TITLE
    } else if own {
        3.0
    } else {
        0.0
    };
    let mut points = found * (0.5 + 0.5 * share) + named + (cues.min(4)) as f64 * 0.9;
    // Cues of sections speak only where headings are silent.
    // A few of them are words that anybody uses.
    let under = if clues.headless && (points > 0.0 || under > 3) { under } else { 0 };
    points += under as f64 * 0.5;
    if clues.letter && template.frame == Frame::Letter {
        points += 1.0;
    }
    if clues.timed && template.has_kind(SectionKind::Timeline) {
        points += 0.3;
    }
    let mut reasons = Vec::new();
    if own || titled {
        reasons.push("its title".to_owned());
    }
    if !sections.is_empty() {
        reasons.push(format!("{} of {} headings", sections.len(), template.sections.iter().filter(|rule| !rule.silent).count()));
    }
    if !fields.is_empty() {
        reasons.push(format!("{} of {} labels", fields.len(), template.fields.len()));
    }
    if cues > 0 {
        reasons.push(format!("{cues} of its turns of phrase"));
    }
    if under > 0 {
        reasons.push(format!("words for {under} of its headings"));
    }
    if clues.letter && template.frame == Frame::Letter {
        reasons.push("the closing of a letter".to_owned());
    }
    (points, Fit { template: template.id.clone(), name: template.short_title.clone(), percent: 0, reasons })
}

fn distinct<'t>(keys: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
