use super::*;
use crate::rich::{Block, Inline, Mark};
use crate::timeline::Row;

fn sample() -> Report {
    crate::catalogue::sample("sec-h9-summary").expect("a shipped sample")
}

fn search(text: &str) -> Search {
    Search { text: text.to_owned(), ..Search::default() }
}

/// A sample with the word in every kind of text that an author can write.
fn everywhere(word: &str) -> (Report, Vec<Place>) {
    let mut report = sample();
    report.title.push_str(word);
    let key = "service_impacted".to_owned();
    report.fields.get_mut(&key).expect("the sample answers it").raw.push_str(word);
    report.sections[1].body.0.push(Block::plain(word));
    report.sections[0].standing = crate::Standing::NotYetKnown { owner: word.to_owned(), due: String::new() };
    if let Row::Event(event) = &mut report.timeline[0] {
        event.text.push_str(word);
    }
    report.impact[0].service.push_str(word);
    report.actions[0].owner.push_str(word);
    report.attachments[0].caption.push_str(word);
    report.signatories[0].person.organisation.push_str(word);
    report.letter.salutation.push_str(word);
    report.unplaced.push(serde_json::from_value(serde_json::json!({ "id": report.id, "text": word })).expect("an unplaced text"));
    let section = |at: usize| report.sections[at].id;
    let last = report.sections[1].body.lines().len() - 1;
    let places = vec![
        Place::Report,
        Place::Field { key },
        Place::Letter,
        Place::Section { section: section(0), line: None },
        Place::Section { section: section(1), line: Some(last) },
        Place::Timeline { index: Some(0) },
        Place::Impact,
        Place::Actions,
        Place::Evidence,
        Place::Signatures,
        Place::Tray,
    ];
    (report, places)
}

#[test]
fn words_are_found_in_every_kind_of_text_in_the_order_of_the_form() {
    let (report, places) = everywhere("zygote");
    let found = report.find(&search("ZYGOTE"));
    assert_eq!(found.hits.iter().map(|hit| hit.place.clone()).collect::<Vec<_>>(), places);
    assert_eq!((found.total, found.fixed), (places.len(), 0));
}

#[test]
fn every_text_that_checks_read_is_searched_too() {
    let report = sample();
    for written in crate::texts::texts(&report) {
        let choice =
            matches!(&written.place, Place::Field { key } if report.template.field(key).is_some_and(|field| field.kind.is_typed()));
        let Some(word) = written.text.split_whitespace().max_by_key(|word| word.len()).filter(|word| !word.contains('{') && !choice) else {
            continue;
        };
        let found = report.find(&Search { text: word.to_owned(), case: true, whole: false });
        assert!(found.hits.iter().any(|hit| hit.place == written.place), "{word} in {:?}", written.place);
    }
}

#[test]
fn replacing_all_is_one_edit_that_leaves_nothing_behind_and_is_taken_back_whole() {
    let (report, places) = everywhere("zygote");
    let edit = report.replacing(&search("zygote"), "embryo", None).expect("there is something to replace");
    assert!(matches!(&edit, Edit::Together { edits } if edits.len() == places.len()));
    let applied = report.apply(&edit).expect("it applies");
    assert_eq!(applied.report.find(&search("zygote")).total, 0);
    assert_eq!(applied.report.find(&search("embryo")).total, places.len());
    assert_eq!(applied.report.apply(&applied.inverse).expect("it is taken back").report, report);
}

#[test]
fn replacing_one_changes_that_one_and_refuses_a_hit_that_is_gone() {
    let (report, places) = everywhere("zygote zygote");
    let found = report.find(&search("zygote"));
    let third = &found.hits[2];
    let edit = report.replacing(&search("zygote"), "embryo", Some(third)).expect("it is there");
    let after = report.apply(&edit).expect("it applies").report;
    assert_eq!(after.find(&search("zygote")).total, 2 * places.len() - 1);
    assert_eq!(after.find(&search("embryo")).hits.iter().map(|hit| &hit.place).collect::<Vec<_>>(), [&third.place]);
    assert_eq!(after.replacing(&search("zygote"), "embryo", Some(third)), None, "another stands there now");
}

