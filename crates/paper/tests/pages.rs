//! Whole reports through the press: what comes out is sound, the same every time, and loses nothing.

mod judge;

use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

use chrono::{DateTime, NaiveDate};
use paper::{Draft, Issue, Paper, Press, PrintError, Printed};
use report::{
    Place, Report, catalogue,
    ids::{AttachmentId, CountedIds, Ids, RowId, UnplacedId},
    papers::{ABOUT_DAY_OF_ROWS, Assumption, Marking, TlpLabel, Unplaced},
    rich::RichText,
    timeline::{Event, Row, Time},
};

fn print_on(paper: Paper, draft: Option<Draft>, report: &Report, files: &BTreeMap<AttachmentId, Arc<[u8]>>) -> Printed {
    let issued_at = DateTime::from_timestamp(1_761_120_000, 0).expect("a moment");
    let issue = Issue { paper, draft, issued_at, files, findings: &[], producer: "Rapporteur 0.1.0", signers: 0 };
    Press::default().print(report, &issue, &mut |_| ControlFlow::Continue(())).expect("it prints")
}

fn print(report: &Report) -> Printed {
    print_on(Paper::A4, None, report, &BTreeMap::new())
}

fn sample(id: &str) -> Report {
    catalogue::sample(id).expect("a shipped sample")
}

fn evidence(report: &Report) -> BTreeMap<AttachmentId, Arc<[u8]>> {
    let bytes = |file: &report::papers::Attachment| Some((file.id, Arc::from(catalogue::sample_file(&file.sha256, report)?)));
    report.attachments.iter().filter_map(bytes).collect()
}

fn sound(printed: &Printed) {
    assert_eq!(judge::faults(&printed.pdf), Vec::<String>::new());
}

/// A report with one section of the author's making.
fn with_text(json: &str) -> Report {
    let mut report = sample("sec-h9-summary");
    let text: RichText = serde_json::from_str(json).expect("rich text");
    report.sections[0].body = text;
    report
}

