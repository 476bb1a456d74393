//! A letter on paper: letterhead, side notes, title and lead, heads at the axis, closing and signature.

use report::{
    Place, Report, Section,
    template::{FieldType, SectionKind},
    timeline::Row,
    when,
};

use super::{Job, annexes, causes, diagrams, facts, fields, lessons, prose, sections, sequence, signatories, targets, title, tray};
use crate::{
    composer::{Composer, Side},
    display::{Item, Marked, Stroke},
    measure::{AXIS, COLUMN, INK, LABEL, MEASURE, mm},
    signature_box,
    strip::{Keep, Strip, fuse, stand_beside},
    text::{Meaning, Text, house},
    timeline::{self, Form},
    tree::{NodeId, Role, Tree},
};

/// The whole letter.
pub fn letter(c: &mut Composer<'_>, job: &mut Job<'_>) -> Vec<Strip> {
    let report = job.report;
    c.place = Place::Letter;
    let mut strips = letterhead(c, report);
    let notes = side_notes(c, report);
    let mut text = opening(c, job);
    let mut given = sections::printed(report).into_iter().enumerate().filter(|(_, given)| !silent(report, given)).peekable();
    // The notes stand beside the opening and, where they reach further down, beside what keeps to the column as well.
    let keeps_to_column = |given: &Section| matches!(report.kind_of(given), SectionKind::Prose | SectionKind::Timeline);
    while let Some((number, given)) = given.next_if(|(_, given)| keeps_to_column(given)) {
        text.extend(section(c, job, given, number));
    }
    stand_beside(notes, &mut text);
    if let Some(first) = text.first_mut() {
        first.before = mm(9.0);
    }
    strips.extend(text);
    for (number, given) in given {
        strips.extend(section(c, job, given, number));
    }
    strips.extend(annexes::annexes(c, job));
    strips.extend(closing(c, job));
    bind_closing(&mut strips);
    strips.extend(tray::tray(c, job));
    strips
}

fn letterhead(c: &mut Composer<'_>, report: &Report) -> Vec<Strip> {
    let given = &report.letter;
    if given.sender.trim().is_empty() && given.address.is_empty() {
        return Vec::new();
    }
    let name = Text::new(given.sender.trim(), house::LETTERHEAD.0, house::LETTERHEAD.1);
    let address = Text::new(given.address.join("\n"), house::SMALL.0, house::SMALL.1);
    let name = c.paragraph(Tree::ROOT, Role::P, &name, 0.0, MEASURE / 2.0);
    let node = c.tree.add(Tree::ROOT, Role::P);
    let address = fuse(c.lines(node, &address, AXIS, COLUMN, Side::Right));
    let mut strip = fuse(name);
    strip.height = strip.height.max(address.height) + 7.0;
    strip.overlay(address, 0.0);
    strip.marks.push(Marked::layout(vec![Item::rule(0.0, strip.height, MEASURE, Stroke::solid(0.75, INK))]));
    strip.keep = Keep::Bound;
    vec![strip]
}

/// The reference, the addressee, and the interruption with its length.
fn side_notes(c: &mut Composer<'_>, report: &Report) -> Vec<Strip> {
    let (small, _) = house::SMALL;
    let mut groups: Vec<(String, Vec<(String, bool)>)> = Vec::new();
    let told: Vec<&str> =
        report.template.fields.iter().filter_map(|f| f.computed.as_ref()).flat_map(|c| [c.from.as_str(), c.to.as_str()]).collect();
    for field in &report.template.fields {
        let answer = report.answer(&field.key);
        if told.contains(&field.key.as_str()) && field.kind == FieldType::DateTime {
            continue;
        }
        if let Some(computed) = &field.computed {
            groups.push((report::sentence::capital(&computed.clock), interruption(report, computed, &field.key)));
            continue;
        }
        let words = match fields::standing(&answer.standing) {
            Some(text) => text.words(),
            None => facts::words(report, field, answer),
        };
        if !words.is_empty() {
            groups.push((field.label.clone(), vec![(words, false)]));
        }
    }
    let to = report.letter.addressee.trim();
    if !to.is_empty() {
        groups.insert(groups.len().min(1), ("To".to_owned(), vec![(to.to_owned(), false)]));
    }
    let mut strips: Vec<Strip> = Vec::new();
    for (number, (label, lines)) in groups.into_iter().enumerate() {
        let mut text = Text::empty(house::SMALL.1).with_meaning(label, small.strong(), Meaning::Strong);
        for (line, strong) in lines {
            let style = if strong { small.strong().coloured(INK) } else { small };
            text.push(format!("\n{line}"), style, Meaning::Plain);
        }
        let mut set = c.paragraph(Tree::ROOT, Role::P, &text, 0.0, LABEL);
        if let (Some(first), true) = (set.first_mut(), number > 0) {
            first.before = 4.0;
        }
        strips.extend(set);
    }
    strips
}

