//! Moments that need no guess: RFC 3339, ISO 8601 without a zone, and seconds since 1970. Deliberately absent: every other notation; who
//! reads the blocks asks about those.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};

/// A moment in the form that [`crate::source::Block::Entry`] keeps.
pub(crate) fn exact(text: &str) -> Option<String> {
    let text = text.trim();
    with_zone(text).or_else(|| without_zone(text)).or_else(|| since_1970(text))
}

fn with_zone(text: &str) -> Option<String> {
    let moment = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")).ok()?;
    Some(moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn without_zone(text: &str) -> Option<String> {
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let moment = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}

/// `1773196620.000200`, as Slack writes its `ts`: seconds, then a number that only tells messages apart.
pub(crate) fn since_1970(text: &str) -> Option<String> {
    let figures = text.split_once('.').map_or(text, |(figures, _)| figures);
    // Ten figures are the years 2001 to 2286, and so are thousandths and millionths of seconds with three and six more; others are numbers of
    // something else.
    let sound = matches!(figures.len(), 10 | 13 | 16) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let seconds = figures.get(..10).unwrap_or_default();
    let moment = DateTime::<Utc>::from_timestamp(sound.then(|| seconds.parse().ok())??, 0)?;
    Some(moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}
