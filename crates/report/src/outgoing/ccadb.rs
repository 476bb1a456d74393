//! A CA's incident report as the Markdown that the CCADB guidelines prescribe: their headings and labels, in their order.
//! Always true: every field stands there, "N/A" where it does not apply; all times are in UTC; what stands there is read back (`read`), and
//! what has no place there is told (`unkept`). Source: CCADB Incident Reporting Guidelines. Deliberately absent: data carried unseen, as our
//! own Markdown has it: this text is published, and who owns an action is nobody else's business.

mod marks;
pub(super) mod read;
pub(super) mod unkept;

use super::{Missing, unanswered};
use crate::answer::Standing;
use crate::checks::is_written;
use crate::papers::{Action, ActionKind, ActionState, Cause, LessonKind};
use crate::place::Place;
use crate::report::{Report, Section};
use crate::rich::{Block, RichText};
use crate::template::SectionKind;
use crate::timeline::Event;
use crate::when;
use chrono::{DateTime, Utc};
use marks::{cell, escaped, fence, one_line};
use std::fmt::Write;

/// What stands above the days of the timeline.
const ALL_UTC: &str = "All times are UTC.";
/// What stands above the three dates.
const SUMMARY: &str = "- **Timeline summary:**";
/// The heads of the two tables.
const RELATED: &str = "| Bug | Date | Description |";
const ACTIONS: &str = "| Action Item | Kind | Corresponding Root Cause(s) | Evaluation Criteria | Due Date | Status |";
/// Where a bug that is named by its number alone is found.
const BUGZILLA: &str = "https://bugzilla.mozilla.org/show_bug.cgi?id=";
const LESSONS: [(LessonKind, &str); 3] =
    [(LessonKind::Good, "What went well"), (LessonKind::Bad, "What didn’t go well"), (LessonKind::Lucky, "Where we got lucky")];

/// The three dates that stand together under "Timeline summary".
const SUMMARISED: [&str; 3] = ["non_compliance_start", "identified_at", "non_compliance_end"];

pub(super) fn write(report: &Report) -> Result<String, Vec<Missing>> {
    let mut missing = unanswered(report);
    missing.extend(unwritten(report));
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut out = format!("## {}\n", report.template.title);
    for rule in &report.template.sections {
        let Some(section) = report.section_for(&rule.key) else { continue };
        let _ = write!(out, "\n### {}\n\n", rule.heading);
        match rule.kind {
            // Their words stand in the place of a table.
            SectionKind::LinkedIncidents if report.linked.is_empty() => {}
            SectionKind::Prose => {}
            _ => blocks(&section.body, &mut out),
        }
        match rule.kind {
            SectionKind::Timeline => timeline(report, &mut out),
            SectionKind::LinkedIncidents => related(report, section, &mut out),
            SectionKind::Causes => report.causes.iter().enumerate().for_each(|(at, cause)| factor(report, at, cause, &mut out)),
            SectionKind::Lessons => lessons(report, &mut out),
            SectionKind::Actions => actions(report, &mut out),
            SectionKind::Prose | SectionKind::Fields | SectionKind::Targets | SectionKind::Diagrams => {}
        }
        fields(report, &rule.key, &mut out);
        if rule.kind == SectionKind::Prose {
            prose(section, &mut out);
            evidence(report, &mut out);
        }
    }
    Ok(out)
}

fn unwritten(report: &Report) -> Vec<Missing> {
    let rules = report.template.sections.iter().filter(|rule| rule.required);
    let fault = |heading: &str, place| Missing { place, message: format!("The heading “{heading}” must be answered.") };
    rules
        .filter_map(|rule| match report.section_for(&rule.key) {
            None => Some(fault(&rule.heading, Place::Form)),
            Some(section) => {
                (!is_written(report, section)).then(|| fault(&rule.heading, Place::Section { section: section.id, line: None }))
            }
        })
        .collect()
}

