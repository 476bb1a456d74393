//! The working papers that print after the form: impact windows, timeline, actions, lessons, evidence.

use report::{
    Place, Report,
    papers::{ActionKind, ActionState},
    template::{Annex, SectionKind},
};

use super::{Job, evidence, impact, lessons, record, sequence};
use crate::{
    composer::Composer,
    display::{Item, Stroke},
    measure::{INK, mm},
    section,
    strip::Strip,
    table::{self, Cell, CellText, Heads, Row, Table, Under},
    text::{Text, house},
    tree::NodeId,
};

/// Every annex that prints, lettered in order.
pub fn annexes(c: &mut Composer<'_>, job: &mut Job<'_>) -> Vec<Strip> {
    let prints = |annex: &Annex| job.report.prints(*annex) && (*annex != Annex::Record || record::has_any(job));
    let printed: Vec<Annex> = job.report.template.annexes.iter().copied().filter(prints).collect();
    let letter_of = |annex: Annex| printed.iter().position(|other| *other == annex).map(letter);
    let mut strips = Vec::new();
    for (number, annex) in printed.iter().enumerate() {
        let (name, note) = match annex {
            Annex::Impact => {
                let from = letter_of(Annex::Timeline).map(|letter| format!("computed from Annex {letter}; ")).unwrap_or_default();
                ("Impact windows", format!("{from}windows that overlap are counted once"))
            }
            Annex::Timeline => ("Timeline", sequence::note(job.report)),
            Annex::Actions => ("Actions", String::new()),
            Annex::Lessons => ("Lessons", String::new()),
            Annex::Evidence => ("Evidence", "attached to this file".to_owned()),
            Annex::Record => ("Record of the checks", "what was found and let stand, and why".to_owned()),
        };
        let head = format!("Annex {}. {name}", letter(number));
        c.place = place(*annex);
        strips.extend(match annex {
            Annex::Lessons => section::side(c, &head, |c, node| lessons::lessons(c, job, node, None)),
            _ => section::stacked(c, &head, &note, |c, node| match annex {
                Annex::Impact => impact::windows(c, job, node),
                Annex::Timeline => sequence::with_chart(c, job, node),
                Annex::Actions => actions(c, job, node),
                Annex::Evidence => evidence::list(c, job, node),
                Annex::Record => record::list(c, job, node),
                Annex::Lessons => Vec::new(),
            }),
        });
    }
    strips
}

fn place(annex: Annex) -> Place {
    match annex {
        Annex::Impact => Place::Impact,
        Annex::Timeline => Place::Timeline { index: None },
        Annex::Actions => Place::Actions,
        Annex::Lessons => Place::Lessons,
        Annex::Evidence => Place::Evidence,
        Annex::Record => Place::Report,
    }
}

fn letter(number: usize) -> char {
    char::from(b'A' + u8::try_from(number.min(25)).unwrap_or(25))
}

/// The table of actions.
pub fn actions(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId) -> Vec<Strip> {
    c.place = Place::Actions;
    let all = &job.report.actions;
    let rows = all
        .iter()
        .enumerate()
        .map(|(number, action)| {
            let kind = match action.kind {
                ActionKind::Prevent => "Prevent",
                ActionKind::Detect => "Detect",
                ActionKind::Mitigate => "Mitigate",
            };
            let due = report::when::date(&action.due, job.report.template.date_order)
                .map_or_else(|| action.due.trim().to_owned(), super::facts::short_date);
            let words = [format!("A{}", number + 1), action.text.trim().to_owned(), kind.to_owned(), action.owner.trim().to_owned(), due];
            let mut cells: Vec<Cell> = words.into_iter().enumerate().map(|(column, words)| Cell::words(column, words)).collect();
            cells[1].paragraphs.extend(beside(job.report, action));
            cells.push(state(action.state));
            Row { cells, under: if number + 1 == all.len() { Under::Hair } else { Under::Faint(0) } }
        })
        .collect();
    let heads = ["No.", "Action", "Kind", "Owner", "Due", "State"].map(str::to_owned).to_vec();
    let columns = table::columns(0.0, &[10.0, 68.0, 19.0, 27.0, 24.0, 18.0].map(mm));
    table::table(c, node, Table { columns, heads: Heads::Words(heads), rows, padding: (2.6, 2.9), depth: job.depth })
}

/// What else is said of an action, under its words and under the form's own heads where it words them: its causes, and how it is judged.
fn beside(report: &Report, action: &report::papers::Action) -> Vec<CellText> {
    let worded = report.template.sections.iter().find(|rule| rule.kind == SectionKind::Actions && rule.columns.len() == 6);
    let head = |at: usize, own: &str| worded.map_or_else(|| own.to_owned(), |rule| rule.columns[at].clone());
    let number = |id| report.causes.iter().position(|cause| cause.id == id).map(|at| (at + 1).to_string());
    // A form that does not ask for the causes has them in their own section, and its table stays short.
    let asked = action.causes.iter().filter(|_| worded.is_some());
    let causes: Vec<String> = asked.filter_map(|id| number(*id)).collect();
    let said = [(head(2, "Causes"), causes.join(", ")), (head(3, "Judged by"), action.criteria.trim().to_owned())];
    let line = |(head, words): (String, String)| CellText {
        before: 2.0,
        ..CellText::new(Text::new(format!("{head}: {words}"), house::CELL.0.quiet(), house::CELL.1))
    };
    said.into_iter().filter(|(_, words)| !words.is_empty()).map(line).collect()
}

/// A state: its mark, drawn 2.5 mm, and its word.
fn state(state: ActionState) -> Cell {
    let word = match state {
        ActionState::Open => "open",
        ActionState::Begun => "begun",
        ActionState::Done => "done",
        ActionState::Delayed => "delayed",
        ActionState::Cancelled => "cancelled",
    };
    let centre = (mm(1.25), house::CELL.1 * crate::measure::BASELINE + mm(0.25) - mm(1.25));
    let ring = Item::Disc { centre, radius: mm(1.15), fill: None, stroke: Some(Stroke::solid(mm(0.2), INK)) };
    let mark = match state {
        ActionState::Open | ActionState::Delayed => vec![ring],
        ActionState::Cancelled => vec![ring, Item::rule(mm(0.45), centre.1, mm(1.6), Stroke::solid(mm(0.2), INK))],
        ActionState::Begun => vec![Item::HalfDisc { centre, radius: mm(1.25), fill: INK }, ring],
        ActionState::Done => vec![Item::Disc { centre, radius: mm(1.25), fill: Some(INK), stroke: None }],
    };
    let mut cell = Cell::words(5, word);
    cell.paragraphs = vec![CellText { indent: mm(3.9), mark, ..CellText::new(Text::new(word, house::CELL.0, house::CELL.1)) }];
    cell
}
