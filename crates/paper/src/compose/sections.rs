//! A form on paper: title, header table, the form's headings in order, the annexes, the signatures.

use report::{
    Place, Report, Section,
    template::{Numbering, SectionKind},
};

use super::{Job, annexes, causes, diagrams, fields, lessons, prose, sequence, signatories, targets, title, tray};
use crate::{
    composer::Composer,
    header_table,
    measure::{AXIS, COLUMN, MEASURE},
    section, signature_box,
    strip::{Keep, Strip},
    table::{self, Cell, Heads, Row, Table, Under},
    text::{Text, house},
    tree::NodeId,
};

/// The whole form.
pub fn form(c: &mut Composer<'_>, job: &mut Job<'_>) -> Vec<Strip> {
    let report = job.report;
    c.place = Place::Report;
    let mut under: Vec<&str> = vec![report.template.legal_basis.trim()];
    if job.draft {
        under.push("not issued");
    }
    under.retain(|words| !words.is_empty());
    let mut strips = section::title(c, &title(report), &under.join(" · "));
    let rows = fields::rows(job);
    strips.extend(header_table::header_table(c, crate::tree::Tree::ROOT, rows, job.depth));
    for (number, given) in printed(report).into_iter().enumerate() {
        strips.extend(one(c, job, given, number));
    }
    strips.extend(annexes::annexes(c, job));
    add_signatures(c, job, &mut strips);
    strips.extend(tray::tray(c, job));
    strips
}

/// The sections that print: a heading the form does not require prints only when something stands under it.
pub fn printed(report: &Report) -> Vec<&Section> {
    let stands = |section: &&Section| {
        let required = report.rule_of(section).is_some_and(|rule| rule.required);
        let filled = match report.kind_of(section) {
            SectionKind::Prose => !section.body.is_blank(),
            SectionKind::LinkedIncidents => !report.linked.is_empty() || !section.body.is_blank(),
            SectionKind::Timeline => !report.timeline.is_empty() || !section.body.is_blank(),
            SectionKind::Actions => !report.actions.is_empty() || !section.body.is_blank(),
            SectionKind::Lessons => !report.lessons.is_empty() || !section.body.is_blank(),
            SectionKind::Causes => !report.causes.is_empty() || !section.body.is_blank(),
            SectionKind::Targets => !report.targets.is_empty() || !section.body.is_blank(),
            SectionKind::Diagrams => !report.diagrams.is_empty() || !section.body.is_blank(),
            SectionKind::Fields => !section.body.is_blank(),
        };
        filled || !fields::under(report, section, false).is_empty() || !section.standing.is_known() || required
    };
    report.sections.iter().filter(stands).collect()
}

/// The heading as printed, numbered where the form numbers.
pub fn heading(report: &Report, section: &Section, number: usize) -> String {
    let words = report.printed_heading(section);
    match report.template.numbering {
        Numbering::None => words,
        Numbering::Decimal => format!("{}. {words}", number + 1),
    }
}

/// One section, whatever its kind.
pub fn one(c: &mut Composer<'_>, job: &mut Job<'_>, given: &Section, number: usize) -> Vec<Strip> {
    let report = job.report;
    c.place = Place::Section { section: given.id, line: None };
    let head = heading(report, given, number);
    match report.kind_of(given) {
        SectionKind::LinkedIncidents if !report.linked.is_empty() => section::stacked(c, &head, "", |c, node| {
            let mut strips = before(c, job, node, given);
            strips.extend(linked(c, job, node));
            strips
        }),
        SectionKind::Timeline if !report.timeline.is_empty() => {
            let note = sequence::note(report);
            section::stacked(c, &head, &note, |c, node| {
                let mut strips = before(c, job, node, given);
                strips.extend(sequence::with_chart(c, job, node));
                strips
            })
        }
        SectionKind::Actions if !report.actions.is_empty() => section::stacked(c, &head, "", |c, node| {
            let mut strips = before(c, job, node, given);
            strips.extend(annexes::actions(c, job, node));
            strips
        }),
        SectionKind::Lessons if !report.lessons.is_empty() => section::side(c, &head, |c, node| {
            let mut strips = lessons::lessons(c, job, node, report.rule_of(given));
            if !given.body.is_blank() {
                let text = self::body(c, job, node, given);
                strips.extend(below(text));
            }
            strips.extend(fields_below(c, job, node, given));
            strips
        }),
        SectionKind::Causes if !report.causes.is_empty() => section::side(c, &head, |c, node| {
            let written = !given.body.is_blank() || !given.standing.is_known();
            let mut strips = if written { body(c, job, node, given) } else { Vec::new() };
            let own = causes::causes(c, job, node, report.rule_of(given));
            strips.extend(if written { below(own) } else { own });
            strips.extend(fields_below(c, job, node, given));
            strips
        }),
        SectionKind::Targets if !report.targets.is_empty() => section::stacked(c, &head, "", |c, node| {
            let mut strips = before(c, job, node, given);
            strips.extend(targets::targets(c, job, node, report.rule_of(given)));
            strips
        }),
        SectionKind::Diagrams if !report.diagrams.is_empty() => section::stacked(c, &head, "", |c, node| {
            let mut strips = diagrams::diagrams(c, job, node);
            if !given.body.is_blank() {
                let mut column = prose::Column::new(0.0, MEASURE, Some(given.id));
                strips.extend(below(prose::blocks(c, job, node, &given.body.0, &mut column)));
            }
            strips
        }),
        // Words that print without a head: they follow what is above with the white of a section.
        _ if report.rule_of(given).is_some_and(|rule| rule.silent) => lead(c, job, given),
        _ if !fields::under(report, given, job.draft).is_empty() => section::stacked(c, &head, "", |c, node| before(c, job, node, given)),
        _ => section::side(c, &head, |c, node| body(c, job, node, given)),
    }
}

