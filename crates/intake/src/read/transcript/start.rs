//! When a recording started: what a person says, or what the program that made it wrote into the file's name (Zoom `GMT20260311-093000_…`,
//! Teams `…-20260311_093000-Meeting Recording`).

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// The start of a recording.
pub(in crate::read) struct Start {
    at: NaiveDateTime,
    zone: &'static str,
}

impl Start {
    /// The moment so many milliseconds later, as entries keep it.
    pub fn after(&self, milliseconds: u64) -> String {
        let later =
            i64::try_from(milliseconds).ok().and_then(TimeDelta::try_milliseconds).and_then(|past| self.at.checked_add_signed(past));
        later.map(|at| format!("{}{}", at.format("%Y-%m-%dT%H:%M:%S"), self.zone)).unwrap_or_default()
    }
}

/// The start in the name of a file: eight figures of a day that there is, and six of a time behind them.
pub(super) fn from_name(name: &str) -> Option<Start> {
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    stem.char_indices().filter(|(_, c)| c.is_ascii_digit()).find_map(|(at, _)| {
        let before = &stem[..at];
        if before.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let figures: Vec<&str> = stem[at..].split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let (day, clock) = match figures[..] {
            [day, clock, ..] if day.len() == 8 => (day.to_owned(), clock.to_owned()),
            [year, month, day, ref clock @ ..] if year.len() == 4 => {
                (format!("{year}{month:0>2}{day:0>2}"), clock.iter().take(3).map(|part| format!("{part:0>2}")).collect())
            }
            _ => return None,
        };
        let zone = if before.ends_with("GMT") || before.ends_with("UTC") { "Z" } else { "" };
        Some(Start { at: moment(&day, &clock)?, zone })
    })
}

fn moment(day: &str, clock: &str) -> Option<NaiveDateTime> {
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
    if !matches!(clock.len(), 4 | 6) {
        return None;
    }
    let part = |from: usize| clock.get(from..from + 2).map_or(Some(0), |part| part.parse().ok());
    day.and_hms_opt(part(0)?, part(2)?, part(4)?)
}

/// The start that a person names: `2026-03-11 09:30`, also with seconds, also with a `Z` for UTC.
pub(in crate::read) fn from_words(words: &str) -> Option<Start> {
    let bare = words.trim();
    let (bare, zone) = bare.strip_suffix(['Z', 'z']).map_or((bare, ""), |bare| (bare, "Z"));
    let bare = bare.replacen('T', " ", 1);
    let at = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"].iter().find_map(|format| NaiveDateTime::parse_from_str(&bare, format).ok())?;
    Some(Start { at, zone })
}
