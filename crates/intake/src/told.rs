//! What the line of an action tells besides what is to be done: its owner, its day, how far it is. Always true: what is taken out of the line
//! stands in the action or is named as read; what is only perhaps a name or a day stays in the line. Deliberately absent: tickets and
//! priorities, which an action has no place for and which stay in its words.

mod due;

use crate::papers::state;
use due::{LEADS, day_at_head, is_day};
use report::moment::Given;
use report::papers::ActionState;

/// An action's line, taken apart.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Told {
    pub text: String,
    pub owner: String,
    pub due: String,
    pub state: Option<ActionState>,
    /// Words that only said what stands elsewhere now.
    pub read: Vec<String>,
}

/// Words at the beginning of a line, in capitals, that say how far it is.
const MARKS: &[(&str, ActionState)] = &[
    ("TODO", ActionState::Open),
    ("TO DO", ActionState::Open),
    ("OPEN", ActionState::Open),
    ("DOING", ActionState::Begun),
    ("WIP", ActionState::Begun),
    ("IN PROGRESS", ActionState::Begun),
    ("DONE", ActionState::Done),
    ("CLOSED", ActionState::Done),
    ("WONTFIX", ActionState::Cancelled),
    ("WON'T FIX", ActionState::Cancelled),
    ("CANCELLED", ActionState::Cancelled),
    ("CANCELED", ActionState::Cancelled),
    ("DELAYED", ActionState::Delayed),
    ("DEFERRED", ActionState::Delayed),
];
/// Boxes before a line.
const BOXES: [(&str, ActionState); 11] = [
    ("(/)", ActionState::Done),
    ("(x)", ActionState::Open),
    ("[x]", ActionState::Done),
    ("[X]", ActionState::Done),
    ("[ ]", ActionState::Open),
    ("☑", ActionState::Done),
    ("☒", ActionState::Done),
    ("✅", ActionState::Done),
    ("✔️", ActionState::Done),
    ("✔", ActionState::Done),
    ("☐", ActionState::Open),
];
/// What stands between the parts at the end of a line; a dash of either length also where it joins no words.
const SIGNS: [&str; 7] = [" — ", " – ", " - ", " | ", " → ", "; ", ". "];
const OWNERS: &[&str] = &["owner", "owned by", "assignee", "assigned to", "responsible", "dri", "who"];
const DAYS: &[&str] = &["due", "due date", "due by", "deadline", "target", "target date", "eta", "by"];
const STATES: &[&str] = &["status", "state"];

/// Whether a line begins with a mark of how far it is.
pub(crate) fn is_marked(text: &str) -> bool {
    mark(text.trim_start()).is_some()
}

/// Takes a line apart.
pub(crate) fn told(line: &str, given: Given) -> Told {
    let mut told = Told::default();
    let mut text = line.trim();
    for (sign, state) in BOXES {
        if let Some(rest) = text.strip_prefix(sign) {
            told.state = Some(state);
            told.read.push(sign.to_owned());
            text = rest.trim_start();
        }
    }
    if let Some((words, state, rest)) = mark(text) {
        told.state = Some(state);
        told.read.push(words.to_owned());
        text = rest;
    }
    if let Some((day, rest)) = day_at_head(text, given) {
        told.due = day.to_owned();
        text = rest;
    }
    let mut kept = Vec::new();
    loop {
        let before = text.len();
        text = told.bracket(text, given);
        text = told.parts(text, given, &mut kept);
        if text.len() == before {
            break;
        }
    }
    let whole = kept.iter().rev().fold(text.to_owned(), |text, part| format!("{text}; {part}"));
    let text = &*whole;
    let text = told.handle(text);
    let text = told.day_at_end(&text, given);
    // "Sam to order a printer": who does it stands in the sentence, and stays there.
    if let Some((name, _)) = text.split_once(" to ").filter(|(name, _)| told.owner.is_empty() && report::is_first_name(name)) {
        told.owner = name.to_owned();
    }
    told.text = text.trim_end_matches([' ', '–', '—', '|', ',', ';']).trim_end_matches(" -").to_owned();
    told
}

fn mark(text: &str) -> Option<(&str, ActionState, &str)> {
    let in_capitals = MARKS.iter().find_map(|(word, state)| {
        let after = text.strip_prefix(word)?;
        let rest = after.trim_start_matches([':', ' ', '-', '–', '—']);
        (rest.len() < after.len() && !rest.is_empty()).then(|| (&text[..word.len()], *state, rest))
    });
    in_capitals.or_else(|| labelled_mark(text))
}

