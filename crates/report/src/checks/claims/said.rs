//! A length as it is said: exactly, about, at most, more than, between two. Always true: rounding to what a length was rounded to is no
//! error, and words that leave room ("a few hours") leave it.

use super::super::reading::Line;
use crate::mentions::{Length, TimeStyle, number, pattern};
use chrono::Timelike;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A length as it is said, with the words that bound it.
#[derive(Clone, Debug)]
pub struct Said {
    pub span: Range<usize>,
    pub exact: bool,
    minutes: i64,
    room: i64,
    bound: Bound,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Bound {
    None,
    About,
    Nearly,
    AtMost,
    AtLeast,
    JustOver,
    /// From so many minutes.
    From(i64),
}

static BOUNDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\b(?P<over>(?:just|a little|a bit|slightly|a shade) (?:over|above|more than|longer than))|\b(?P<nearly>nearly|almost|just under|just short of|close to|not quite|the (?:best|better) part of|a little (?:under|less than))",
        r"|\b(?P<most>(?:(?:well|far|much|even) )?(?:less than|fewer than|under|below|shorter than)|(?:no|not) (?:more|longer) than|at most|up to|within|inside|barely|scarcely|hardly)",
        r"|\b(?P<least>(?:well |far |much )?(?:more than|over|longer than|above)|(?:no|not) less than|at least|in excess of|upwards of|exceed(?:ed|ing)|as long as)",
        r"|\b(?P<about>about|around|approximately|approx\.?|roughly|some|circa|ca\.?|something like|in the region of)|(?P<sign>~))\s*(?:an?\s+(?:total|period|full|whole)\s+of\s+|a\s+(?:full\s+)?|the\s+)?$"
    ))
});
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?P<between>between)\s+)?\b(?P<from>\d{1,4}(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\s?(?P<unit>hours?|hrs?|h|minutes?|mins?|m)?\s?(?:-|–|to|or|and)\s?$",
    )
});
/// Words that say a length without a figure, and between what it then lies, in minutes.
static VAGUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?P<seconds>(?:a few|some|several|\d{1,3}|thirty|forty|ninety) seconds|moments|an instant)|(?P<one>a (?:single )?minute)|(?P<minutes>(?:a few|a couple of|several|a handful of) minutes|minutes only)",
        r"|(?P<couple>a couple of hours)|(?P<hours>(?:several|many) hours)|(?P<night>(?:all|the (?:whole|entire)|throughout the) night(?: long)?)|(?P<working>(?:all|the (?:whole|entire)) day(?: long)?|all (?:morning and )?afternoon and evening)|(?P<day>an? (?:whole|full|entire) day|round the clock)",
        r"|(?P<days>(?:several|many|a few|a couple of) days|days on end|(?:all|the (?:whole|entire)) weekend))\b"
    ))
});

/// Whether a text says a length without a figure.
pub fn is_vague(text: &str) -> bool {
    // Most lines hold none of these, and are not searched.
    const TELLING: [&str; 10] = ["few", "couple", "several", "handful", "second", "moment", "night", " day", "minute", "clock"];
    TELLING.iter().any(|word| text.contains(word)) && VAGUE.is_match(text)
}

/// The lengths of a sentence, in order.
pub fn of(line: &Line, sentence: &Range<usize>) -> Vec<Said> {
    let text = &line.text;
    let inside = |at: usize| sentence.contains(&at);
    let mut out: Vec<Said> =
        line.lengths.iter().filter(|length| inside(length.span.start)).map(|length| said(text, sentence.start, length)).collect();
    let times: Vec<_> = line.times.iter().filter(|time| inside(time.span.start)).collect();
    // "From 2H to 4:52": among lengths, a single time of day is a length as well.
    if let ([time], false) = (&times[..], out.is_empty())
        && time.style == TimeStyle::Colon
        && time.zone.is_none()
        && text[..time.span.start].trim_end().ends_with(" to")
    {
        let minutes = i64::from(time.time.hour() * 60 + time.time.minute());
        out.push(Said { span: time.span.clone(), minutes, room: 1, exact: true, bound: Bound::None });
    }
    out.extend(VAGUE.captures_iter(text).filter_map(vague).filter(|said| inside(said.span.start)));
    out.sort_by_key(|said| said.span.start);
    out
}

