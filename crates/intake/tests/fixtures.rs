//! Texts with the traps that real reports have, in our own words: counted by hand here what each must give.

use intake::{Choices, Intake, QuestionKind, Side, import};
use report::ids::CountedIds;
use report::timeline::Row;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

fn imported(name: &str, choices: &Choices) -> Intake {
    let path = format!("{}/../../tests/fixtures/intake/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the fixture is there");
    let source = intake::read::read(Some(name), &bytes, &intake::read::Given::default()).expect("it reads");
    import(&source, choices, report::catalogue::all(), TODAY, &mut CountedIds(0))
}

/// The rows as a reader sees them: "2025-11-18 22:10 machine".
fn rows(intake: &Intake) -> Vec<String> {
    let row = |row: &Row| match row {
        Row::Phase(_) => "—".to_owned(),
        Row::Event(event) => {
            let day = event.date.map(|day| format!("{day} ")).unwrap_or_default();
            format!("{day}{}{}", event.time.words(), if event.automated { " machine" } else { "" })
        }
    };
    intake.report.timeline.iter().map(row).collect()
}

#[test]
fn a_form_of_labels_and_headings_is_placed_whole() {
    let intake = imported("summary-form.txt", &Choices::default());
    let report = &intake.report;
    assert_eq!((report.template.id.as_str(), intake.counts.waiting, intake.counts.dropped), ("sec-h9-summary", 0, 0));
    let reported = report.answer("reported_at");
    assert_eq!((reported.raw.as_str(), reported.qualifier.as_deref()), ("03/09/2025 06:42", Some("First report from a supplier")));
    assert_eq!(report.answer("service_impacted").raw.lines().count(), 2, "the row without a label goes on with the one before");
    assert!(report.fields.values().all(|answer| answer.value.is_some() || answer.raw.contains('\n')), "{:?}", report.fields);
    let links: Vec<(&str, &str)> = report.linked.iter().map(|link| (link.incident.as_str(), link.linked.as_str())).collect();
    let of = "INC000000740118";
    assert_eq!(links, [(of, "INC00000739960"), (of, "INC00000740131"), (of, "INC00000740097")], "a merged cell holds for its rows");
    let order = report.assumptions.iter().find(|assumption| assumption.about == "date_order").expect("03/09/2025 reads two ways");
    assert!(order.words.contains("27/08/2025") && intake.questions.is_empty(), "{order:?}");
}

#[test]
fn a_letter_keeps_its_frame_its_phases_and_its_midnight() {
    let intake = imported("outage-letter.txt", &Choices::default());
    let report = &intake.report;
    assert_eq!((report.template.id.as_str(), intake.counts.waiting, intake.counts.dropped), ("rfo", 0, 0));
    assert_eq!(
        (report.letter.place.as_str(), report.letter.date.as_str(), report.letter.closing.as_str()),
        ("Turku", "2025-11-19", "Sincerely,")
    );
    let person = &report.signatories[0].person;
    assert_eq!((person.name.as_str(), person.organisation.as_str()), ("Aino Lehto", "Ahti Mail"));
    assert_eq!(report.zone.as_deref(), Some("Europe/Helsinki"));
    assert_eq!(
        rows(&intake),
        [
            "2025-11-18 22:00",
            "2025-11-18 22:10 machine",
            "2025-11-18 22:15 machine",
            "2025-11-18 22:40 machine",
            "2025-11-18 22:41 machine",
            "2025-11-18 22:41",
            "—",
            "2025-11-18 22:44",
            "2025-11-18 23:20",
            "2025-11-19 00:35",
            "2025-11-19 00:35",
            "2025-11-19 01:10",
        ]
    );
    assert!(report.assumptions.iter().any(|assumption| assumption.about == "day"), "the day after midnight is an assumption");
}

#[test]
fn a_forum_page_gives_its_timeline_and_lists_its_furniture() {
    let intake = imported("forum-post.txt", &Choices::default());
    assert_eq!(rows(&intake), ["08:12", "08:15", "", "08:30", "08:40", "08:55", "09:20", "11:02", "14:30"]);
    assert_eq!(intake.report.title, "Ticket desk cannot be reached");
    let waiting: Vec<&str> = intake.report.unplaced.iter().map(|waiting| waiting.text.as_str()).collect();
    assert_eq!(waiting, ["OrlaByrne"], "a name is all that waits");
    let last = intake.report.sections.last().expect("a section");
    assert_eq!((last.heading.as_str(), last.body.plain().lines().count()), ("Earlier post", 2));
    let sums = intake.report.section_for("timeline").expect("the form has it");
    assert_eq!(sums.body.0.len(), 2, "two sums are two paragraphs");
    assert_eq!(intake.counts.dropped, 84);
}

