//! Texts in the shapes that other programs and pages give them: what a title, a row, an action or a note is there is one here. No address that a
//! reader could follow is lost.

use intake::{Choices, Intake, import};
use proptest::prelude::*;
use report::ids::CountedIds;
use report::papers::ActionState;

/// The day on which the texts are read.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");

fn imported(name: &str, text: &str) -> Intake {
    let source = intake::read::read(Some(name), text.as_bytes(), &intake::read::Given::default()).expect("it reads");
    import(&source, &Choices::default(), report::catalogue::all(), TODAY, &mut CountedIds(0))
}

fn rows(intake: &Intake) -> Vec<String> {
    let row = |event: &report::timeline::Event| {
        let day = event.date.map(|day| format!("{day} ")).unwrap_or_default();
        format!("{day}{} {}", event.time.words(), event.text)
    };
    intake.report.events().map(row).collect()
}

fn body(intake: &Intake, key: &str) -> String {
    intake.report.section_for(key).map(|section| section.body.plain()).unwrap_or_default()
}

#[test]
fn front_matter_fills_title_authors_and_date_and_the_rest_waits() {
    let yaml = "---\n# of the site\ntitle: 'Postmortem: pump house'\nsummary: The pump\n  stood.\nauthors: [ada, bo]\ndate: 2025-05-02\ntags:\n  - water\n---\n\nThe pump stood.\n";
    let toml = "+++\ntitle = \"Postmortem: pump house\"\nauthors = [\"ada\", \"bo\"]\ndate = 2025-05-02\n\n[extra]\ntags = \"water\"\n+++\n\nThe pump stood.\n";
    for text in [yaml, toml] {
        let intake = imported("a.md", text);
        let report = &intake.report;
        assert_eq!((report.title.as_str(), report.template.id.as_str()), ("Postmortem: pump house", "sre-postmortem"));
        assert_eq!((report.answer("authors").raw.as_str(), report.answer("date").raw.as_str()), ("ada, bo", "2025-05-02"));
        assert!(report.unplaced.len() == 1 && report.unplaced[0].text.ends_with("water"), "{:?}", report.unplaced);
    }
    assert!(imported("a.md", yaml).dropped.iter().any(|dropped| dropped.text.contains("site")), "a comment is listed");
}

#[test]
fn a_line_with_a_day_and_no_time_is_a_row_of_a_timeline() {
    let list = "# Postmortem\n\n## Timeline\n\nWe looked back.\n\n- 2025-03-03: valve fitted\n- 4 April 2025: valve oiled\n- 2025-05-02 07:09 UTC: valve stuck\n";
    assert_eq!(rows(&imported("a.md", list)), ["2025-03-03  valve fitted", "2025-04-04  valve oiled", "2025-05-02 07:09 valve stuck"]);
}

#[test]
fn our_own_tables_come_back_as_they_were() {
    let sample = report::catalogue::sample("sre-postmortem").expect("a sample");
    let table = intake::outgoing::csv::timeline(&sample.timeline);
    assert_eq!(imported("timeline.csv", &table).report.timeline, sample.timeline);
    let table = intake::outgoing::csv::actions(&sample.actions);
    let mut read = imported("actions.csv", &table).report;
    assert!(
        read.assumptions.iter().any(|assumption| assumption.words.starts_with("Rows of the actions named causes")),
        "{:?}",
        read.assumptions
    );
    // The causes are not in the table; what names nothing would keep the report from being opened.
    read.actions.iter_mut().zip(&sample.actions).for_each(|(read, written)| read.causes.clone_from(&written.causes));
    assert_eq!(read.actions, sample.actions);
}

