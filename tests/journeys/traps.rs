//! Whole texts in which something is wrong and something only looks so, from paste to findings.

use crate::room::Room;
use desk::intake::IntakeSource;
use intake::Choices;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The ids of what is found in a pasted text.
fn found(text: &str) -> BTreeSet<String> {
    let room = Room::new();
    let desk = room.desk();
    desk.intake_read(IntakeSource::Pasted { text: text.to_owned(), html: None }).expect("it reads");
    let opened = desk.intake_accept(&Choices::default()).expect("it is taken in");
    opened.view.findings.into_iter().map(|finding| finding.check).collect()
}

fn all_of(found: &BTreeSet<String>, ids: &str) {
    let missed: Vec<&str> = ids.split(' ').filter(|id| !found.contains(*id)).collect();
    assert!(missed.is_empty(), "missed {missed:?} in {found:?}");
}

fn none_of(found: &BTreeSet<String>, ids: &str) {
    let alarms: Vec<&str> = ids.split(' ').filter(|id| found.contains(*id)).collect();
    assert!(alarms.is_empty(), "false alarms {alarms:?}");
}

/// The ids of what is found in one of the texts that intake is held against.
fn found_in(name: &str) -> BTreeSet<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/intake").join(name);
    found(&std::fs::read_to_string(path).expect("it is there"))
}

#[test]
fn a_forum_s_analysis_without_day_zone_or_dates() {
    let found = found_in("forum-post.txt");
    all_of(&found, "L07 L08 L33 L41 L62");
    // 08:55 to 11:02 is the 2h7 it claims, and 5:35 its last file.
    none_of(&found, "L03 L05 L06 L16 L35 L38 L39 L51");
}

#[test]
fn a_compared_page_with_two_accounts_and_a_placeholder() {
    let found = found_in("compared-page.txt");
    all_of(&found, "L08 L33 L34 L38 L39 L47 L60 L62");
    // 14 March 2025 was a Friday.
    none_of(&found, "L05 L06 L12 L35 L58");
}

#[test]
fn a_public_note_without_year_or_end_to_its_first_idea() {
    let found = found_in("public-note.txt");
    all_of(&found, "L09 L11 L13 L33 L40 L62");
    none_of(&found, "L05 L12 L14 L39 L53");
}

#[test]
fn a_regulator_s_form_with_its_gaps() {
    let found = found(
        "DCC Major Incident Summary Report\n\
         (Produced in accordance with Section H9 of the SEC)\n\
         Date of Incident\t12/03/2024\n\
         DCC Incident Reference Number\tINC00000412233\n\
         DCC Problem Reference Number\tPBI000000099871\n\
         Service Impacted\tAll readings of smart meters in the north were halted, with circa 40 readings left from the day before.\n\
         Date/ Time Incident reported\t12/03/2024 10:05 (Actual start of impact time)\n\
         Date &time incident resolved\t12/03/2024 13:25 (Service restoration time)\n\
         Time taken to restore Service(s) (Hours)\t3 hours 20 minutes\n\
         Resolution within SLA (Y/N) [SEC 9.14(b)]\tNo\n\
         Nature of the Major Incident / Short Description\n\
         On Tuesday 12 March 2024 at 11:40 a User called the DCC Service Centre. INC000000412233 was raised at 11:58.\n\
         At 12:15 a bridge was opened, which circa 30 people joined. The same second, 12:15, a crew was sent.\n\
         It was a repeat of INC000000400120 (28/02/2024). A last call was held 14 March at 09:00.\n\
         Region / Location impacted\n\
         The north.\n\
         Summary of impact / Likely future impact of the Major incident\n\
         All 1,200 readings arrived late. Nothing else was seen.\n\
         Resolving actions taken\n\
         The node was restarted.\n\
         Root Cause, if known\n\
         Root cause analysis is ongoing.\n\
         Table of linked incidents\n\
         Incident\tLinked incident\tNature of link\n\
         INC000000412233\tINC000000412201\tSystem Generated Alert\n",
    );
    all_of(&found, "L09 L10 L11 L15 L19 L21 L26 L27 L28 L40 L42 L45 L46 L48 L51 L62 L64");
    none_of(&found, "L01 L02 L05 L06 L12 L16 L31 L32 L38 L39 L58");
}

#[test]
fn a_letter_with_its_gaps() {
    let found = found(
        "Bergen 2024-06-14\n\
         INCIDENT REPORT REGARDING COOLING OUTAGE IN BERGEN\n\
         This is a Reason for Outage (RFO) report on the cooling outage of June 13th, 2024.\n\
         BACKGROUND\n\
         Two pumps cool the hall, one at a time.\n\
         SEQUENCE OF EVENTS (CEST)\n\
         2024-06-13\n\
         - 06:10 (Automated) The first pump stops.\n\
         - 06:10 (Automated) The second pump does not start.\n\
         - 06:14 The crew is called.\n\
         - 06:40 The crew arrives.\n\
         - 07:50 Cooling is back.\n\
         CONCLUSIONS\n\
         The same was seen in an earlier incident, but the remedy is not yet in place.\n\
         The maker of the pump has not sent us its findings.\n\
         Restoring the backups of the control room took until noon and tied up effected servers.\n\
         Sincerely,\n\
         Ines Haugland\n\
         Fjordhall\n",
    );
    all_of(&found, "L10 L33 L42 L48 L50 L57 L62 P03");
    none_of(&found, "L05 L06 L07 L08 L12 L13 L16 L18 L38 L39");
}