/// The words under the title that need no heading, at the axis.
fn lead(c: &mut Composer<'_>, job: &mut Job<'_>, given: &Section) -> Vec<Strip> {
    let node = c.tree.add(crate::tree::Tree::ROOT, crate::tree::Role::Sect);
    let anchor = c.anchor(None);
    let mut strips = body(c, job, node, given);
    if let Some(first) = strips.first_mut() {
        first.before = 16.0;
        first.anchors.push(anchor);
    }
    strips
}

/// The fields of a section whose head stands beside its content: under that content, at the full measure.
fn fields_below(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId, given: &Section) -> Vec<Strip> {
    let rows = fields::under(job.report, given, job.draft);
    below(header_table::header_table(c, node, rows, job.depth))
}

/// What follows within a section, with the white of a paragraph above it at least.
fn below(mut strips: Vec<Strip>) -> Vec<Strip> {
    if let Some(first) = strips.first_mut() {
        first.before = first.before.max(7.25);
    }
    strips
}

/// The author's words that stand before a section's table, at the axis.
fn before(c: &mut Composer<'_>, job: &mut Job<'_>, node: NodeId, given: &Section) -> Vec<Strip> {
    let rows = fields::under(job.report, given, job.draft);
    let mut strips = header_table::header_table(c, node, rows, job.depth);
    if given.body.is_blank() && given.standing.is_known() {
        return strips;
    }
    c.place = Place::Section { section: given.id, line: None };
    let mut text = body(c, job, node, given);
    if let (Some(first), false) = (text.first_mut(), strips.is_empty()) {
        first.before = 7.25;
    }
    strips.extend(text);
    strips.push(Strip::blank(7.25));
    strips
}

/// A section's text, or why there is none.
pub fn body(c: &mut Composer<'_>, job: &mut Job<'_>, node: NodeId, given: &Section) -> Vec<Strip> {
    let mut strips = Vec::new();
    if let Some(standing) = fields::standing(&given.standing) {
        strips.extend(c.paragraph(node, crate::tree::Role::P, &standing, AXIS, COLUMN));
    }
    if !given.body.is_blank() {
        let mut column = prose::Column::new(AXIS, COLUMN, Some(given.id));
        let mut text = prose::blocks(c, job, node, &given.body.0, &mut column);
        if let (Some(first), false) = (text.first_mut(), strips.is_empty()) {
            first.before = 7.25;
        }
        strips.extend(text);
    } else if strips.is_empty() && job.draft {
        let words = Text::new("Nothing written yet", house::VALUE.0.quiet(), house::VALUE.1);
        strips.extend(c.paragraph(node, crate::tree::Role::P, &words, AXIS, COLUMN));
    }
    strips
}

/// The table of linked incidents; equal neighbours in the first column are one cell.
fn linked(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId) -> Vec<Strip> {
    c.place = Place::Linked;
    let all = &job.report.linked;
    let mut rows = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let group = all[at..].iter().take_while(|link| link.incident.trim() == all[at].incident.trim()).count();
        for (number, link) in all[at..at + group].iter().enumerate() {
            let mut cells = vec![Cell::words(1, link.linked.trim()), Cell::words(2, link.nature.trim())];
            if number == 0 {
                cells.insert(0, Cell::words(0, link.incident.trim()).over_rows(group));
            }
            rows.push(Row { cells, under: if number + 1 == group { Under::Hair } else { Under::Faint(1) } });
        }
        at += group;
    }
    let worded = job.report.template.sections.iter().find(|rule| rule.kind == SectionKind::LinkedIncidents && rule.columns.len() == 3);
    let heads =
        worded.map_or_else(|| ["Incident", "Linked incident", "Nature of link"].map(str::to_owned).to_vec(), |rule| rule.columns.clone());
    let columns = table::columns(0.0, &[AXIS, AXIS, crate::measure::mm(70.0)]);
    table::table(c, node, Table { columns, heads: Heads::Words(heads), rows, padding: (2.6, 2.9), depth: job.depth })
}

/// The places for signatures, after all else.
pub fn add_signatures(c: &mut Composer<'_>, job: &Job<'_>, strips: &mut Vec<Strip>) {
    let all = signatories(job);
    if all.is_empty() {
        return;
    }
    c.place = Place::Signatures;
    strips.extend(section::stacked(c, "Signatures", "", |c, node| signature_box::signatures(c, node, &all)));
    bind_signatures(strips);
}

/// The signatures never stand alone on a page: they take the last two lines or rows before them along.
fn bind_signatures(strips: &mut [Strip]) {
    let Some(first) = strips.iter().rposition(|strip| strip.before >= 16.0 && strip.keep == Keep::Bound) else { return };
    for strip in strips[..first].iter_mut().rev().take(2) {
        strip.keep = strip.keep.max(Keep::Bound);
    }
}
