//! Markdown of ours that somebody changed: every part of it is held against what it was written from, and what is different is taken over.
//! Always true: a change is taken whole, or the line is named with the reason; no word that somebody typed is passed over. What follows from
//! other words (a length, a heading's zone) is reckoned anew, and a text that still shows the old one is no change.
//! Deliberately absent: what single cells mean (see `rows`).

use super::{read, write};
use crate::outgoing::carried::{self, Marks};
use crate::outgoing::page::{Page, Rows, Unit, escaped};
use crate::outgoing::rows::{self, Row};
use crate::outgoing::{CARRIED, Untaken};
use report::Report;
use report::rich::{Block, Inline, RichText};
use serde_json::Value;

/// What is known of the report while its text is read.
struct Reading {
    /// `report.json`, with the words that were read so far.
    whole: Value,
    marks: Marks,
    /// The line of the first table with a change in it, for what shows only when all of them are in.
    first: Option<usize>,
    /// Computed answers that the text gives otherwise: the field and the words.
    computed: Vec<(String, String)>,
    /// What stands as the title of a report that has none: its reference, or a title that somebody gave it.
    name: Option<String>,
    /// Where the parts of drawings lead, by the row, with its line: their names show only when every word is in.
    ways: Vec<(usize, String, usize)>,
}

/// The report that a text gives which carries one. `text` has line feeds only.
///
/// # Errors
/// The first line that cannot be taken over.
pub(super) fn reopen(text: &str) -> Result<Report, Untaken> {
    let mark = format!("<!-- {CARRIED}\n");
    let (visible, rest) = text.rsplit_once(&mark).unwrap_or((text, ""));
    let line = visible.lines().count() + 1;
    let untaken = |line: usize, reason: String| Untaken { line, reason };
    let (json, after) =
        rest.rsplit_once("-->").ok_or_else(|| untaken(line, "the comment that carries what is unseen has no end".to_owned()))?;
    if !after.trim().is_empty() {
        return Err(untaken(line + json.lines().count() + 1, "words after the last comment have no place in the report".to_owned()));
    }
    let carried: Value = serde_json::from_str(json)
        .map_err(|fault| untaken(line + fault.line(), format!("what is carried unseen is no JSON any more ({fault})")))?;
    let (carried, marks) = carried::unmarked(carried);
    let page = carried::expected(&carried).ok_or_else(|| {
        untaken(line, "what is carried unseen gives no report, or one in a form that this version does not have".to_owned())
    })?;
    let parts = read::parts(visible, page.units.len())?;
    let before = read::units(&write::page(&page), page.units.len());
    let whole = carried::with_template(carried).unwrap_or_default();
    let mut reading = Reading { whole, marks, first: None, computed: Vec::new(), name: None, ways: Vec::new() };
    for (number, (unit, part)) in page.units.iter().zip(&parts).enumerate() {
        let was = before[number].as_deref().unwrap_or_default();
        if part.said.as_deref() == Some(was) && !matches!(unit, Unit::Table { .. }) {
            continue;
        }
        let next = page.units.get(number + 1);
        match unit {
            Unit::Heading { level: 1, text, .. } if text.at.is_none() => reading.name = Some(plain(part.blocks()?)),
            Unit::Heading { text, section, .. } => reading.heading(part, text.at.as_deref(), *section, was, next)?,
            Unit::Text(text) => reading.line(part, text.at.as_deref(), was)?,
            Unit::Rich { at, .. } => reading.rich(part, at)?,
            Unit::Table { of, .. } => reading.table(part, number, of, unit, was)?,
        }
    }
    reading.done()
}

impl Reading {
    fn put(&mut self, at: &str, value: Value) {
        carried::put(&mut self.whole, at, value);
    }

    /// A heading, and what somebody wrote under it where nothing stood.
    fn heading(
        &mut self,
        part: &read::Part,
        at: Option<&str>,
        section: Option<usize>,
        was: &[Block],
        next: Option<&Unit>,
    ) -> Result<(), Untaken> {
        let blocks = part.blocks()?;
        let (head, under) = match blocks.split_first() {
            Some((head @ (Block::Heading { .. } | Block::Paragraph { .. }), under)) => (std::slice::from_ref(head), under),
            _ => (&[][..], blocks),
        };
        let same = plain(head) == plain(was);
        match at {
            _ if same => {}
            Some(at) if !head.is_empty() => self.put(at, plain(head).into()),
            // "Sequence of events (CET)": the zone is that of the first event, which may have been changed.
            None if plain(head).split('(').next() == plain(was).split('(').next() && plain(was).contains('(') => {}
            _ => return Err(part.untaken(part.line, "this heading is the form’s own, and a report keeps it")),
        }
        if under.is_empty() {
            return Ok(());
        }
        let line = part.line_of_last_block();
        match section {
            Some(number) if !matches!(next, Some(Unit::Rich { .. })) => {
                levels(part, under)?;
                self.put(&format!("/sections/{number}/body"), rich(under));
                Ok(())
            }
            _ => Err(part.untaken(line, "these words stand between two parts of the report; write them into one of them")),
        }
    }