#[test]
fn a_table_of_events_of_a_program_gives_moments_and_keeps_its_other_columns_by_name() {
    let table = "message,timestamp,datetime,kind\n\"lock closed\",1746169502877297,2025-05-02T07:05:02.877297Z,gate\n\"lock open\",1746169622000000,2025-05-02T07:07:02.000000Z,gate\n";
    let intake = imported("events.csv", table);
    assert_eq!(rows(&intake)[0], "2025-05-02 07:05:02.877297 lock closed; timestamp: 1746169502877297; kind: gate");
    assert_eq!((intake.report.zone.as_deref(), intake.report.markings.len()), (Some("UTC"), 0));
    let counted = imported("events.csv", "time,event\n1746169502877,lock closed\n1746169622,lock open\n");
    assert_eq!(
        rows(&counted),
        ["2025-05-02 07:05:02.877 lock closed", "2025-05-02 07:07:02 lock open"],
        "seconds since 1970, or thousandths"
    );
}

#[test]
fn an_incident_of_a_status_page_gives_its_updates_in_order() {
    let page = r#"{"page":{"id":"p","name":"Lock status","time_zone":"America/Chicago"},"incidents":[{"name":"Lower gate stuck","status":"resolved","impact":"major","created_at":"2025-05-02T07:05:19.418-05:00","resolved_at":"2025-05-02T08:00:58.572-05:00","id":"i","incident_updates":[
        {"status":"resolved","body":"The gate moves.","created_at":"2025-05-02T08:00:58.572-05:00","id":"b"},
        {"status":"investigating","body":"The gate is stuck.","created_at":"2025-05-02T07:05:19.418-05:00","id":"a"}]}]}"#;
    let intake = imported("page.json", page);
    let report = &intake.report;
    assert_eq!(
        rows(&intake),
        ["2025-05-02 07:05:19.418 investigating: The gate is stuck.", "2025-05-02 08:00:58.572 resolved: The gate moves."]
    );
    assert_eq!(
        (report.title.as_str(), report.zone.as_deref(), report.answer("severity").raw.as_str()),
        ("Lower gate stuck", Some("America/Chicago"), "major")
    );
    assert!(report.answer("began").moment().is_some() && report.answer("ended").moment().is_some());
}

#[test]
fn a_note_stands_where_it_is_referred_to_and_is_no_action() {
    let intake = imported(
        "a.md",
        "# Postmortem\n\n## Summary\n\nTwo boats[^1] waited.\n\n## Action Items\n\n- Oil the gate\n\n[^1]: Counted by the keeper.\n",
    );
    assert_eq!(intake.report.actions.len(), 1);
    assert!(body(&intake, "summary").contains("Counted by the keeper."));
}

#[test]
fn a_line_that_says_how_far_it_is_is_an_action_also_among_lessons() {
    let intake = imported(
        "a.md",
        "# Postmortem\n\n## Lessons Learned\n\n**DONE**: Ada oiled the gate.\n\n**TODO**: Bo adds a gauge ([plan](https://x.example/7)).\n",
    );
    let states: Vec<ActionState> = intake.report.actions.iter().map(|action| action.state).collect();
    assert_eq!(states, [ActionState::Done, ActionState::Open]);
    assert!(report::checks::check(&intake.report).iter().all(|finding| finding.check != "L38"), "nothing is left to be filled in");
}

#[test]
fn a_list_inside_a_quotation_stays_inside() {
    let intake =
        imported("a.md", "# Postmortem\n\n## Summary\n\nThe keeper wrote:\n\n> First:\n>\n> 1. Close the gate\n> 2. Wait\n\nWe did.\n");
    let json = serde_json::to_value(&intake.report.section_for("summary").expect("a summary").body).expect("it writes");
    let kinds: Vec<&str> = json.as_array().expect("blocks").iter().filter_map(|block| block["type"].as_str()).collect();
    assert_eq!(kinds, ["paragraph", "blockquote", "paragraph"]);
    assert_eq!(json[1]["content"][1]["type"], "orderedList");
}

