//! The CCADB's Markdown that was written here becomes a report again. Always true: a text is taken only where the report, written again, is
//! that text to the letter, so a changed word comes back and nothing is guessed. Deliberately absent: texts that people wrote into the
//! CCADB's template by hand; they are imported as any other text is.

use super::marks::{cells, unescaped};
use super::{ACTIONS, ALL_UTC, BUGZILLA, LESSONS, RELATED, SUMMARY};
use crate::answer::{Answer, Standing};
use crate::catalogue;
use crate::ids::{ActionId, CauseId, Ids, LessonId, LinkId, RowId};
use crate::outgoing::Outgoing;
use crate::papers::{Action, ActionKind, ActionState, Cause, Lesson, LinkedIncident};
use crate::report::Report;
use crate::rich::{Block, Inline, ListItem, RichText};
use crate::template::{Allowed, Field, SectionKind, SectionRule};
use crate::timeline::{Event, Row, Time};
use crate::when::DateOrder;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// The report of which this is the CCADB's Markdown; none where it is another text.
pub(in crate::outgoing) fn read(text: &str, ids: &mut dyn Ids) -> Option<Report> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut lines = text.lines();
    let title = lines.next()?.strip_prefix("## ")?;
    let form = catalogue::all().iter().find(|form| form.title == title && form.exports.contains(&Outgoing::CcadbMarkdown))?;
    let mut report = Report::begin(form, ids);
    let lines: Vec<&str> = lines.collect();
    for (rule, lines) in form.sections.iter().zip(parts(&lines, &form.sections)?) {
        section(&mut report, rule, lines, ids)?;
    }
    let again = super::write(&report).ok()?;
    (again.trim_end() == text.trim_end()).then_some(report)
}

/// The lines under each heading, in the order of the form. A heading in lines that are kept as they are is none.
fn parts<'a>(lines: &'a [&'a str], rules: &[SectionRule]) -> Option<Vec<&'a [&'a str]>> {
    let mut fence = None;
    let mut starts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match fence {
            Some(open) => fence = (*line != open).then_some(open),
            None if line.starts_with("```") => fence = Some(*line),
            None => {
                let wanted = rules.get(starts.len()).map(|rule| rule.heading.as_str());
                starts.extend((wanted.is_some() && line.strip_prefix("### ") == wanted).then_some(at));
            }
        }
    }
    (starts.len() == rules.len()).then_some(())?;
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    Some(starts.iter().zip(ends).map(|(start, end)| &lines[start + 1..end]).collect())
}

fn section(report: &mut Report, rule: &SectionRule, lines: &[&str], ids: &mut dyn Ids) -> Option<()> {
    let fields: Vec<Field> = report.template.fields_under(&rule.key).cloned().collect();
    let label = |field: &Field| format!("- **{}:** ", field.label);
    let first = |line: &&str| **line == *SUMMARY || fields.first().is_some_and(|field| line.starts_with(&label(field)));
    let (own, answered) = lines.split_at(lines.iter().position(first).unwrap_or(lines.len()));
    answers(report, &fields, answered)?;
    let opens = |line: &&str| match rule.kind {
        SectionKind::Timeline => *line == ALL_UTC,
        SectionKind::LinkedIncidents => *line == RELATED,
        SectionKind::Causes => line.starts_with("**Contributing Factor "),
        SectionKind::Lessons => line.starts_with(&format!("- **{}:**", LESSONS[0].1)),
        SectionKind::Actions => *line == ACTIONS,
        SectionKind::Prose | SectionKind::Fields | SectionKind::Targets | SectionKind::Diagrams => false,
    };
    let (before, items) = own.split_at(own.iter().position(opens).unwrap_or(own.len()));
    match rule.kind {
        SectionKind::Timeline => report.timeline = timeline(items, ids)?,
        SectionKind::LinkedIncidents => report.linked = related(items, ids)?,
        SectionKind::Causes => report.causes = factors(rule, items, ids)?,
        SectionKind::Lessons => report.lessons = lessons(items, ids)?,
        SectionKind::Actions => report.actions = actions(report, items, ids)?,
        SectionKind::Prose | SectionKind::Fields | SectionKind::Targets | SectionKind::Diagrams => {}
    }
    let section = report.sections.iter_mut().find(|section| section.key.as_deref() == Some(&rule.key))?;
    let (standing, body) = standing(before, rule.allow.contains(&Allowed::NotApplicable));
    section.standing = standing;
    section.body = RichText(blocks(body));
    Some(())
}

