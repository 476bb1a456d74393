//! From places to a report. Always true: what a piece says stands in the report at its place, or is named as read away (a label, a heading, a
//! bullet's number) with the words; a place that the form does not have sends its piece to the tray.

use crate::addresses::spelled;
use crate::body::{Part, body};
use crate::columns::Tables;
use crate::compare;
use crate::fields;
use crate::form::label_of;
use crate::letter;
use crate::piece::{Piece, Shape};
use crate::route::{Known, Routed, is_other_post};
use crate::ruling::Ruling;
use crate::source::{Block, Carried, Source};
use crate::timeline::{DaysOfRows, Rows};
use crate::to::{LetterPart, To};
use crate::{Slot, marking, papers};
use report::ids::{AttachmentId, Ids, SectionId, SignatoryId, UnplacedId};
use report::papers::{Attachment, Person, Signatory, Unplaced};
use report::template::FieldType;
use report::{Report, RichText, Section};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A report and what became of the pieces.
pub(crate) struct Built {
    pub report: Report,
    /// The files that came inside the source and are now the report's.
    pub files: Vec<(AttachmentId, Carried)>,
    /// For each piece, the words that are read and not kept as such.
    pub read: Vec<Vec<String>>,
    /// The sections by the name of their slot.
    pub sections: BTreeMap<String, SectionId>,
    /// Days carried past midnight.
    pub carried: Vec<chrono::NaiveDate>,
    /// What is known of the days of rows.
    pub days: DaysOfRows,
    /// The rows of the timeline by the piece they begin with.
    pub rows: BTreeMap<usize, usize>,
}

pub(crate) fn build(
    source: &Source,
    pieces: &[Piece],
    routed: &mut Routed,
    known: &Known<'_>,
    ruling: Option<Ruling>,
    ids: &mut dyn Ids,
) -> Built {
    let mut report = Report::begin(known.form.template, ids);
    report.template.date_order = known.given.order;
    // What a new report begins with is no answer of the text's.
    report.fields.clear();
    let sections = sections(&mut report, routed, ids);
    let order = report.sections.iter().enumerate().map(|(at, section)| (section.id, at)).collect();
    let mut builder = Builder {
        source,
        pieces,
        known,
        ids,
        tables: Tables::of(pieces, known.given),
        labelled: std::mem::take(&mut routed.labelled),
        built: Built {
            report,
            files: Vec::new(),
            read: vec![Vec::new(); pieces.len()],
            sections,
            carried: Vec::new(),
            days: DaysOfRows::default(),
            rows: BTreeMap::new(),
        },
        order,
        bodies: BTreeMap::new(),
        rich: BTreeMap::new(),
        signed: 0,
        told: BTreeSet::new(),
        headed: BTreeSet::new(),
        lesson: false,
        heading: String::new(),
    };
    let mut rows = Rows::new(known.given, ruling);
    for at in 0..pieces.len() {
        builder.place(at, &mut routed.to, &mut rows);
    }
    builder.finish(rows)
}

