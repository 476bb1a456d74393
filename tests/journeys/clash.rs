//! Two and three windows on one library, written in at random and in any order: no word that was acknowledged as saved is lost, and what a
//! window shows, what its desk holds and what is on disk after a save are one text.
//! `RAPPORTEUR_CLASH_CASES=10000 cargo test -p journeys clash` runs as many cases as asked.

use crate::room::Room;
use desk::library::ReportState;
use desk::view::{Edited, Opened, SaveNews};
use desk::{Desk, Sitting};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use report::ids::ReportId;
use report::timeline::Row;
use report::{Answer, Change, Edit, Report, RichText};
use std::collections::BTreeSet;
use store::{Filter, Library, State};

/// Few enough for every run of the tests.
const CASES: u32 = 150;
/// The form is short: the windows are what is tried.
const FORM: &str = "public-note";

#[derive(Clone, Copy, Debug)]
enum Act {
    /// Adds a word to the title.
    Title,
    /// Adds a word to a section's text, sending the whole of it.
    Body(usize),
    /// Adds a word to a field's answer.
    Answer(usize),
    /// Types a timeline line before a row.
    Jot(usize),
    /// Adds a word to a row, sending the row by its place.
    Row(usize),
    /// Takes a row away.
    Unrow(usize),
    Undo,
    Redo,
    /// What the autosave does when its time has come.
    Save,
    /// Time passes: the next edit begins a step of its own, and a checkpoint may be due.
    Wait(u64),
    /// The window hears what it was told until now.
    Hear,
    Close,
    /// Opens a report of the shelf; a window that has one open closes it first.
    Open(usize),
    /// The report is signed as it is on disk.
    Sign,
    /// The report goes to the bin.
    Bin,
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let act = prop_oneof![
        2 => Just(Act::Title),
        4 => (0..4_usize).prop_map(Act::Body),
        2 => (0..8_usize).prop_map(Act::Answer),
        3 => (0..4_usize).prop_map(Act::Jot),
        2 => (0..4_usize).prop_map(Act::Row),
        1 => (0..4_usize).prop_map(Act::Unrow),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        5 => Just(Act::Save),
        1 => prop_oneof![Just(1_200), Just(400_000)].prop_map(Act::Wait),
        2 => Just(Act::Hear),
        1 => Just(Act::Close),
        1 => (0..4_usize).prop_map(Act::Open),
        1 => Just(Act::Sign),
        1 => Just(Act::Bin),
    ];
    prop::collection::vec((0..3_usize, act), 5..40)
}

/// A window as it really is: it knows what it was answered, and sends what it shows.
struct Window {
    desk: Desk,
    open: Option<Shown>,
}

struct Shown {
    sitting: Sitting,
    report: Report,
    state: ReportState,
    unheard: Vec<SaveNews>,
}

/// The library, the windows on it, and what must never be lost.
struct House {
    room: Room,
    library: Library,
    windows: Vec<Window>,
    words: u32,
    /// Acknowledged, and not taken back by whoever wrote it.
    owed: BTreeSet<String>,
    /// Taken back by whoever wrote it: what another window goes on showing of it is owed to nobody.
    taken_back: BTreeSet<String>,
    signed: Vec<Report>,
}

impl House {
    fn new(windows: usize) -> Self {
        let room = Room::new();
        let windows: Vec<Window> = (0..windows).map(|_| Window { desk: room.desk(), open: None }).collect();
        let id = windows[0].desk.begin(FORM).expect("it begins").report.id;
        let library = Library::open(&room.library().join(desk::LIBRARY_FILE)).expect("it opens");
        let mut house = Self { room, library, windows, words: 0, owed: BTreeSet::new(), taken_back: BTreeSet::new(), signed: Vec::new() };
        (0..house.windows.len()).for_each(|nth| house.open(nth, id));
        house
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("w{}x", self.words)
    }

    fn open(&mut self, nth: usize, id: ReportId) {
        let window = &mut self.windows[nth];
        let opened: Opened = window.desk.open_report(id).expect("it opens");
        window.open = Some(Shown { sitting: opened.sitting, report: opened.report, state: opened.state, unheard: Vec::new() });
    }