    fn line(&mut self, part: &read::Part, at: Option<&str>, was: &[Block]) -> Result<(), Untaken> {
        let blocks = part.blocks()?;
        match (blocks, at) {
            ([] | [Block::Paragraph { .. } | Block::Heading { .. }], Some(at)) => self.put(at, plain(blocks).into()),
            ([_, _, ..], Some(_)) => {
                return Err(part.untaken(part.line_of_last_block(), "one paragraph stood here, and now there are more"));
            }
            _ if plain(blocks) == plain(was) => {}
            _ => return Err(part.untaken(part.line, "this line is the form’s own or follows from other answers; it is not changed here")),
        }
        Ok(())
    }

    fn rich(&mut self, part: &read::Part, at: &str) -> Result<(), Untaken> {
        let blocks = part.blocks()?;
        levels(part, blocks)?;
        self.put(at, rich(blocks));
        if let Some(answer) = at.strip_suffix("/rich") {
            self.put(&format!("{answer}/raw"), RichText(blocks.to_vec()).plain().into());
        }
        Ok(())
    }

    fn table(&mut self, part: &read::Part, number: usize, of: &Rows, unit: &Unit, was: &[Block]) -> Result<(), Untaken> {
        let before = rows::cells(was).unwrap_or_default();
        let given = part.rows(was)?;
        let told: Vec<Vec<String>> = given.iter().map(|(_, cells)| cells.clone()).collect();
        let marks = self.marks.get(&number.to_string()).filter(|marks| marks.len() == before.len()).cloned();
        let end = given.last().map_or(part.line, |(line, _)| *line);
        let line_of = |at: usize| given.get(at).map_or(end, |(line, _)| *line);
        let partners = rows::partners(&told, &before, marks.as_deref()).map_err(|at| {
            part.untaken(line_of(at), "rows were changed and others added or taken away at once, and nothing says which is which")
        })?;
        let in_order = partners.len() == before.len() && partners.iter().enumerate().all(|(at, partner)| *partner == Some(at));
        let Rows::List(list) = of else {
            if told.len() != before.len() {
                return Err(part.untaken(
                    end,
                    "the rows of this table are given by the report’s form and its files; none is added or taken away here",
                ));
            }
            for (at, cells) in told.iter().enumerate() {
                self.fixed_row(
                    part,
                    of,
                    unit,
                    Row { at, cells, before: Some(&before[at]) },
                    line_of(at),
                    marks.as_ref().map(|marks| marks[at].as_str()),
                )?;
            }
            return Ok(());
        };
        let touched = |marks: &Vec<String>| told.iter().zip(marks).any(|(cells, mark)| rows::mark(cells) != *mark);
        if !in_order || marks.as_ref().is_none_or(touched) {
            self.first.get_or_insert(part.line);
        }
        let old = self.whole.pointer(list).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut new = Vec::new();
        for (at, cells) in told.iter().enumerate() {
            let former = partners[at];
            let row = Row { at, cells, before: former.map(|former| before[former].as_slice()) };
            let item = rows::item(list, former.and_then(|former| old.get(former)), &row, &self.whole);
            new.push(item.map_err(|reason| part.untaken(line_of(at), &reason))?);
        }
        carried::put(&mut self.whole, list, Value::Array(new));
        Ok(())
    }