/// The sections of the report by slot: those of the form, and those that stand twice or are the author's own.
fn sections(report: &mut Report, routed: &Routed, ids: &mut dyn Ids) -> BTreeMap<String, SectionId> {
    let mut by_slot: BTreeMap<String, SectionId> = BTreeMap::new();
    let named = |to: &'_ To| match to {
        To::Heading { slot } | To::Section { slot } | To::Figure { slot } => Some(slot.clone()),
        _ => None,
    };
    let live: BTreeSet<String> = routed.to.iter().filter_map(named).collect();
    let slots: Vec<&Slot> = routed.slots.iter().filter(|slot| live.contains(&slot.name)).collect();
    let mains = compare::main(&routed.to, &routed.slots);
    let main = |slot: &Slot| slot.key.as_deref().map(|key| mains.get(key).copied().unwrap_or(0));
    let mut own = Vec::new();
    for slot in &slots {
        let of_form = slot.key.as_deref().and_then(|key| report.section_for(key).map(|section| section.id));
        let main = main(slot);
        let id = match of_form {
            Some(id) if main == Some(slot.copy) => id,
            _ => {
                let id = SectionId::new(ids);
                let section =
                    Section { id, key: None, heading: slot.heading.clone(), standing: report::Standing::Known, body: RichText::default() };
                match of_form.and_then(|of| report.sections.iter().position(|section| section.id == of)) {
                    // The other copy of a heading of the form: before it where it is the earlier text.
                    Some(of) => report.sections.insert(of + usize::from(main.is_none_or(|main| slot.copy > main)), section),
                    None => own.push((is_other_post(slot), section)),
                }
                id
            }
        };
        by_slot.insert(slot.name.clone(), id);
    }
    // The author's own headings stand behind the form's, never between them; what another post says stands last.
    own.sort_by_key(|(other_post, _)| *other_post);
    report.sections.extend(own.into_iter().map(|(_, section)| section));
    // A person may choose a section that the text does not have.
    for section in &report.sections {
        if let Some(key) = &section.key {
            by_slot.entry(key.clone()).or_insert(section.id);
        }
    }
    by_slot
}

/// The beginning of a text, in at most sixty letters.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

struct Builder<'a> {
    source: &'a Source,
    pieces: &'a [Piece],
    known: &'a Known<'a>,
    ids: &'a mut dyn Ids,
    tables: Tables,
    /// Lines that name their section themselves, with that section.
    labelled: BTreeMap<usize, String>,
    built: Built,
    /// The places of the sections in the report.
    order: BTreeMap<SectionId, usize>,
    bodies: BTreeMap<SectionId, Vec<Part<'a>>>,
    rich: BTreeMap<String, Vec<Part<'a>>>,
    signed: usize,
    told: BTreeSet<LetterPart>,
    headed: BTreeSet<SectionId>,
    lesson: bool,
    /// The last heading, to say where unplaced words stood.
    heading: String,
}

impl<'a> Builder<'a> {
    fn place(&mut self, at: usize, to: &mut [To], rows: &mut Rows) {
        let piece = &self.pieces[at];
        // Where words cannot be links their addresses stand behind them.
        let plain = spelled(piece);
        let text = piece.words.text().trim().to_owned();
        let mut read = Vec::new();
        match to[at].clone() {
            To::Title => {
                rows.day(&text);
                let title = &mut self.built.report.title;
                if !title.is_empty() {
                    title.push(' ');
                }
                // What the source names its title is read without that name.
                if let Shape::Named(name) = &piece.shape {
                    title.push_str(&text);
                    read.push(name.clone());
                } else if crate::route::is_titled(piece) {
                    title.push_str(&fields::value_of(piece).unwrap_or_default());
                    read.extend(label_of(piece));
                } else {
                    let (words, marks) = crate::route::without_marks(piece.said().trim());
                    read.extend(marks);
                    title.push_str(&words);
                }
            }
            To::Form | To::Dropped { .. } => {}
            To::Day => read.push(rows.headed_by_day(&text, self.ids)),
            To::Heading { slot } => match self.built.sections.get(&slot).and_then(|id| self.order.get(id)) {
                Some(section) => {
                    let section = &self.built.report.sections[*section];
                    // A heading of the author's own stands in the report as it is, once.
                    let own = section.key.is_none() && section.heading == text.trim_end_matches(':');
                    if !(own && self.headed.insert(section.id)) {
                        read.push(piece.said());
                    }
                    self.heading = text;
                }
                None => to[at] = self.wait(at),
            },
            To::Section { slot } => match self.built.sections.get(&slot) {
                Some(id) => {
                    let label = self.labelled.get(&at).filter(|of| **of == slot).and_then(|_| label_of(piece));
                    let part = if label.is_some() { Cow::Owned(fields::without_label(piece)) } else { Cow::Borrowed(piece) };
                    self.bodies.entry(*id).or_default().push(Part::Words(part));
                    read.extend(label);
                }
                None => to[at] = self.wait(at),
            },
            To::Figure { slot } => match self.built.sections.get(&slot).copied() {
                Some(id) => {
                    self.figure(at, id, to);
                    rows.pictured();
                }
                None => to[at] = self.wait(at),
            },
            To::Field { key } => match self.field(at, &key) {
                Some(label) => read.extend(label),
                None => to[at] = self.wait(at),
            },
            To::Timeline => {
                let row = rows.count();
                read = rows.push(at, &plain, &self.tables, self.ids);
                if rows.count() > row {
                    self.built.rows.insert(at, row);
                }
            }
            To::Action => read = papers::action(&mut self.built.report.actions, at, &plain, &self.tables, self.known.given, self.ids),
            To::Lesson { kind } => read = papers::lesson(&mut self.built.report.lessons, &mut self.lesson, &plain, kind, self.ids),
            To::Linked => read = papers::linked(&mut self.built.report.linked, &plain, self.ids),
            // A letter has each part once.
            To::Letter { part } if self.told.insert(part) => self.letter(part, piece),
            To::Letter { .. } => to[at] = self.wait(at),
            To::Signatory => self.signatory(piece.said().trim()),
            To::Marking => {
                let text = piece.said().trim().to_owned();
                let marking = marking::read(&text);
                if matches!(marking, report::papers::Marking::Tlp { .. }) {
                    read.push(text);
                }
                self.mark(marking);
            }
            To::Tray => to[at] = self.wait(at),
        }
        self.built.read[at] = read;
    }

