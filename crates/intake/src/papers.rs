//! Actions, lessons and linked incidents from lines and rows. Always true: columns that a report has no place for go on in the words.

use crate::columns::{Column, Tables};
use crate::lessons;
use crate::outgoing::csv::{Own, own_action};
use crate::piece::{Piece, Shape};
use crate::references;
use crate::to::LessonRank;
use crate::told::told;
use report::ids::{ActionId, Ids, LessonId, LinkId};
use report::moment::Given;
use report::papers::{Action, ActionKind, ActionState, Lesson, LinkedIncident};

/// Adds an action, or the sub-point of one; gives the words that only said which column they stood in.
pub(crate) fn action(actions: &mut Vec<Action>, at: usize, piece: &Piece, tables: &Tables, given: Given, ids: &mut dyn Ids) -> Vec<String> {
    let blank = |id: ActionId, text: String| Action {
        id,
        text,
        kind: ActionKind::default(),
        owner: String::new(),
        due: String::new(),
        state: ActionState::default(),
        causes: Vec::new(),
        criteria: String::new(),
    };
    let id = ActionId::new(ids);
    if let Some(cells) = piece.cells().filter(|_| tables.own(at) == Some(Own::Actions))
        && let Some(action) = own_action(&cells)
    {
        actions.push(action);
        return cells;
    }
    if let Some(cells) = piece.cells() {
        let columns = tables.columns(at);
        let mut action = blank(id, String::new());
        let mut more = Vec::new();
        let mut read = Vec::new();
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match columns.get(column).copied().flatten() {
                Some(Column::Owner | Column::Who) if action.owner.is_empty() => cell.trim_start_matches('@').clone_into(&mut action.owner),
                Some(Column::Due | Column::Day | Column::Time) if action.due.is_empty() => action.due.clone_from(cell),
                Some(Column::State) if state(cell).is_some() => {
                    action.state = state(cell).unwrap_or_default();
                    read.push(cell.clone());
                }
                Some(Column::Kind) if kind(cell).is_some() => {
                    action.kind = kind(cell).unwrap_or_default();
                    read.push(cell.clone());
                }
                Some(Column::Action | Column::Event) if action.text.is_empty() => action.text.clone_from(cell),
                None if is_number_of(cell, actions.len() + 1, tables.name(at, column)) => read.push(cell.clone()),
                // What is not understood stays under its own name.
                _ => more.push(tables.name(at, column).map_or_else(|| cell.clone(), |name| format!("{name}: {cell}"))),
            }
        }
        if !more.is_empty() {
            let gap = if action.text.is_empty() { "" } else { "; " };
            action.text = format!("{}{gap}{}", action.text, more.join("; "));
        }
        actions.push(action);
        return read;
    }
    let text = piece.words.text().trim().to_owned();
    let deep = matches!(piece.shape, Shape::Item { depth, .. } if depth > 0);
    let mut number = match piece.shape {
        Shape::Item { number: Some(number), .. } => vec![number.to_string()],
        _ => Vec::new(),
    };
    match actions.last_mut().filter(|_| deep) {
        Some(parent) => {
            let gap = if parent.text.ends_with(':') { " " } else { "; " };
            parent.text.push_str(gap);
            parent.text.push_str(&text);
        }
        None if matches!(piece.shape, Shape::Text | Shape::Item { .. }) => {
            let told = told(&text, given);
            number.extend(told.read);
            let state = told.state.unwrap_or_default();
            actions.push(Action { owner: told.owner, due: told.due, state, ..blank(id, told.text) });
        }
        None => actions.push(blank(id, piece.said().trim().to_owned())),
    }
    number
}

/// Whether a cell only counts the rows of its table: "3" under "#" in the third.
fn is_number_of(cell: &str, row: usize, head: Option<&str>) -> bool {
    let counts = head.is_some_and(|head| matches!(head.trim().to_lowercase().as_str(), "#" | "no" | "no." | "nr" | "nr." | "n°" | "nº"));
    counts && cell.trim().trim_end_matches('.').parse() == Ok(row)
}

