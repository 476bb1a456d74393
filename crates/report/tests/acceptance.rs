//! A reason given for a finding stays with it whatever is inserted or moved around it, and ends with the words it was given for.
use report::edit::{Change, Edit};
use report::finding::{Finding, Level};
use report::ids::{ActionId, CountedIds, Ids, LessonId, RowId, SectionId};
use report::papers::{Accepted, Action, ActionKind, ActionState, Lesson, LessonKind};
use report::place::Place;
use report::report::Section;
use report::rich::RichText;
use report::timeline::{Phase, Row};
use report::{Report, catalogue, check};

/// Sentences that many checks ask about, each in a paragraph of its own.
const FAULTY: &str = "The RDH feed failed yesterday; see SEC 9.14(b).\n\nIt was down for about 3 hours, and nobody is to blame.\n\n\
    The risk is accepted. All servers were restarted, and 12 out of 40 are left.\n\nThe cause was an error of the operator.";
/// How many edits each report goes through.
const EDITS: usize = 30;

#[test]
fn reasons_outlive_whatever_does_not_change_the_words() {
    let mut asked = 0;
    for (number, template) in catalogue::all().iter().enumerate() {
        let mut report = accepting_everything(faulty(&template.id));
        let before = check(&report);
        asked += before.iter().filter(|finding| finding.accepted.is_some()).count();
        let mut random = Random(number as u64 + 1);
        let mut ids = CountedIds(900_000);
        for step in 0..EDITS {
            let edit = around(&report, &mut random, &mut ids);
            report = report.apply(&edit).expect("it applies").report;
            let now = check(&report);
            for finding in before.iter().filter(|finding| finding.accepted.is_some()) {
                let (had, have) = (alike(&before, finding), alike(&now, finding));
                let kept = have.iter().filter(|one| one.accepted.is_some()).count();
                assert!(
                    kept >= had.len().min(have.len()),
                    "{}, edit {step} {edit:?}: the reason for this is lost: {finding:#?}",
                    template.id
                );
            }
        }
    }
    assert!(asked > 200, "only {asked} findings were answered");
}

#[test]
fn a_reason_ends_with_the_words_it_was_given_for() {
    let mut ended = 0;
    for template in catalogue::all() {
        let report = accepting_everything(faulty(&template.id));
        for at in 0..report.actions.len() {
            let mut item = report.actions[at].clone();
            let about = |finding: &&Finding, words: &str| {
                let speaks =
                    |source: &report::finding::Source| source.place == Place::Actions && source.row == Some(at) && source.text == words;
                finding.accepted.is_some() && finding.sources.iter().any(speaks)
            };
            let answered = check(&report).iter().filter(|finding| about(finding, &item.text)).count();
            item.text.push_str(" everywhere");
            let words = item.text.clone();
            let after = report.apply(&Edit::Actions { change: Change::Replace { at, item } }).expect("it applies").report;
            assert_eq!(check(&after).iter().filter(|finding| about(finding, &words)).count(), 0, "{}, action {at}", template.id);
            ended += answered;
        }
    }
    assert!(ended > 20, "only {ended} reasons ended");
}

/// Reports from before keys named ids hold the words for the places: their reasons still stand, and can be taken back by their own name.
#[test]
fn a_reason_from_before_is_still_found() {
    let mut report = faulty("rfo");
    let finding = check(&report).into_iter().find(|finding| finding.check == "L41").expect("an action without an owner");
    let by_words = finding.sources.iter().fold("L41".to_owned(), |key, source| format!("{key}|{}={}", source.where_, source.text));
    report.accepted = vec![reason(by_words.clone())];
    let known = check(&report).into_iter().find(|one| one.accepted.is_some()).expect("it is found");
    assert_eq!((known.message, known.key), (finding.message, by_words));
}

/// A finished sample with an action that lacks what an action has, and text that many checks ask about.
fn faulty(template: &str) -> Report {
    let mut report = catalogue::sample(template).expect("every shipped template has a sample");
    let mut ids = CountedIds(800_000);
    for section in &mut report.sections {
        section.body = RichText::from_plain(FAULTY);
    }
    for text in ["Look at the alarm", "Replace the disk soon", "Look at the alarm"] {
        report.actions.push(action(&mut ids, text, "", ""));
    }
    report
}

fn accepting_everything(mut report: Report) -> Report {
    let open = check(&report).into_iter().filter(|finding| finding.level != Level::Blocks);
    report.accepted = open.map(|finding| reason(finding.key)).collect();
    report
}

fn reason(finding: String) -> Accepted {
    Accepted { finding, reason: "Agreed".into(), by: "Ada Ferrer".into(), at: "2026-05-12T12:00:00Z".into() }
}

fn action(ids: &mut dyn Ids, text: &str, owner: &str, due: &str) -> Action {
    let (owner, due) = (owner.to_owned(), due.to_owned());
    let (kind, state) = (ActionKind::Prevent, ActionState::default());
    Action { id: ActionId::new(ids), text: text.to_owned(), kind, owner, due, state, criteria: String::new(), causes: Vec::new() }
}

/// Something beside what was answered for: a new row, heading or paragraph, or a row that moves.
fn around(report: &Report, random: &mut Random, ids: &mut CountedIds) -> Edit {
    match random.below(6) {
        0 => {
            let item = Row::Phase(Phase { id: RowId::new(ids), name: Some("Recovery".into()) });
            Edit::Timeline { change: Change::Insert { at: random.below(report.timeline.len() + 1), item } }
        }
        1 if !report.sections.is_empty() => {
            let section = &report.sections[random.below(report.sections.len())];
            let body = RichText::from_plain(&format!("An aside.\n\n{}", section.body.plain()));
            Edit::Body { section: section.id, body }
        }
        2 => {
            let item = action(ids, "Watch the queue", "Ada Ferrer", "1 June 2031");
            Edit::Actions { change: Change::Insert { at: random.below(report.actions.len() + 1), item } }
        }
        3 => {
            let item = Lesson { id: LessonId::new(ids), kind: LessonKind::Good, text: "The rota answered.".into() };
            Edit::Lessons { change: Change::Insert { at: random.below(report.lessons.len() + 1), item } }
        }
        4 => {
            let item = Section {
                id: SectionId::new(ids),
                key: None,
                heading: "Thanks".into(),
                standing: Default::default(),
                body: RichText::from_plain("To all."),
            };
            Edit::Sections { change: Change::Insert { at: random.below(report.sections.len() + 1), item } }
        }
        _ => Edit::Actions { change: Change::Move { from: random.below(report.actions.len()), to: random.below(report.actions.len()) } },
    }
}

/// The findings that say the same, wherever it stands.
fn alike<'a>(findings: &'a [Finding], like: &Finding) -> Vec<&'a Finding> {
    let words = |finding: &Finding| -> (String, Vec<String>) {
        (finding.check.clone(), finding.sources.iter().map(|source| source.text.clone()).collect())
    };
    findings.iter().filter(|one| words(one) == words(like)).collect()
}

/// The same numbers every time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}