    /// Puts a piece into the tray, beside the one before it where they stood together.
    fn wait(&mut self, at: usize) -> To {
        let piece = &self.pieces[at];
        let words = spelled(piece).said().trim().to_owned();
        if !words.is_empty() {
            let place =
                if self.heading.is_empty() { "before the first heading".to_owned() } else { format!("under “{}”", self.heading) };
            let unplaced = Unplaced { id: UnplacedId::new(self.ids), text: words, source: place };
            self.built.report.unplaced.push(unplaced);
        }
        To::Tray
    }

    /// Where a picture stood that did not come along: its author will look for it there.
    fn stood(&self, at: usize, to: &[To]) -> String {
        let said = |before: &usize| !matches!(to[*before], To::Dropped { .. } | To::Figure { .. }) && self.pieces[*before].is_text();
        let Some(before) = (0..at).rev().find(said) else { return String::new() };
        let words = self.pieces[before].words.text();
        let words = words.trim().trim_start_matches(['-', '–', '—']).trim();
        if words.is_empty() { String::new() } else { format!("After “{}”", shortened(words)) }
    }

    fn figure(&mut self, at: usize, section: SectionId, to: &[To]) {
        let piece = &self.pieces[at];
        let pictures = self.known.furniture.pictures[at].max(1);
        let parts = match &piece.shape {
            Shape::Picture { name, file } => {
                let attachment = file.and_then(|file| self.take_in(file, false));
                let alt = piece.words.text().trim().to_owned();
                let caption = match (attachment, name.trim()) {
                    (Some(_), _) => String::new(),
                    (None, "") if alt.is_empty() => self.stood(at, to),
                    // The author knows by it which picture is to be found.
                    (None, name) => name.to_owned(),
                };
                vec![Part::Picture { attachment, alt, caption }]
            }
            _ => {
                let caption = self.stood(at, to);
                (0..pictures).map(|_| Part::Picture { attachment: None, alt: String::new(), caption: caption.clone() }).collect()
            }
        };
        self.bodies.entry(section).or_default().extend(parts);
    }

    /// Files that no picture shows came along as they are: they go with the report, to be read beside it.
    fn take_in_the_rest(&mut self) {
        let shown: BTreeSet<usize> =
            self.source.blocks.iter().filter_map(|block| if let Block::Picture { file, .. } = block { *file } else { None }).collect();
        for file in (0..self.source.files.len()).filter(|file| !shown.contains(file)) {
            self.take_in(file, true);
        }
    }