#[test]
fn capitals_and_whole_words_count_when_asked() {
    let mut report = sample();
    report.title = "Zebra zebra zebras".to_owned();
    let count = |case, whole| report.find(&Search { text: "zebra".to_owned(), case, whole }).total;
    assert_eq!([count(false, false), count(true, false), count(false, true), count(true, true)], [3, 2, 2, 1]);
}

#[test]
fn what_a_keyboard_types_finds_what_is_set() {
    let mut report = sample();
    report.title = "The operator’s 7\u{a0}zz “zebra”, a e\u{301}".to_owned();
    for typed in ["operator's", "7 zz", "\"zebra\""] {
        assert_eq!(report.find(&search(typed)).total, 1, "{typed}");
    }
    assert_eq!(report.find(&search("  ")), Found::default());
    assert_eq!(report.find(&search(".*")).total, 0, "no pattern is meant");
}

#[test]
fn words_that_are_partly_bold_are_found_and_replaced_and_keep_how_they_were_set() {
    let mut report = sample();
    let text = |text: &str, marks: Vec<Mark>| Inline::Text { text: text.to_owned(), marks };
    report.sections[0].body.0 =
        vec![Block::Paragraph { content: vec![text("the ze", vec![]), text("bra of", vec![Mark::Bold {}]), text(" it, zebra", vec![])] }];
    let edit = report.replacing(&search("zebra of"), "gnu", None).expect("found across the bold");
    let after = report.apply(&edit).expect("it applies").report;
    let Block::Paragraph { content } = &after.sections[0].body.0[0] else { panic!("a paragraph") };
    assert_eq!(content, &vec![text("the gnu", vec![]), text(" it, zebra", vec![])]);
}

#[test]
fn choices_are_found_and_left_as_they_are() {
    let report = sample();
    let choice =
        report.template.fields.iter().find(|field| field.kind == crate::template::FieldType::YesNo).expect("the form asks yes or no");
    let raw = &report.answer(&choice.key).raw;
    let hits = report.find(&Search { text: raw.clone(), case: true, whole: true }).hits;
    let hit = hits.iter().find(|hit| hit.place == Place::Field { key: choice.key.clone() }).expect("it is found");
    assert!(hit.fixed);
    assert_eq!(report.replacing(&search(raw), "Perhaps", Some(hit)), None);
    let all = report.replacing(&search(raw), "Perhaps", None);
    let after = all.map_or_else(|| report.clone(), |edit| report.apply(&edit).expect("it applies").report);
    assert_eq!(after.answer(&choice.key), report.answer(&choice.key));
}

#[test]
fn a_typed_answer_is_read_anew_from_what_replaced_it() {
    let report = sample();
    let field = report.template.fields.iter().find(|field| field.kind == crate::template::FieldType::DateTime).expect("a date-time");
    let year = report.answer(&field.key).moment().expect("answered").format("%Y").to_string();
    let edit = report.replacing(&search(&year), "2031", None).expect("the year is found");
    let after = report.apply(&edit).expect("it applies").report;
    assert_eq!(after.answer(&field.key).moment().expect("read").format("%Y").to_string(), "2031");
}

#[test]
fn what_stands_beside_a_hit_is_short_and_whole_words() {
    let mut report = sample();
    report.title = format!("{} zebra {}", "considerable ".repeat(9).trim(), "considerable ".repeat(9).trim());
    let hit = report.find(&search("zebra")).hits.remove(0);
    assert_eq!(
        (hit.before.as_str(), hit.after.as_str()),
        ("…considerable considerable considerable ", " considerable considerable considerable…")
    );
}
