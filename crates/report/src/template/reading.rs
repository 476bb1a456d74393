//! Reading a template file. Always true: every fault is named with its line, and all of them at once; what reads is sound, so nobody has to
//! ask again whether a key that is referred to exists. Deliberately absent: files; the text is handed in.

mod soundness;

use super::{Field, SectionRule, SourceNote, Template};
use crate::clock::{ClockRule, EventRule};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use ts_rs::TS;

/// One thing wrong with a template file.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize, Deserialize, TS, thiserror::Error)]
#[error("line {line}: {message}")]
#[ts(export)]
pub struct TemplateFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
}

/// Why a text is not a template: everything that is wrong with it, from top to bottom.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct TemplateError(pub Vec<TemplateFault>);

impl Template {
    /// Reads a template file. `include` takes the fields of a shipped part into it, before its own.
    ///
    /// # Errors
    /// Names every fault with its line.
    pub fn from_toml(text: &str) -> Result<Self, TemplateError> {
        let (table, broken) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, faults: Vec::new() };
        for fault in &broken {
            reader.fault(line_of(text, fault.span().map_or(0, |span| span.start)), fault.message());
        }
        if !broken.is_empty() {
            return Err(reader.error());
        }
        let template = reader.template(table);
        match template {
            Some(template) if reader.faults.is_empty() => Ok(template),
            _ => Err(reader.error()),
        }
    }
}

/// What a template names, and the lines on which it names it.
#[derive(Default)]
struct Lines {
    entry: usize,
    keys: BTreeMap<String, usize>,
}

impl Lines {
    fn of(&self, key: &str) -> usize {
        self.keys.get(key).copied().unwrap_or(self.entry)
    }
}

/// An entry with the lines it stands on.
type Entry<T> = (T, Lines);

/// The entries of a template or of a part that templates share.
#[derive(Default)]
pub(crate) struct Entries {
    fields: Vec<Entry<Field>>,
    sections: Vec<Entry<SectionRule>>,
    sources: Vec<Entry<SourceNote>>,
    events: Vec<Entry<EventRule>>,
    clocks: Vec<Entry<ClockRule>>,
}

impl Entries {
    /// The keys of each kind of entry; a field and a section may not share one, because both are referred to by it.
    fn keys(&self) -> [Vec<(&str, &Lines)>; 3] {
        let fields = self.fields.iter().map(|(field, lines)| (field.key.as_str(), lines));
        let sections = self.sections.iter().map(|(rule, lines)| (rule.key.as_str(), lines));
        let events = self.events.iter().map(|(event, lines)| (event.key.as_str(), lines));
        let clocks = self.clocks.iter().map(|(clock, lines)| (clock.key.as_str(), lines));
        [fields.chain(sections).collect(), events.collect(), clocks.collect()]
    }
}

struct Reader<'t> {
    text: &'t str,
    faults: Vec<TemplateFault>,
}

impl<'t> Reader<'t> {
    fn fault(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(TemplateFault { line, message: message.into() });
    }

    fn error(mut self) -> TemplateError {
        self.faults.sort();
        self.faults.dedup();
        TemplateError(self.faults)
    }

    fn template(&mut self, table: Spanned<DeTable<'t>>) -> Option<Template> {
        let span = table.span();
        let mut root = table.into_inner();
        let included = self.included(take(&mut root, "include"));
        let own = self.entries(&mut root);
        let lines = self.lines(&root, 1);
        let mut template: Template = self.table(Spanned::new(span, root))?;
        for entries in included.iter().chain([&own]) {
            template.fields.extend(entries.fields.iter().map(|(field, _)| field.clone()));
            template.sections.extend(entries.sections.iter().map(|(rule, _)| rule.clone()));
            template.sources.extend(entries.sources.iter().map(|(source, _)| source.clone()));
            template.events.extend(entries.events.iter().map(|(event, _)| event.clone()));
            template.clocks.extend(entries.clocks.iter().map(|(clock, _)| clock.clone()));
        }
        self.check_names(&included, &own);
        for (field, lines) in &own.fields {
            self.check_field(field, lines, &template);
        }
        for (rule, lines) in &own.sections {
            self.check_section(rule, lines, &template);
        }
        for (clock, lines) in &own.clocks {
            self.check_clock(clock, lines, &template);
        }
        for (event, lines) in &own.events {
            self.check_event(event, lines, &template);
        }
        self.check_head(&template, &lines);
        Some(template)
    }

