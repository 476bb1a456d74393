//! Notes as people paste them: headings in other words than the form's, labels with values, references, tables drawn with bars, chats copied out
//! of a window. Counted by hand what each must give, in the form that a person has chosen or that the notes show.

use intake::{Choices, Intake, Moved, QuestionKind, To, import};
use report::Place;
use report::ids::CountedIds;
use report::papers::LessonKind;
use report::timeline::Row;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

fn imported(text: &str, choices: &Choices) -> Intake {
    let given = intake::read::Given { encoding: Some("utf-8".to_owned()), ..intake::read::Given::default() };
    let source = intake::read::read(None, text.as_bytes(), &given).expect("it reads");
    import(&source, choices, report::catalogue::all(), TODAY, &mut CountedIds(0))
}

fn in_form(form: &str, text: &str) -> Intake {
    imported(text, &Choices { template: Some(form.to_owned()), ..Choices::default() })
}

fn night_notes(choices: Choices) -> Intake {
    let path = format!("{}/../../tests/fixtures/intake/night-notes.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    imported(&text, &Choices { template: Some("sec-h9-summary".to_owned()), ..choices })
}

/// The words of each section that has any.
fn sections(intake: &Intake) -> Vec<(&str, String)> {
    let filled = intake.report.sections.iter().filter(|section| !section.body.is_blank());
    filled.map(|section| (section.heading.as_str(), section.body.plain())).collect()
}

fn rows(intake: &Intake) -> Vec<String> {
    let row = |row: &Row| match row {
        Row::Phase(phase) => format!("— {}", phase.name.as_deref().unwrap_or_default()),
        Row::Event(event) => {
            let day = event.date.map(|day| format!("{day} ")).unwrap_or_default();
            format!("{day}{} {}", event.time.words(), event.text)
        }
    };
    intake.report.timeline.iter().map(row).collect()
}

#[test]
fn notes_of_a_night_find_their_places_in_the_form() {
    let intake = night_notes(Choices::default());
    let report = &intake.report;
    assert_eq!(report.title, "Message gateway down, notes of the night desk");
    let answers =
        ["incident_reference", "problem_reference", "incident_date", "service_impacted"].map(|key| report.answer(key).raw.clone());
    assert_eq!(answers, ["INC000000912044", "PBI000000151002", "11/03/2026", "readings from meters in the Central region"]);
    let links: Vec<(&str, &str, &str)> =
        report.linked.iter().map(|link| (link.incident.as_str(), link.linked.as_str(), link.nature.as_str())).collect();
    assert_eq!(links, [("INC000000912044", "INC000000911002", ""), ("INC000000912044", "INC000000911015", "duplicate")]);
    assert_eq!(
        sections(&intake),
        [
            ("Region / Location impacted", "Central".to_owned()),
            (
                "Summary of impact / Likely future impact of the Major incident",
                "Forty-one suppliers could not send for forty-two minutes.".to_owned()
            ),
            ("Root Cause, if known", "The certificate of the gateway had run out, and nobody was told.".to_owned()),
            ("FAULT TREE", "One was drawn on the wall of the control room.".to_owned()),
        ]
    );
    assert_eq!(
        rows(&intake),
        [
            "2026-03-11 16:58 Kim Reed: the gateway refuses every message",
            "2026-03-11 17:03 Ola Berg: On it, looking at the certificate\nwill restart afterwards",
            "2026-03-11 17:40 Kim Reed: it takes messages again",
            "2026-03-11 18:05 suppliers told",
            "2026-03-11 18:20 call closed",
        ]
    );
    assert_eq!(intake.counts.waiting, 0, "{:?}", report.unplaced);
}

#[test]
fn rows_without_a_day_get_one_for_all_and_the_report_says_that_it_is_assumed() {
    let asked = night_notes(Choices::default());
    let question = asked.questions.iter().find(|question| question.about == QuestionKind::Day).expect("it is asked");
    assert_eq!(
        (question.taken.as_str(), question.answered),
        ("2026-03-11", false),
        "the day of the incident, until a person says otherwise"
    );
    let offered: Vec<(&str, &str)> = question.options.iter().map(|option| (option.value.as_str(), option.words.as_str())).collect();
    assert_eq!(offered[..2], [("", "Leave them without a day"), ("2026-03-11", "11 March 2026, Date of Incident")]);
    for choices in [Choices::default(), Choices { day: chrono::NaiveDate::from_ymd_opt(2026, 3, 11), ..Choices::default() }] {
        let given = night_notes(choices);
        assert!(rows(&given).iter().all(|row| row.starts_with("2026-03-11 ")), "{:?}", rows(&given));
        let assumed = given.report.assumptions.iter().find(|assumption| assumption.about == "day_of_rows").expect("it is said");
        assert_eq!(assumed.words, "5 rows state no day; they are taken to be on 11 March 2026 (Date of Incident).");
    }
    let left = night_notes(Choices { dayless: true, ..Choices::default() });
    assert!(rows(&left)[0].starts_with("16:58 ") && left.report.assumptions.iter().all(|assumption| assumption.about != "day_of_rows"));
}

#[test]
fn a_day_for_all_goes_on_past_midnight_and_ends_where_the_text_states_one() {
    let text = "TIMELINE\n23:40 disk full\n00:15 disk enlarged\n2026-03-14 09:00 looked back\n10:00 closed\n\nReported on 11/03/2026.";
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 11);
    let intake = imported(text, &Choices { template: Some("sec-h9-summary".to_owned()), day, ..Choices::default() });
    assert_eq!(
        rows(&intake),
        ["2026-03-11 23:40 disk full", "2026-03-12 00:15 disk enlarged", "2026-03-14 09:00 looked back", "2026-03-14 10:00 closed"]
    );
    let assumed = intake.report.assumptions.iter().find(|assumption| assumption.about == "day_of_rows").expect("it is said");
    assert!(assumed.words.starts_with("2 rows state no day;"), "{assumed:?}");
}