/// How far an action is, by a word for it.
pub(crate) fn state(words: &str) -> Option<ActionState> {
    // "Done ✅" is done.
    let plain = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    match if plain.is_empty() { words } else { plain }.to_lowercase().as_str() {
        "open" | "to do" | "todo" | "not started" | "planned" | "new" | "pending" | "backlog" => Some(ActionState::Open),
        "in progress" | "in-progress" | "begun" | "started" | "ongoing" | "doing" | "wip" | "in review" | "underway" => {
            Some(ActionState::Begun)
        }
        "done" | "closed" | "complete" | "completed" | "finished" | "resolved" | "fixed" | "implemented" | "✅" | "✔" => {
            Some(ActionState::Done)
        }
        "cancelled" | "canceled" | "wontfix" | "won't fix" | "dropped" | "abandoned" => Some(ActionState::Cancelled),
        "delayed" | "deferred" | "postponed" | "overdue" | "late" => Some(ActionState::Delayed),
        words => report::languages::all().iter().find_map(|language| {
            let said = |key: &str| language.states.get(key).is_some_and(|known| known.iter().any(|word| word.to_lowercase() == words));
            [("open", ActionState::Open), ("begun", ActionState::Begun), ("done", ActionState::Done)]
                .into_iter()
                .find_map(|(key, state)| said(key).then_some(state))
        }),
    }
}

fn kind(words: &str) -> Option<ActionKind> {
    match words.to_lowercase().as_str() {
        "prevent" | "prevention" | "preventive" => Some(ActionKind::Prevent),
        "detect" | "detection" | "detective" => Some(ActionKind::Detect),
        "mitigate" | "mitigation" | "mitigative" => Some(ActionKind::Mitigate),
        _ => None,
    }
}

/// Adds a lesson, or what goes on with one; gives the words that marked its kind.
pub(crate) fn lesson(lessons: &mut Vec<Lesson>, own: &mut bool, piece: &Piece, kind: LessonRank, ids: &mut dyn Ids) -> Vec<String> {
    let (text, number) = match piece.shape {
        Shape::Item { number: Some(number), .. } => (piece.text(), vec![number.to_string()]),
        _ => (piece.said(), Vec::new()),
    };
    let text = text.replace('\t', " ").trim().to_owned();
    if let Some((_, mark)) = lessons::marked(&text) {
        *own = true;
        lessons.push(Lesson { id: LessonId::new(ids), kind: kind.into(), text: text[mark..].to_owned() });
        return number.into_iter().chain([text[..mark].to_owned()]).collect();
    }
    let deep = matches!(piece.shape, Shape::Item { depth, .. } if *own || depth > 0);
    match lessons.last_mut().filter(|_| deep) {
        Some(lesson) => {
            lesson.text.push(' ');
            lesson.text.push_str(&text);
        }
        None => {
            *own = false;
            lessons.push(Lesson { id: LessonId::new(ids), kind: kind.into(), text });
        }
    }
    number
}

/// Adds a linked incident, and gives the words that only said it was one; an empty first cell repeats the one above it, as a merged cell does.
pub(crate) fn linked(links: &mut Vec<LinkedIncident>, piece: &Piece, ids: &mut dyn Ids) -> Vec<String> {
    let id = LinkId::new(ids);
    let Some(cells) = piece.cells() else {
        let said = if piece.is_text() { piece.words.text() } else { piece.said() };
        let ticket = references::ticket(references::without_parting(&said));
        let (linked, nature) = ticket.as_ref().map_or((said.trim(), ""), |ticket| (ticket.reference, ticket.nature));
        links.push(LinkedIncident { id, incident: String::new(), linked: linked.to_owned(), nature: nature.to_owned() });
        let number = match piece.shape {
            Shape::Item { number: Some(number), .. } => Some(number.to_string()),
            _ => None,
        };
        return ticket.map(|ticket| ticket.label.to_owned()).into_iter().chain(number).collect();
    };
    // Of a cell that spans rows, the rows below it hold one cell less.
    let spanned = cells.len() == 2 && links.last().is_some_and(|link| !link.nature.is_empty());
    let cells: Vec<String> = if spanned { std::iter::once(String::new()).chain(cells).collect() } else { cells };
    let cell = |at: usize| cells.get(at).cloned().unwrap_or_default();
    let above = || links.last().map(|link| link.incident.clone()).unwrap_or_default();
    let incident = if cell(0).is_empty() { above() } else { cell(0) };
    let nature = cells.iter().skip(2).filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join("; ");
    links.push(LinkedIncident { id, incident, linked: cell(1), nature });
    Vec::new()
}
