//! Generated reports: a moment that was meant, in many notations, with its day and its zone told in many places, in every format. What was meant is
//! what is read, or it is asked about. `CORPUS_CASES=20000` tries as many; a few hundred are tried otherwise.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use corpus::imported;
use intake::{Intake, QuestionKind};
use proptest::prelude::*;

/// The notations of a time; each keeps hour and minute.
const NOTATIONS: usize = 20;

fn noted(at: NaiveTime, notation: usize) -> String {
    let (hour, minute) = (at.hour(), at.minute());
    let (twelve, half) = (if hour % 12 == 0 { 12 } else { hour % 12 }, if hour < 12 { "am" } else { "pm" });
    match notation {
        0 => format!("{hour:02}:{minute:02}"),
        1 => format!("{hour}:{minute:02}"),
        2 => format!("{hour:02}{minute:02}"),
        3 => format!("{hour:02}{minute:02} hrs"),
        4 => format!("{hour:02}.{minute:02}"),
        5 => format!("{hour:02}h{minute:02}"),
        6 => format!("{hour} h {minute:02}"),
        7 => format!("{twelve}:{minute:02} {}", half.to_uppercase()),
        8 => format!("{twelve}:{minute:02}{half}"),
        9 => format!("{twelve}:{minute:02} {}.m.", &half[..1]),
        10 => format!("{hour:02}:{minute:02}:00"),
        11 => format!("{hour:02}:{minute:02}:00.250"),
        12 => format!("[{hour:02}:{minute:02}]"),
        13 => format!("({hour:02}:{minute:02})"),
        14 => format!("{hour:02}:{minute:02} Uhr"),
        15 => format!("{hour:02}:{minute:02} hours"),
        16 => format!("~{hour:02}:{minute:02}"),
        17 => format!("about {hour:02}:{minute:02}"),
        18 => format!("{hour:02}:{minute:02} horas"),
        _ => format!("{hour:02}:{minute:02}h"),
    }
}

/// Where the day stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DayIn {
    RowIso,
    RowWords,
    Title,
    Line,
    Sentence,
    Heading,
}

/// Where the zone stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum ZoneIn {
    Nowhere,
    Sentence,
    Heading,
    Row,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    MarkdownList,
    MarkdownTable,
    HtmlList,
    HtmlTable,
    Plain,
    Csv,
}

#[derive(Clone, Debug)]
struct Meant {
    first: NaiveDateTime,
    notation: usize,
    day: DayIn,
    zone: ZoneIn,
    /// The zone's words, and its IANA name.
    clock: (&'static str, &'static str),
    shape: Shape,
}

const WHAT: [&str; 3] = ["the gate stands still", "the keeper is called", "the gate moves"];

impl Meant {
    fn moments(&self) -> [NaiveDateTime; 3] {
        [0, 7, 33].map(|minutes| self.first + Duration::minutes(minutes))
    }

    fn rows(&self) -> Vec<(String, &'static str)> {
        let row = |(at, what): (NaiveDateTime, &'static str)| {
            let zone = if self.zone == ZoneIn::Row { format!(" {}", self.clock.0) } else { String::new() };
            let day = match self.day {
                DayIn::RowIso => at.format("%Y-%m-%d ").to_string(),
                DayIn::RowWords => at.format("%-d %B %Y ").to_string(),
                _ => String::new(),
            };
            (format!("{day}{}{zone}", noted(at.time(), self.notation)), what)
        };
        self.moments().into_iter().zip(WHAT).map(row).collect()
    }

