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
    Some(moment.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn without_zone(text: &str) -> Option<String> {
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let moment = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
}

/// `1773196620.000200`, as Slack writes its `ts`: seconds, then a number that only tells messages apart.
pub(crate) fn since_1970(text: &str) -> Option<String> {
    let whole = text.trim().split_once('.').map_or(text, |(whole, _)| whole);
    epoch(whole).map(|moment| moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A count since 1970 as programs write it into tables: seconds, also with a fraction, thousandths, millionths or thousand-millionths of one.
pub(crate) fn counted(text: &str) -> Option<String> {
    epoch(text).map(|moment| moment.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn epoch(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // Ten figures are the years 2001 to 2286, and so are the smaller parts of a second with three, six and nine more; other counts are of
    // something else. A fraction of a smaller part is less than anybody's clock knows.
    let sound = matches!(whole.len(), 10 | 13 | 16 | 19) && figures(whole) && figures(fraction);
    let (seconds, parts) = sound.then(|| whole.split_at(10))?;
    let parts: String = parts.chars().chain(fraction.chars()).chain("000000000".chars()).take(9).collect();
    DateTime::from_timestamp(seconds.parse().ok()?, parts.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_every_part_of_a_second_keep_their_fractions() {
        let said = |text: &str| counted(text).unwrap_or_default();
        assert_eq!(said("1773196620"), "2026-03-11T02:37:00Z");
        assert_eq!(said("1773196620.25"), "2026-03-11T02:37:00.250Z");
        assert_eq!(said("1773196620250"), "2026-03-11T02:37:00.250Z");
        assert_eq!(said("1773196620250001"), "2026-03-11T02:37:00.250001Z");
        assert_eq!(said("1773196620250001000"), "2026-03-11T02:37:00.250001Z");
        assert_eq!((said("177319662"), said("17731966.2"), said("1773196620x")), (String::new(), String::new(), String::new()));
        assert_eq!(since_1970("1773196620.000200").as_deref(), Some("2026-03-11T02:37:00Z"));
    }

    #[test]
    fn a_moment_keeps_its_fraction() {
        assert_eq!(exact("2026-03-11T02:37:00.250+01:00").as_deref(), Some("2026-03-11T02:37:00.250+01:00"));
        assert_eq!(exact("2026-03-11 02:37:00.250").as_deref(), Some("2026-03-11T02:37:00.250"));
    }
}