/// Whether a section applies, and the lines after it is said.
fn standing<'a>(lines: &'a [&'a str], may_not_apply: bool) -> (Standing, &'a [&'a str]) {
    let first = lines.iter().position(|line| !line.is_empty());
    let said = first.and_then(|at| Some((at, not_applicable(lines[at])?))).filter(|_| may_not_apply);
    match said {
        Some((at, reason)) => (Standing::NotApplicable { reason: unescaped(reason) }, &lines[at + 1..]),
        None => (Standing::Known, lines),
    }
}

/// The reason why something does not apply; none where that is not said.
fn not_applicable(words: &str) -> Option<&str> {
    let rest = words.strip_prefix("N/A")?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix(". ") }
}

/// Every field of a heading in its order, each with the lines that follow it.
fn answers(report: &mut Report, fields: &[Field], lines: &[&str]) -> Option<()> {
    let mut fields = fields.iter().peekable();
    let mut open: Option<(&Field, Vec<&str>)> = None;
    let order = report.template.date_order;
    for line in lines.iter().map(|line| line.trim_start()).filter(|line| !line.is_empty() && *line != SUMMARY) {
        let next = fields.peek().and_then(|field| Some((*field, line.strip_prefix(&format!("- **{}:** ", field.label))?)));
        match (next, &mut open) {
            (Some((field, words)), _) => {
                fields.next();
                if let Some((field, words)) = open.replace((field, vec![words])) {
                    report.fields.insert(field.key.clone(), answer(field, &words, order));
                }
            }
            (None, Some((_, words))) => words.push(line),
            (None, None) => return None,
        }
    }
    if let Some((field, words)) = open {
        report.fields.insert(field.key.clone(), answer(field, &words, order));
    }
    fields.next().is_none().then_some(())
}

fn answer(field: &Field, lines: &[&str], order: DateOrder) -> Answer {
    let reason = not_applicable(lines[0]).filter(|_| lines.len() == 1);
    let raw = lines.iter().map(|line| unescaped(line)).collect::<Vec<_>>().join("\n");
    let known = |raw: String| Answer { raw, ..Answer::default() }.read(field, order);
    let stands = |standing| Answer { standing, ..Answer::default() };
    let waits = lines[0].strip_prefix("Not yet known. Answer due ").and_then(|rest| rest.strip_suffix('.')?.split_once(" from "));
    match (reason, waits) {
        (Some(reason), _) if field.allow.contains(&Allowed::NotApplicable) => stands(Standing::NotApplicable { reason: unescaped(reason) }),
        (Some(""), _) if !field.required => Answer::default(),
        (None, Some((due, owner))) if field.allow.contains(&Allowed::NotYetKnown) => {
            stands(Standing::NotYetKnown { owner: unescaped(owner), due: unescaped(due) })
        }
        _ => match NaiveDateTime::parse_from_str(&raw, "%Y-%m-%d %H:%M UTC") {
            Ok(at) => known(format!("{} {} UTC", day(at.date(), order), at.format("%H:%M"))),
            Err(_) => known(raw),
        },
    }
}

/// A day in figures as the form takes them.
fn day(date: NaiveDate, order: DateOrder) -> String {
    let pattern = match order {
        DateOrder::DayMonth => "%d/%m/%Y",
        DateOrder::MonthDay => "%m/%d/%Y",
    };
    date.format(pattern).to_string()
}

fn timeline(lines: &[&str], ids: &mut dyn Ids) -> Option<Vec<Row>> {
    let mut date = None;
    let mut rows = Vec::new();
    for line in lines.iter().skip(1).filter(|line| !line.is_empty()) {
        if let Some(day) = line.strip_suffix(':').and_then(|day| day.parse::<NaiveDate>().ok()) {
            date = Some(day);
            continue;
        }
        let words = line.strip_prefix("- ")?;
        let timed = words.split_once(' ').and_then(|(time, rest)| Some((NaiveTime::parse_from_str(time, "%H:%M").ok()?, rest)));
        let (time, words) = timed.map_or((Time::None, words), |(at, rest)| (Time::At { at }, rest));
        rows.push(Row::Event(Event {
            id: RowId::new(ids),
            date,
            time,
            zone: None,
            text: unescaped(words),
            automated: false,
            milestone: None,
            raw: String::new(),
            evidence: Vec::new(),
        }));
    }
    Some(rows)
}

