//! The law of words, for any text: what goes in comes out, placed, waiting or listed as left out. The report itself is read back for the
//! words that were placed: a ledger that agrees with itself alone proves nothing.

use intake::words::{Multiset, lacking, multiset};
use intake::{Choices, Intake, Side, To, import};
use proptest::prelude::*;
use report::catalogue;
use report::ids::CountedIds;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

/// Reads and imports; none where there is nothing to read.
fn imported(text: &str, choices: &Choices) -> Option<(Multiset, Intake)> {
    let plain = intake::read::Given {
        format: Some(intake::read::Format::Plain),
        encoding: Some("utf-8".to_owned()),
        ..intake::read::Given::default()
    };
    let source = intake::read::read(Some("notes.txt"), text.as_bytes(), &plain).ok()?;
    Some((multiset([text]), import(&source, choices, catalogue::all(), TODAY, &mut CountedIds(0))))
}

/// Every word that the report carries, ids and the form itself left out.
fn carried(intake: &Intake) -> Multiset {
    let mut json = serde_json::to_value(&intake.report).expect("a report writes");
    if let Some(report) = json.as_object_mut() {
        report.remove("template");
    }
    let mut texts = Vec::new();
    strings(&json, &mut texts);
    multiset(texts.iter().map(String::as_str))
}

fn strings(json: &serde_json::Value, out: &mut Vec<String>) {
    match json {
        serde_json::Value::String(text) => out.push(text.clone()),
        serde_json::Value::Number(number) => out.push(number.to_string()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        serde_json::Value::Object(map) => map.iter().filter(|(key, _)| *key != "id").for_each(|(_, value)| strings(value, out)),
        _ => {}
    }
}

/// Words of the pieces whose place satisfies a condition.
fn said(intake: &Intake, of: impl Fn(&To) -> bool) -> Vec<&str> {
    intake.placements.iter().filter(|placement| of(&placement.to)).map(|placement| placement.said.as_str()).collect()
}

fn check(text: &str, choices: &Choices) {
    let Some((words_in, intake)) = imported(text, choices) else { return };
    let listed = intake.dropped.iter().map(|dropped| dropped.text.as_str());
    let all = multiset(said(&intake, |_| true).into_iter().chain(listed));
    assert_eq!(all, words_in, "the pieces and the list hold the words of the text, no more and no less");
    assert_eq!(intake.counts.words, words_in.values().sum::<usize>(), "the counts add up to the text");

    // What is kept: everything but what is left out, what the form prints by itself, and the words read as labels and numbers.
    let kept = said(&intake, |to| !matches!(to, To::Form | To::Dropped { .. } | To::Figure { .. }));
    let read = intake.placements.iter().filter(|placement| !matches!(placement.to, To::Form | To::Dropped { .. } | To::Figure { .. }));
    let read = multiset(read.flat_map(|placement| placement.read.iter().map(String::as_str)));
    let wanted = lacking(&multiset(kept), &read);
    let missing = lacking(&wanted, &carried(&intake));
    assert!(missing.is_empty(), "not in the report: {missing:?}\n{:#?}", intake.placements);
}

/// Lines of the kinds that reports are made of, and lines of no kind.
fn line() -> impl Strategy<Value = String> {
    let word = "[a-zA-Z]{1,9}|[0-9]{1,4}|é|Ω7";
    let words = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    let known = prop::sample::select(vec![
        "",
        "",
        "",
        "DCC Major Incident Summary Report",
        "Root Cause, if known",
        "Table of linked incidents",
        "TimeLine",
        "BACKGROUND",
        "SEQUENCE OF EVENTS (CEST)",
        "CONCLUSIONS",
        "Corrective actions",
        "2024-09-04",
        "—",
        "Image AddedImage Added",
        "Link to comment",
        "Versions Compared",
        "Sincerely,",
        "Dear customer,",
        "Bergen, 4 September 2024",
        "TLP:AMBER",
        "Incident\tLinked incident\tNature of link",
        "12:06",
        "- Between 10:25 and 11:21",
        "Date of Incident\t02/06/2020\t",
        "Our reference: ABC-7",
        "Good. It rang.",
        "Action\tOwner\tDue",
        "Summary",
        "Impact",
        "Resolved",
        "Thursday 11/28",
        "...",
        "Lessons learned",
        "What went well",
    ]);
    let known = known.prop_map(str::to_owned);
    let marked = (
        prop::sample::select(vec![
            "  • ",
            "- ",
            "1. ",
            "7) ",
            "\t",
            "11:18 ",
            "16.40 - ",
            "[09:48] ",
            "04:49 PM UTC ",
            "# ",
            "label: ",
            "Bad. ",
        ]),
        words.clone(),
    );
    prop_oneof![4 => known, 3 => words.clone(), 3 => marked.prop_map(|(mark, words)| format!("{mark}{words}")), 1 => (words.clone(), words).prop_map(|(one, other)| format!("{one}\t{other}"))]
}

#[test]
fn a_text_may_begin_with_any_letter() {
    for text in ["é", "Ωmega rang", "—", "\u{1F692} came"] {
        // Its kind is not given here: it has to be found out.
        if let Ok(source) = intake::read::read(None, text.as_bytes(), &intake::read::Given::default()) {
            let intake = import(&source, &Choices::default(), catalogue::all(), TODAY, &mut CountedIds(0));
            assert_eq!(intake.counts.words, multiset([text]).values().sum::<usize>(), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(line(), 0..40), form in 0..catalogue::all().len(), versions in 0..4_u8) {
        let versions = [None, Some(Side::Both), Some(Side::Later), Some(Side::Earlier)][usize::from(versions)];
        let text = lines.join("\n");
        check(&text, &Choices { versions, ..Choices::default() });
        check(&text, &Choices { versions, template: Some(catalogue::all()[form].id.clone()), ..Choices::default() });
    }

    #[test]
    fn no_word_of_any_text_is_lost(text in "\\PC{0,400}") {
        check(&text, &Choices::default());
    }

    #[test]
    fn a_piece_put_elsewhere_keeps_its_words(lines in prop::collection::vec(line(), 1..20), at in 0..20_usize, to in 0..9_usize) {
        let text = lines.join("\n");
        let Some((_, first)) = imported(&text, &Choices::default()) else { return Ok(()) };
        let Some(placement) = first.placements.get(at % first.placements.len().max(1)) else { return Ok(()) };
        let slot = first.slots.first().map_or("root_cause".to_owned(), |slot| slot.name.clone());
        let key = first.report.template.fields.first().map_or("none".to_owned(), |field| field.key.clone());
        let to = [
            To::Title, To::Section { slot: slot.clone() }, To::Field { key }, To::Timeline, To::Action,
            To::Lesson { kind: intake::LessonRank::Bad }, To::Linked, To::Tray, To::Heading { slot },
        ][to].clone();
        let moved = vec![intake::Moved { block: placement.block, line: placement.line, to }];
        check(&text, &Choices { moved, ..Choices::default() });
    }
}