#[test]
fn rows_are_asked_for_their_day_where_the_text_has_no_date_at_all() {
    let intake = in_form("sre-postmortem", "TIMELINE\n16:58 disk full\n17:03 disk enlarged\n");
    let question = intake.questions.iter().find(|question| question.about == QuestionKind::Day).expect("it is asked");
    let offered: Vec<&str> = question.options.iter().map(|option| option.words.as_str()).collect();
    assert_eq!(offered, ["Leave them without a day", "30 September 2026, today"]);
    assert!(rows(&intake).iter().all(|row| !row.contains("2026")), "no day by default");
}

#[test]
fn a_year_is_asked_with_years_to_choose_from_and_its_day_is_offered_to_the_rows() {
    let text = "TIMELINE\n16:58 disk full\n17:03 disk enlarged\n\nSUMMARY\nOn 12 August the disk ran full.\n";
    let intake = in_form("sre-postmortem", text);
    let options = |about| {
        let question = intake.questions.iter().find(|question| question.about == about).expect("it is asked");
        question.options.iter().map(|option| option.words.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(options(QuestionKind::Year)[..3], ["Leave them without a year", "2026", "2025"]);
    assert_eq!(options(QuestionKind::Day)[1], "12 August 2026, named in the text");
}

#[test]
fn what_stands_alone_in_any_form_is_placed_by_its_heading() {
    for (gap, mark) in [("\n", ""), ("", ""), ("\n", "### ")] {
        let heading = |words: &str| format!("{gap}{mark}{words}\n{}", if mark.is_empty() { "" } else { "\n" });
        let text = format!(
            "Pump house\n\n{}The strainer was blocked by weed.\n{}- the alarm rang\n{}- nobody came\n{}It did not rain.\n{}- clean the strainer\n{}Kim Reed, duty desk\n",
            if mark.is_empty() { "ROOT CAUSE\n" } else { "## Root cause\n\n" },
            heading("What went well"),
            heading("What went wrong"),
            heading("Where we got lucky"),
            heading("Next steps"),
            if mark.is_empty() { heading("Contacts") } else { "\n## Contacts\n\n".to_owned() },
        );
        for form in ["post-incident-review", "major-incident-report", "sre-postmortem"] {
            let report = in_form(form, &text).report;
            let lessons: Vec<(LessonKind, &str)> = report.lessons.iter().map(|lesson| (lesson.kind, lesson.text.as_str())).collect();
            assert_eq!(
                lessons,
                [(LessonKind::Good, "the alarm rang"), (LessonKind::Bad, "nobody came"), (LessonKind::Lucky, "It did not rain.")],
                "{form}: {text}"
            );
            assert_eq!(
                report.actions.iter().map(|action| action.text.as_str()).collect::<Vec<_>>(),
                ["clean the strainer"],
                "{form}: {text}"
            );
        }
        let intake = in_form("sec-h9-summary", &text);
        let found = sections(&intake);
        assert_eq!(found[0], ("Root Cause, if known", "The strainer was blocked by weed.".to_owned()), "{text}");
        let own: Vec<&str> = found[1..].iter().map(|(heading, _)| *heading).collect();
        assert_eq!(own, ["What went well", "What went wrong", "Where we got lucky", "Contacts"], "{text}");
        assert_eq!(intake.report.actions.len(), 1, "{text}");
    }
}

#[test]
fn a_line_of_references_in_prose_is_never_torn_into_paragraphs() {
    let text = "INC000000912044 / PBI000000151002\n\nROOT CAUSE\nThe certificate had run out.\nINC000000912044 / PBI000000151002\nLinked: INC000000911002, INC000000911015\nINC000000911020 / INC000000911021\n";
    let intake = in_form("sec-h9-summary", text);
    assert_eq!(sections(&intake), [("Root Cause, if known", "The certificate had run out.".to_owned())]);
    let linked: Vec<&str> = intake.report.linked.iter().map(|link| link.linked.as_str()).collect();
    assert_eq!(linked, ["INC000000911002", "INC000000911015", "INC000000911020", "INC000000911021"]);
    assert_eq!(intake.report.answer("problem_reference").raw, "PBI000000151002");

    for heading in ["ROOT CAUSES", "What went well", "Next steps"] {
        let line = "Linked: INC000000911002, INC000000911015";
        let without = in_form("sre-postmortem", &format!("Storm\n\n{heading}\nWeed.\n{line}\n"));
        let plain = without.report.sections.iter().map(|section| section.body.plain()).collect::<Vec<_>>().join("|");
        assert!(plain.contains(line), "one line in a form without a table for them: {plain}");
        assert!(without.report.lessons.len() + without.report.actions.len() <= 1, "{heading}");
    }
}

#[test]
fn a_line_of_references_that_answers_nothing_stays_in_one_place() {
    let intake = in_form("public-note", "Storm at the pump house\n\nINC000000911002 / PBI000000151002\n\nThe pump stood still.\n");
    let of_line = intake.placements.iter().filter(|placement| placement.said.contains("000000"));
    let places: Vec<&To> = of_line.map(|placement| &placement.to).collect();
    assert_eq!(places[0], places[1]);
}

#[test]
fn a_few_timed_lines_beside_a_chat_are_rows_too() {
    let chat = "Pump house\n\nKim Reed  4:58 PM\nit refuses\n\nOla Berg  5:03 PM\nOn it\n\n17:12 failover\n17:40 back to normal\n";
    let found = in_form("sre-postmortem", chat);
    assert_eq!(rows(&found)[2..], ["17:12 failover", "17:40 back to normal"]);
    let of_row = |placement: &intake::Placement| match placement.place {
        Some(Place::Timeline { index }) => index,
        _ => None,
    };
    let numbers: Vec<usize> = found.placements.iter().filter_map(of_row).collect();
    assert_eq!(numbers, [0, 1, 2, 3], "the review shows each with its row");
}

#[test]
fn a_heading_of_other_words_is_the_form_s_where_one_section_alone_can_be_meant() {
    for (form, heading, section) in [
        ("sec-h9-summary", "ROOT CAUSE", "Root Cause, if known"),
        ("sec-h9-summary", "Root causes:", "Root Cause, if known"),
        ("sec-h9-summary", "RCA", "Root Cause, if known"),
        ("sec-h9-summary", "Impact", "Summary of impact / Likely future impact of the Major incident"),
        ("sec-h9-summary", "CUSTOMER IMPACT", "Summary of impact / Likely future impact of the Major incident"),
        ("sec-h9-summary", "Region", "Region / Location impacted"),
        ("sec-h9-summary", "Locations affected", "Region / Location impacted"),
        ("sec-h9-summary", "Summary", "Nature of the Major Incident / Short Description"),
        ("sec-h9-summary", "Short description", "Nature of the Major Incident / Short Description"),
        ("sec-h9-summary", "Actions taken", "Resolving actions taken"),
        ("sec-h9-summary", "Resolution", "Resolving actions taken"),
        ("gdpr-33", "What happened", "Nature of the breach"),
        ("gdpr-33", "IMPACT", "Likely consequences"),
        ("major-incident-report", "Mitigation", "Resolution and workaround"),
        ("sec-h9-summary", "Weather", "Weather"),
    ] {
        let intake = in_form(form, &format!("Pump house, night of the storm\n\n{heading}\nThe pump stood still for an hour.\n"));
        let found: Vec<&str> = sections(&intake).into_iter().map(|(heading, _)| heading).collect();
        let expected = if section == "Weather" { vec![] } else { vec![section] };
        assert_eq!(found.iter().filter(|found| **found != "Weather").copied().collect::<Vec<_>>(), expected, "{form}: {heading}");
    }
}

#[test]
fn a_heading_in_the_form_s_words_is_not_crowded_by_another_of_the_same_subject() {
    let text = "# Storm\n\n## Mitigation\n\nSandbags.\n\n## Resolution\n\nThe pump was changed.\n\n## Workaround\n\nBuckets.\n";
    let intake = in_form("post-incident-review", text);
    assert!(intake.questions.is_empty(), "no heading stands twice: {:?}", intake.questions);
    let last: Vec<&str> = intake.report.sections.iter().rev().take(2).map(|section| section.heading.as_str()).collect();
    assert_eq!(last, ["Workaround", "Mitigation"], "foreign headings stand behind the form's, in their order");
}

#[test]
fn foreign_headings_never_stand_between_the_form_s() {
    let text = "# Storm\n\n## Weather\n\nWind.\n\n## Impact\n\nWater.\n\n## Press\n\nCalls.\n\n## Root Cause\n\nWeed.\n";
    for form in ["sec-h9-summary", "sre-postmortem", "gdpr-33", "rfo"] {
        let intake = in_form(form, text);
        let own = intake.report.sections.iter().position(|section| section.key.is_none()).expect("there are some");
        assert!(intake.report.sections[own..].iter().all(|section| section.key.is_none()), "{form}: {:?}", intake.report.sections);
    }
}

#[test]
fn a_line_that_names_its_section_stands_there_without_the_name() {
    let text = "Pump house\n\nRegion: North bank\nImpact: water stood knee-deep in the lower hall, from four in the morning\nuntil noon.\nThe crew came by boat.\n\nSomething else entirely was said.";
    let intake = in_form("sec-h9-summary", text);
    assert_eq!(
        sections(&intake),
        [
            ("Region / Location impacted", "North bank".to_owned()),
            (
                "Summary of impact / Likely future impact of the Major incident",
                "water stood knee-deep in the lower hall, from four in the morning until noon.".to_owned()
            ),
        ]
    );
    assert_eq!(intake.report.unplaced.len(), 2, "what names nothing waits: {:?}", intake.report.unplaced);
}

#[test]
fn sentences_with_a_colon_under_a_heading_stay_under_it() {
    let text = "ROOT CAUSE\nImpact of weed: it blocked the strainer.\nEffect: the pump ran hot.\nCause: nobody cleaned it.\n";
    let intake = in_form("sec-h9-summary", text);
    assert_eq!(sections(&intake).len(), 1, "{:?}", sections(&intake));
}

#[test]
fn a_table_drawn_with_bars_is_one_in_any_format() {
    let table = "| Time | Event |\n| 08:40 | disk full |\n| 08:52 | Ana rang |\n";
    for text in [format!("TIMELINE\n{table}"), format!("# Storm\n\n## Timeline\n\n{table}")] {
        let intake = in_form("sre-postmortem", &text);
        assert_eq!(rows(&intake), ["08:40 disk full", "08:52 Ana rang"], "{text}");
    }
    let fields = in_form("sec-h9-summary", "| DCC Incident Reference Number | INC000000731204 |\n| Region | North |\n");
    assert_eq!(fields.report.answer("incident_reference").raw, "INC000000731204");
    assert_eq!(sections(&fields), [("Region / Location impacted", "North".to_owned())]);
}

#[test]
fn messages_copied_out_of_a_chat_are_rows() {
    for chat in [
        "Kim Reed  4:58 PM\nit refuses\n\nOla Berg  5:03 PM\nOn it\n",
        "Kim Reed, 16:58\nit refuses\nOla Berg, 17:03\nOn it\n",
        "Kim Reed (16:58): it refuses\nOla Berg (17:03): On it\n",
        "[16:58] Kim Reed: it refuses\n[17:03] Ola Berg: On it\n",
        "Kim Reed\n4:58 PM\nit refuses\n\nOla Berg\n5:03 PM\nOn it\n",
    ] {
        let intake = in_form("sre-postmortem", &format!("Pump house\n\n{chat}"));
        assert_eq!(rows(&intake), ["16:58 Kim Reed: it refuses", "17:03 Ola Berg: On it"], "{chat}");
    }
}

#[test]
fn what_a_person_moved_leaves_no_empty_heading_behind() {
    let text = "Pump house\n\nWEATHER\nWind from the sea.\n\nROOT CAUSE\nWeed.\n";
    let first = in_form("sec-h9-summary", text);
    let under = |words: &str| first.placements.iter().find(|placement| placement.said.contains(words)).expect("a piece");
    let to = To::Section { slot: "root_cause".to_owned() };
    let moved = ["WEATHER", "Wind"].map(under).map(|piece| Moved { block: piece.block, line: piece.line, to: to.clone() });
    let choices = Choices { template: Some("sec-h9-summary".to_owned()), moved: moved.to_vec(), ..Choices::default() };
    let intake = imported(text, &choices);
    assert!(intake.report.sections.iter().all(|section| section.key.is_some()), "{:?}", intake.report.sections);
    assert_eq!(sections(&intake), [("Root Cause, if known", "WEATHER\nWind from the sea.\nWeed.".to_owned())]);
}
