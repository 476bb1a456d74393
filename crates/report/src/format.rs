//! `report.json`, the published format: reading and writing. Always true: what is written reads back as an equal report; a newer version
//! or an unknown field is refused by name, never dropped.

use crate::report::{FORMAT, Report};
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

/// Reads `report.json`. Typed values missing beside their raw text are read from it.
///
/// # Errors
/// Says what is wrong and where; see [`ReadError`].
pub fn read(json: &str) -> Result<Report, ReadError> {
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
        Some(_) => {}
    }
    let mut report: Report = serde_json::from_str(json).map_err(|fault| ReadError::Shape {
        message: words_of(&fault),
        line: fault.line(),
        column: fault.column(),
    })?;
    read_values(&mut report);
    Ok(report)
}

/// Writes `report.json`: indented, fields in the order of the format, one line feed at the end.
pub fn write(report: &Report) -> String {
    let mut json = serde_json::to_string_pretty(report).expect("a report has string keys only and no failing serializer");
    json.push('\n');
    json
}

/// The JSON Schema (2020-12) of `report.json`.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Report);
    let mut json = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    json.push('\n');
    json
}

fn read_values(report: &mut Report) {
    for (key, answer) in &mut report.fields {
        if answer.value.is_none()
            && let Some(field) = report.template.field(key)
        {
            answer.value = crate::answer::Value::read(&answer.raw, field, report.template.date_order);
        }
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
    fn what_is_no_report_is_told_apart() {
        assert!(matches!(read("{\"format\": "), Err(ReadError::NotJson { .. })));
        assert!(matches!(read("%PDF-1.7"), Err(ReadError::NotJson { .. })));
        assert!(matches!(read("{\"a\": 1}"), Err(ReadError::NotAReport)));
        assert!(matches!(read("[1]"), Err(ReadError::NotAReport)));
        assert!(matches!(read("[1, 2]"), Err(ReadError::NotAReport)));
    }
}
