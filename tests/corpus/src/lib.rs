//! How well a report is read that nobody here has seen: figures of its text against figures of what the import made of it.
//! Always true: what a text shows (`text`) is found without the product's own readers, so that both cannot be wrong in the same way.
//! Deliberately absent: a judgement. The figures say where to look.

pub mod expected;
mod text;

use intake::{Choices, Intake, import};
use report::ids::CountedIds;
use std::fmt;
use std::path::Path;
use std::time::Instant;
pub use text::{addresses, is_head, stated_zone, time_like};

/// What one file gave.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// The file's name.
    pub name: String,
    /// Why it was not read.
    pub refused: Option<String>,
    /// Lines that begin with a time of day.
    pub time_like: usize,
    /// Rows with a time.
    pub timed: usize,
    /// Rows with a time and no day.
    pub dayless: usize,
    /// Rows that are the head of a table.
    pub heads: usize,
    /// The zone that the text states, and whether the report or its rows have one.
    pub zone: Option<(String, bool)>,
    /// Addresses in the text.
    pub addresses: usize,
    /// Of them, those that the report has, and those that wait in its tray.
    pub placed: (usize, usize),
    /// Of them, those listed as left out.
    pub left_out: usize,
    /// Addresses that are nowhere.
    pub lost: Vec<String>,
    /// Whether the report has a title.
    pub titled: bool,
    /// The form, and how sure it is, in percent.
    pub form: (String, u8),
    /// What the import asks.
    pub questions: usize,
    /// How long reading and importing took, in seconds.
    pub seconds: f64,
}

/// Reads and imports a file as the product does when nobody has chosen anything.
pub fn imported(name: &str, bytes: &[u8]) -> Result<Intake, String> {
    let source = intake::read::read(Some(name), bytes, &intake::read::Given::default()).map_err(|error| error.to_string())?;
    Ok(import(&source, &Choices::default(), report::catalogue::all(), chrono::NaiveDate::default(), &mut CountedIds(0)))
}

/// Measures one file.
pub fn measure(path: &Path, bytes: &[u8]) -> Measured {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let begun = Instant::now();
    let intake = match imported(&name, bytes) {
        Ok(intake) => intake,
        Err(refused) => return Measured { name, refused: Some(refused), ..Measured::default() },
    };
    let seconds = begun.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(bytes);
    let report = &intake.report;
    let timed: Vec<_> = report.events().filter(|event| event.time.start().is_some()).collect();
    let zone = stated_zone(&text).map(|zone| (zone, report.zone.is_some() || timed.iter().any(|event| event.zone.is_some())));
    let mut measured = Measured {
        time_like: text.lines().filter(|line| time_like(line)).count(),
        timed: timed.len(),
        dayless: timed.iter().filter(|event| event.date.is_none()).count(),
        heads: report.events().filter(|event| event.time.start().is_none() && is_head(&event.raw)).count(),
        zone,
        titled: !report.title.trim().is_empty(),
        form: (report.template.id.clone(), intake.fits.iter().find(|fit| fit.template == report.template.id).map_or(0, |fit| fit.percent)),
        questions: intake.questions.len(),
        seconds,
        name,
        ..Measured::default()
    };
    find_addresses(&text, &intake, &mut measured);
    measured
}

/// Where each address of the text went.
fn find_addresses(text: &str, intake: &Intake, measured: &mut Measured) {
    let tray: String = intake.report.unplaced.iter().map(|waiting| waiting.text.as_str()).collect::<Vec<_>>().join("\n");
    let report = unescaped(&serde_json::to_value(&intake.report).unwrap_or_default());
    for address in addresses(text) {
        measured.addresses += 1;
        if tray.contains(&address) {
            measured.placed.1 += 1;
        } else if report.contains(&address) {
            measured.placed.0 += 1;
        } else if intake.dropped.iter().any(|dropped| dropped.text.contains(&address)) {
            measured.left_out += 1;
        } else {
            measured.lost.push(address);
        }
    }
}

/// Every string of a value, one a line.
fn unescaped(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => format!("{text}\n"),
        serde_json::Value::Array(values) => values.iter().map(unescaped).collect(),
        serde_json::Value::Object(fields) => fields.values().map(unescaped).collect(),
        _ => String::new(),
    }
}

/// The figures of many files.
#[derive(Debug, Default)]
pub struct Total(pub Vec<Measured>);

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(refused) = &self.refused {
            return write!(f, "{}: {refused}", self.name);
        }
        let zone = match &self.zone {
            None => "no zone stated".to_owned(),
            Some((zone, true)) => format!("{zone} taken"),
            Some((zone, false)) => format!("{zone} NOT TAKEN"),
        };
        write!(f, "{}: {} {} %, ", self.name, self.form.0, self.form.1)?;
        write!(f, "{}, {}/{} timed, ", if self.titled { "titled" } else { "NO TITLE" }, self.timed, self.time_like)?;
        write!(f, "{} without a day, {} heads, {zone}, ", self.dayless, self.heads)?;
        write!(f, "addresses {} = {} + {} + {}", self.addresses, self.placed.0, self.placed.1, self.left_out)?;
        if !self.lost.is_empty() {
            write!(f, ", LOST {}", self.lost.join(" "))?;
        }
        write!(f, ", {} questions", self.questions)
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read: Vec<&Measured> = self.0.iter().filter(|one| one.refused.is_none()).collect();
        let sum = |of: fn(&Measured) -> usize| read.iter().map(|one| of(one)).sum::<usize>();
        let stated = read.iter().filter(|one| one.zone.is_some()).count();
        let taken = read.iter().filter(|one| one.zone.as_ref().is_some_and(|(_, taken)| *taken)).count();
        let neutral = read.iter().filter(|one| one.form.0 == "incident-report").count();
        writeln!(f, "{} files, {} not read", self.0.len(), self.0.len() - read.len())?;
        writeln!(
            f,
            "{} lines that look timed, {} timed rows, {} of them without a day",
            sum(|one| one.time_like),
            sum(|one| one.timed),
            sum(|one| one.dayless)
        )?;
        writeln!(f, "{} head rows as events", sum(|one| one.heads))?;
        writeln!(f, "{taken} of {stated} stated zones taken")?;
        let lost = sum(|one| one.lost.len());
        writeln!(
            f,
            "{} addresses = {} placed + {} waiting + {} left out + {lost} lost",
            sum(|one| one.addresses),
            sum(|one| one.placed.0),
            sum(|one| one.placed.1),
            sum(|one| one.left_out)
        )?;
        writeln!(
            f,
            "{} titles, {neutral} in the neutral form, {} questions",
            read.iter().filter(|one| one.titled).count(),
            sum(|one| one.questions)
        )
    }
}
