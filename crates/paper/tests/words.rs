//! Nothing an author wrote is missing from the print: reports are made in which words of their own stand in every text, and each of them is
//! looked for on the pages. A long run: RAPPORTEUR_REPORTS=5000 cargo test -p paper --test words

use chrono::{DateTime, NaiveDate};
use paper::{Draft, Issue, Paper, Press};
use report::template::{Annex, FieldType, Frame};
use report::{Report, catalogue, format};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::process::{Command, Stdio};

/// Names under which the format keeps words that an author writes, and that print.
const WORDS: [&str; 31] = [
    "title",
    "text",
    "nature",
    "description",
    "timeline",
    "detection",
    "interaction",
    "methodology",
    "owner",
    "criteria",
    "caption",
    "note",
    "label",
    "service",
    "measure",
    "target",
    "actual",
    "name",
    "role",
    "organisation",
    "addressee",
    "sender",
    "closing",
    "salutation",
    "qualifier",
    "reason",
    "why",
    "incident",
    "place",
    "address",
    "heading",
];

#[test]
fn every_word_an_author_wrote_is_on_a_page() {
    let reports: u64 = std::env::var("RAPPORTEUR_REPORTS").ok().and_then(|count| count.parse().ok()).unwrap_or(48);
    let mut looked_for = 0;
    for seed in 0..reports {
        let (report, words) = made(seed);
        let Some(printed) = words_of(&print(&report, seed % 2 == 0)) else { return };
        let gone: Vec<_> = words.iter().filter(|(word, _)| !printed.contains(word.as_str())).collect();
        assert!(gone.is_empty(), "report {seed} ({}): {gone:?} on no page", report.template.id);
        looked_for += words.len();
    }
    println!("{reports} reports, {looked_for} words looked for");
    assert!(looked_for as u64 > reports * 15, "{looked_for} words in {reports} reports are too few to mean anything");
}

/// The letters on the pages as poppler reads them, without white space and soft hyphens: a narrow column may break a word. None, with the reason printed, where
/// poppler is not installed.
fn words_of(pdf: &[u8]) -> Option<String> {
    let started = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut poppler = match started {
        Ok(poppler) => poppler,
        Err(fault) => {
            println!("not tested here: pdftotext does not run ({fault}); poppler-utils has it");
            return None;
        }
    };
    let mut stdin = poppler.stdin.take().expect("it was piped");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(pdf).expect("poppler reads to the end"));
        let output = poppler.wait_with_output().expect("poppler ends");
        assert!(output.status.success());
        Some(String::from_utf8(output.stdout).expect("UTF-8").split_whitespace().collect::<String>().replace('\u{ad}', ""))
    })
}

fn print(report: &Report, draft: bool) -> Vec<u8> {
    let issued_at = DateTime::from_timestamp(1_761_120_000, 0).expect("a moment");
    let draft = draft.then(|| Draft { number: 1, date: NaiveDate::from_ymd_opt(2026, 5, 12).expect("a day") });
    let files = BTreeMap::new();
    let issue = Issue { paper: Paper::A4, draft, issued_at, files: &files, findings: &[], producer: "Rapporteur 0.1.0", signers: 0 };
    Press::default().print(report, &issue, &mut |_| ControlFlow::Continue(())).expect("it prints").pdf
}

