//! The CCADB's Markdown comes back: what it has room for equal, all else named. Reports are made whose words hold every sign that Markdown
//! knows. Always true: what differs after the way there and back was told beforehand. A long run: CCADB_REPORTS=5000.

use report::diff::diff;
use report::ids::CountedIds;
use report::outgoing::{Outgoing, reopen};
use report::papers::{ActionKind, ActionState, LessonKind};
use report::rich::{Block, Inline, RichText};
use report::timeline::{Row, Time};
use report::{Report, catalogue};

const FORMAT: Outgoing = Outgoing::CcadbMarkdown;

fn there_and_back(report: &Report) -> (String, Report) {
    let text = FORMAT.write(report).unwrap_or_else(|missing| panic!("{missing:?}"));
    let back = reopen(&text, &mut CountedIds(1_000)).unwrap_or_else(|| panic!("it does not come back:\n{text}"));
    (text, back)
}

#[test]
fn of_the_sample_only_what_has_no_place_stays_behind() {
    let sample = catalogue::sample("ccadb-3.2").expect("a shipped sample");
    let (text, back) = there_and_back(&sample);
    let unkept = FORMAT.unkept(&sample, &text);
    let places: Vec<&str> = unkept.iter().map(|one| one.place.as_str()).collect();
    assert_eq!(places, ["Title", "Rows of the timeline", "Actions", "Attachments", "Clock events"]);
    assert_eq!(unkept[0].lines, std::slice::from_ref(&sample.title));
    assert_eq!((back.causes.len(), back.lessons.len(), back.linked.len(), back.timeline.len()), (2, 4, 2, 11));
    assert_eq!(back.actions[2].causes, [back.causes[1].id]);
    assert_eq!(back.linked[0].incident, "1900000");
}

#[test]
fn a_changed_word_comes_back_and_another_hand_is_not_taken_for_ours() {
    let sample = catalogue::sample("ccadb-3.2").expect("a shipped sample");
    let (text, back) = there_and_back(&sample);
    let changed = text.replace("A rehearsal in which", "A drill in which").replace('\n', "\r\n");
    let again = reopen(&changed, &mut CountedIds(0)).expect("it is ours still");
    assert_eq!(diff(&back, &again).iter().map(|one| one.place.as_str()).collect::<Vec<_>>(), ["Actions"]);
    for (from, to) in [
        ("### Impact", "### Impacts"),
        ("| Prevent |", "| Preventive |"),
        ("All times are UTC.", "Times are UTC."),
        ("- **Total", "* **Total"),
    ] {
        assert!(reopen(&text.replacen(from, to, 1), &mut CountedIds(0)).is_none(), "{to}");
    }
}

/// The form asks for UTC; a row that names its own zone once stood there by its own clock.
#[test]
fn a_row_in_a_zone_of_its_own_is_written_in_utc() {
    let mut report = catalogue::sample("ccadb-3.2").expect("a shipped sample");
    let Some(Row::Event(event)) = report.timeline.first_mut() else { panic!("the sample begins with an event") };
    event.zone = Some("CEST".to_owned());
    assert!(FORMAT.write(&report).expect("it is complete").contains("2025-10-20:\n- 12:10 "));
}

/// What stands in the place of a table, an answer that is not known yet, and files beside it all come back, too.
#[test]
fn words_in_the_place_of_a_table_and_answers_to_come_are_read() {
    let mut report = catalogue::sample("ccadb-3.2").expect("a shipped sample");
    report.linked.clear();
    for section in &mut report.sections {
        match section.key.as_deref() {
            Some("related") => section.body = RichText::from_plain("None in the last two years."),
            Some("root_causes") => section.body = RichText::from_plain("Two factors, told one by one."),
            _ => {}
        }
    }
    let standing = report::answer::Standing::NotYetKnown { owner: "Head of PKI".to_owned(), due: "1 March 2026".to_owned() };
    let open = report::answer::Answer { standing, ..Default::default() };
    report.fields.insert("non_compliance_end".to_owned(), open.clone());
    let (text, back) = there_and_back(&report);
    assert_eq!(text.matches("- Attached: ").count(), 1, "files are named once");
    assert_eq!(back.answer("non_compliance_end"), &open);
    let places: Vec<String> = FORMAT.unkept(&report, &text).into_iter().map(|one| one.place).collect();
    assert_eq!(places, ["Title", "Rows of the timeline", "Actions", "Attachments", "Clock events"]);
}