    fn act(&mut self, nth: usize, act: Act) {
        let nth = nth % self.windows.len();
        match act {
            Act::Wait(ms) => return self.room.clock.pass(ms),
            Act::Open(at) => {
                self.close(nth);
                let rows = self.library.list(&Filter::default()).expect("the list");
                if let Some(row) = rows.get(at % rows.len().max(1)) {
                    self.open(nth, row.id);
                }
                return;
            }
            Act::Close => return self.close(nth),
            _ => {}
        }
        if self.windows[nth].open.is_none() {
            return;
        }
        match act {
            Act::Undo => self.step(nth, Desk::undo),
            Act::Redo => self.step(nth, Desk::redo),
            Act::Save => self.save(nth),
            Act::Hear => self.hear(nth),
            Act::Sign => {
                let id = self.shown(nth).report.id;
                let Ok(working) = self.library.load(id) else { return };
                if working.state == State::Draft && working.removed.is_none() {
                    self.library.set_state(id, State::Signed).expect("it is signed");
                    self.signed.push(working.report);
                }
            }
            Act::Bin => {
                let id = self.shown(nth).report.id;
                // One that another window left without a word is gone already.
                if self.library.load(id).is_ok() {
                    self.library.remove(id, chrono::DateTime::UNIX_EPOCH).expect("it goes to the bin");
                }
            }
            edit => self.edit(nth, edit),
        }
        self.one_text(nth);
    }

    fn shown(&mut self, nth: usize) -> &mut Shown {
        self.windows[nth].open.as_mut().expect("it is open")
    }

    fn edit(&mut self, nth: usize, act: Act) {
        let word = self.word();
        if self.shown(nth).state == ReportState::Signed {
            let sitting = self.shown(nth).sitting;
            let opened = self.windows[nth].desk.begin_version(sitting).expect("it begins");
            assert_eq!(opened.sitting, sitting);
            let shown = self.shown(nth);
            (shown.report, shown.state) = (opened.report, opened.state);
        }
        let (sitting, before) = (self.shown(nth).sitting, self.shown(nth).report.clone());
        let edit = match act {
            Act::Title => Edit::Title { title: format!("{} {word}", before.title) },
            Act::Body(at) => {
                let section = &before.sections[at % before.sections.len()];
                let body = RichText::from_plain(&format!("{}\n{word}", section.body.plain()));
                Edit::Body { section: section.id, body }
            }
            Act::Answer(at) => {
                let key = before.template.fields[at % before.template.fields.len()].key.clone();
                let raw = format!("{} {word}", before.answer(&key).raw);
                Edit::Answer { key, answer: Some(Answer { raw, ..Answer::default() }) }
            }
            Act::Jot(at) => {
                let edited = self.windows[nth].desk.jot(sitting, &[format!("1655 {word}")], Some(at)).expect("it is taken");
                return self.take(nth, edited);
            }
            Act::Row(at) | Act::Unrow(at) if before.timeline.is_empty() => {
                let _no_row = at;
                return;
            }
            Act::Row(at) => {
                let at = at % before.timeline.len();
                let mut item = before.timeline[at].clone();
                if let Row::Event(event) = &mut item {
                    event.text = format!("{} {word}", event.text);
                }
                Edit::Timeline { change: Change::Replace { at, item } }
            }
            Act::Unrow(at) => {
                let at = at % before.timeline.len();
                // Another's words are not this window's to take back.
                self.forgive(&words(&format!("{:?}", before.timeline[at])));
                Edit::Timeline { change: Change::Remove { at } }
            }
            other => unreachable!("{other:?} is no edit"),
        };
        // As the window does: shown at once, then told.
        self.shown(nth).report = before.apply(&edit).expect("it makes sense here").report;
        let edited = self.windows[nth].desk.edit(sitting, &edit, false).expect("it is taken");
        self.take(nth, edited);
    }

    fn step(&mut self, nth: usize, step: fn(&Desk, Sitting) -> Result<Option<Edited>, desk::Fault>) {
        let sitting = self.shown(nth).sitting;
        if let Some(edited) = step(&self.windows[nth].desk, sitting).expect("it is open") {
            self.take(nth, edited);
        }
    }

    /// What somebody has taken back themselves is owed to nobody.
    fn take(&mut self, nth: usize, edited: Edited) {
        let shown = self.windows[nth].open.as_mut().expect("it is open");
        shown.state = edited.state;
        if let Some(report) = edited.report {
            let (before, after) = (said(&shown.report), said(&report));
            shown.report = report;
            self.taken_back.retain(|word| !after.contains(word) || before.contains(word));
            self.forgive(&before.difference(&after).cloned().collect());
        }
    }

