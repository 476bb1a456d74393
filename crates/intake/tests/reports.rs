//! Reports in the shapes in which others publish them, in our own words: times, days and zones are those that are written.

use intake::{Choices, Intake, import};
use report::ids::CountedIds;
use report::timeline::Row;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

fn imported(text: &str) -> Intake {
    let given = intake::read::Given { format: Some(intake::read::Format::Markdown), ..intake::read::Given::default() };
    let source = intake::read::read(Some("report.md"), text.as_bytes(), &given).expect("it reads");
    import(&source, &Choices::default(), report::catalogue::all(), TODAY, &mut CountedIds(0))
}

fn in_form(form: &str, text: &str) -> Intake {
    let given = intake::read::Given { format: Some(intake::read::Format::Markdown), ..intake::read::Given::default() };
    let source = intake::read::read(Some("report.md"), text.as_bytes(), &given).expect("it reads");
    import(&source, &Choices { template: Some(form.to_owned()), ..Choices::default() }, report::catalogue::all(), TODAY, &mut CountedIds(0))
}

fn rows(intake: &Intake) -> Vec<String> {
    let row = |row: &Row| match row {
        Row::Phase(phase) => format!("— {}", phase.name.as_deref().unwrap_or_default()),
        Row::Event(event) => {
            let day = event.date.map(|day| format!("{day} ")).unwrap_or_default();
            let zone = event.zone.as_deref().map(|zone| format!(" {zone}")).unwrap_or_default();
            format!("{day}{}{zone} {}", event.time.words(), event.text)
        }
    };
    intake.report.timeline.iter().map(row).collect()
}

/// What the checks say about zones.
fn zone_findings(intake: &Intake) -> Vec<String> {
    report::checks::check(&intake.report).into_iter().filter(|finding| finding.check == "L08").map(|finding| finding.message).collect()
}

#[test]
fn a_ticket_s_number_is_no_time_and_an_action_is_no_row() {
    let text = "# Postmortem: quay lights\n\n## Timeline\n\n### 2025-03-04\n\n- 19:02 UTC: first lamp dark\n- 20:10 UTC: all lit again\n\n## Action items\n\n- #1925: Count each lamp that goes dark.\n- #1931: Ring the quay when two do.\n- 08:30 each day: walk the quay.\n";
    for form in ["sre-postmortem", "sec-h9-summary", "rca-public"] {
        let intake = in_form(form, text);
        assert_eq!(rows(&intake), ["2025-03-04 19:02 first lamp dark", "2025-03-04 20:10 all lit again"], "{form}");
        let actions: Vec<&str> = intake.report.actions.iter().map(|action| action.text.as_str()).collect();
        assert_eq!(
            actions,
            ["#1925: Count each lamp that goes dark.", "#1931: Ring the quay when two do.", "08:30 each day: walk the quay."],
            "{form}"
        );
    }
}

#[test]
fn a_head_of_columns_is_no_row_and_its_zone_is_that_of_the_times() {
    let text = "# Postmortem: quay lights\n\n## Timeline\n\n| Time (CET) | Event |\n|---|---|\n| 18:55 | first lamp dark |\n| 19:10 | electrician rung |\n";
    let intake = imported(text);
    assert_eq!(rows(&intake), ["18:55 first lamp dark", "19:10 electrician rung"]);
    assert_eq!(intake.report.zone.as_deref(), Some("Europe/Paris"));
    let dated = imported(
        "# Postmortem: quay lights\n\n## Timeline\n\n| Date | Event |\n|---|---|\n| 2025-03-04 | lamp dark |\n| 2025-03-05 | lamp lit |\n",
    );
    assert_eq!(rows(&dated), ["2025-03-04  lamp dark", "2025-03-05  lamp lit"]);
    assert!(dated.report.fields.is_empty(), "a head answers no field: {:?}", dated.report.fields);
    // Where Markdown makes a head of what is none, nothing is lost.
    let headless = imported("# Postmortem\n\n## Timeline\n\n| 18:55 | lamp dark |\n|---|---|\n| 19:10 | lamp lit |\n");
    assert_eq!(rows(&headless), ["18:55 lamp dark", "19:10 lamp lit"]);
}

#[test]
fn the_zone_is_taken_as_the_text_states_it() {
    for (said, zone) in [
        ("All times are CEST.", "Europe/Paris"),
        ("All times in UTC+2 unless noted otherwise.", "Etc/GMT-2"),
        ("(Times given in Europe/Oslo.)", "Europe/Oslo"),
        ("All times Pacific.", "America/Los_Angeles"),
    ] {
        let text = format!("# Quay lights\n\n## Timeline\n\n{said}\n\n- 2025-06-11 10:05 lamp dark\n- 2025-06-11 10:20 lamp lit\n");
        for form in ["sre-postmortem", "sec-h9-summary", "ccadb-3.2"] {
            let intake = in_form(form, &text);
            assert_eq!(intake.report.zone.as_deref(), Some(zone), "{form}: {said}");
            assert_eq!(rows(&intake), ["2025-06-11 10:05 lamp dark", "2025-06-11 10:20 lamp lit"], "{form}: {said}");
            assert!(
                intake.report.assumptions.iter().all(|one| !one.words.contains("names no time zone")),
                "{:?}",
                intake.report.assumptions
            );
        }
    }
}

#[test]
fn a_zone_in_words_behind_the_time_is_read() {
    let intake = imported(
        "# Postmortem: quay key\n\n## Timeline\n\n- 2025-06-28 7:09 AM Eastern: a finder rings.\n- 2025-06-28 7:26 AM Eastern: lock changed.\n",
    );
    assert_eq!(rows(&intake), ["2025-06-28 07:09 a finder rings.", "2025-06-28 07:26 lock changed."]);
    assert_eq!(intake.report.zone.as_deref(), Some("America/New_York"));
}

#[test]
fn a_word_that_clocks_do_not_read_that_day_stays_and_is_questioned() {
    for (day, word, right) in [("2025-03-17", "CEST", "CET"), ("2025-06-03", "PST", "PDT")] {
        let rows_with =
            format!("# Postmortem: quay lights\n\n## Timeline\n\n- {day} 10:05 {word} lamp dark\n- {day} 11:05 {word} lamp lit\n");
        let stated = format!(
            "# Postmortem: quay lights\n\n## Timeline\n\nAll times are {word}.\n\n- {day} 10:05 lamp dark\n- {day} 11:05 lamp lit\n"
        );
        for text in [rows_with, stated] {
            let intake = imported(&text);
            assert_eq!(rows(&intake), [format!("{day} 10:05 {word} lamp dark"), format!("{day} 11:05 {word} lamp lit")], "{text}");
            let said = zone_findings(&intake);
            assert!(said.iter().any(|said| said == &format!("On that day the clocks showed {right}, not {word}.")), "{text}: {said:?}");
        }
    }
}