fn said(text: &str, start: usize, length: &Length) -> Said {
    let minutes = length.minutes;
    let room = match minutes {
        _ if length.to_the_minute => 1,
        minutes if minutes % 1440 == 0 => 720,
        minutes if minutes % 60 == 0 => (minutes / 4).clamp(10, 30),
        minutes if minutes % 30 == 0 && minutes > 60 => 12,
        _ => 5,
    };
    let before = &text[start..length.span.start];
    let plain = |bound, from| Said { span: from..length.span.end, minutes, room, exact: length.to_the_minute, bound };
    if let Some(range) = RANGE.captures(before)
        && let Some(from) = number(&range["from"].to_lowercase().replace("a ", "an "))
    {
        let said = &text[length.span.clone()];
        let in_hours = range.name("unit").map_or_else(|| said.contains('h'), |unit| unit.as_str().to_lowercase().starts_with('h'));
        let in_days = range.name("unit").is_none() && said.to_lowercase().contains("day");
        #[expect(clippy::cast_possible_truncation, reason = "at most four figures of hours")]
        let from = (from
            * if in_days {
                1440.0
            } else if in_hours {
                60.0
            } else {
                1.0
            }) as i64;
        // "2 hours and 30 minutes" was read as one; "of 2 h and 3 h" are two.
        let is_range = from < minutes && (range.name("unit").is_none() || range.name("between").is_some());
        if is_range {
            return plain(Bound::From(from), start + range.get(0).map_or(0, |whole| whole.start()));
        }
    }
    let Some(found) = BOUNDS.captures(before) else { return plain(Bound::None, length.span.start) };
    let has = |name| found.name(name).is_some();
    let bound = if has("over") {
        Bound::JustOver
    } else if has("nearly") {
        Bound::Nearly
    } else if has("most") {
        Bound::AtMost
    } else if has("least") {
        Bound::AtLeast
    } else {
        Bound::About
    };
    // "About" is no part of what is quoted; a bound is half of the claim.
    let from = if bound == Bound::About { length.span.start } else { start + found.get(0).map_or(0, |whole| whole.start()) };
    plain(bound, from)
}

fn vague(found: regex::Captures) -> Option<Said> {
    let span = found.get(0)?.range();
    let has = |name| found.name(name).is_some();
    let (minutes, bound) = if has("seconds") || has("one") {
        (1, Bound::AtMost)
    } else if has("minutes") {
        (20, Bound::AtMost)
    } else if has("couple") {
        (180, Bound::From(60))
    } else if has("hours") {
        (120, Bound::AtLeast)
    } else if has("night") {
        (300, Bound::AtLeast)
    } else if has("working") {
        // A day as people work it.
        (480, Bound::AtLeast)
    } else if has("day") {
        (1200, Bound::AtLeast)
    } else {
        (1440, Bound::AtLeast)
    };
    Some(Said { span, minutes, room: 0, exact: false, bound })
}

impl Said {
    /// Whether it says no more than a bound.
    pub fn is_bound(&self) -> bool {
        matches!(self.bound, Bound::AtMost | Bound::AtLeast)
    }

    /// Whether a length fits what is said. `exact` where all of a sentence's lengths are meant to the minute.
    pub fn agrees(&self, minutes: i64, exact: bool) -> bool {
        (self.least(exact)..=self.most(exact)).contains(&minutes)
    }

    /// The shortest length that fits.
    pub fn least(&self, exact: bool) -> i64 {
        let room = if exact { self.room.min(1) } else { self.room };
        match self.bound {
            Bound::None => self.minutes - room,
            Bound::About => self.minutes - room.max(self.minutes / 5).max(10),
            Bound::Nearly => self.minutes - (self.minutes / 4).max(10),
            Bound::AtMost => 0,
            Bound::AtLeast | Bound::JustOver => self.minutes - 1,
            Bound::From(from) => from - room.min(15),
        }
    }

    /// The longest length that fits.
    fn most(&self, exact: bool) -> i64 {
        let room = if exact { self.room.min(1) } else { self.room };
        match self.bound {
            Bound::None => self.minutes + room,
            Bound::From(_) => self.minutes + room.min(15),
            Bound::About => self.minutes + room.max(self.minutes / 5).max(10),
            Bound::Nearly => self.minutes + (self.minutes / 20).clamp(1, 5),
            Bound::AtMost => self.minutes + 1,
            Bound::AtLeast => i64::MAX,
            Bound::JustOver => self.minutes + (self.minutes / 4).max(15),
        }
    }

    /// How far a length lies from what is said; none where only a bound is said.
    pub fn off_by(&self, minutes: i64) -> Option<i64> {
        matches!(self.bound, Bound::None | Bound::About).then(|| (self.minutes - minutes).abs())
    }
}