/// A table with a column of days under “Related Incidents” once became events of the timeline.
#[test]
fn what_happened_elsewhere_is_no_event_of_this_incident() {
    let sample = report::catalogue::sample("ccadb-3.2").expect("a sample");
    let text = report::outgoing::Outgoing::CcadbMarkdown.write(&sample).expect("nothing is missing");
    let intake = imported("report.md", &text);
    let linked = |report: &report::Report| {
        let number = |words: &str| words.split(' ').next().unwrap_or_default().to_owned();
        report.linked.iter().map(|one| [number(&one.incident), one.linked.clone(), one.nature.clone()]).collect::<Vec<_>>()
    };
    assert_eq!((intake.report.template.id.as_str(), linked(&intake.report)), ("ccadb-3.2", linked(&sample)));
    assert_eq!(intake.report.events().count(), sample.events().count());
}

#[test]
fn what_a_machine_wrote_is_not_judged_as_an_author_s_words() {
    let text = "# Postmortem\n\n## Summary\n\nLoad fell to ~1. We use a “Lock Control Unit” (LCU); the LCU was slow.\n\n```\nNODE   PHASE   LEVEL\nStarted: Mon, 01 Jan 0001 00:00:00 +0000\n```\n";
    let intake = imported("a.md", text);
    assert!(intake.questions.is_empty(), "{:?}", intake.questions);
    let of = ["L11", "L12", "L45", "L51"];
    let found: Vec<String> =
        report::checks::check(&intake.report).into_iter().filter(|f| of.contains(&f.check.as_str())).map(|f| f.message).collect();
    assert!(found.iter().all(|message| message.contains("impact")), "{found:?}");
}