#[test]
fn two_versions_in_one_page_are_both_kept_until_one_is_chosen() {
    let both = imported("compared-page.txt", &Choices::default());
    assert_eq!(rows(&both), ["2025-03-21 08:52", "2025-03-21 09:10", "2025-03-21 09:10–09:48", "2025-03-21 10:02", "2025-03-21 10:20"]);
    let twice = both.report.sections.iter().filter(|section| section.heading.starts_with("Root Causes")).count();
    assert_eq!(twice, 2);
    assert_eq!(both.report.sections.iter().filter(|section| section.heading == "Summary").count(), 1, "a folded heading is none");
    let timeline = both.report.section_for("timeline").expect("the form has it");
    assert_eq!(
        timeline.body.plain().lines().collect::<Vec<_>>(),
        ["After “08:52 AM”", "After “Ran rota-import for the wards only”", "After “The rota is believed to be right”"]
    );
    assert_eq!(both.report.events().next().map(|event| event.text.as_str()), Some("(picture)"), "the text of 08:52 is a picture");
    let later = imported("compared-page.txt", &Choices { versions: Some(Side::Later), ..Choices::default() });
    assert!(later.counts.waiting > both.counts.waiting && later.counts.words == both.counts.words);
}

#[test]
fn a_note_without_a_year_asks_for_it_and_its_weekday_narrows_the_answer() {
    let intake = imported("public-note.txt", &Choices::default());
    let asked: Vec<QuestionKind> = intake.questions.iter().map(|question| question.about).collect();
    assert_eq!(asked, [QuestionKind::DateOrder, QuestionKind::Year]);
    assert_eq!(intake.report.zone.as_deref(), Some("Europe/Helsinki"));
    let order = Some(report::when::DateOrder::MonthDay);
    let intake = imported("public-note.txt", &Choices { date_order: order, ..Choices::default() });
    let years: Vec<&str> = intake.questions[1].options.iter().map(|option| option.value.as_str()).collect();
    assert_eq!(years, ["", "2026", "2020", "2015", "2009"], "8 December is a Tuesday then");
}

/// The sections with words, with how many paragraphs each has.
fn filled(intake: &Intake) -> Vec<(&str, usize)> {
    let filled = intake.report.sections.iter().filter(|section| !section.body.is_blank());
    filled.map(|section| (section.heading.as_str(), section.body.0.len())).collect()
}

#[test]
fn prose_without_headings_answers_the_questions_of_a_note() {
    for name in ["booking-note.txt", "public-note.txt"] {
        let intake = imported(name, &Choices::default());
        assert_eq!(intake.report.template.id, "public-note", "{name}: {:?}", intake.fits[0]);
        let sections = filled(&intake);
        let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
        let asked =
            ["Lead", "What happened", "When", "Who was affected", "Why", "What we did", "Your data", "What will change", "What comes next"];
        assert_eq!(headings, asked, "{name}: {sections:?}");
        assert_eq!(sections[0].1, 2, "{name}: {sections:?}");
        assert_eq!(intake.counts.waiting, 1, "{name}: a word before the text");
    }
}

#[test]
fn a_forum_page_in_other_words_is_placed_the_same_way() {
    let intake = imported("broker-analysis.txt", &Choices::default());
    assert_eq!(intake.report.template.id, "rca-public", "{:?}", intake.fits[0]);
    assert_eq!(rows(&intake), ["16:40", "16:42", "", "16:55", "17:20", "17:31", "17:58", "18:05", "23:50"]);
    let placed = [
        ("Summary", 2),
        ("Detection", 1),
        ("Impact", 1),
        ("Timeline", 2),
        ("Targets and what we reached", 1),
        ("Root cause", 1),
        ("Our apology", 1),
        ("Earlier post", 2),
    ];
    assert_eq!(filled(&intake), placed);
    assert_eq!((intake.report.actions.len(), intake.counts.waiting), (3, 1));
}