    fn take_in(&mut self, file: usize, evidence: bool) -> Option<AttachmentId> {
        let carried = self.source.files.get(file)?;
        let id = AttachmentId::new(self.ids);
        let sha256 = hex::lower::encode_string(&Sha256::digest(&carried.bytes));
        let attachment = Attachment {
            id,
            name: carried.name.clone(),
            media_type: carried.media_type.clone(),
            size: carried.bytes.len() as u64,
            sha256,
            caption: String::new(),
            evidence,
        };
        self.built.report.attachments.push(attachment);
        self.built.files.push((id, carried.clone()));
        Some(id)
    }

    fn field(&mut self, at: usize, key: &str) -> Option<Option<String>> {
        let piece = &self.pieces[at];
        let field = self.known.form.template.field(key)?;
        let plain = spelled(piece);
        let plain = if label_of(&plain) == label_of(piece) { plain } else { Cow::Borrowed(piece) };
        let (label, value) = fields::value(&plain, field, self.known.form);
        if field.kind == FieldType::RichText && label.is_none() {
            self.rich.entry(key.to_owned()).or_default().push(Part::Words(Cow::Borrowed(piece)));
            return Some(label);
        }
        let before = self.built.report.fields.remove(key);
        let answer = fields::answer(before, &value, field, self.known.given.order);
        self.built.report.fields.insert(key.to_owned(), answer);
        Some(label)
    }

    fn letter(&mut self, part: LetterPart, piece: &Piece) {
        let words = piece.said().trim().to_owned();
        let letter = &mut self.built.report.letter;
        match part {
            LetterPart::Dateline => match letter::dateline(&words, self.known.given) {
                Some((place, date)) => (letter.place, letter.date) = (place.to_owned(), date.to_owned()),
                None => letter.place = words,
            },
            LetterPart::Salutation => letter.salutation = words,
            LetterPart::Closing => letter.closing = words,
        }
    }

    /// The lines under the closing: name, role, organisation; of two lines the second is the organisation.
    fn signatory(&mut self, words: &str) {
        if self.built.report.signatories.is_empty() {
            let signatory = Signatory { id: SignatoryId::new(self.ids), part: String::new(), person: Person::default() };
            self.built.report.signatories.push(signatory);
        }
        self.signed += 1;
        let person = &mut self.built.report.signatories[0].person;
        match self.signed {
            1 => person.name = words.to_owned(),
            2 => person.organisation = words.to_owned(),
            3 => {
                person.role = std::mem::replace(&mut person.organisation, words.to_owned());
            }
            _ => person.organisation = format!("{} {words}", person.organisation),
        }
    }

    fn mark(&mut self, marking: report::papers::Marking) {
        let markings = &mut self.built.report.markings;
        let defaults: Vec<_> = self.known.form.template.marking.iter().filter_map(|rule| rule.default.clone()).collect();
        markings.retain(|known| !defaults.contains(known) || *known == marking);
        if !markings.contains(&marking) {
            markings.push(marking);
        }
    }

    /// Links that name no incident are this one's.
    fn link_to_this(&mut self) {
        let template = self.known.form.template;
        let own = template.reference_field.as_deref().map(|key| self.built.report.answer(key).raw.clone()).unwrap_or_default();
        self.built.report.linked.iter_mut().filter(|link| link.incident.is_empty()).for_each(|link| link.incident.clone_from(&own));
    }

    fn finish(mut self, rows: Rows) -> Built {
        let (rows, carried, days) = rows.finish();
        self.built.report.timeline = rows;
        self.built.carried = carried;
        self.built.days = days;
        self.link_to_this();
        self.take_in_the_rest();
        for (id, parts) in std::mem::take(&mut self.bodies) {
            if let Some(section) = self.order.get(&id) {
                self.built.report.sections[*section].body = body(&parts);
            }
        }
        for (key, parts) in &self.rich {
            let rich = body(parts);
            let answer = self.built.report.fields.entry(key.clone()).or_default();
            answer.raw = rich.plain();
            answer.rich = Some(rich);
        }
        self.built
    }
}
