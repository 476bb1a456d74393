//! The one order in which Markdown and HTML show a report. Always true: which units there are depends on what a report has, never on its
//! words; so the units of a report whose words are still to be filled in are those of the whole one. Deliberately absent: markup.

use report::answer::Standing;
use report::papers::{Bound, ImpactState, Marking};
use report::rich::RichText;
use report::template::{Field, FieldType, SectionKind};
use report::timeline::Row;
use report::{Report, Section};
use serde::Serialize;

/// What is shown, from top to bottom.
pub(super) struct Page {
    pub units: Vec<Unit>,
    /// The printed values of the facts that rich text may name.
    pub facts: Vec<(String, String)>,
}

/// One thing shown.
pub(super) enum Unit {
    /// A heading; 1 is the title.
    Heading {
        level: u8,
        text: Spot,
        /// The section that it heads, from 0.
        section: Option<usize>,
    },
    /// Lines.
    Text(Spot),
    /// Rich text, and where it stands in `report.json` (RFC 6901).
    Rich { at: String, body: RichText },
    /// A table.
    Table { of: Rows, head: Vec<&'static str>, rows: Vec<Vec<Spot>> },
}

/// What the rows of a table are.
pub(super) enum Rows {
    /// The answers to these fields.
    Answers(Vec<String>),
    /// The items of a list of `report.json` (RFC 6901), one each.
    List(&'static str),
    /// The report's files.
    Files,
    /// The parts of its drawings.
    Drawings,
}

/// Words, and where they stand in `report.json` where they do so exactly.
pub(super) struct Spot {
    pub words: String,
    pub at: Option<String>,
}

impl Page {
    pub fn of(report: &Report) -> Self {
        let mut page = Self { units: Vec::new(), facts: facts(report) };
        page.head(report);
        let top: Vec<&Field> = report.template.fields.iter().filter(|field| field.section.is_none()).collect();
        page.fields(report, &top);
        for (number, section) in report.sections.iter().enumerate() {
            page.section(report, number, section);
        }
        for (kind, heading) in LISTS {
            if !report.sections.iter().any(|section| report.kind_of(section) == *kind) {
                page.list(report, *kind, Some(heading));
            }
        }
        page.impact(report);
        page.foot(report);
        page
    }

    fn push(&mut self, unit: Unit) {
        self.units.push(unit);
    }

    fn heading(&mut self, level: u8, text: Spot) {
        self.push(Unit::Heading { level, text, section: None });
    }

    fn head(&mut self, report: &Report) {
        let title = if report.title.is_empty() { shown(report.name()) } else { spot(&report.title, "/title") };
        self.heading(1, title);
        let letter = &report.letter;
        for (words, at) in [
            (&letter.sender, "/letter/sender"),
            (&letter.addressee, "/letter/addressee"),
            (&letter.place, "/letter/place"),
            (&letter.date, "/letter/date"),
            (&letter.salutation, "/letter/salutation"),
        ] {
            self.text(words, at);
        }
        let basis = [report.template.title.as_str(), report.template.legal_basis.as_str()];
        let basis: Vec<&str> = basis.into_iter().filter(|words| !words.is_empty()).collect();
        self.push(Unit::Text(shown(&basis.join(" — "))));
        for (number, marking) in report.markings.iter().enumerate() {
            match marking {
                Marking::Tlp { label } => self.push(Unit::Text(shown(label.words()))),
                Marking::Words { text } => self.text(text, &format!("/markings/{number}/text")),
            }
        }
    }

    fn text(&mut self, words: &str, at: &str) {
        if !words.is_empty() {
            self.push(Unit::Text(spot(words, at)));
        }
    }

