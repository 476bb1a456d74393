//! A report as the checks read it: every line once, with the times, days and lengths it mentions. Always true: a line is what its author
//! wrote; a mention that every check would look for is looked for once. Deliberately absent: opinions, and what a machine wrote (code, logs).

use crate::finding::Source;
use crate::ids::{RowId, SectionId};
use crate::mentions::{self, Day, Length, TimeOfDay};
use crate::place::Place;
use crate::report::{Report, Section};
use crate::texts::Written;
use crate::timeline::{Event, Role};
use crate::when::{date_words, time_words};
use chrono::{DateTime, NaiveDateTime, Utc};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// A report, read.
pub(super) struct Reading<'a> {
    /// The report.
    pub report: &'a Report,
    /// The time by the reader's clock, where one was handed in.
    pub now: Option<DateTime<Utc>>,
    /// Every line.
    pub lines: Vec<Line>,
    /// Where each row stands, looked up when one is first asked for.
    rows: OnceCell<HashMap<RowId, usize>>,
    /// Each section with what it is about.
    sections: HashMap<SectionId, (&'a Section, Topic)>,
}

/// One line: a field's text, a paragraph, an item, a cell, a row's words.
pub(super) struct Line {
    pub place: Place,
    /// The row of a paper, from 0.
    pub row: Option<usize>,
    pub text: String,
    /// Which of its bytes are set as code.
    pub code: Vec<Range<usize>>,
    /// Whether somebody else said it.
    pub quoted: bool,
    pub times: Vec<TimeOfDay>,
    pub days: Vec<Day>,
    pub lengths: Vec<Length>,
}

/// What a section is about, by its key and heading.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Topic {
    RootCause,
    Trigger,
    Detection,
    Impact,
    Other,
}

impl<'a> Reading<'a> {
    pub fn of(report: &'a Report, now: Option<DateTime<Utc>>) -> Self {
        let lines = crate::texts::texts(report).filter(|written| !written.text.trim().is_empty() && !written.is_code());
        let lines = lines.map(|Written { place, row, text, code, quoted }| {
            let (times, days, lengths) = (mentions::times(&text), mentions::days(&text), mentions::lengths(&text));
            Line { place, row, text, code, quoted, times, days, lengths }
        });
        let sections = report.sections.iter().map(|section| (section.id, (section, topic_of(section)))).collect();
        Self { report, now, lines: lines.collect(), rows: OnceCell::new(), sections }
    }

    /// A section of the report. Lines ask for theirs: a text may have as many headings as lines.
    pub fn section(&self, id: SectionId) -> Option<&'a Section> {
        self.sections.get(&id).map(|(section, _)| *section)
    }

    /// The lines of running text: sections and long fields, not rows, tables of papers or short fields.
    pub fn prose(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| match &line.place {
            Place::Section { .. } => true,
            Place::Field { key } => self.report.template.field(key).is_some_and(|field| {
                use crate::template::FieldType::{LongText, RichText, Text};
                matches!(field.kind, LongText | RichText | Text)
            }),
            _ => false,
        })
    }

    /// The lines that tell what happened: running text and the rows of the timeline.
    pub fn told(&self) -> impl Iterator<Item = &Line> {
        self.prose().chain(self.lines.iter().filter(|line| matches!(line.place, Place::Timeline { .. })))
    }

    /// The lines under headings of a topic.
    pub fn about(&self, topic: Topic) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| match line.place {
            Place::Section { section, .. } => self.sections.get(&section).is_some_and(|(_, about)| *about == topic),
            _ => false,
        })
    }

    /// A line, or one of its sentences, as one side of a finding.
    pub fn source(&self, line: &Line, text: &str) -> Source {
        Source::at(self.report, line.place.clone(), text.trim()).in_row(line.row)
    }

    /// A sentence of a line as one side of a finding, with the words in it that are meant.
    pub fn said(&self, line: &Line, sentence: &Range<usize>, words: &Range<usize>) -> Source {
        let whole = &line.text[sentence.clone()];
        let start = sentence.start + (whole.len() - whole.trim_start().len());
        let units = |to: usize| line.text[start..to.max(start)].encode_utf16().count();
        let text = whole.trim();
        let span = (words.start >= start && words.end <= start + text.len()).then(|| (units(words.start), units(words.end)));
        Source { span, ..self.source(line, text) }
    }

    /// Words of a line as one side of a finding: the sentence they stand in, and which of it they are.
    pub fn meant(&self, line: &Line, words: Range<usize>) -> Source {
        let sentence = line.sentence_range(words.start);
        self.said(line, &sentence, &words)
    }

    /// A row of the timeline as one side of a finding.
    pub fn row(&self, event: &Event) -> Source {
        let index = self.rows.get_or_init(|| self.report.timeline.iter().enumerate().rev().map(|(at, row)| (row.id(), at)).collect());
        let index = index.get(&event.id).copied();
        let time = event.time.words();
        let words = match event.date {
            Some(day) => format!("{}, {time} {}", date_words(day), event.text),
            None => format!("{time} {}", event.text),
        };
        Source::at(self.report, Place::Timeline { index }, words.trim())
    }

    /// The moments the form's date-time fields state, with their field's key and role.
    pub fn stated(&self) -> impl Iterator<Item = (&str, Role, NaiveDateTime)> {
        self.report.template.fields.iter().filter_map(|field| {
            let answer = self.report.answer(&field.key);
            Some((field.key.as_str(), field.role?, answer.moment().filter(|_| answer.standing.is_known())?))
        })
    }

    /// A field as one side of a finding.
    pub fn field(&self, key: &str) -> Source {
        let answer = self.report.answer(key);
        let qualifier = answer.qualifier.iter().map(|words| format!(" ({words})")).collect::<String>();
        Source::at(self.report, Place::Field { key: key.to_owned() }, format!("{}{qualifier}", answer.raw.trim()))
    }
}

impl Line {
    /// Whether some of its words are set as code: a name of a program's, and none of the author's.
    pub fn is_code(&self, words: &Range<usize>) -> bool {
        self.code.iter().any(|code| code.start < words.end && words.start < code.end)
    }

    /// The sentence that holds that byte.
    pub fn sentence(&self, at: usize) -> &str {
        self.text[self.sentence_range(at)].trim()
    }

    /// Where the sentence lies that holds that byte.
    pub fn sentence_range(&self, at: usize) -> Range<usize> {
        let sentences = mentions::sentences(&self.text);
        sentences.into_iter().find(|range| range.contains(&at) || range.end == at).unwrap_or(0..self.text.len())
    }
}

/// What a section is about.
pub(super) fn topic_of(section: &Section) -> Topic {
    let heading = section.heading.to_lowercase();
    let key = section.key.as_deref().unwrap_or_default();
    let has = |word: &str| heading.contains(word);
    if key.contains("root_cause") || matches!(key, "cause" | "causes") || has("root cause") {
        Topic::RootCause
    } else if key == "trigger" || heading.trim() == "trigger" {
        Topic::Trigger
    } else if key.contains("detection") || heading.trim() == "detection" {
        Topic::Detection
    } else if key == "impact" || (has("impact") && !has("impacted")) {
        Topic::Impact
    } else {
        Topic::Other
    }
}

/// "14 October 2025, 21:52".
pub(super) fn moment_words(at: NaiveDateTime) -> String {
    format!("{}, {}", date_words(at.date()), time_words(at.time()))
}