    /// A row that stays where it is: an answer, a file, a part of a drawing.
    fn fixed_row(
        &mut self,
        part: &read::Part,
        of: &Rows,
        unit: &Unit,
        row: Row<'_>,
        line: usize,
        mark: Option<&str>,
    ) -> Result<(), Untaken> {
        let Unit::Table { rows, head, .. } = unit else { return Ok(()) };
        let before = row.before.unwrap_or_default();
        for (column, words) in row.cells.iter().enumerate().filter(|(column, words)| before.get(*column) != Some(*words)) {
            let name = head.get(column).copied().unwrap_or_default();
            match (of, column) {
                (Rows::Answers(keys), 1) => {
                    let at = format!("/fields/{}", escaped(&keys[row.at]));
                    let standing = self.whole.pointer(&format!("{at}/standing")).is_some();
                    let blank = self.whole.pointer(&format!("{at}/raw")).and_then(Value::as_str).is_none_or(str::is_empty);
                    let computed = self.is_computed(&keys[row.at]) && blank && !standing;
                    if computed {
                        // Nobody touched the row: what it shows was reckoned from words that were changed elsewhere.
                        if mark != Some(rows::mark(row.cells).as_str()) {
                            self.computed.push((keys[row.at].clone(), words.clone()));
                        }
                        continue;
                    }
                    if standing {
                        carried::remove(&mut self.whole, &at, "standing");
                    }
                    self.put(&format!("{at}/raw"), words.as_str().into());
                }
                (Rows::Answers(keys), 2) => {
                    let at = format!("/fields/{}/qualifier", escaped(&keys[row.at]));
                    self.put(&at, if words.is_empty() { Value::Null } else { words.as_str().into() });
                }
                (Rows::Drawings, 1) => {
                    if mark != Some(rows::mark(row.cells).as_str()) {
                        self.ways.push((row.at, words.clone(), line));
                    }
                }
                (Rows::Files, 1) => self.put(&format!("/attachments/{}/caption", row.at), words.as_str().into()),
                (Rows::Drawings, _) if rows[row.at].get(column).is_some_and(|spot| spot.at.is_some()) => {
                    let at = rows[row.at][column].at.clone().unwrap_or_default();
                    self.put(&at, words.as_str().into());
                }
                _ => {
                    return Err(part.untaken(
                        line,
                        &format!("the column “{name}” is given by the form, a file or a drawing, and is not changed here"),
                    ));
                }
            }
        }
        Ok(())
    }

    fn is_computed(&self, key: &str) -> bool {
        let fields = self.whole.pointer("/template/field").and_then(Value::as_array);
        fields.into_iter().flatten().any(|field| field["key"] == key && !field["computed"].is_null())
    }

    /// The report, once every change is in.
    fn done(mut self) -> Result<Report, Untaken> {
        let line = self.first.unwrap_or(1);
        let untaken = |fault: report::format::ReadError| Untaken { line, reason: format!("with what was changed from here on, {fault}") };
        let report = carried::finished(self.whole.clone()).map_err(untaken)?;
        let page = Page::of(&report);
        let drawn = page.units.iter().find_map(|unit| match unit {
            Unit::Table { of: Rows::Drawings, rows, .. } => Some(rows),
            _ => None,
        });
        for (at, words, line) in &self.ways {
            let leads = drawn.and_then(|rows| rows.get(*at)).and_then(|row| row.get(1)).map_or("", |spot| spot.words.as_str());
            if leads != words {
                return Err(Untaken {
                    line: *line,
                    reason: format!("where this part of a drawing leads (“{leads}”) is changed in the drawing"),
                });
            }
        }
        let same = |one: &str, other: &str| one.replace('\u{a0}', " ") == other.replace('\u{a0}', " ");
        let typed = self.computed.iter().filter(|(key, words)| !same(words, &report.printed_value(key).unwrap_or_default()));
        let typed = typed.map(|(key, words)| (format!("/fields/{}/raw", escaped(key)), words.clone()));
        let named = self.name.iter().filter(|words| !same(words, report.name())).map(|words| ("/title".to_owned(), words.clone()));
        let late: Vec<(String, String)> = typed.chain(named).collect();
        if late.is_empty() {
            return Ok(report);
        }
        late.into_iter().for_each(|(at, words)| carried::put(&mut self.whole, &at, words.into()));
        carried::finished(self.whole).map_err(untaken)
    }
}

fn rich(blocks: &[Block]) -> Value {
    serde_json::to_value(blocks).expect("rich text has string keys only")
}

fn plain(blocks: &[Block]) -> String {
    match blocks {
        [Block::Heading { content, .. } | Block::Paragraph { content }] => Inline::plain_of(content),
        blocks => RichText(blocks.to_vec()).plain(),
    }
}

/// Headings of one's own stand below those of the form.
fn levels(part: &read::Part, blocks: &[Block]) -> Result<(), Untaken> {
    let astray = blocks.iter().any(|block| matches!(block, Block::Heading { attrs, .. } if !(3..=4).contains(&attrs.level)));
    if astray {
        Err(part.untaken(part.line, "a heading in a text has three # or four; those with fewer are the report’s own"))
    } else {
        Ok(())
    }
}