/// A report with words of its own in half of its texts, under every heading, and where each stands.
fn made(seed: u64) -> (Report, Vec<(String, String)>) {
    let all = catalogue::all();
    let template = all[seed as usize % all.len()];
    let sample = catalogue::sample(&template.id).expect("a sample");
    let mut chance = Chance(seed);
    let mut json = serde_json::to_value(&sample).expect("it writes");
    let mut words = Vec::new();
    let mut next = |chance: &mut Chance, at: &str| {
        let word = format!("Zq{}", (0..7).map(|_| char::from(b'a' + (chance.next() % 26) as u8)).collect::<String>());
        words.push((word.clone(), at.to_owned()));
        word
    };
    for section in json["sections"].as_array_mut().expect("sections") {
        if chance.one_in(2) {
            let at = format!("under “{}”", section["heading"].as_str().unwrap_or_default());
            section["body"] = body(&mut chance, &mut |chance| next(chance, &at));
            section.as_object_mut().expect("a section").remove("standing");
        }
    }
    for (name, part) in json.as_object_mut().expect("a report") {
        match name.as_str() {
            "template" | "sections" | "filings" | "earlier" | "accepted" | "assumptions" | "unplaced" => {}
            // The timeline prints when a class was set; the list beside it only lets the checks count.
            "classifications" => {}
            // The form says which working papers print with it; a note to the public has none.
            "impact" if !sample.prints(Annex::Impact) => {}
            "attachments" if !sample.prints(Annex::Evidence) => {}
            // A regulator's page bears the regulator's title; the report's own names the document, and readers show it in their title bar.
            "title" if template.frame == Frame::Form => {}
            "fields" => {
                for (key, answer) in part.as_object_mut().expect("fields") {
                    let free = template.field(key).is_some_and(|field| matches!(field.kind, FieldType::Text | FieldType::LongText));
                    if free && chance.one_in(2) && answer["raw"].as_str().is_some_and(|raw| !raw.is_empty()) {
                        answer["raw"] = Value::String(next(&mut chance, key));
                        answer.as_object_mut().expect("an answer").remove("value");
                    }
                    if chance.one_in(3) && answer["qualifier"].is_string() {
                        answer["qualifier"] = Value::String(next(&mut chance, key));
                    }
                }
            }
            _ => fill(part, name, &mut chance, &mut next),
        }
    }
    (format::read(&json.to_string()).unwrap_or_else(|fault| panic!("report {seed}: {fault}")), words)
}

fn fill(value: &mut Value, path: &str, chance: &mut Chance, next: &mut dyn FnMut(&mut Chance, &str) -> String) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(name, inner)| fill(inner, &format!("{path}.{name}"), chance, next)),
        Value::Array(items) => items.iter_mut().for_each(|inner| fill(inner, path, chance, next)),
        Value::String(text) => {
            let name = path.rsplit('.').next().unwrap_or_default();
            let prints = WORDS.contains(&name) && !path.starts_with("attachments.name") && !path.starts_with("markings");
            if prints && !text.is_empty() && !path.contains("milestone.role") && chance.one_in(2) {
                *text = next(chance, path);
            }
        }
        _ => {}
    }
}

/// Some blocks, however deep.
fn body(chance: &mut Chance, word: &mut dyn FnMut(&mut Chance) -> String) -> Value {
    let blocks = 1 + chance.next() % 4;
    (0..blocks).map(|_| block(chance, word, 0)).collect()
}

fn block(chance: &mut Chance, word: &mut dyn FnMut(&mut Chance) -> String, depth: u8) -> Value {
    let kind = if depth > 2 { 0 } else { chance.next() % 7 };
    let mut words = |chance: &mut Chance| serde_json::json!([{ "type": "text", "text": format!("{} and more", word(chance)) }]);
    match kind {
        1 => serde_json::json!({ "type": "heading", "attrs": { "level": 3 + chance.next() % 2 }, "content": words(chance) }),
        2 => serde_json::json!({ "type": "codeBlock", "content": words(chance) }),
        3 => serde_json::json!({ "type": "blockquote", "content": [block(chance, word, depth + 1)] }),
        4 => {
            serde_json::json!({ "type": "bulletList", "content": [{ "type": "listItem", "content": [paragraph(words(chance)), block(chance, word, depth + 1)] }] })
        }
        5 => {
            serde_json::json!({ "type": "orderedList", "attrs": { "start": 3 }, "content": [{ "type": "listItem", "content": [paragraph(words(chance))] }] })
        }
        6 => serde_json::json!({ "type": "table", "content": [
            { "type": "tableRow", "content": [
                { "type": "tableHeader", "content": [paragraph(words(chance))] }, { "type": "tableHeader", "content": [paragraph(words(chance))] } ] },
            { "type": "tableRow", "content": [
                { "type": "tableCell", "content": [paragraph(words(chance))] }, { "type": "tableCell", "content": [paragraph(words(chance))] } ] },
        ] }),
        _ => paragraph(words(chance)),
    }
}

fn paragraph(content: Value) -> Value {
    serde_json::json!({ "type": "paragraph", "content": content })
}

/// A fixed sequence that looks like chance, so that a failure can be repeated.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.next().is_multiple_of(many)
    }
}