    /// What the shipped parts hold that are named.
    fn included(&mut self, value: Option<Spanned<DeValue<'t>>>) -> Vec<Entries> {
        let Some(value) = value else { return Vec::new() };
        let line = line_of(self.text, value.span().start);
        let Some(names) = value.get_ref().as_array() else {
            self.fault(line, "write a list of names: include = [\"…\"]");
            return Vec::new();
        };
        let mut parts = Vec::new();
        for name in names.iter() {
            match name.get_ref().as_str().and_then(crate::catalogue::part) {
                Some(part) => parts.push(part),
                None => self.fault(line_of(self.text, name.span().start), "no shipped part is called so; only those can be included"),
            }
        }
        parts
    }

    fn entries(&mut self, root: &mut DeTable<'t>) -> Entries {
        Entries {
            fields: self.list(take(root, "field")),
            sections: self.list(take(root, "section")),
            sources: self.list(take(root, "source")),
            events: self.list(take(root, "event")),
            clocks: self.list(take(root, "clock")),
        }
    }

    /// The entries under `[[name]]`, each judged for itself.
    fn list<T: DeserializeOwned>(&mut self, value: Option<Spanned<DeValue<'t>>>) -> Vec<Entry<T>> {
        let Some(value) = value else { return Vec::new() };
        let line = line_of(self.text, value.span().start);
        let DeValue::Array(entries) = value.into_inner() else {
            self.fault(line, "this takes double brackets, as in [[field]]");
            return Vec::new();
        };
        let mut read = Vec::new();
        for entry in entries {
            let span = entry.span();
            let line = line_of(self.text, span.start);
            let DeValue::Table(table) = entry.into_inner() else {
                self.fault(line, "this takes an entry with keys of its own");
                continue;
            };
            let lines = self.lines(&table, line);
            read.extend(self.table(Spanned::new(span, table)).map(|value| (value, lines)));
        }
        read
    }

    /// Reads one table; what cannot be read is named, taken out, and the rest is read on.
    fn table<T: DeserializeOwned>(&mut self, table: Spanned<DeTable<'t>>) -> Option<T> {
        let span = table.span();
        let mut table = table.into_inner();
        let mut out_of_play = BTreeSet::new();
        loop {
            let fault = match T::deserialize(toml::de::Deserializer::from(Spanned::new(span.clone(), table.clone()))) {
                Ok(value) => return out_of_play.is_empty().then_some(value),
                Err(fault) => fault,
            };
            let message = fault.message().to_owned();
            let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')).map(str::to_owned);
            let at = fault.span().map_or(span.start, |span| span.start);
            let guilty = table.iter().find(|(key, value)| key.span().contains(&at) || value.span().contains(&at));
            let guilty = guilty.map(|(key, _)| key.get_ref().to_string());
            match (missing.filter(|_| at == span.start), guilty) {
                (Some(key), _) if out_of_play.insert(key.clone()) => {
                    self.fault(line_of(self.text, at), format!("“{key}” is missing"));
                    table.insert(Spanned::new(span.clone(), key.into()), Spanned::new(span.clone(), DeValue::String("".into())));
                }
                (None, Some(key)) if out_of_play.insert(key.clone()) => {
                    self.fault(line_of(self.text, at), message);
                    take(&mut table, &key);
                }
                // It is wrong only because of what was taken out.
                _ if !out_of_play.is_empty() => return None,
                _ => {
                    self.fault(line_of(self.text, at), message);
                    return None;
                }
            }
        }
    }

    fn lines(&self, table: &DeTable<'t>, entry: usize) -> Lines {
        let keys = table.keys().map(|key| (key.get_ref().to_string(), line_of(self.text, key.span().start)));
        Lines { entry, keys: keys.collect() }
    }
}