fn fields(report: &Report, section: &str, out: &mut String) {
    for field in report.template.fields_under(section) {
        let level = match SUMMARISED.iter().position(|key| *key == field.key) {
            Some(0) => {
                let _ = writeln!(out, "{SUMMARY}");
                1
            }
            Some(_) => 1,
            None => 0,
        };
        let indent = "   ".repeat(level);
        let _ = writeln!(out, "{indent}- **{}:** {}", field.label, answer(report, &field.key, &format!("{indent}  ")));
    }
}

/// An answer, its further lines as paragraphs of the same item.
fn answer(report: &Report, key: &str, indent: &str) -> String {
    let answer = report.answer(key);
    match &answer.standing {
        Standing::NotApplicable { reason } => not_applicable(reason),
        Standing::NotYetKnown { owner, due } => format!("Not yet known. Answer due {} from {}.", one_line(due), one_line(owner)),
        Standing::Known => {
            let words = match answer.moment() {
                Some(at) => report.instant_of(at, answer).format("%Y-%m-%d %H:%M UTC").to_string(),
                None if answer.is_blank() => "N/A".to_owned(),
                None => answer.raw.clone(),
            };
            let lines = words.lines().map(str::trim).filter(|line| !line.is_empty()).map(escaped);
            lines.collect::<Vec<_>>().join(&format!("\n\n{indent}"))
        }
    }
}

fn not_applicable(reason: &str) -> String {
    let reason = one_line(reason);
    if reason.is_empty() { "N/A".to_owned() } else { format!("N/A. {reason}") }
}

fn timeline(report: &Report, out: &mut String) {
    let _ = writeln!(out, "{ALL_UTC}");
    let mut day = None;
    for event in report.events() {
        let start = start(report, event);
        let date = start.map(|at| at.date_naive()).or(event.date);
        if date.is_some() && date != day {
            day = date;
            let _ = write!(out, "\n{}:\n", day.map(|day| day.to_string()).unwrap_or_default());
        }
        let time = start.map(|at| format!("{} ", at.format("%H:%M"))).unwrap_or_default();
        let _ = writeln!(out, "- {time}{}", one_line(&event.text));
    }
}

/// The moment of a row in UTC: from the zone that it names itself, else from the report's.
fn start(report: &Report, event: &Event) -> Option<DateTime<Utc>> {
    let at = event.start()?;
    let named = event.zone.as_deref().and_then(|zone| crate::zones::instant(at, Some(zone), report.zone.as_deref()));
    Some(named.unwrap_or_else(|| report.instant(at)))
}

fn related(report: &Report, section: &Section, out: &mut String) {
    if report.linked.is_empty() {
        prose(section, out);
        return;
    }
    let _ = write!(out, "{RELATED}\n|---|---|---|\n");
    for link in &report.linked {
        let bug = link.incident.trim();
        let numbered = !bug.is_empty() && bug.bytes().all(|b| b.is_ascii_digit());
        let bug = if numbered { format!("[{bug}]({BUGZILLA}{bug})") } else { cell(bug) };
        let _ = writeln!(out, "| {bug} | {} | {} |", date(report, &link.linked), cell(&link.nature));
    }
}

fn factor(report: &Report, at: usize, cause: &Cause, out: &mut String) {
    let between = if at == 0 { "" } else { "\n" };
    let _ = writeln!(out, "{between}**Contributing Factor {}: {}**", at + 1, one_line(&cause.text));
    let rule = report.template.sections.iter().find(|rule| rule.kind == SectionKind::Causes);
    for part in rule.into_iter().flat_map(|rule| &rule.parts) {
        let said = cause.parts.get(&part.key).map(|said| one_line(said)).filter(|said| !said.is_empty());
        let said = said.unwrap_or_else(|| "N/A".to_owned());
        let _ = writeln!(out, "- **{}:** {said}", part.label);
    }
}

fn lessons(report: &Report, out: &mut String) {
    for (kind, label) in LESSONS {
        let mut of_kind = report.lessons.iter().filter(|lesson| lesson.kind == kind).peekable();
        let none = if of_kind.peek().is_none() { " N/A" } else { "" };
        let _ = writeln!(out, "- **{label}:**{none}");
        of_kind.for_each(|lesson| {
            let _ = writeln!(out, "   - {}", one_line(&lesson.text));
        });
    }
}