/// The rows of a table, of that many cells.
fn rows(lines: &[&str], columns: usize) -> Option<Vec<Vec<String>>> {
    let body = lines.iter().skip(2).filter(|line| !line.is_empty());
    body.map(|line| cells(line).filter(|cells| cells.len() == columns)).collect()
}

fn related(lines: &[&str], ids: &mut dyn Ids) -> Option<Vec<LinkedIncident>> {
    let read = rows(lines, 3)?.into_iter().map(|cells| {
        let [bug, linked, nature] = <[String; 3]>::try_from(cells).ok()?;
        let number =
            bug.strip_prefix('[').and_then(|rest| rest.split_once(']')).filter(|(bug, link)| *link == format!("({BUGZILLA}{bug})"));
        let incident = number.map_or_else(|| bug.clone(), |(bug, _)| bug.to_owned());
        Some(LinkedIncident { id: LinkId::new(ids), incident, linked, nature })
    });
    read.collect()
}

fn factors(rule: &SectionRule, lines: &[&str], ids: &mut dyn Ids) -> Option<Vec<Cause>> {
    let mut causes: Vec<Cause> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        if let Some(words) = line.strip_prefix(&format!("**Contributing Factor {}: ", causes.len() + 1)) {
            let text = unescaped(words.strip_suffix("**")?);
            causes.push(Cause { id: CauseId::new(ids), why: String::new(), text, parts: std::collections::BTreeMap::new() });
            continue;
        }
        let part = rule.parts.iter().find_map(|part| Some((part, line.strip_prefix(&format!("- **{}:** ", part.label))?)));
        let (part, words) = part?;
        if words != "N/A" {
            causes.last_mut()?.parts.insert(part.key.clone(), unescaped(words));
        }
    }
    Some(causes)
}

fn lessons(lines: &[&str], ids: &mut dyn Ids) -> Option<Vec<Lesson>> {
    let mut kind = None;
    let mut lessons = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        match line.strip_prefix("   - ") {
            Some(words) => lessons.push(Lesson { id: LessonId::new(ids), kind: kind?, text: unescaped(words) }),
            None => kind = Some(LESSONS.iter().find(|(_, label)| line.starts_with(&format!("- **{label}:**")))?.0),
        }
    }
    Some(lessons)
}

fn actions(report: &Report, lines: &[&str], ids: &mut dyn Ids) -> Option<Vec<Action>> {
    let order = report.template.date_order;
    let named = |number: &str| {
        let number = number.strip_prefix("Root Cause # ")?.parse::<usize>().ok()?;
        report.causes.get(number.checked_sub(1)?).map(|cause| cause.id)
    };
    let read = rows(lines, 6)?.into_iter().map(|cells| {
        let [text, kind, causes, criteria, due, status] = <[String; 6]>::try_from(cells).ok()?;
        Some(Action {
            id: ActionId::new(ids),
            text,
            kind: match kind.as_str() {
                "Prevent" => ActionKind::Prevent,
                "Detect" => ActionKind::Detect,
                "Mitigate" => ActionKind::Mitigate,
                _ => return None,
            },
            owner: String::new(),
            due: due.parse().map_or(due, |date| day(date, order)),
            state: match status.as_str() {
                "Ongoing" => ActionState::Begun,
                "Complete" => ActionState::Done,
                "Delayed" => ActionState::Delayed,
                "Canceled" => ActionState::Cancelled,
                _ => return None,
            },
            criteria,
            causes: if causes == "N/A" { Vec::new() } else { causes.split(", ").map(named).collect::<Option<_>>()? },
        })
    });
    read.collect()
}

/// Paragraphs, lists with bullets, and lines that are kept as they are: all that is written.
fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = lines.iter();
    let mut in_list = false;
    while let Some(line) = lines.next() {
        let item = line.strip_prefix("- ");
        match (item, line) {
            (Some(words), _) => {
                let item = ListItem::ListItem { content: vec![Block::plain(&unescaped(words))] };
                match blocks.last_mut() {
                    Some(Block::BulletList { content }) if in_list => content.push(item),
                    _ => blocks.push(Block::BulletList { content: vec![item] }),
                }
            }
            (None, &"") => {}
            (None, line) if line.starts_with("```") => {
                let code: Vec<&str> = lines.by_ref().take_while(|inner| *inner != line).copied().collect();
                blocks.push(Block::CodeBlock { content: vec![Inline::plain(&code.join("\n"))] });
            }
            (None, line) => blocks.push(Block::plain(&unescaped(line))),
        }
        in_list = item.is_some();
    }
    blocks
}