#[test]
fn every_sample_is_sound_on_both_papers_drafted_and_issued() {
    let draft = Some(Draft { number: 3, date: NaiveDate::from_ymd_opt(2026, 5, 12).expect("a day") });
    for template in catalogue::all() {
        let report = sample(&template.id);
        for paper in [Paper::A4, Paper::Letter] {
            for draft in [None, draft] {
                let printed = print_on(paper, draft, &report, &evidence(&report));
                sound(&printed);
                assert!(printed.missing.is_empty() && printed.unreadable.is_empty());
                assert_eq!(printed.fields.len(), report.signatories.len());
            }
        }
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample("sec-h9-summary");
    let files = evidence(&report);
    let first = print_on(Paper::A4, None, &report, &files);
    assert!(first.pdf == print_on(Paper::A4, None, &report, &files).pdf, "two presses differ");
    let issued_at = DateTime::from_timestamp(1_761_120_000, 0).expect("a moment");
    let issue = Issue { paper: Paper::A4, draft: None, issued_at, files: &files, findings: &[], producer: "Rapporteur 0.1.0", signers: 0 };
    let mut press = Press::default();
    press.print(&sample("rfo"), &issue, &mut |_| ControlFlow::Continue(())).expect("it prints");
    for _ in 0..2 {
        let again = press.print(&report, &issue, &mut |_| ControlFlow::Continue(())).expect("it prints");
        assert!(first.pdf == again.pdf, "a press that remembers prints otherwise");
    }
}

#[test]
fn the_report_travels_inside_and_reads_back_equal() {
    let report = sample("sec-h9-summary");
    let printed = print_on(Paper::A4, None, &report, &evidence(&report));
    let pdf = lopdf::Document::load_mem(&printed.pdf).expect("it reads");
    let embedded: Vec<Vec<u8>> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Type").and_then(lopdf::Object::as_name).is_ok_and(|name| name == b"EmbeddedFile"))
        .map(|stream| stream.get_plain_content().expect("it unpacks"))
        .collect();
    assert_eq!(embedded.len(), 1 + report.attachments.len());
    let json = embedded.iter().find(|bytes| bytes.starts_with(b"{")).expect("report.json");
    assert_eq!(report::format::read(std::str::from_utf8(json).expect("UTF-8")).expect("a report"), report);
}

#[test]
fn every_part_of_the_report_can_be_found_on_paper() {
    let report = sample("sec-h9-summary");
    let printed = print(&report);
    let places: Vec<String> = printed.spots.iter().map(|spot| spot.place.words(&report)).collect();
    for heading in report.sections.iter().map(|section| report.printed_heading(section)) {
        assert!(places.contains(&heading), "{heading} is nowhere");
    }
    for field in &report.template.fields {
        assert!(places.contains(&field.label), "{} is nowhere", field.label);
    }
    let rows = places.iter().filter(|words| words.starts_with("Timeline, row")).count();
    assert_eq!(rows, report.events().count());
    assert!(printed.spots.iter().all(|spot| spot.page < printed.pages && spot.y > 0.0 && spot.y < Paper::A4.height()));
}

#[test]
fn the_notes_beside_a_letter_push_nothing_down() {
    let top = |report: &Report| {
        let background = report.section_for("background").expect("the letter has one");
        let place = Place::Section { section: background.id, line: None }.words(report);
        let spot = print(report).spots.into_iter().find(|spot| spot.place.words(report).starts_with(&place)).expect("it prints");
        (spot.page, spot.y)
    };
    let long = sample("rfo");
    let mut short = long.clone();
    short.fields.retain(|key, _| key.starts_with("interruption"));
    assert_eq!(top(&long), top(&short));
}

#[test]
fn characters_without_a_glyph_are_spelled_out_and_named() {
    let report = with_text(r#"[{"type":"paragraph","content":[{"type":"text","text":"Ελλάδα Москва 🚒 مرحبا\ttab"}]}]"#);
    let printed = print(&report);
    sound(&printed);
    let named: String = printed.missing.iter().map(|glyph| glyph.character).collect();
    assert_eq!(named, "🚒مرحبا");
    assert!(printed.missing.iter().all(|glyph| glyph.place.words(&report).ends_with("paragraph 1")), "{:?}", printed.missing);
}

#[test]
fn every_kind_of_block_prints_soundly() {
    let every = include_str!("../../report/tests/every-node.json");
    let report = with_text(every);
    let printed = print(&report);
    sound(&printed);
}

#[test]
fn a_table_with_merged_cells_and_missing_ones_stays_regular() {
    let cell = |words: &str, columns: u16, rows: u16| {
        format!(
            r#"{{"type":"tableCell","attrs":{{"colspan":{columns},"rowspan":{rows}}},"content":[{{"type":"paragraph","content":[{{"type":"text","text":"{words}"}}]}}]}}"#
        )
    };
    let row = |cells: &[String]| format!(r#"{{"type":"tableRow","content":[{}]}}"#, cells.join(","));
    let rows = [
        row(&[cell("a", 1, 3), cell("b", 2, 1), cell("c", 1, 1)]),
        row(&[cell("d", 1, 2), cell("e", 1, 1)]),
        row(&[cell("f", 1, 9)]),
        row(&[cell("g", 1, 1)]),
    ];
    let report = with_text(&format!(r#"[{{"type":"table","content":[{}]}}]"#, rows.join(",")));
    sound(&print(&report));
}

#[test]
fn a_merged_value_longer_than_a_page_is_cut_and_repeated() {
    let mut report = sample("sec-h9-summary");
    let mut ids = CountedIds(80_000);
    let row = |n: usize| report::papers::LinkedIncident {
        id: report::ids::LinkId(ids.next()),
        incident: "INC000000731204".into(),
        linked: format!("INC0000009{n:05}"),
        nature: "Related".into(),
    };
    report.linked = (0..120).map(row).collect();
    let printed = print(&report);
    sound(&printed);
    let annex = printed.spots.iter().find(|spot| spot.place == report::Place::Impact).expect("the annex after the table");
    let table = printed.spots.iter().rfind(|spot| spot.place.words(&report) == "Table of linked incidents").expect("the table");
    assert!(annex.page >= table.page + 2, "120 rows take more than two pages");
}

#[test]
fn ten_thousand_rows_print_and_each_keeps_its_place() {
    let mut report = sample("sec-h9-summary");
    let mut ids = CountedIds(90_000);
    let day = NaiveDate::from_ymd_opt(2025, 10, 14).expect("a day");
    report.timeline = (0_u32..10_000)
        .map(|n| {
            let at = chrono::NaiveTime::from_num_seconds_from_midnight_opt(n * 8, 0).expect("a time");
            Row::Event(Event {
                id: RowId(ids.next()),
                date: Some(day),
                time: Time::At { at },
                zone: None,
                text: format!("Event number {n}"),
                automated: n % 3 == 0,
                milestone: None,
                raw: String::new(),
                evidence: Vec::new(),
            })
        })
        .collect();
    let printed = print(&report);
    assert!(printed.pages > 200, "{} pages", printed.pages);
    let rows = printed.spots.iter().filter(|s| matches!(s.place, report::Place::Timeline { index: Some(_) })).count();
    assert_eq!(rows, 10_000);
}

#[test]
fn a_cell_and_a_word_longer_than_a_page_are_broken_and_not_lost() {
    let long = "word ".repeat(6_000);
    let unbroken = "9f2c41d0".repeat(2_000);
    let mut report = with_text(&format!(
        r#"[{{"type":"paragraph","content":[{{"type":"text","text":"{long}"}}]}},{{"type":"codeBlock","content":[{{"type":"text","text":"{unbroken}"}}]}}]"#
    ));
    if let Some(Row::Event(event)) = report.timeline.first_mut() {
        event.text = long.clone();
    }
    report.fields.get_mut("service_impacted").expect("the sample has it").raw = long;
    sound(&print(&report));
}

#[test]
fn a_blank_draft_prints_its_headings() {
    let draft = Draft { number: 1, date: NaiveDate::from_ymd_opt(2026, 1, 2).expect("a day") };
    for template in catalogue::all() {
        let blank = Report::begin(template, &mut CountedIds(0));
        sound(&print_on(Paper::A4, Some(draft), &blank, &BTreeMap::new()));
    }
}

#[test]
fn whoever_watches_can_stop_the_press() {
    let files = BTreeMap::new();
    let issued_at = DateTime::from_timestamp(0, 0).expect("a moment");
    let issue = Issue { paper: Paper::A4, draft: None, issued_at, files: &files, findings: &[], producer: "Rapporteur", signers: 0 };
    let stopped = Press::default().print(&sample("rfo"), &issue, &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(PrintError::Cancelled)));
}

#[test]
fn words_that_wait_stand_at_the_end_of_a_draft_and_on_no_page_of_what_is_filed() {
    let draft = Some(Draft { number: 3, date: NaiveDate::from_ymd_opt(2026, 5, 12).expect("a day") });
    for form in ["sec-h9-summary", "rfo", "post-incident-review"] {
        let mut report = sample(form);
        let mut ids = CountedIds(60_000);
        let texts = ["One line", "A row\tof cells", "Two\nlines", " ", &"Many words. ".repeat(900)].map(str::to_owned);
        let unplaced = |text: String| Unplaced { id: UnplacedId::new(&mut ids), source: format!("under “{}”", text.len() / 20), text };
        report.unplaced = texts.map(unplaced).to_vec();
        let tray = |printed: &Printed| printed.spots.iter().filter(|spot| spot.place == Place::Tray).count();
        let printed = print_on(Paper::A4, draft, &report, &evidence(&report));
        sound(&printed);
        assert_eq!(tray(&printed), 1, "{form}");
        let issued = print_on(Paper::A4, None, &report, &evidence(&report));
        sound(&issued);
        assert_eq!(tray(&issued), 0, "{form}");
        assert!(printed.pages >= issued.pages + 2, "{form}: all of the long text is there");
    }
}

#[test]
fn a_day_that_rows_do_not_state_prints_with_a_sentence_that_says_so() {
    for form in ["sec-h9-summary", "rfo", "post-incident-review"] {
        let mut report = sample(form);
        let certain = print_on(Paper::A4, None, &report, &evidence(&report));
        let words = "7 rows state no day; they are taken to be on 11 March 2026 (Date of Incident). ".repeat(60);
        report.assumptions.push(Assumption { about: ABOUT_DAY_OF_ROWS.into(), words });
        let assumed = print_on(Paper::A4, None, &report, &evidence(&report));
        sound(&assumed);
        assert!(assumed.pages > certain.pages, "{form}: the sentence takes its room");
        report.assumptions.iter_mut().for_each(|assumption| assumption.about = "zone".into());
        assert_eq!(print_on(Paper::A4, None, &report, &evidence(&report)).pages, certain.pages, "{form}: other assumptions are no row's");
    }
}

#[test]
fn a_link_that_wraps_is_one_annotation_over_all_its_lines() {
    let words = "the whole of what the supplier has published about the certificate that had run out ".repeat(3);
    let json = format!(
        r#"[{{"type":"paragraph","content":[{{"type":"text","text":"{words}","marks":[{{"type":"link","attrs":{{"href":"https://status.example.com/7"}}}}]}}]}}]"#
    );
    let printed = print(&with_text(&json));
    sound(&printed);
    let pdf = lopdf::Document::load_mem(&printed.pdf).expect("it reads");
    let leads_there = |link: &&lopdf::Dictionary| {
        let action = link.get(b"A").and_then(lopdf::Object::as_dict);
        action.and_then(|action| action.get(b"URI")).and_then(lopdf::Object::as_str).is_ok_and(|uri| uri == b"https://status.example.com/7")
    };
    let links: Vec<&lopdf::Dictionary> = pdf.objects.values().filter_map(|object| object.as_dict().ok()).filter(leads_there).collect();
    assert_eq!(links.len(), 1);
    let numbers = |key: &[u8]| -> Vec<f32> {
        links[0].get(key).and_then(lopdf::Object::as_array).expect("numbers").iter().map(|n| n.as_float().expect("a number")).collect()
    };
    let (corners, area) = (numbers(b"QuadPoints"), numbers(b"Rect"));
    assert!(corners.len() >= 24 && corners.len() % 8 == 0, "{corners:?}");
    for corner in corners.chunks(2) {
        assert!(
            area[0] <= corner[0] && corner[0] <= area[2] && area[1] <= corner[1] && corner[1] <= area[3],
            "{corner:?} is outside {area:?}"
        );
    }
}

#[test]
fn the_marking_is_read_before_the_title_and_stands_in_the_metadata() {
    let mut report = sample("sec-h9-summary");
    let long = "Restricted to the parties of the code and their advisers, not for onward release. ".repeat(2);
    let markings = [Marking::Tlp { label: TlpLabel::Amber }, Marking::Words { text: "Confidential".into() }, Marking::Words { text: long }];
    for marking in markings {
        report.markings = vec![marking.clone()];
        let printed = print(&report);
        sound(&printed);
        let pdf = lopdf::Document::load_mem(&printed.pdf).expect("it reads");
        let root = pdf.catalog().and_then(|catalog| pdf.get_dict_in_dict(catalog, b"StructTreeRoot")).expect("a tree");
        let kid = |of: &lopdf::Dictionary| -> lopdf::Dictionary {
            let kids = pdf.dereference(of.get(b"K").expect("children")).expect("they are there").1;
            let first = kids.as_array().ok().and_then(|kids| kids.first()).unwrap_or(kids);
            pdf.dereference(first).expect("it is there").1.as_dict().expect("a node").clone()
        };
        let first = kid(&kid(root));
        assert_eq!(first.get(b"S").and_then(lopdf::Object::as_name).expect("a role"), b"P", "{marking:?}");
        assert!(first.get(b"K").is_ok_and(|kids| !matches!(kids, lopdf::Object::Null)), "{marking:?} has its words");
        let metadata = pdf.catalog().and_then(|catalog| catalog.get(b"Metadata")).and_then(lopdf::Object::as_reference).expect("XMP");
        let stream = pdf.get_object(metadata).and_then(lopdf::Object::as_stream).expect("a stream");
        let xmp = String::from_utf8(stream.get_plain_content().expect("it unpacks")).expect("UTF-8");
        let said = if matches!(marking, Marking::Tlp { .. }) {
            "TLP:AMBER"
        } else if xmp.contains("Confidential") {
            "Confidential"
        } else {
            "Restricted to"
        };
        assert!(xmp.split("<dc:rights>").nth(1).is_some_and(|rights| rights.contains(said)), "{xmp}");
    }
}