fn actions(report: &Report, out: &mut String) {
    let _ = write!(out, "{ACTIONS}\n|---|---|---|---|---|---|\n");
    for action in &report.actions {
        let kind = match action.kind {
            ActionKind::Prevent => "Prevent",
            ActionKind::Detect => "Detect",
            ActionKind::Mitigate => "Mitigate",
        };
        let status = match action.state {
            ActionState::Open | ActionState::Begun => "Ongoing",
            ActionState::Done => "Complete",
            ActionState::Delayed => "Delayed",
            ActionState::Cancelled => "Canceled",
        };
        let (due, causes) = (date(report, &action.due), causes(report, action));
        let _ = writeln!(out, "| {} | {kind} | {causes} | {} | {due} | {status} |", cell(&action.text), cell(&action.criteria));
    }
}

fn causes(report: &Report, action: &Action) -> String {
    let number = |id| report.causes.iter().position(|cause| cause.id == id).map(|at| format!("Root Cause # {}", at + 1));
    let named: Vec<String> = action.causes.iter().filter_map(|id| number(*id)).collect();
    if named.is_empty() { "N/A".to_owned() } else { named.join(", ") }
}

fn prose(section: &Section, out: &mut String) {
    if let Standing::NotApplicable { reason } = &section.standing {
        let _ = write!(out, "{}\n\n", not_applicable(reason));
    }
    blocks(&section.body, out);
}

/// The files that are uploaded beside the text.
fn evidence(report: &Report, out: &mut String) {
    for file in report.attachments.iter().filter(|file| file.evidence) {
        let _ = writeln!(out, "- Attached: {} ({})", one_line(&file.name), one_line(&file.caption));
    }
}

fn blocks(text: &RichText, out: &mut String) {
    for block in &text.0 {
        match block {
            Block::BulletList { content } => {
                for item in content {
                    let words: Vec<String> = item.blocks().iter().flat_map(|block| RichText(vec![block.clone()]).lines()).collect();
                    let _ = writeln!(out, "- {}", one_line(&words.join(" ")));
                }
                out.push('\n');
            }
            Block::CodeBlock { .. } => {
                let code = RichText(vec![block.clone()]).plain();
                let fence = fence(&code);
                let _ = write!(out, "{fence}\n{code}\n{fence}\n\n");
            }
            other => {
                for line in RichText(vec![other.clone()]).lines().iter().filter(|line| !line.trim().is_empty()) {
                    let _ = write!(out, "{}\n\n", one_line(line));
                }
            }
        }
    }
}

/// A day as 2026-01-30; what is no day stays as typed.
fn date(report: &Report, raw: &str) -> String {
    when::date(raw, report.template.date_order).map_or_else(|| cell(raw), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::Outgoing;
    use crate::catalogue;
    use crate::edit::Edit;

    #[test]
    fn the_sample_reads_as_reviewed() {
        let sample = catalogue::sample("ccadb-3.2").expect("a shipped sample");
        let markdown = Outgoing::CcadbMarkdown.write(&sample).expect("it is complete");
        expect_test::expect_file!["../../templates/ccadb-3.2.sample.md"].assert_eq(&markdown);
    }

    #[test]
    fn what_is_missing_is_named() {
        let sample = catalogue::sample("ccadb-3.2").expect("a shipped sample");
        let without = sample.apply(&Edit::Answer { key: "heuristic".into(), answer: None }).expect("it applies").report;
        let missing = Outgoing::CcadbMarkdown.write(&without).expect_err("a field is open");
        assert_eq!(missing.len(), 1, "{missing:?}");
        assert_eq!(missing[0].message, "“Incident heuristic” must be answered.");
    }

    #[test]
    fn another_form_is_not_written_so() {
        let letter = catalogue::sample("rfo").expect("a shipped sample");
        let missing = Outgoing::CcadbMarkdown.write(&letter).expect_err("a letter is no CA report");
        assert_eq!(missing[0].message, "“Reason for outage letter” is not handed in as ccadb-markdown.");
    }
}