#[test]
fn what_has_room_comes_back_equal_and_all_else_is_told() {
    let reports: u64 = std::env::var("CCADB_REPORTS").map_or(300, |count| count.parse().expect("a number of reports"));
    let sample = catalogue::sample("ccadb-3.2").expect("a shipped sample");
    let (_, plain) = there_and_back(&sample);
    for seed in 1..=reports {
        let mut chance = Chance(seed);
        let rich = filled(&plain, &mut chance);
        let (text, back) = there_and_back(&rich);
        assert_eq!(diff(&rich, &back), [], "report {seed}:\n{text}");
        assert_eq!(FORMAT.unkept(&rich, &text), [], "report {seed}");
        // The same words in what has no place there, or not in this way.
        let richer = overfilled(rich, &sample, &mut chance);
        let (text, back) = there_and_back(&richer);
        let told = FORMAT.unkept(&richer, &text);
        for difference in diff(&richer, &back) {
            let gone = difference.lines.iter().any(|line| matches!(line, report::diff::Line::Gone(_)));
            assert!(!gone || told.iter().any(|one| one.place == difference.place && !one.why.is_empty()), "report {seed}: {difference:?}");
        }
        assert!(told.iter().any(|one| one.place == "Title"), "report {seed}");
    }
}

/// Other words everywhere, of the kind that comes back.
fn filled(plain: &Report, chance: &mut Chance) -> Report {
    let mut report = plain.clone();
    for key in ["description", "policies", "heuristic", "lessons_additional", "certificate_types"] {
        let lines: Vec<String> = (0..=chance.below(2)).map(|_| chance.words()).collect();
        let raw = if key == "certificate_types" { lines[0].clone() } else { lines.join("\n") };
        report.fields.entry(key.to_owned()).or_default().raw = raw;
    }
    for row in &mut report.timeline {
        if let Row::Event(event) = row {
            event.text = chance.words();
        }
    }
    report.causes.iter_mut().for_each(|cause| {
        cause.text = chance.words();
        cause.parts.values_mut().for_each(|part| *part = chance.words());
    });
    for lesson in &mut report.lessons {
        lesson.text = chance.words();
    }
    report.lessons.retain(|lesson| lesson.kind != LessonKind::Lucky || chance.below(2) == 0);
    for action in &mut report.actions {
        (action.text, action.criteria) = (chance.words(), format!("{}\n{}", chance.words(), chance.words()));
        action.kind = [ActionKind::Prevent, ActionKind::Detect, ActionKind::Mitigate][chance.below(3)];
        action.state = [ActionState::Begun, ActionState::Done, ActionState::Delayed, ActionState::Cancelled][chance.below(4)];
        action.causes = report.causes.iter().map(|cause| cause.id).filter(|_| chance.below(2) == 0).collect();
    }
    for link in &mut report.linked {
        (link.incident, link.nature) = (chance.words(), chance.words());
    }
    for section in &mut report.sections {
        if chance.below(3) != 0 {
            continue;
        }
        let code = format!("{}\n```\n### Impact", chance.words());
        section.body = RichText(vec![
            Block::plain(&chance.words()),
            Block::CodeBlock { content: vec![Inline::plain(&code)] },
            Block::plain(&chance.words()),
        ]);
    }
    report
}

/// What the format has no place for.
fn overfilled(mut report: Report, sample: &Report, chance: &mut Chance) -> Report {
    report.title = chance.words();
    report.attachments.clone_from(&sample.attachments);
    for row in &mut report.timeline {
        if let Row::Event(event) = row {
            event.text = format!("{}\n{}", chance.words(), chance.words());
            if let (Time::At { at }, 0) = (event.time, chance.below(4)) {
                event.time = Time::About { at };
            }
        }
    }
    for action in &mut report.actions {
        action.owner = chance.words();
        action.state = ActionState::Open;
    }
    report.zone = Some("Europe/Berlin".to_owned());
    report
}

/// Numbers from a seed (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
        self.0 ^= self.0 >> 29;
        usize::try_from(self.0 >> 8).expect("it has 56 bits") % end
    }

    /// A line of words and signs, never blank, trimmed.
    fn words(&mut self) -> String {
        const SIGNS: [&str; 27] = [
            "#",
            "-",
            "+",
            "*",
            "_",
            "`",
            "```",
            "|",
            "\\",
            "<br>",
            "[x](y)",
            "1.",
            "2)",
            "~",
            "&amp;",
            "R&D",
            ">",
            "N/A",
            "10:05",
            ":",
            "**",
            "### Impact",
            "Zürich",
            "中文",
            "=",
            "“so”",
            "from",
        ];
        let words: Vec<&str> = (0..1 + self.below(5)).map(|_| SIGNS[self.below(SIGNS.len())]).collect();
        format!("{} w{}", words.join(" "), self.below(1_000))
    }
}