/// "In progress: …", "ERLEDIGT: …", "Done – …": a state in any language, with a colon or a dash behind it.
fn labelled_mark(text: &str) -> Option<(&str, ActionState, &str)> {
    const LONGEST: usize = 24;
    let parted = [":", " –", " —", " - "].iter().filter_map(|sign| text.split_once(sign)).min_by_key(|(word, _)| word.len());
    let (word, rest) = parted.filter(|(word, _)| word.len() <= LONGEST && word.starts_with(char::is_uppercase))?;
    let rest = rest.trim();
    let state = state(word.trim())?;
    (!rest.is_empty()).then_some((word, state, rest))
}

/// The words before a bracket at the end of a text, and those inside; brackets within it stay in it.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix(')')?;
    let mut open = 1_usize;
    for (at, sign) in inside.char_indices().rev() {
        match sign {
            ')' => open += 1,
            '(' if open == 1 => return Some((&inside[..at], &inside[at + 1..])),
            '(' => open -= 1,
            _ => {}
        }
    }
    None
}

impl Told {
    /// "(owner: Kim, due 2024-06-10)", "(Sam, in progress)" at the end of a line: all of it is understood, or it stays.
    fn bracket<'t>(&mut self, text: &'t str, given: Given) -> &'t str {
        let ended = text.trim_end_matches('.');
        let Some((before, inside)) = last_bracket(ended) else { return text };
        let mut found = Told::default();
        if before.trim().is_empty() || !found.list(inside, given) {
            return text;
        }
        self.join(found);
        before.trim_end()
    }

    /// "Sam, in progress": whether all of a list is understood. A lone name is one beside something that an action has, or where people are
    /// called so.
    fn list(&mut self, words: &str, given: Given) -> bool {
        let parts: Vec<&str> = words.split([',', ';']).map(str::trim).collect();
        let mut names = Vec::new();
        for part in &parts {
            if !self.take(part, given) {
                names.push(*part);
            }
        }
        let called = |name: &str| name.split_whitespace().next().is_some_and(report::is_first_name);
        let name = matches!(names.as_slice(), [name] if self.owner.is_empty() && is_name(name) && (parts.len() > 1 || called(name)));
        if name {
            self.owner = names[0].to_owned();
        }
        names.is_empty() || name
    }

    /// "Fix it — Owner: Sam — Due: 14 June 2024", "Fix it. Owner: Sam. Done": parts at the end of a line, each plainly what it is. A name alone is
    /// one only between dashes or bars, beside something that an action has. A ticket or a priority behind such parts is `kept` with the words.
    fn parts<'t>(&mut self, text: &'t str, given: Given, kept: &mut Vec<&'t str>) -> &'t str {
        let (mut text, mut rest) = (text, text);
        let (mut taken, mut passed) = (false, Vec::new());
        while let Some((at, sign)) = SIGNS.iter().filter_map(|sign| Some((rest.rfind(sign)?, *sign))).max_by_key(|(at, _)| *at) {
            let part = rest[at + sign.len()..].trim();
            let mut found = Told::default();
            let plain = sign != ". " && sign != "; ";
            rest = rest[..at].trim_end();
            if !(found.take(part, given) || found.without_colon(part, given)) {
                if is_reference(part) {
                    passed.push(part);
                    continue;
                }
                let mut listed = Told::default();
                if plain && self.owner.is_empty() && listed.list(part, given) {
                    found = listed;
                } else if plain && taken && self.owner.is_empty() && is_name(part) {
                    found.owner = part.to_owned();
                } else {
                    break;
                }
            }
            self.join(found);
            taken = true;
            text = rest;
            kept.append(&mut passed);
        }
        text
    }

    /// "owner Sam", "assigned to Sam".
    fn without_colon(&mut self, part: &str, given: Given) -> bool {
        let lower = part.to_lowercase();
        let others = report::languages::all().iter().filter_map(|language| language.heads.get("owner")).flatten();
        let words: Vec<String> = OWNERS.iter().map(|word| (*word).to_owned()).chain(others.map(|head| head.to_lowercase())).collect();
        let label = words.iter().find(|word| lower.starts_with(&format!("{word} ")));
        let Some(value) = label.and_then(|label| part.get(label.len()..)).map(str::trim) else { return false };
        let named = is_name(value) || value.starts_with('@');
        named && self.labelled(&format!("{}: {value}", &part[..part.len() - value.len()].trim()), given)
    }

    /// "@lee" is a person, and stands in the line for nothing else.
    fn handle(&mut self, text: &str) -> String {
        let is_handle = |word: &&str| {
            let name = word.strip_prefix('@').map(|name| name.trim_end_matches([',', '.', ':', ';']));
            name.is_some_and(|name| name.len() > 1 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        };
        let handles: Vec<&str> = text.split(' ').filter(is_handle).collect();
        let [handle] = handles.as_slice() else { return text.to_owned() };
        if !self.owner.is_empty() {
            return text.to_owned();
        }
        self.owner = handle.trim_matches(['@', ',', '.', ':', ';']).to_owned();
        text.split(' ').filter(|word| !is_handle(word)).collect::<Vec<_>>().join(" ")
    }

    /// "by 2024-07-01", "by Friday 14 June" at the end of a line.
    fn day_at_end(&mut self, text: &str, given: Given) -> String {
        let lower = text.to_ascii_lowercase();
        for word in [" by ", " due ", " until ", " before "] {
            let Some(at) = lower.rfind(word).filter(|_| self.due.is_empty()) else { continue };
            let day = text[at + word.len()..].trim().trim_end_matches('.');
            if is_day(day, given) {
                self.due = day.to_owned();
                self.read.push(word.trim().to_owned());
                return text[..at].trim_end_matches([',', ' ']).to_owned();
            }
        }
        text.trim().to_owned()
    }

    /// A part that says what it is, or is plainly a day, a state or a handle.
    fn take(&mut self, part: &str, given: Given) -> bool {
        if self.labelled(part, given) {
            return true;
        }
        if let Some(state) = state(part.trim_end_matches('.')) {
            self.state = Some(state);
            self.read.push(part.to_owned());
            return true;
        }
        let lead = LEADS.iter().find_map(|word| {
            let (start, after) = (part.get(..word.len())?, part.get(word.len()..)?);
            (start.to_lowercase() == *word && after.starts_with(' ')).then_some(start)
        });
        let day = part[lead.map_or(0, str::len)..].trim();
        if is_day(day, given) && self.due.is_empty() {
            self.due = day.to_owned();
            self.read.extend(lead.map(str::to_owned));
            return true;
        }
        match part.strip_prefix('@').filter(|name| !name.contains(' ') && self.owner.is_empty()) {
            Some(name) => {
                self.owner = name.to_owned();
                true
            }
            None => false,
        }
    }

    /// "Owner: Sam".
    fn labelled(&mut self, part: &str, given: Given) -> bool {
        let Some((label, value)) = part.split_once(':') else { return false };
        let (name, value) = (label.trim().trim_matches('*').to_lowercase(), value.trim().trim_matches('*').trim().trim_end_matches('.'));
        let of = |known: &[&str], key: &str| {
            known.contains(&name.as_str())
                || report::languages::all()
                    .iter()
                    .any(|language| language.heads.get(key).is_some_and(|heads| heads.iter().any(|head| head.to_lowercase() == name)))
        };
        if value.is_empty() {
            return false;
        }
        let taken = if of(OWNERS, "owner") && self.owner.is_empty() {
            self.owner = value.trim_start_matches('@').to_owned();
            true
        } else if of(DAYS, "due") && self.due.is_empty() && (is_day(value, given) || value.chars().count() <= 30) {
            self.due = value.to_owned();
            true
        } else if of(STATES, "state") && state(value).is_some() {
            self.state = state(value);
            self.read.push(value.to_owned());
            true
        } else {
            false
        };
        if taken {
            self.read.push(label.trim().to_owned());
        }
        taken
    }

    /// Takes over what another found, where this knows nothing yet.
    fn join(&mut self, other: Told) {
        if self.owner.is_empty() {
            self.owner = other.owner;
        }
        if self.due.is_empty() {
            self.due = other.due;
        }
        self.state = self.state.or(other.state);
        self.read.extend(other.read);
    }
}

/// "P1", "ticket OPS-12", "#77": few words, the last of which counts.
fn is_reference(part: &str) -> bool {
    let words: Vec<&str> = part.split(' ').collect();
    let counts = |word: &&str| {
        let sign = |c: char| c.is_ascii_digit() || c.is_uppercase() || matches!(c, '-' | '#' | '!');
        word.chars().all(sign) && word.chars().any(|c| c.is_ascii_digit()) && !word.starts_with(|c: char| c.is_ascii_digit())
    };
    words.len() <= 3 && words.last().is_some_and(counts)
}

/// Up to three words with a capital each and no figure: "LAB-77" is a ticket.
fn is_name(words: &str) -> bool {
    let figures = words.contains(|c: char| c.is_ascii_digit());
    !figures
        && (1..=3).contains(&words.split_whitespace().count())
        && words.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests;