/// Every address of a text is in the report or in the list of what was left out.
fn check_addresses(text: &str, addresses: &[String]) {
    let intake = imported("a.md", text);
    let report = serde_json::to_string(&intake.report).expect("it writes");
    for address in addresses {
        let listed = intake.dropped.iter().any(|dropped| dropped.text.contains(address.as_str()));
        assert!(report.contains(address.as_str()) || listed, "{address} is lost:\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_address_is_lost(kinds in prop::collection::vec((0..14_usize, 0..4_usize), 1..16)) {
        let mut text = "# Postmortem\n\n".to_owned();
        let mut addresses = Vec::new();
        for (number, (kind, scheme)) in kinds.into_iter().enumerate() {
            let address = [format!("https://x.example/a{number}"), format!("mailto:a{number}@x.example"), format!("#part-{number}"), format!("./more/{number}.html")][scheme].clone();
            let link = format!("[word]({address})");
            text += &match kind {
                0 => format!("## Summary\n\nIt stood, see {link}.\n\n"),
                1 => format!("## Timeline\n\n- 2025-05-02 07:0{} UTC stuck ({link})\n\n", number % 10),
                2 => format!("## Timeline\n\n| Time | Event |\n|---|---|\n| 2025-05-02 07:05 | stuck {link} |\n\n"),
                3 => format!("## Action Items\n\n- Oil it {link}\n\n"),
                4 => format!("## Action Items\n\n| Action | Owner | Due |\n|---|---|---|\n| Oil {link} | Ada | 2025-06-01 |\n\n"),
                5 => format!("## Lessons Learned\n\n### What went well\n\n- It rang {link}\n\n"),
                6 => format!("## See {link}\n\nWords.\n\n"),
                7 => format!("## Impact {link}\n\nWords.\n\n"),
                8 => format!("> They wrote {link}\n\n"),
                9 => format!("Status: {link}\n\n"),
                10 => format!("{link}: 7\n\n"),
                11 => format!("![A gate](./pictures/gate-{number}.png)\n\n"),
                12 => format!("## Trigger\n\n**Rain** [**bold** plain]({address})\n\n"),
                _ => format!("## Summary\n\n| A | B |\n|---|---|\n| x | {link} |\n\n"),
            };
            addresses.push(if kind == 11 { format!("./pictures/gate-{number}.png") } else { address });
        }
        check_addresses(&text, &addresses);
    }
}

#[test]
fn a_dated_line_between_rows_keeps_its_words() {
    let text = "Postmortem\n\nTimeline\n2025-03-03: valve fitted\n2025-04-04: valve oiled\n2025-05-02 07:09 UTC: valve stuck\n";
    assert_eq!(rows(&imported("a.txt", text)), ["2025-03-03  valve fitted", "2025-04-04  valve oiled", "2025-05-02 07:09 valve stuck"]);
    let days = "Pump house\n\n2025-05-02 First day\n07:09 valve stuck\n08:10 valve free\n2025-05-03 Second day\n06:00 valve changed\n";
    let intake = imported("a.txt", days);
    let report = serde_json::to_string(&intake.report).expect("it can be written");
    assert!(report.contains("First day") && report.contains("Second day"), "{report}");
}

#[test]
fn a_row_of_a_month_or_a_quarter_is_on_no_day() {
    let list = "# Postmortem\n\n## Timeline\n\n- 2025-03-03: valve fitted\n- April 2025: first noise\n- Q3 2025: valve ordered\n";
    assert_eq!(rows(&imported("a.md", list)), ["2025-03-03  valve fitted", " April 2025: first noise", " Q3 2025: valve ordered"]);
}

#[test]
fn a_list_in_a_quotation_of_a_page_stays_in_it() {
    let page = "<h1>Postmortem</h1><h2>Summary</h2><blockquote><p>Then:</p><ol><li>Open</li><li>Oil</li></ol><p>Done.</p></blockquote><p>We did.</p>";
    let intake = imported("a.html", page);
    let blocks = serde_json::to_value(&intake.report.section_for("summary").expect("a summary").body).expect("a text");
    let kinds: Vec<&str> = blocks.as_array().into_iter().flatten().filter_map(|block| block["type"].as_str()).collect();
    assert_eq!(kinds, ["blockquote", "paragraph"]);
    assert_eq!(blocks[0]["content"][1]["type"], "orderedList");
}

#[test]
fn notes_of_pages_and_documents_are_no_actions() {
    let page = "<h1>Postmortem</h1><h2>Summary</h2><p>Two stood<sup><a href='#a'>1</a></sup>, 10<sup>3</sup> ran.</p><h2>Action items</h2><ul><li>Oil them</li></ul><ol><li id='a'>Counted by hand. <a href='#b'>↩</a></li></ol>";
    let plain = "Postmortem\n\nSummary\nTwo stood [1], 10³ ran.\n\nAction items\n- Oil them\n\n[1] Counted by hand.\n";
    for (name, text, mark) in [("a.html", page, "[^1]"), ("a.txt", plain, "[1]")] {
        let intake = imported(name, text);
        assert_eq!(intake.report.actions.len(), 1, "{name}");
        let body = body(&intake, "summary");
        assert!(body.contains(mark) && body.contains("10³") && body.contains("Counted by hand."), "{name}: {body}");
    }
    let rows_of =
        "# Postmortem\n\n## Timeline\n\n- 2025-05-02 07:09 UTC valve stuck[^a]\n\n## Impact\n\nNone.\n\n[^a]: By the old clock.\n";
    assert!(body(&imported("a.md", rows_of), "timeline").contains("By the old clock."), "the note of a row stands in its section");
}

#[test]
fn the_heading_of_a_page_is_its_title_whatever_the_page_is_called() {
    let page = "<title>OPS-7: RFO</title><h1>Reason for outage, pump 2</h1><p>Dear customer,</p><p>It stood.</p>";
    let intake = imported("a.html", page);
    assert_eq!(intake.report.title, "Reason for outage, pump 2");
    assert!(intake.dropped.iter().any(|dropped| dropped.text == "OPS-7: RFO"));
    let form = "<h1>Postmortem</h1><h2>What is next</h2><p><b>Done:</b> Kim oiled it.</p><p><b>To do:</b> Sam paints it.</p>";
    let intake = imported("a.html", form);
    assert_eq!((intake.report.title.as_str(), intake.report.actions.len()), ("", 2));
}

#[test]
fn a_heading_under_two_others_is_no_text_in_two_versions() {
    let text = "# Late feed\n\n## Summary\n\n### Details\n\nNorth.\n\n## Impact\n\n### Details\n\nSouth.\n";
    let intake = imported("a.md", text);
    assert!(intake.questions.iter().all(|question| question.about != intake::QuestionKind::Versions), "{:?}", intake.questions);
}
