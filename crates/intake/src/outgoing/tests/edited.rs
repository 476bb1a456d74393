//! Markdown of ours with something changed in it, as people change it in a wiki or an editor.
use super::*;
use report::timeline::{Role, Row, Time};

fn sample() -> (Report, String) {
    let report = catalogue::sample("rca-public").expect("a shipped sample");
    let text = markdown::write(&report);
    (report, text)
}

fn line_with(text: &str, words: &str) -> String {
    text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no line with {words}")).to_owned()
}

fn changed(text: &str, from: &str, to: &str) -> Report {
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1);
    reopen(&text).expect("it is ours").unwrap_or_else(|fault| panic!("{from} → {to}: {fault}"))
}

fn refused(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    let line = 1 + text[..text.find(from).expect("it is there")].matches('\n').count();
    let text = text.replacen(from, to, 1);
    let fault = reopen(&text).expect("it is ours").expect_err("it cannot be taken");
    format!(
        "{}: {}",
        if fault.line == line { "its line".to_owned() } else { format!("{} lines on", fault.line as i64 - line as i64) },
        fault.reason
    )
}

/// Everything but this is as it was.
fn only(report: &Report, again: &Report, undo: impl FnOnce(&mut Report)) {
    let mut again = again.clone();
    undo(&mut again);
    assert_eq!(format::write(&again), format::write(report));
}

#[test]
fn a_cell_that_follows_from_data_changes_the_data() {
    let (report, text) = sample();
    let again = changed(&text, "| 2026-06-09 | 06:41 |", "| 2026-06-08 | about 06:39 |");
    let (Row::Event(is), Row::Event(was)) = (&again.timeline[2], &report.timeline[2]) else { panic!("an event") };
    assert_eq!((is.date.map(|day| day.to_string()).as_deref(), is.time.words().as_str()), (Some("2026-06-08"), "about 06:39"));
    only(&report, &again, |again| {
        let Row::Event(event) = &mut again.timeline[2] else { panic!("an event") };
        (event.date, event.time) = (was.date, was.time);
    });
    let again = changed(&text, "| 08:30–10:50 |", "|  |");
    assert!(
        again.timeline.iter().filter_map(Row::event).any(|event| event.time == Time::None && event.text.contains("four times as large"))
    );
}

#[test]
fn choices_and_key_moments_are_read_from_their_words() {
    let (report, text) = sample();
    let row = line_with(&text, "Add “what does it read");
    let again = changed(&text, &row, &row.replace("| prevent |", "| detect |").replace("| done |", "| delayed |"));
    assert_eq!((again.actions[1].kind, again.actions[1].state), (report::papers::ActionKind::Detect, report::papers::ActionState::Delayed));
    let row = line_with(&text, "The full disk is found");
    let again = changed(&text, &row, &row.replace("Cause found", "Bridge, automated"));
    let event = again.moment_of(Role::Bridge).expect("it is a key moment");
    assert!(event.automated && again.moment_of(Role::CauseFound).is_none());
    assert_eq!(again.timeline.len(), report.timeline.len());
}

#[test]
fn a_row_that_is_gone_or_new_leaves_the_others_as_they_were() {
    let (report, text) = sample();
    let row = line_with(&text, "First notice on the status page");
    let again = changed(&text, &format!("{row}\n"), "");
    only(&report, &again, |again| again.timeline.insert(6, report.timeline[6].clone()));
    let again = changed(&text, &row, &format!("{row}\n| 2026-06-09 | 07:12 | The bridge opens. | Bridge |"));
    let added = again.moment_of(Role::Bridge).expect("it is new").clone();
    assert_eq!(
        (added.text.as_str(), added.time.words().as_str(), &again.timeline[7]),
        ("The bridge opens.", "07:12", &Row::Event(added.clone()))
    );
    only(&report, &again, |again| drop(again.timeline.remove(7)));
    for (list, words) in [("targets", "First notice to customers"), ("causes", "Why does the procedure not ask?")] {
        let row = line_with(&text, words);
        let twin = changed(&text, &row, &format!("{row}\n{}", row.replace(words, "Another one")));
        let count = |report: &Report| serde_json::to_value(report).expect("JSON")[list].as_array().map(Vec::len);
        assert_eq!(count(&twin), count(&report).map(|count| count + 1), "{list}");
    }
    // Rows that changed places take what is unseen of them along.
    let (first, second) = (line_with(&text, "The first customer writes"), line_with(&text, "A major incident is declared"));
    let again = changed(&text, &format!("{first}\n{second}"), &format!("{second}\n{first}"));
    only(&report, &again, |again| again.timeline.swap(4, 5));
}

#[test]
fn a_body_is_emptied_and_written_again() {
    let (report, text) = sample();
    let body = report.sections[1].body.lines();
    let at = text.find(&body[0]).expect("it is there");
    let end = at + text[at..].find("<!--").expect("the next part");
    let emptied = format!("{}\n{}", &text[..at], &text[end..]);
    let again = reopen(&emptied).expect("it is ours").expect("a body may be empty");
    only(&report, &again, |again| again.sections[1].body = report.sections[1].body.clone());
    let blank = markdown::write(&again);
    let again = changed(&blank, "## Detection\n", "## Detection\n\nNobody **noticed**.\n\n- for an hour\n");
    assert_eq!(again.sections[1].body.plain(), "Nobody noticed.\nfor an hour");
}