    fn fields(&mut self, report: &Report, fields: &[&Field]) {
        let short = fields.iter().filter(|field| field.kind != FieldType::RichText || report.answer(&field.key).rich.is_none());
        let (keys, rows): (Vec<String>, Vec<Vec<Spot>>) = short.map(|field| (field.key.clone(), field_row(report, field))).unzip();
        if !rows.is_empty() {
            self.push(Unit::Table { of: Rows::Answers(keys), head: vec!["Field", "Answer", "Note"], rows });
        }
        for field in fields {
            if let (FieldType::RichText, Some(body)) = (field.kind, &report.answer(&field.key).rich) {
                self.heading(3, shown(&field.label));
                self.rich(body, format!("/fields/{}/rich", escaped(&field.key)));
            }
        }
    }

    fn rich(&mut self, body: &RichText, at: String) {
        if !body.0.is_empty() {
            self.push(Unit::Rich { at, body: body.clone() });
        }
    }

    fn section(&mut self, report: &Report, number: usize, section: &Section) {
        let printed = report.printed_heading(section);
        let heading = if printed == section.heading { spot(&printed, &format!("/sections/{number}/heading")) } else { shown(&printed) };
        // The lead of a letter stands without its heading, on paper and here.
        if report.rule_of(section).is_none_or(|rule| !rule.silent) {
            self.push(Unit::Heading { level: 2, text: heading, section: Some(number) });
        }
        if let Some(words) = standing_words(&section.standing) {
            self.push(Unit::Text(shown(&words)));
        }
        self.rich(&section.body, format!("/sections/{number}/body"));
        let under = |field: &&Field| section.key.is_some() && field.section == section.key;
        let fields: Vec<&Field> = report.template.fields.iter().filter(under).collect();
        self.fields(report, &fields);
        self.list(report, report.kind_of(section), None);
    }

    /// The list that a kind of section shows, where there is anything in it.
    fn list(&mut self, report: &Report, kind: SectionKind, heading: Option<&str>) {
        let (of, head, rows) = match kind {
            SectionKind::Timeline => (Rows::List("/timeline"), vec!["Date", "Time", "Event", "Key moment"], timeline(report)),
            SectionKind::Actions => (Rows::List("/actions"), vec!["Action", "For", "Owner", "Due", "State", "Success"], actions(report)),
            SectionKind::Lessons => (Rows::List("/lessons"), vec!["Lesson", "Kind"], lessons(report)),
            SectionKind::Causes => (Rows::List("/causes"), vec!["Why", "Cause"], causes(report)),
            SectionKind::Targets => (Rows::List("/targets"), vec!["Measure", "Target", "Reached"], targets(report)),
            SectionKind::LinkedIncidents => (Rows::List("/linked"), vec!["Incident", "Linked incident", "Nature of link"], linked(report)),
            SectionKind::Diagrams => (Rows::Drawings, vec!["Part", "Leads to", "Failed"], drawings(report)),
            SectionKind::Prose | SectionKind::Fields => return,
        };
        if rows.is_empty() {
            return;
        }
        if let Some(heading) = heading {
            self.heading(2, shown(heading));
        }
        self.push(Unit::Table { of, head, rows });
    }

    fn impact(&mut self, report: &Report) {
        let bound = |bound: Bound| report.bound(bound).map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        let rows: Vec<Vec<Spot>> = report
            .impact
            .iter()
            .enumerate()
            .map(|(number, window)| {
                let state = if window.state == ImpactState::Down { "down" } else { "degraded" };
                let service = spot(&window.service, &format!("/impact/{number}/service"));
                vec![service, shown(state), shown(&bound(window.from)), shown(&window.to.map(bound).unwrap_or_default())]
            })
            .collect();
        if !rows.is_empty() {
            self.heading(2, shown("Impact"));
            self.push(Unit::Table { of: Rows::List("/impact"), head: vec!["Service", "State", "From", "To"], rows });
        }
    }

