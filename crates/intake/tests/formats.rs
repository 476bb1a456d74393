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

#[test]
fn a_transcript_claims_times_only_from_a_start() {
    let call = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ada Byron>Pump hot</v>\n\n00:12:31.000 --> 00:12:33.000\n<v Bo>Freed</v>\n";
    let intake = imported("GMT20260311-023659_Recording.transcript.vtt", call.as_bytes());
    assert_eq!(rows(&intake), ["2026-03-11 02:37 Ada Byron: Pump hot", "2026-03-11 02:49:30 Bo: Freed"]);
    let intake = imported("call.vtt", call.as_bytes());
    let events: Vec<_> = intake.report.events().collect();
    assert!(events.iter().all(|event| event.time == report::timeline::Time::None && event.date.is_none()), "{events:?}");
    assert!(events[1].text.contains("+00:12:31"), "{events:?}");
    let read = report::format::read(&report::format::write(&intake.report)).expect("it comes back");
    assert_eq!(read.timeline, intake.report.timeline, "read anew, it claims no more");
}

#[test]
fn logs_of_programs_keep_each_moment_and_each_column() {
    let check = |name: &str, text: &str, expected: expect_test::Expect| {
        let intake = imported(name, text.as_bytes());
        let row = |event: &report::timeline::Event| {
            let clock = match event.time {
                report::timeline::Time::At { at } => at.format("%H:%M:%S%.f").to_string(),
                ref other => format!("{other:?}"),
            };
            format!("{:?} {clock} {}\n", event.date, event.text)
        };
        let rows: String = intake.report.events().map(row).collect();
        expected.assert_eq(&format!("{rows}zone {:?}; waiting: {}", intake.report.zone, waiting(&intake)));
    };
    let timesketch = "message,timestamp,datetime,timestamp_desc,source\n\"Service installed, twice\",1773196620250001,2026-03-11T02:37:00.250001+00:00,Creation Time,WEBHIST\nFile changed,1773196680000000,2026-03-11T02:38:00+00:00,Write Time,FILE\n";
    check(
        "timesketch.csv",
        timesketch,
        expect_test::expect![[r#"
            Some(2026-03-11) 02:37:00.250001 Service installed, twice; timestamp: 1773196620250001; timestamp_desc: Creation Time; source: WEBHIST
            Some(2026-03-11) 02:38:00 File changed; timestamp: 1773196680000000; timestamp_desc: Write Time; source: FILE
            zone Some("UTC"); waiting: "#]],
    );
    let plaso = "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra\n03/11/2026,02:37:00,UTC,M...,FILE,stat,mtime,-,depot,/a,pump.log changed,2,/a,12,-,filestat,-\n03/12/2026,02:37:00,UTC,M...,FILE,stat,mtime,-,depot,/b,valve.log changed,2,/b,13,-,filestat,-\n";
    check(
        "plaso.csv",
        plaso,
        expect_test::expect![[r#"
            Some(2026-03-11) 02:37:00 MACB: M...; source: FILE; sourcetype: stat; type: mtime; host: depot; short: /a; pump.log changed; version: 2; filename: /a; inode: 12; -; format: filestat; extra: -
            Some(2026-03-12) 02:37:00 MACB: M...; source: FILE; sourcetype: stat; type: mtime; host: depot; short: /b; valve.log changed; version: 2; filename: /b; inode: 13; -; format: filestat; extra: -
            zone Some("UTC"); waiting: "#]],
    );
    let zeek = "#separator \\x09\n#set_separator\t,\n#path\tconn\n#open\t2026-03-11-02-37-00\n#fields\tts\tuid\tid.orig_h\tservice\tmsg\n#types\ttime\tstring\taddr\tstring\tstring\n1773196620.250001\tC1\t10.0.0.7\tdns\tno answer\n1773196680.000000\tC2\t10.0.0.8\t-\tanswer\n#close\t2026-03-11-03-00-00\n";
    check(
        "conn.log",
        zeek,
        expect_test::expect![[r#"
        Some(2026-03-11) 02:37:00.250001 uid: C1; id.orig_h: 10.0.0.7; service: dns; no answer
        Some(2026-03-11) 02:38:00 uid: C2; id.orig_h: 10.0.0.8; answer
        zone Some("UTC"); waiting: "#]],
    );
    let windows = "Level,Date and Time,Source,Event ID,Task Category\nInformation,3/11/2026 2:37:00 AM,Service Control Manager,7036,None,The pump service entered the stopped state.\nError,3/31/2026 2:38:00 AM,Service Control Manager,7031,None,The pump service ended.\n";
    check(
        "events.csv",
        windows,
        expect_test::expect![[r#"
            Some(2026-03-11) 02:37:00 Level: Information; Service Control Manager; Event ID: 7036; Task Category: None; The pump service entered the stopped state.
            Some(2026-03-31) 02:38:00 Level: Error; Service Control Manager; Event ID: 7031; Task Category: None; The pump service ended.
            zone None; waiting: "#]],
    );
    let german = "Datum;Uhrzeit;Ereignis;Quelle\n11.03.2026;02:37;Alarm ausgelöst;Leitstand\n11.03.2026;02:51:30;Ventil gelöst;Schicht\n";
    check(
        "ablauf.csv",
        german,
        expect_test::expect![[r#"
            Some(2026-03-11) 02:37:00 Alarm ausgelöst; Quelle: Leitstand
            Some(2026-03-11) 02:51:30 Ventil gelöst; Quelle: Schicht
            zone None; waiting: "#]],
    );
    let evtx = "TimeCreated,Id,LevelDisplayName,Message\n2026-03-11 02:37:00.2500012,7036,Information,Pump stopped\n2026-03-11 02:38:00.0000000,7031,Error,Pump ended\n";
    check(
        "evtx.csv",
        evtx,
        expect_test::expect![[r#"
        Some(2026-03-11) 02:37:00.250001200 Id: 7036; LevelDisplayName: Information; Pump stopped
        Some(2026-03-11) 02:38:00 Id: 7031; LevelDisplayName: Error; Pump ended
        zone None; waiting: "#]],
    );
    let german_windows = "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\nInformationen,11.03.2026 02:37:00,Service Control Manager,7036,Keine\n";
    check(
        "ereignisse.csv",
        german_windows,
        expect_test::expect![[r#"
            Some(2026-03-11) 02:37:00 Ebene: Informationen; Service Control Manager; Ereignis-ID: 7036; Aufgabenkategorie: Keine
            zone None; waiting: "#]],
    );
    let pasted = "Zeit;Was geschah;Wer\n11.03.2026 02:37;Alarm ausgelöst;Ada\n11.03.2026 02:51;Ventil gelöst;Bo\n";
    check(
        "notes.txt",
        pasted,
        expect_test::expect![[r#"
        Some(2026-03-11) 02:37:00 Ada: Alarm ausgelöst
        Some(2026-03-11) 02:51:00 Bo: Ventil gelöst
        zone None; waiting: "#]],
    );
}

#[test]
fn what_is_made_to_take_long_does_not() {
    let many = 200_000;
    let hostile = [
        ("a.vtt", format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}", "<".repeat(many))),
        ("a.json", format!("[{{\"type\":\"message\",\"ts\":\"1773196620.0\",\"text\":\"{}\"}}]", "<".repeat(many))),
        ("a.adoc", "http ".repeat(many / 4)),
        ("a.adoc", "====\n****\n".repeat(many / 8)),
        ("a.rst", "`a ".repeat(many / 4)),
        ("a.rst", (0..200).map(|depth| format!("{}.. note::\n", " ".repeat(depth))).collect()),
        ("a.rst", "+-+\n== =\n".repeat(many / 16)),
        ("a.rtf", format!("{{\\rtf1 {}}}", "{\\b x}".repeat(many / 8))),
        ("a.eml", format!("From: a@x.example\nSubject: b\n{}", "Content-Type: message/rfc822\n\n".repeat(many / 8))),
        (
            "a.eml",
            format!("From: a@x.example\nSubject: b\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(many / 16)),
        ),
        ("a.log", format!("#fields\ta\tb\n{}", "-\t-\n".repeat(many / 8))),
    ];
    for (name, text) in hostile {
        let began = std::time::Instant::now();
        let _ = read(Some(name), text.as_bytes(), &Given::default());
        assert!(began.elapsed().as_secs() < 20, "{name} took {:?}", began.elapsed());
    }
}