/// Takes an entry out of a table.
fn take<'t>(table: &mut DeTable<'t>, key: &str) -> Option<Spanned<DeValue<'t>>> {
    let known = table.keys().find(|known| known.get_ref() == key)?.clone();
    table.remove(&known)
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Reads a shipped part: a file with nothing but entries.
pub(crate) fn part(text: &str) -> Result<Entries, TemplateError> {
    let (table, broken) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, faults: Vec::new() };
    for fault in &broken {
        reader.fault(line_of(text, fault.span().map_or(0, |span| span.start)), fault.message());
    }
    let entries = reader.entries(&mut table.into_inner());
    if reader.faults.is_empty() { Ok(entries) } else { Err(reader.error()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id = \"t\"\nversion = \"1\"\ntitle = \"T\"\nshort_title = \"T\"\nauthority = \"A\"\n";

    fn faults(rest: &str) -> String {
        Template::from_toml(&format!("{HEAD}{rest}")).map_or_else(|error| error.to_string(), |_| "sound".to_owned())
    }

    #[test]
    fn the_smallest_template_reads() {
        assert_eq!(faults(""), "sound");
        assert_eq!(faults("[[section]]\nkey = \"a\"\nheading = \"A\"\n"), "sound");
    }

    #[test]
    fn every_fault_is_named_with_its_line_and_all_at_once() {
        let found = faults(
            "flavour = 3\n[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"colour\"\nrequired = \"yes\"\n\n[[field]]\nkey = \"b\"\n\n[[section]]\nkey = \"c\"\nheadnig = \"C\"\n",
        );
        let lines: Vec<&str> = found.lines().map(|line| line.split(':').next().unwrap_or_default()).collect();
        assert_eq!(lines, ["line 6", "line 10", "line 11", "line 13", "line 13", "line 16", "line 18"], "{found}");
        assert!(found.contains("“label” is missing") && found.contains("“type” is missing") && found.contains("“heading” is missing"));
        assert!(found.contains("`colour`") && found.contains("`flavour`") && found.contains("`headnig`"), "{found}");
    }

    #[test]
    fn what_is_not_toml_is_named_too() {
        assert!(faults("[[field]\nkey = 1\n").starts_with("line 6:"), "{}", faults("[[field]\nkey = 1\n"));
        assert!(faults("title = \"again\"\n").starts_with("line 6:"));
    }

    #[test]
    fn a_key_stands_once_and_refers_to_what_is_there() {
        let field = "[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"text\"\n";
        assert_eq!(
            faults(&format!("{field}[[section]]\nkey = \"a\"\nheading = \"A\"\n")),
            "line 11: two entries are called “a”; each key may stand once"
        );
        assert_eq!(faults(&format!("{field}condition = {{ field = \"b\", is = \"yes\" }}\n")), "line 10: there is no field “b”");
        assert_eq!(faults(&format!("{field}section = \"z\"\n")), "line 10: there is no section “z” for this field to stand under");
        assert_eq!(faults(&format!("reference_field = \"z\"\n{field}")), "line 6: there is no field “z”");
        assert_eq!(
            faults("[[section]]\nkey = \"s\"\nheading = \"S\"\nkind = \"fields\"\n"),
            "line 6: no field names “s” as its section, so nothing would stand under it"
        );
    }

    #[test]
    fn conditions_and_beginnings_keep_to_the_options() {
        let choice = "[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"choice\"\nvocabulary = [{ key = \"x\", label = \"X\" }]\n";
        let other = "[[field]]\nkey = \"b\"\nlabel = \"B\"\ntype = \"text\"\ncondition = { field = \"a\", is = \"y\" }\n";
        assert_eq!(faults(&format!("{choice}{other}")), "line 15: “a” cannot be answered “y”");
        assert_eq!(faults(&format!("begin_with = {{ a = \"Y\" }}\n{choice}")), "line 6: “a” cannot be answered “Y”");
        assert_eq!(faults("raise = { L41 = \"blocks\", L45 = \"answer\" }"), "sound");
        assert_eq!(faults("raise = { L99 = \"blocks\" }"), "line 6: there is no check “L99”");
        assert_eq!(faults("raise = { L38 = \"note\" }"), "line 6: “L38” can be raised to \"answer\" or \"blocks\", and never lowered");
        assert_eq!(
            faults("[[field]]\nkey = \"a\"\nlabel = \"A\"\ntype = \"choice\"\n"),
            "line 6: “a” lets people choose, but has no vocabulary"
        );
    }

    #[test]
    fn a_due_time_counts_from_an_event_that_is_there() {
        let clock = |limit: &str| {
            let event = "[[event]]\nkey = \"aware\"\nlabel = \"Became aware\"\n";
            format!("{event}[[clock]]\nkey = \"c\"\ndue = \"D\"\nclause = \"1\"\nsource = \"S\"\nverified = true\nlimit = {limit}\n")
        };
        assert_eq!(faults(&clock("{ kind = \"hours\", from = \"aware\", hours = 72 }")), "sound");
        let astray =
            "{ kind = \"earlier_of\", of = [{ kind = \"days\", from = \"aware\", days = 1 }, { kind = \"promptly\", from = \"told\" }] }";
        assert_eq!(faults(&clock(astray)), "line 15: there is no event “told” to count from");
        let chained = "[[event]]\nkey = \"sent\"\nlabel = \"Sent\"\nfiling = \"first\"\n";
        assert_eq!(faults(chained), "line 9: there is no clock “first” whose filing it could be");
    }
}