    fn foot(&mut self, report: &Report) {
        self.text(&report.letter.closing, "/letter/closing");
        let signatory = |(number, signatory): (usize, &report::papers::Signatory)| {
            let at = |member: &str| format!("/signatories/{number}/{member}");
            let person = &signatory.person;
            vec![
                spot(&signatory.part, &at("part")),
                spot(&person.name, &at("person/name")),
                spot(&person.role, &at("person/role")),
                spot(&person.organisation, &at("person/organisation")),
            ]
        };
        let rows: Vec<Vec<Spot>> = report.signatories.iter().enumerate().map(signatory).collect();
        if !rows.is_empty() {
            self.heading(2, shown("Signatures"));
            self.push(Unit::Table { of: Rows::List("/signatories"), head: vec!["Part", "Name", "Role", "Organisation"], rows });
        }
        let file = |(number, file): (usize, &report::papers::Attachment)| {
            vec![shown(&file.name), spot(&file.caption, &format!("/attachments/{number}/caption")), shown(&file.sha256)]
        };
        let rows: Vec<Vec<Spot>> = report.attachments.iter().enumerate().map(file).collect();
        if !rows.is_empty() {
            self.heading(2, shown("Files"));
            self.push(Unit::Table { of: Rows::Files, head: vec!["Name", "What it is", "SHA-256"], rows });
        }
        if !report.unplaced.is_empty() {
            self.heading(2, shown("Not placed yet"));
            for (number, unplaced) in report.unplaced.iter().enumerate() {
                self.text(&unplaced.text, &format!("/unplaced/{number}/text"));
            }
        }
    }
}

/// The lists with the heading they stand under where the form has none for them.
const LISTS: &[(SectionKind, &str)] = &[
    (SectionKind::Timeline, "Timeline"),
    (SectionKind::Causes, "Causes"),
    (SectionKind::Targets, "Targets"),
    (SectionKind::Actions, "Actions"),
    (SectionKind::Lessons, "Lessons"),
    (SectionKind::LinkedIncidents, "Linked incidents"),
    (SectionKind::Diagrams, "Drawings"),
];

/// A row for each part of a drawing: where its ways lead, and how it failed.
fn drawings(report: &Report) -> Vec<Vec<Spot>> {
    let mut rows = Vec::new();
    for (number, drawing) in report.diagrams.iter().enumerate() {
        let name = |id: &str| drawing.nodes.iter().find(|node| node.id == id).map_or_else(|| id.to_owned(), |node| node.label.clone());
        for (at, node) in drawing.nodes.iter().enumerate() {
            let ways = drawing.edges.iter().filter(|edge| edge.from == node.id).map(|edge| match edge.label.as_str() {
                "" => name(&edge.to),
                label => format!("{} ({label})", name(&edge.to)),
            });
            let ways: Vec<String> = ways.collect();
            let member = |member: &str| format!("/diagrams/{number}/nodes/{at}/{member}");
            let failed = if node.failed && node.note.is_empty() { shown("yes") } else { spot(&node.note, &member("note")) };
            rows.push(vec![spot(&node.label, &member("label")), shown(&ways.join(", ")), failed]);
        }
    }
    rows
}

fn spot(words: &str, at: &str) -> Spot {
    Spot { words: words.to_owned(), at: (!words.is_empty()).then(|| at.to_owned()) }
}

fn shown(words: &str) -> Spot {
    Spot { words: words.to_owned(), at: None }
}

/// A member's name in a pointer (RFC 6901, 3).
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn facts(report: &Report) -> Vec<(String, String)> {
    let fields = report.template.fields.iter().filter_map(|field| Some((field.key.clone(), report.printed_value(&field.key)?)));
    let downtime = report.downtime_minutes().map(|minutes| ("downtime".to_owned(), report::when::length_words(minutes)));
    fields.chain(downtime).collect()
}

fn field_row(report: &Report, field: &Field) -> Vec<Spot> {
    let answer = report.answer(&field.key);
    let at = |member: &str| format!("/fields/{}/{member}", escaped(&field.key));
    let said = match standing_words(&answer.standing) {
        Some(words) => shown(&words),
        None if answer.raw.is_empty() => shown(&report.printed_value(&field.key).unwrap_or_default()),
        None => spot(&answer.raw, &at("raw")),
    };
    let qualifier = answer.qualifier.as_deref().unwrap_or_default();
    vec![shown(&field.label), said, spot(qualifier, &at("qualifier"))]
}

fn standing_words(standing: &Standing) -> Option<String> {
    let (words, more) = match standing {
        Standing::Known => return None,
        Standing::NotYetKnown { owner, due } => ("Not yet known", vec![owner.as_str(), due.as_str()]),
        Standing::NotApplicable { reason } => ("Not applicable", vec![reason.as_str()]),
    };
    let more: Vec<&str> = more.into_iter().filter(|words| !words.is_empty()).collect();
    Some(if more.is_empty() { words.to_owned() } else { format!("{words} ({})", more.join(", ")) })
}

fn timeline(report: &Report) -> Vec<Vec<Spot>> {
    let row = |(number, row): (usize, &Row)| match row {
        Row::Event(event) => {
            let date = event.date.map(|date| date.to_string()).unwrap_or_default();
            let zone = event.zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
            let automated = if event.automated { "automated" } else { "" };
            let key = event.milestone.as_ref().map(|milestone| milestone.words()).unwrap_or_default();
            let key = [key, automated].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
            vec![
                shown(&date),
                shown(&format!("{}{zone}", event.time.words())),
                spot(&event.text, &format!("/timeline/{number}/text")),
                shown(&key),
            ]
        }
        Row::Phase(phase) => {
            let name = phase.name.as_deref().unwrap_or_default();
            vec![shown("—"), shown("—"), spot(name, &format!("/timeline/{number}/name")), shown("")]
        }
    };
    report.timeline.iter().enumerate().map(row).collect()
}

fn actions(report: &Report) -> Vec<Vec<Spot>> {
    let row = |(number, action): (usize, &report::papers::Action)| {
        let at = |member: &str| format!("/actions/{number}/{member}");
        vec![
            spot(&action.text, &at("text")),
            shown(&name_of(&action.kind)),
            spot(&action.owner, &at("owner")),
            spot(&action.due, &at("due")),
            shown(&name_of(&action.state)),
            spot(&action.criteria, &at("criteria")),
        ]
    };
    report.actions.iter().enumerate().map(row).collect()
}

fn lessons(report: &Report) -> Vec<Vec<Spot>> {
    let row = |(number, lesson): (usize, &report::papers::Lesson)| {
        vec![spot(&lesson.text, &format!("/lessons/{number}/text")), shown(&name_of(&lesson.kind))]
    };
    report.lessons.iter().enumerate().map(row).collect()
}

fn causes(report: &Report) -> Vec<Vec<Spot>> {
    let row = |(number, cause): (usize, &report::papers::Cause)| {
        let mut row = vec![spot(&cause.why, &format!("/causes/{number}/why")), spot(&cause.text, &format!("/causes/{number}/text"))];
        row.extend(cause.parts.iter().map(|(key, words)| spot(words, &format!("/causes/{number}/parts/{}", escaped(key)))));
        row
    };
    report.causes.iter().enumerate().map(row).collect()
}

fn targets(report: &Report) -> Vec<Vec<Spot>> {
    let row = |(number, target): (usize, &report::papers::Target)| {
        let at = |member: &str| format!("/targets/{number}/{member}");
        vec![spot(&target.measure, &at("measure")), spot(&target.target, &at("target")), spot(&target.actual, &at("actual"))]
    };
    report.targets.iter().enumerate().map(row).collect()
}

fn linked(report: &Report) -> Vec<Vec<Spot>> {
    let row = |(number, link): (usize, &report::papers::LinkedIncident)| {
        let at = |member: &str| format!("/linked/{number}/{member}");
        vec![spot(&link.incident, &at("incident")), spot(&link.linked, &at("linked")), spot(&link.nature, &at("nature"))]
    };
    report.linked.iter().enumerate().map(row).collect()
}

/// The name of a choice as `report.json` writes it, with spaces.
fn name_of(choice: &impl Serialize) -> String {
    let value = serde_json::to_value(choice).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', " ")
}
