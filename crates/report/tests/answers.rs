//! What each type of field reads as people write it, and what it must never take for an answer: `tests/answers.toml`. Always true: what is
//! read prints in the words given there and stops nothing; what is not read is one finding that blocks, and is not counted as answered.

use report::checks::{self, ReadyReport};
use report::finding::{Finding, Level};
use report::outline::outline;
use report::place::Place;
use report::{Answer, Edit, Report, catalogue};
use serde::Deserialize;

/// Fewer show neither what a type takes nor where it stops.
const ENOUGH: usize = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    r#type: Vec<Type>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    name: String,
    form: String,
    field: String,
    read: Vec<(String, String)>,
    not: Vec<String>,
}

impl Type {
    /// The form's finished sample, with that typed into the field.
    fn typed(&self, raw: &str) -> Report {
        let sample = catalogue::sample(&self.form).unwrap_or_else(|| panic!("no form “{}”", self.form));
        let answer = Answer { raw: raw.to_owned(), ..Answer::default() };
        sample.apply(&Edit::Answer { key: self.field.clone(), answer: Some(answer) }).expect("the form has the field").report
    }

    /// What stops filing because of that field.
    fn blocks(&self, report: &Report) -> Vec<Finding> {
        let here = Place::Field { key: self.field.clone() };
        let findings = checks::check(report).into_iter();
        findings.filter(|finding| finding.level == Level::Blocks && finding.sources.iter().any(|source| source.place == here)).collect()
    }

    fn wrong_when_read(&self, raw: &str, prints: &str) -> Option<String> {
        let report = self.typed(raw);
        let printed = report.printed_value(&self.field).unwrap_or_default().replace('\u{a0}', " ");
        let unread = self.blocks(&report).into_iter().find(|finding| ["L29", "L37", "L64", "L65"].contains(&&*finding.check));
        let text = report::format::write(&report);
        match unread {
            Some(finding) => Some(format!("{}: “{raw}” is not read: {}", self.name, finding.message)),
            None if printed != prints => Some(format!("{}: “{raw}” prints as “{printed}”, not “{prints}”", self.name)),
            None if report::format::read(&text).ok().as_ref() != Some(&report) => {
                Some(format!("{}: “{raw}” does not come back", self.name))
            }
            None => None,
        }
    }

    fn wrong_when_not_read(&self, raw: &str) -> Option<String> {
        let report = self.typed(raw);
        let findings = checks::check(&report);
        let told = self.blocks(&report);
        let answered = |report: &Report| outline(report, &checks::check(report)).answered;
        let required = report.template.field(&self.field).is_some_and(|field| report.asks(field));
        let [finding] = told.as_slice() else {
            let all: Vec<&str> = told.iter().map(|finding| finding.message.as_str()).collect();
            return Some(format!("{}: “{raw}” blocks {} times: {all:?}", self.name, told.len()));
        };
        if required && outline(&report, &findings).answered != answered(&self.typed("")) {
            return Some(format!("{}: “{raw}” is counted as answered", self.name));
        }
        if ReadyReport::new(report.clone()).is_ok() {
            return Some(format!("{}: “{raw}” may be filed", self.name));
        }
        let mended = report.apply(&finding.fix.as_ref()?.edit).expect("what is offered fits").report;
        let left = self.blocks(&mended).into_iter().any(|left| left.key == finding.key);
        left.then(|| format!("{}: “{raw}”: what is offered mends nothing", self.name))
    }
}

fn types() -> Vec<Type> {
    let types: Types = toml::from_str(include_str!("answers.toml")).expect("the file reads");
    types.r#type
}

#[test]
fn each_type_reads_what_people_write_and_nothing_else() {
    let mut wrong = Vec::new();
    for kind in types() {
        wrong.extend(kind.read.iter().filter_map(|(raw, prints)| kind.wrong_when_read(raw, prints)));
        wrong.extend(kind.not.iter().filter_map(|raw| kind.wrong_when_not_read(raw)));
    }
    assert!(wrong.is_empty(), "{} spellings:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_type_that_is_read_has_spellings_enough_both_ways() {
    let types = types();
    let thin = types.iter().filter(|kind| kind.read.len() < ENOUGH || kind.not.len() < ENOUGH).map(|kind| kind.name.as_str());
    assert_eq!(thin.collect::<Vec<_>>(), Vec::<&str>::new());
    let tried = |field: &report::template::Field| {
        types.iter().any(|kind| {
            let form = catalogue::find(&kind.form).and_then(|form| form.field(&kind.field));
            form.is_some_and(|tried| tried.kind == field.kind)
        })
    };
    let forms = catalogue::all().iter();
    let untried: Vec<&str> =
        forms.flat_map(|form| &form.fields).filter(|field| field.kind.is_typed() && !tried(field)).map(|field| &*field.key).collect();
    assert_eq!(untried, Vec::<&str>::new(), "fields of a type that no spelling tries");
}

/// Half a spelling, a sign too many, letters of other scripts: whatever is typed on the way to an answer, reading it ends with or without a
/// value, and a value that is read is read again from what it was read from.
#[test]
fn whatever_is_typed_on_the_way_is_read_or_not_and_nothing_else() {
    const SIGNS: [&str; 12] = ["é", "½", "٣", "😀", "\u{a0}", "'", ",", ".", "-", "(", "T", "\n"];
    for kind in types() {
        let form = catalogue::find(&kind.form).expect("a shipped form");
        let field = form.field(&kind.field).expect("its field");
        for spelling in kind.read.iter().map(|(raw, _)| raw).chain(&kind.not) {
            for (at, _) in spelling.char_indices() {
                let (head, tail) = spelling.split_at(at);
                let bent = SIGNS.iter().map(|sign| format!("{head}{sign}{tail}")).chain([
                    head.to_owned(),
                    tail.to_owned(),
                    format!("{tail}{head}"),
                ]);
                for raw in bent {
                    let answer = Answer::given(&raw, field, form.date_order);
                    assert_eq!(answer.clone().read(field, form.date_order), answer, "{}: “{raw}”", kind.name);
                }
            }
        }
        let page = "14/10/2025 21:52 and 6 h 32 min, (Austria) ".repeat(2_000);
        assert_eq!(Answer::given(&page, field, form.date_order).value, None, "{}", kind.name);
    }
}
