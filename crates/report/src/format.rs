//! `report.json`, the published format: reading and writing. Always true: what is written reads back as an equal report; a newer version
//! or an unknown field is refused by name, never dropped; a file from outside that makes no sense is refused, and one that was taken in
//! before we knew is read and told of (see `nonsense`).

mod shape;
pub(crate) mod spelled;

use crate::answer::Answer;
use crate::clock::Moment;
use crate::report::{FORMAT, Report};
use crate::rich::RichText;
use crate::template::{Field, FieldType};
use serde::Deserialize;

/// Why a text is not a report of this format.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not JSON.
    #[error("this is not JSON: {message} at line {line}, column {column}")]
    NotJson {
        /// What the parser met.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// JSON, but no report.
    #[error("this is JSON, but not a report: it has no “format” number")]
    NotAReport,
    /// Written by a newer version.
    #[error("this report is of format {found}; this version of Rapporteur reads up to format {known}. Update Rapporteur to open it")]
    Newer {
        /// The format found.
        found: u64,
        /// The newest this build reads.
        known: u32,
    },
    /// A meaning without the words it is read from.
    #[error("{place} has a meaning (“{member}”) and no “raw” text: what was typed is missing, and nothing is taken for it")]
    NothingTyped {
        /// Where, in words.
        place: String,
        /// The member that stands alone.
        member: &'static str,
    },
    /// A report, but something in it has another shape than the format gives it.
    #[error("at {at}: {message}")]
    Misplaced {
        /// Where (RFC 6901).
        at: String,
        /// What it is.
        message: String,
    },
    /// A report that cannot be meant so.
    #[error("{words}")]
    Nonsense {
        /// Where and what, in one sentence.
        words: String,
    },
    /// A report, but something in it has no place in the format.
    #[error("line {line}, column {column}: {message}")]
    Shape {
        /// What it is.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
}

#[derive(Deserialize)]
struct Head {
    format: Option<u64>,
}

/// Reads `report.json` from outside. The raw texts rule: what they mean is read from them anew, whatever stands beside them.
///
/// # Errors
/// Says what is wrong and where; see [`ReadError`].
pub fn read(json: &str) -> Result<Report, ReadError> {
    let mut report = parse(json)?;
    if let Some((at, message)) = shape::misplaced(json.trim_start_matches('\u{feff}'), &report) {
        return Err(ReadError::Misplaced { at, message });
    }
    read_anew(&mut report)?;
    match crate::nonsense::of(&report).into_iter().find(|nonsense| nonsense.refuses) {
        Some(nonsense) => Err(ReadError::Nonsense { words: nonsense.words }),
        None => Ok(report),
    }
}

/// Reads a `report.json` that was taken in before: what a library or a PDF of ours holds opens, whatever has become nonsense since.
///
/// # Errors
/// As [`read`], without [`ReadError::Nonsense`].
pub fn read_kept(json: &str) -> Result<Report, ReadError> {
    let mut report = parse(json)?;
    read_anew(&mut report)?;
    Ok(report)
}

fn parse(json: &str) -> Result<Report, ReadError> {
    let json = json.trim_start_matches('\u{feff}');
    let not_json = |fault: &serde_json::Error| ReadError::NotJson { message: words_of(fault), line: fault.line(), column: fault.column() };
    // A list would be read into the fields of a struct by their places.
    if !json.trim_start().starts_with('{') {
        let any: Result<serde::de::IgnoredAny, _> = serde_json::from_str(json);
        return Err(any.map_or_else(|fault| not_json(&fault), |_| ReadError::NotAReport));
    }
    let head: Head = match serde_json::from_str(json) {
        Ok(head) => head,
        Err(fault) if fault.is_data() => return Err(ReadError::NotAReport),
        Err(fault) => return Err(not_json(&fault)),
    };
    match head.format {
        None => return Err(ReadError::NotAReport),
        Some(found) if found > u64::from(FORMAT) => return Err(ReadError::Newer { found, known: FORMAT }),
        Some(0) => return Err(ReadError::NotAReport),
        Some(_) => {}
    }
    serde_json::from_str(json).map_err(|fault| ReadError::Shape { message: words_of(&fault), line: fault.line(), column: fault.column() })
}

/// Writes `report.json`: indented, fields in the order of the format, one line feed at the end.
pub fn write(report: &Report) -> String {
    let mut json = serde_json::to_string_pretty(report).expect("a report has string keys only and no failing serializer");
    json.push('\n');
    json
}

/// The JSON Schema (2020-12) of `report.json`.
pub fn schema() -> String {
    let mut schema = serde_json::to_value(schemars::schema_for!(Report)).expect("a schema is plain JSON");
    spelled::into_schema(&mut schema);
    let mut json = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    json.push('\n');
    json
}

/// A value beside a raw text is believed by nobody: another program, a hand or an earlier build may have read the words otherwise.
fn read_anew(report: &mut Report) -> Result<(), ReadError> {
    let order = report.template.date_order;
    for (key, answer) in &mut report.fields {
        let field = report.template.field(key);
        words_of_rich(answer, field);
        if answer.raw.trim().is_empty() && answer.value.is_some() {
            let place = format!("the answer to “{}”", field.map_or(key.as_str(), |field| &field.label));
            return Err(ReadError::NothingTyped { place, member: "value" });
        }
        let found = std::mem::take(answer);
        *answer = match field {
            Some(field) => found.read(field, order),
            None => Answer { value: None, ..found },
        };
    }
    let events = report.clock_events.iter_mut().map(|(key, moment)| (format!("the event “{key}”"), moment));
    let filings = report.filings.iter_mut().map(|filing| (format!("the filing for “{}”", filing.clock), &mut filing.moment));
    for (place, moment) in events.chain(filings) {
        if moment.raw.trim().is_empty() && moment.at.is_some() {
            return Err(ReadError::NothingTyped { place, member: "at" });
        }
        *moment = Moment::given(&moment.raw, order);
    }
    Ok(())
}

/// The raw text of rich text is its plain words; words without rich text become it.
fn words_of_rich(answer: &mut Answer, field: Option<&Field>) {
    match &answer.rich {
        Some(rich) if rich.is_blank() && !answer.raw.trim().is_empty() => {
            answer.rich = field.filter(|field| field.kind == FieldType::RichText).map(|_| RichText::from_plain(&answer.raw));
        }
        Some(rich) => answer.raw = rich.plain(),
        None => {}
    }
}

/// The parser's words without its own "at line … column …", which we print ourselves.
fn words_of(fault: &serde_json::Error) -> String {
    let words = fault.to_string();
    words.split(" at line ").next().unwrap_or(&words).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue, ids::CountedIds};

    fn blank() -> String {
        write(&Report::begin(catalogue::find("rfo").expect("a shipped template"), &mut CountedIds(0)))
    }

    #[test]
    fn what_is_written_reads_back_equal() {
        for template in catalogue::all() {
            let report = catalogue::sample(&template.id).expect("every shipped template has a sample");
            assert_eq!(read(&write(&report)).expect("it reads"), report, "{}", template.id);
        }
    }

    /// The published schema is committed: a change to the format shows in review. `UPDATE_EXPECT=1 cargo test -p report` writes it anew.
    #[test]
    fn the_published_schema_is_that_of_the_format() {
        expect_test::expect_file!["../schema/report-1.schema.json"].assert_eq(&schema());
    }

    /// The figures may mean either day, and a file once had its own changed to the other without a word.
    #[test]
    fn a_day_in_figures_keeps_the_one_it_came_with() {
        let mut json = serde_json::to_value(crate::catalogue::sample("sec-8k-105").expect("a sample")).expect("it writes");
        json["fields"]["determined_on"] =
            serde_json::json!({ "raw": "12/05/2026 18:30", "value": { "kind": "date_time", "at": "2026-05-12T18:30:00" } });
        let report = read(&json.to_string()).expect("it reads");
        assert_eq!(report.answer("determined_on").date().map(|day| day.to_string()).as_deref(), Some("2026-05-12"));
    }

    fn dora() -> serde_json::Value {
        let sample = catalogue::sample("dora-final").expect("a shipped sample");
        serde_json::from_str(&write(&sample)).expect("it is JSON")
    }

    #[test]
    fn what_stands_beside_a_raw_text_is_read_anew_from_it() {
        let sample = catalogue::sample("dora-final").expect("a shipped sample");
        let mut json = dora();
        json["fields"]["gross_costs"]["value"]["number"] = "999".into();
        json["fields"]["relevant_clients"]["value"]["yes"] = true.into();
        json["fields"]["occurred_at"]["value"]["at"] = "2020-01-01T00:00:00".into();
        json["fields"]["parent_lei"]["value"] = serde_json::json!({ "kind": "number", "number": "1" });
        json["fields"]["root_causes"]["value"]["options"] = serde_json::json!(["human_error"]);
        json["clock_events"]["awareness"]["at"] = "2020-01-01T00:00:00".into();
        json["clock_events"]["awareness"]["zone"] = "UTC".into();
        json["filings"][0]["moment"]["at"] = "2020-01-01T00:00:00".into();
        assert_eq!(read(&json.to_string()).expect("it reads"), sample);
    }

    #[test]
    fn a_value_where_the_words_mean_none_is_gone() {
        let mut json = dora();
        json["fields"]["gross_costs"]["raw"] = "a lot".into();
        json["fields"]["description"]["value"] = serde_json::json!({ "kind": "yes_no", "yes": true });
        let report = read(&json.to_string()).expect("it reads");
        assert_eq!((&report.answer("gross_costs").value, &report.answer("description").value), (&None, &None));
    }

    #[test]
    fn a_value_without_words_is_refused_by_name() {
        let mut json = dora();
        json["fields"]["gross_costs"] = serde_json::json!({ "value": { "kind": "number", "number": "999" } });
        let fault = read(&json.to_string()).expect_err("nothing was typed").to_string();
        assert!(fault.contains("4.13") || fault.contains("osts"), "{fault}");
        let mut json = dora();
        json["filings"][0]["moment"]["raw"] = " ".into();
        let fault = read(&json.to_string()).expect_err("nothing was typed").to_string();
        assert!(fault.contains("the filing for “initial”"), "{fault}");
    }

    #[test]
    fn a_newer_format_is_named() {
        let newer = blank().replacen("\"format\": 1", "\"format\": 2", 1);
        assert!(matches!(read(&newer), Err(ReadError::Newer { found: 2, known: 1 })));
    }

    #[test]
    fn an_unknown_field_is_named_with_its_line() {
        let unknown = blank().replacen("\"format\": 1,", "\"format\": 1,\n  \"colour\": \"red\",", 1);
        let fault = read(&unknown).expect_err("it is refused").to_string();
        assert!(fault.starts_with("line 3") && fault.contains("`colour`"), "{fault}");
    }

    #[test]
    fn a_shape_that_the_schema_does_not_take_is_named_with_its_place() {
        for (at, value) in [
            ("letter", serde_json::json!([])),
            ("sections/0/standing", serde_json::json!(["known"])),
            ("sections/0/standing", serde_json::json!({ "is": "known", "reason": "why" })),
        ] {
            let mut json = dora();
            let (parent, member) = at.rsplit_once('/').unwrap_or(("", at));
            let parent = if parent.is_empty() { String::new() } else { format!("/{parent}") };
            json.pointer_mut(&parent).expect("it is there")[member] = value;
            let fault = read(&json.to_string()).expect_err("it is refused").to_string();
            assert!(fault.starts_with(&format!("at /{at}: ")), "{fault}");
        }
    }

    #[test]
    fn what_is_no_report_is_told_apart() {
        assert!(matches!(read("{\"format\": "), Err(ReadError::NotJson { .. })));
        assert!(matches!(read("%PDF-1.7"), Err(ReadError::NotJson { .. })));
        assert!(matches!(read("{\"a\": 1}"), Err(ReadError::NotAReport)));
        assert!(matches!(read("[1]"), Err(ReadError::NotAReport)));
        assert!(matches!(read("[1, 2]"), Err(ReadError::NotAReport)));
    }
}