/// Day, hours and length; two days where it ended on another.
fn interruption(report: &Report, computed: &report::template::Computed, key: &str) -> Vec<(String, bool)> {
    let (from, to) = (report.answer(&computed.from), report.answer(&computed.to));
    let length = report.computed_minutes(key).map(|minutes| (when::length_words(minutes), true));
    let mut lines = match (from.moment(), to.moment()) {
        (Some(from), Some(to)) if from.date() == to.date() => {
            let zone = report.zone.as_deref().and_then(|zone| when::zone_words(zone, from)).map(|(name, _)| format!("\u{a0}{name}"));
            let hours = format!("{} to {}{}", when::time_words(from.time()), when::time_words(to.time()), zone.unwrap_or_default());
            vec![(facts::date_words(from.date()), false), (hours, false)]
        }
        (Some(from), Some(to)) => {
            vec![(format!("{} to", facts::moment_words(report, from, None)), false), (facts::moment_words(report, to, None), false)]
        }
        _ => [from, to].into_iter().filter_map(|answer| fields::standing(&answer.standing)).map(|text| (text.words(), false)).collect(),
    };
    lines.extend(length);
    lines
}

/// Place and date, title, salutation, and the sections that print without a heading.
fn opening(c: &mut Composer<'_>, job: &mut Job<'_>) -> Vec<Strip> {
    let report = job.report;
    let given = &report.letter;
    let date = when::date(&given.date, report.template.date_order).map_or_else(|| given.date.trim().to_owned(), facts::date_words);
    let dateline = [given.place.trim(), date.as_str()].iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>().join(", ");
    let mut strips = Vec::new();
    if !dateline.is_empty() {
        strips.extend(c.paragraph(Tree::ROOT, Role::P, &body(&dateline), AXIS, COLUMN));
    }
    if job.draft {
        let words = Text::new("Not issued", house::LEGAL.0, house::LEGAL.1);
        strips.extend(c.paragraph(Tree::ROOT, Role::P, &words, AXIS, COLUMN));
    }
    c.place = Place::Report;
    let words = Text::new(title(report), house::LETTER_TITLE.0, house::LETTER_TITLE.1);
    let mut lines = c.heading(Tree::ROOT, 1, &words, AXIS, COLUMN);
    lines[0].before = if strips.is_empty() { 0.0 } else { 9.0 + 7.25 };
    strips.extend(lines);
    let mut white = 10.0;
    if !given.salutation.trim().is_empty() {
        c.place = Place::Letter;
        let mut lines = c.paragraph(Tree::ROOT, Role::P, &body(given.salutation.trim()), AXIS, COLUMN);
        lines[0].before = std::mem::replace(&mut white, 7.25);
        strips.extend(lines);
    }
    for given in sections::printed(report).into_iter().filter(|section| silent(report, section)) {
        c.place = Place::Section { section: given.id, line: None };
        let mut text = sections::body(c, job, Tree::ROOT, given);
        if let Some(first) = text.first_mut() {
            first.before = std::mem::replace(&mut white, 7.25);
        }
        strips.extend(text);
    }
    strips
}

