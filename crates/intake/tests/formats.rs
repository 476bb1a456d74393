//! Files of every kind that people send, each an invented incident: its title, its rows and its files arrive, and the count of words is whole.

use intake::read::{Given, read};
use intake::{Choices, Intake, import};
use report::ids::CountedIds;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn imported(name: &str, bytes: &[u8]) -> Intake {
    let source = read(Some(name), bytes, &Given::default()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let today = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day");
    let intake = import(&source, &Choices::default(), report::catalogue::all(), today, &mut CountedIds(0));
    let counts = intake.counts;
    assert_eq!(counts.words, counts.placed + counts.waiting + counts.dropped, "{name}: every word is somewhere");
    intake
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(text.as_bytes()).expect("a part is written");
    }
    zip.finish().expect("the file ends").into_inner()
}

fn rows(intake: &Intake) -> Vec<String> {
    let row = |event: &report::timeline::Event| {
        let day = event.date.map(|day| format!("{day} ")).unwrap_or_default();
        let zone = event.zone.as_deref().map(|zone| format!(" {zone}")).unwrap_or_default();
        format!("{day}{}{zone} {}", event.time.words(), event.text)
    };
    intake.report.events().map(row).collect()
}

fn waiting(intake: &Intake) -> String {
    intake.report.unplaced.iter().map(|unplaced| unplaced.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_report_sent_as_a_mail() {
    let mail = "From: Ada <ada@x.example>\r\nTo: ops@x.example\r\nDate: Wed, 11 Mar 2026 09:30:00 +0100\r\nSubject: Re: Postmortem: pump hot\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nROOT CAUSE\r\n\r\nA valve stuck.\r\n\r\nTIMELINE (UTC)\r\n\r\n2026-03-10 22:10 Alarm rang\r\n2026-03-10 22:40 Valve freed\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=log.csv\r\n\r\na,b\r\n--b--\r\n";
    let intake = imported("pump.eml", mail.as_bytes());
    let report = &intake.report;
    assert_eq!((report.title.as_str(), report.template.id.as_str()), ("Postmortem: pump hot", "sre-postmortem"));
    assert_eq!(rows(&intake), ["2026-03-10 22:10 Alarm rang", "2026-03-10 22:40 Valve freed"]);
    let file = &report.attachments[0];
    assert_eq!((file.name.as_str(), file.media_type.as_str(), file.evidence), ("log.csv", "text/csv", true));
    let waiting = waiting(&intake);
    for head in ["Ada <ada@x.example>", "ops@x.example", "2026-03-11T09:30:00+01:00"] {
        assert!(waiting.contains(head), "{waiting}");
    }
}

#[test]
fn a_box_of_mail() {
    let mail = |who: &str, clock: &str, words: &str| {
        format!(
            "From {who}@x.example Wed Mar 11 {clock}:00 2026\nFrom: {who}@x.example\nDate: Wed, 11 Mar 2026 {clock}:00 +0000\nSubject: Pump hot\n\n{words}\n\n"
        )
    };
    let box_of = [mail("bo", "10:00", "Valve closed."), mail("ada", "09:30", "It runs hot.")].concat();
    let intake = imported("thread.mbox", box_of.as_bytes());
    assert_eq!(intake.report.title, "Pump hot");
    let rows = rows(&intake);
    assert!(rows.len() == 2 && rows[0].contains("09:30") && rows[0].contains("It runs hot."), "{rows:?}");
}

/// A workbook of OpenDocument with these sheets, each with its rows of cells.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let cell = |cell: &&str| format!("<t:table-cell><t:p>{cell}</t:p></t:table-cell>");
    let row = |cells: &&[&str]| format!("<t:table-row>{}</t:table-row>", cells.iter().map(cell).collect::<String>());
    let sheet =
        |(name, rows): &(&str, &[&[&str]])| format!("<t:table t:name=\"{name}\">{}</t:table>", rows.iter().map(row).collect::<String>());
    let sheets: String = sheets.iter().map(sheet).collect();
    packed(&[("content.xml", &format!("<d><o:body><o:spreadsheet>{sheets}</o:spreadsheet></o:body></d>"))])
}

#[test]
fn a_workbook_of_facts_events_and_actions() {
    let intake = imported(
        "pump.ods",
        &book(&[
            ("Facts", &[&["Title", "Postmortem: pump hot"], &["Severity", "SEV-2"]]),
            (
                "Timeline",
                &[
                    &["Date", "Time", "Zone", "Event"],
                    &["2026-03-11", "02:37", "UTC", "Alarm rang"],
                    &["2026-03-11", "02:51", "UTC", "Valve freed"],
                ],
            ),
            ("Actions", &[&["Action", "Owner", "Due"], &["Oil the valve", "Ada", "2026-04-01"]]),
        ]),
    );
    assert_eq!(intake.report.title, "Postmortem: pump hot");
    assert_eq!(rows(&intake), ["2026-03-11 02:37 Alarm rang", "2026-03-11 02:51 Valve freed"]);
    assert_eq!(intake.report.zone.as_deref(), Some("UTC"));
    let action = &intake.report.actions[0];
    assert_eq!((action.text.as_str(), action.owner.as_str(), action.due.as_str()), ("Oil the valve", "Ada", "2026-04-01"));
}