    /// The name of the file and its text.
    fn text(&self) -> (&'static str, String) {
        let day = self.first.format("%-d %B %Y").to_string();
        if self.shape == Shape::Csv {
            let zone = if self.zone == ZoneIn::Nowhere { String::new() } else { format!(" ({})", self.clock.0) };
            let row = |(at, what): (NaiveDateTime, &str)| format!("{},{},{what}\n", at.format("%Y-%m-%d"), noted(at.time(), self.notation));
            let rows: String = self.moments().into_iter().zip(WHAT).map(row).collect();
            return ("events.csv", format!("Date,Time{zone},Event\n{rows}"));
        }
        let title =
            if self.day == DayIn::Title { format!("Incident report: lower gate, {day}") } else { "Incident report: lower gate".to_owned() };
        let line = if self.day == DayIn::Line { format!("Date of incident: {day}") } else { "Keeper: the lock".to_owned() };
        let mut said = match self.day {
            DayIn::Sentence => format!("Unless noted otherwise, all of it was on {day}."),
            _ => "Two boats waited below the gate.".to_owned(),
        };
        if self.zone == ZoneIn::Sentence {
            said += &format!(" All times are {}.", self.clock.0);
        }
        let head = match self.zone {
            ZoneIn::Heading => format!("Timeline ({})", self.clock.0),
            _ => "Timeline".to_owned(),
        };
        let below = if self.day == DayIn::Heading { day } else { String::new() };
        let rows = self.rows();
        let list = |open: &str, between: &str, close: &str| -> String {
            rows.iter().map(|(at, what)| format!("{open}{at}{between}{what}{close}")).collect()
        };
        match self.shape {
            Shape::MarkdownList | Shape::MarkdownTable => {
                let below = if below.is_empty() { below } else { format!("### {below}\n\n") };
                let rows = if self.shape == Shape::MarkdownList {
                    list("- ", " – ", "\n")
                } else {
                    format!("| Time | Event |\n|---|---|\n{}", list("| ", " | ", " |\n"))
                };
                ("report.md", format!("# {title}\n\n{line}\n\n{said}\n\n## {head}\n\n{below}{rows}\n## Cause\n\nA stone.\n"))
            }
            Shape::HtmlList | Shape::HtmlTable => {
                let below = if below.is_empty() { below } else { format!("<h3>{below}</h3>") };
                let rows = if self.shape == Shape::HtmlList {
                    format!("<ul>{}</ul>", list("<li>", " – ", "</li>"))
                } else {
                    format!("<table><tr><th>Time</th><th>Event</th></tr>{}</table>", list("<tr><td>", "</td><td>", "</td></tr>"))
                };
                let text = format!("<h1>{title}</h1><p>{line}</p><p>{said}</p><h2>{head}</h2>{below}{rows}<h2>Cause</h2><p>A stone.</p>");
                ("report.html", format!("<!DOCTYPE html><html><body>{text}</body></html>"))
            }
            _ => {
                let below = if below.is_empty() { below } else { format!("{below}\n") };
                ("report.txt", format!("{title}\n\n{line}\n\n{said}\n\n{head}\n\n{below}{}\nCause\n\nA stone.\n", list("", " ", "\n")))
            }
        }
    }

    /// What is otherwise than meant.
    fn wrong(&self, intake: &Intake) -> Option<String> {
        let asked = |about| intake.questions.iter().any(|question| question.about == about && !question.answered);
        let events: Vec<_> = intake.report.events().filter(|event| event.time.start().is_some()).collect();
        if events.len() != 3 {
            return Some(format!("{} rows with a time", events.len()));
        }
        for (event, at) in events.iter().zip(self.moments()) {
            if event.time.start().map(|time| (time.hour(), time.minute())) != Some((at.hour(), at.minute())) {
                return Some(format!("{} for {at}", event.time.words()));
            }
            if event.date != Some(at.date()) && !asked(QuestionKind::Day) && !asked(QuestionKind::Year) {
                return Some(format!("{:?} for {at}, and nothing is asked", event.date));
            }
        }
        let zone = intake.report.zone.as_deref();
        (self.zone != ZoneIn::Nowhere && zone != Some(self.clock.1)).then(|| format!("the zone {zone:?}"))
    }
}

fn meant() -> impl Strategy<Value = Meant> {
    let days = [DayIn::RowIso, DayIn::RowWords, DayIn::Title, DayIn::Line, DayIn::Sentence, DayIn::Heading];
    let zones = [ZoneIn::Nowhere, ZoneIn::Sentence, ZoneIn::Heading, ZoneIn::Row];
    let clocks = [("UTC", "UTC"), ("UTC+2", "Etc/GMT-2"), ("JST", "Asia/Tokyo"), ("Eastern Time", "America/New_York")];
    let shapes = [Shape::MarkdownList, Shape::MarkdownTable, Shape::HtmlList, Shape::HtmlTable, Shape::Plain, Shape::Csv];
    let places = (prop::sample::select(days.to_vec()), prop::sample::select(zones.to_vec()));
    let others = (prop::sample::select(clocks.to_vec()), prop::sample::select(shapes.to_vec()));
    (0..2500_i64, 0..1300_i64, 0..NOTATIONS, places, others).prop_map(|(day, minute, notation, (day_in, zone), (clock, shape))| {
        let first = NaiveDate::default() + Duration::days(18_300 + day);
        Meant { first: first.and_time(NaiveTime::MIN) + Duration::minutes(minute), notation, day: day_in, zone, clock, shape }
    })
}

fn cases() -> u32 {
    std::env::var("CORPUS_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_moment_that_was_meant_is_the_moment_that_is_read(meant in meant()) {
        let (name, text) = meant.text();
        let intake = imported(name, text.as_bytes()).expect("it reads");
        let wrong = meant.wrong(&intake);
        prop_assert!(wrong.is_none(), "{} of {meant:?}\n{text}", wrong.unwrap_or_default());
    }
}