#[test]
fn answers_are_given_where_none_was_and_what_is_computed_follows() {
    let (_, text) = sample();
    let row = line_with(&text, "| Service back |");
    let again = changed(&text, &row, "| Service back | 09/06/2026 11:40 |  |");
    assert_eq!(again.answer("restored_at").raw, "09/06/2026 11:40");
    assert_eq!((again.answer("outage_length").raw.as_str(), again.computed_minutes("outage_length")), ("", Some(299)), "reckoned anew");
    let row = line_with(&text, "| Length of interruption |");
    let shown = row.split('|').nth(2).expect("its answer").trim();
    let again = changed(&text, &row, &row.replace(shown, "5 h"));
    assert_eq!(again.answer("outage_length").raw, "5 h", "typed, and held against the times by a check");
}

#[test]
fn what_cannot_be_taken_names_its_line() {
    let (_, text) = sample();
    let told = [
        refused(&text, "| 2026-06-09 | 06:46 |", "| 2026-06-09 | 25:99 |"),
        refused(&text, "| 2026-06-09 | 06:46 |", "| yesterday | 06:46 |"),
        refused(&text, "| 2026-06-09 | 06:46 |", "| 2026-06-09 | 06:46 | and |"),
        refused(&text, "| Service back |", "| Service restored |"),
        refused(&text, "| Date | Time |", "| Day | Time |"),
        refused(&text, "<!-- 3 -->\n", ""),
        refused(&text, "| prevent |", "| hinder |"),
        refused(&text, "Two hundred and twelve", "<iframe src=\"x\"></iframe>\n\nTwo hundred and twelve"),
        refused(&text, "<!-- 0 -->", "Dear all,\n\n<!-- 0 -->"),
    ];
    expect![[r#"
        its line: “25:99” is no time of day; write it as 08:19, about 08:19 or 08:19–09:30
        its line: “yesterday” is no day; write it as 2026-06-09
        its line: this row has 5 cells and the table 4; a bar inside a cell is written \|
        its line: the column “Field” is given by the form, a file or a drawing, and is not changed here
        its line: the head of this table tells what its columns are, and is not changed
        3 lines on: the comment <!-- 3 --> above this line is gone; it tells where a part of the report begins
        its line: “hinder” is none of: prevent, detect, mitigate
        its line: something here has no place in a report: it takes paragraphs, lists, quotations, code, tables, pictures of its own and links
        its line: words above the first part of the report have no place in it"#]].assert_eq(&told.join("\n"));
    let cause = line_with(&text, "Why does the procedure not ask?");
    assert!(refused(&text, &format!("{cause}\n"), "").contains("is aimed at a cause that the report does not have"));
    let cut = &text[..text.len() - 200];
    assert!(reopen(cut).expect("it is ours").expect_err("its end is gone").reason.contains("no end"));
}

/// What was written before rows had marks.
#[test]
fn an_older_export_is_read_as_well() {
    let (report, text) = sample();
    let start = text.find("\"rows\": {").expect("marks");
    let end = start + text[start..].find("\n  }").expect("their end") + 4;
    let older = format!("{}{}", text[..start].trim_end().trim_end_matches(','), &text[end..]);
    let again = reopen(&older).expect("it is ours").expect("it is read");
    assert_eq!(format::write(&again), format::write(&report));
    let row = line_with(&older, "First notice on the status page");
    let again = changed(&older, &format!("{row}\n"), "");
    only(&report, &again, |again| again.timeline.insert(6, report.timeline[6].clone()));
}

/// Whatever cell of whatever sample is changed: the change is in the report, or its line is named.
#[test]
fn no_change_of_a_cell_is_lost() {
    for template in catalogue::all() {
        let report = catalogue::sample(&template.id).expect("every shipped template has a sample");
        let text = markdown::write(&report);
        let visible = text.split(CARRIED).next().unwrap_or_default().lines().count();
        let lines: Vec<&str> = text.lines().collect();
        let is_row = |at: usize| lines[at].starts_with("| ") && !lines[at + 1].starts_with("| ---") && !lines[at].starts_with("| ---");
        for at in (0..visible - 1).filter(|at| is_row(*at)).step_by(3) {
            let cells: Vec<&str> = lines[at].trim_matches('|').split(" | ").collect();
            for column in 0..cells.len() {
                let mut bent: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
                bent[column].push_str(" zzyzx");
                let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
                changed[at] = format!("| {} |", bent.join(" | "));
                let changed = changed.join("\n") + "\n";
                match reopen(&changed).expect("it is ours") {
                    Ok(again) => assert!(markdown::write(&again).contains("zzyzx"), "{}: {}", template.id, bent.join(" | ")),
                    Err(fault) => assert_eq!(fault.line, at + 1, "{}: {}: {fault}", template.id, bent.join(" | ")),
                }
            }
        }
    }
}