    fn forgive(&mut self, words: &BTreeSet<String>) {
        self.owed.retain(|word| !words.contains(word));
        self.taken_back.extend(words.iter().cloned());
    }

    fn save(&mut self, nth: usize) {
        let window = &mut self.windows[nth];
        let Some(shown) = window.open.as_mut() else { return };
        match window.desk.save(shown.sitting).expect("it is saved") {
            SaveNews::Saved { .. } | SaveNews::KeptBoth { .. } => {}
            news => panic!("{news:?}"),
        }
        shown.unheard.extend(window.desk.untold());
        self.owed.extend(said(&shown.report).difference(&self.taken_back).cloned());
        let held = held(window);
        // A window with nothing to save may be behind what another one saved meanwhile; its next edit will find out.
        if self.library.load(held.id).map_or(true, |working| working.report != held) {
            let kept = self.everything();
            assert!(said(&held).iter().all(|word| kept.contains(word) || !self.owed.contains(word)), "what was said to be saved is gone");
        }
    }

    fn hear(&mut self, nth: usize) {
        let window = &mut self.windows[nth];
        let Some(shown) = window.open.as_mut() else { return };
        shown.unheard.extend(window.desk.untold());
        for news in shown.unheard.drain(..) {
            let SaveNews::KeptBoth { sitting, copy, .. } = news else { continue };
            if sitting != shown.sitting {
                continue;
            }
            let opened = window.desk.rejoin(sitting, copy).expect("the sitting goes on");
            (shown.report, shown.state) = (opened.report, opened.state);
        }
    }

    fn close(&mut self, nth: usize) {
        self.save(nth);
        let window = &mut self.windows[nth];
        if let Some(shown) = window.open.take() {
            window.desk.close(shown.sitting).expect("it is saved");
            window.desk.untold();
        }
    }

    /// What the window shows is what its desk holds: word for word, but for what the copy is called where it has not heard of it yet.
    fn one_text(&mut self, nth: usize) {
        let window = &self.windows[nth];
        let Some(shown) = &window.open else { return };
        let held = held(window);
        let called = Report { id: held.id, title: held.title.clone(), version: held.version.clone(), ..shown.report.clone() };
        assert_eq!(called, held, "the window shows another text than the desk holds");
        assert!(words(&shown.report.title).is_subset(&words(&held.title)), "“{}” became “{}”", shown.report.title, held.title);
    }

    /// Every word that is in a report, the bin included, or in a revision.
    fn everything(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for bin in [false, true] {
            for row in self.library.list(&Filter { bin, ..Filter::default() }).expect("the list") {
                found.extend(said(&self.library.load(row.id).expect("it is there").report));
                for revision in self.library.history(row.id).expect("its history") {
                    found.extend(said(&self.library.revision(revision.id).expect("it is there")));
                }
            }
        }
        found
    }
}

fn held(window: &Window) -> Report {
    let shown = window.open.as_ref().expect("it is open");
    window.desk.rejoin(shown.sitting, shown.report.id).expect("the sitting goes on").report
}

fn said(report: &Report) -> BTreeSet<String> {
    words(&report::format::write(report))
}

/// The words of these tests in a text.
fn words(text: &str) -> BTreeSet<String> {
    let ours = |word: &&str| {
        word.len() > 2 && word.starts_with('w') && word.ends_with('x') && word[1..word.len() - 1].bytes().all(|b| b.is_ascii_digit())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(ours).map(str::to_owned).collect()
}

fn live(windows: usize, acts: Vec<(usize, Act)>) {
    let mut house = House::new(windows);
    for (nth, act) in acts {
        house.act(nth, act);
    }
    (0..windows).for_each(|nth| house.close(nth));
    let kept = house.everything();
    let lost: Vec<&String> = house.owed.difference(&kept).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    for signed in &house.signed {
        assert_eq!(&house.library.load(signed.id).expect("it is there").report, signed, "what was signed was changed");
    }
}

#[test]
fn whatever_windows_do_to_one_report_no_acknowledged_word_is_lost() {
    let cases = std::env::var("RAPPORTEUR_CLASH_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(2..4_usize, acts()), |(windows, acts)| {
            live(windows, acts);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Found by ten thousand cases: a copy that held one answer and no other word was taken for a blank report and withdrawn when it was left.
#[test]
fn a_text_of_one_answer_is_no_blank_report() {
    live(3, vec![(2, Act::Answer(0)), (0, Act::Sign), (0, Act::Title), (2, Act::Save), (0, Act::Open(1))]);
}