/// A head at the axis, 16 above and 4 below, and what stands under it.
fn section(c: &mut Composer<'_>, job: &mut Job<'_>, given: &Section, number: usize) -> Vec<Strip> {
    let report = job.report;
    c.place = Place::Section { section: given.id, line: None };
    let node = c.tree.add(Tree::ROOT, Role::Sect);
    let words = sections::heading(report, given, number);
    let mut strips = c.heading(node, 2, &Text::new(words, house::HEAD.0, house::HEAD.1), AXIS, COLUMN);
    if let Some(first) = strips.first_mut() {
        first.before = 16.0;
    }
    let blank = given.body.is_blank();
    let mut text =
        if blank && given.standing.is_known() && kind_filled(report, given) { Vec::new() } else { sections::body(c, job, node, given) };
    if let Some(first) = text.first_mut() {
        first.before = 4.0;
    }
    strips.extend(text);
    let mut own = match report.kind_of(given) {
        SectionKind::Timeline if !report.timeline.is_empty() => {
            let mut table = timeline::timeline(c, node, sequence::timeline(report, Form::Letter, job.depth));
            if let Some(first) = table.first_mut() {
                first.before = 4.0;
            }
            table
        }
        SectionKind::Actions if !report.actions.is_empty() => actions(c, job, node),
        SectionKind::Causes if !report.causes.is_empty() => causes::causes(c, job, node, report.rule_of(given)),
        SectionKind::Targets if !report.targets.is_empty() => targets::targets(c, job, node, report.rule_of(given)),
        SectionKind::Diagrams if !report.diagrams.is_empty() => diagrams::diagrams(c, job, node),
        SectionKind::Lessons if !report.lessons.is_empty() => lessons::lessons(c, job, node, report.rule_of(given)),
        _ => Vec::new(),
    };
    if let Some(first) = own.first_mut() {
        first.before = 4.0;
    }
    strips.extend(own);
    strips
}

fn kind_filled(report: &Report, given: &Section) -> bool {
    match report.kind_of(given) {
        SectionKind::Timeline => report.timeline.iter().any(|row| matches!(row, Row::Event(_))),
        SectionKind::Actions => !report.actions.is_empty(),
        SectionKind::Lessons => !report.lessons.is_empty(),
        SectionKind::LinkedIncidents => !report.linked.is_empty(),
        SectionKind::Causes => !report.causes.is_empty(),
        SectionKind::Targets => !report.targets.is_empty(),
        SectionKind::Diagrams => !report.diagrams.is_empty(),
        SectionKind::Prose | SectionKind::Fields => false,
    }
}

/// Actions as a list: a letter has no room for the table's six columns, and its reader no use for them.
fn actions(c: &mut Composer<'_>, job: &mut Job<'_>, node: NodeId) -> Vec<Strip> {
    c.place = Place::Actions;
    let items: Vec<report::rich::ListItem> = job
        .report
        .actions
        .iter()
        .map(|action| {
            let due =
                when::date(&action.due, job.report.template.date_order).map_or_else(|| action.due.trim().to_owned(), facts::date_words);
            let due = if due.is_empty() { String::new() } else { format!(" By {due}.") };
            let words = format!("{}{due}", action.text.trim());
            report::rich::ListItem::ListItem { content: vec![report::rich::Block::plain(&words)] }
        })
        .collect();
    let mut column = prose::Column::new(AXIS, COLUMN, None);
    prose::blocks(c, job, node, &[report::rich::Block::BulletList { content: items }], &mut column)
}

fn closing(c: &mut Composer<'_>, job: &Job<'_>) -> Vec<Strip> {
    let mut strips = Vec::new();
    let mut words = job.report.letter.closing.trim();
    for signatory in signatories(job) {
        strips.extend(signature_box::closing(c, Tree::ROOT, words, &signatory));
        words = "";
    }
    strips
}

/// The closing takes the last two lines before it along.
fn bind_closing(strips: &mut [Strip]) {
    let Some(first) = strips.iter().position(|strip| !strip.fields.is_empty()) else { return };
    let Some(start) = strips[..first].iter().rposition(|strip| strip.before >= 16.0) else { return };
    for strip in strips[..start].iter_mut().rev().take(2) {
        strip.keep = Keep::Bound;
    }
}

fn silent(report: &Report, section: &Section) -> bool {
    report.rule_of(section).is_some_and(|rule| rule.silent)
}

fn body(words: &str) -> Text {
    Text::new(words, house::BODY.0, house::BODY.1)
}
