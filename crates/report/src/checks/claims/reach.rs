//! Whom and what it reached, as the text claims it (L03): "the portal was unaffected throughout" beside a window of the portal, "in all three
//! regions" where the answer for the region names one. Always true: only what the record names is held against it; a sentence that tells of a
//! while, a rest or an exception is left alone.

use super::super::reading::{Line, Reading};
use super::speech::{self, Speech};
use crate::finding::{Finding, Level, Source};
use crate::mentions::{number, pattern};
use crate::place::Place;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// That something did not suffer, behind its name.
static UNHARMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:was|were|remained|stayed|went) (?:\w+ly |wholly |all |quite )?(?:unaffected|unharmed|untouched|unimpaired|fully available|available throughout|not (?:\w+ly )?(?:affected|impacted|touched))",
        r"|(?:worked|ran|operated|functioned|went on) (?:\w+ly |as (?:usual|normal) |without (?:any )?(?:interruption|disruption) )?throughout|(?:was|were) never (?:down|affected|interrupted|unavailable))\b"
    ))
});
/// A while, a rest, an exception, a part: the record may say the same.
static NOT_ALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:other|others|rest|remaining|except|apart from|besides|outside|until|till|before|after|from|since|once|then|later|again|at first|initially|some|most|few|part(?:ly|s)?|half|of (?:the|our|its)|only|would|should|could|might|if|had|however|but|elsewhere|nearly|almost|thought|believed|claimed|assumed|reported that)\b",
    )
});
/// The names of places, and what they are: "North, Central and South Regions".
static PLACES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?P<names>(?-i:[A-Z])[\w’'-]+(?:(?:,|,? and| &|,? or) (?:the )?(?-i:[A-Z])[\w’'-]+)*) (?P<noun>{NOUNS})\b"))
});
const NOUNS: &str = r"(?i:regions?|sites?|offices?|areas?|zones?|depots?|warehouses?|branches|data centres?|countries)";
/// "All three regions", "in both offices".
static EVERY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:all (?:the |our |of (?:the|our) )?(?P<all>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten|twelve)|(?P<both>both)(?: the| our| of (?:the|our))?) (?P<noun>{NOUNS})\b"
    ))
});
/// That they suffered.
static SUFFERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:affected|impacted|hit|struck|down|lost|refused|failed|interrupted|disrupted|unavailable|unreachable|offline|suffered|without (?:service|access)|no service|out of service)\b",
    )
});
static DENIED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:not|no one|nobody|none|neither|never|un\w+ed|except|n['’]t|would|could|might|if|test\w*)\b"));
/// The heading, or the label, under which a form asks where it was.
static WHERE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:regions?|locations?|sites?|areas?)\b"));

/// Questions what is said to have been spared, or to have suffered everywhere, where the record says otherwise.
pub fn check(reading: &Reading, speech: &Speech, findings: &mut Vec<Finding>) {
    let places = Places::of(reading);
    for line in reading.prose() {
        findings.extend(spared(reading, line, speech, &places).or_else(|| everywhere(reading, line, speech, &places)));
    }
}

/// The places that the report's own answer for them names as impacted.
struct Places<'a> {
    named: BTreeSet<String>,
    line: Option<&'a Line>,
}

impl<'a> Places<'a> {
    fn of(reading: &'a Reading) -> Self {
        let report = reading.report;
        let asks_where = |line: &&Line| match &line.place {
            Place::Section { section, .. } => reading.section(*section).is_some_and(|section| WHERE.is_match(&section.heading)),
            Place::Field { key } => report.template.field(key).is_some_and(|field| WHERE.is_match(&field.label)),
            _ => false,
        };
        let mut places = Self { named: BTreeSet::new(), line: None };
        for line in reading.prose().filter(asks_where) {
            for sentence in crate::mentions::sentences(&line.text) {
                let text = &line.text[sentence];
                if DENIED.is_match(text) || UNHARMED.is_match(text) {
                    continue;
                }
                let before = places.named.len();
                places.named.extend(PLACES.captures_iter(text).flat_map(|found| names(&found["names"])));
                if places.named.len() > before {
                    places.line.get_or_insert(line);
                }
            }
        }
        places
    }
}

/// "north" and "central" of "North and Central".
fn names(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || ",&".contains(c));
    words.filter(|word| word.starts_with(char::is_uppercase) && !matches!(*word, "The" | "All" | "Both")).map(str::to_lowercase).collect()
}

/// Something that a window or the answer for the region names, and that is said not to have suffered.
fn spared(reading: &Reading, line: &Line, speech: &Speech, places: &Places) -> Option<Finding> {
    let found = UNHARMED.find(&line.text)?;
    let sentence = line.sentence_range(found.start());
    let text = &line.text[sentence.clone()];
    if NOT_ALL.is_match(text) || !line.times.is_empty() || speech.other_month(text) || own_answer(places, line) {
        return None;
    }
    let subject = speech::subject(&line.text, &sentence, found.start());
    let words = line.text[found.range()].to_owned();
    let finding = |message: String, record: Source| {
        Finding::new("L03", Level::Answer, message, vec![reading.said(line, &sentence, &found.range()), record])
    };
    if let Some(window) = whole_name(reading, &line.text[sentence.start..found.start()]) {
        let record = Source::at(reading.report, Place::Impact, window.to_owned());
        return Some(finding(format!("“{words}” is claimed, and the downtime table has “{window}”."), record));
    }
    let named = PLACES.captures_iter(&subject).flat_map(|found| names(&found["names"])).find(|name| places.named.contains(name))?;
    let own = places.line?;
    let record = reading.source(own, own.sentence(0));
    Some(finding(format!("“{words}” is claimed of “{}”, which the report names as impacted.", crate::sentence::capital(&named)), record))
}

/// The service of a window whose whole name stands right before a claim: "the portal" may be another's than "Self-service portal".
fn whole_name<'a>(reading: &'a Reading, before: &str) -> Option<&'a str> {
    let plain = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let before = format!(" {}", plain(before));
    let mut services = reading.report.impact.iter().map(|window| window.service.trim()).filter(|name| name.len() > 2);
    services.find(|name| before.ends_with(&format!(" {}", plain(name))))
}

/// More places than the report's own answer for them names.
fn everywhere(reading: &Reading, line: &Line, speech: &Speech, places: &Places) -> Option<Finding> {
    let found = EVERY.captures(&line.text)?;
    let whole = found.get(0)?;
    let sentence = line.sentence_range(whole.start());
    let text = &line.text[sentence.clone()];
    if places.named.is_empty() || own_answer(places, line) || !SUFFERED.is_match(text) || DENIED.is_match(text) || speech.other_month(text)
    {
        return None;
    }
    let own = places.line?;
    // What is counted must be what the answer names.
    let noun = found["noun"].to_lowercase();
    let stem = noun.trim_end_matches("es").trim_end_matches('s');
    if !own.text.to_lowercase().contains(stem) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most two figures")]
    let claimed = found.name("all").map_or(Some(2), |all| number(all.as_str()).map(|number| number as usize))?;
    if claimed <= places.named.len() {
        return None;
    }
    let counted = places.named.len();
    let message = format!("“{}” is claimed; the report names {counted} as impacted.", whole.as_str());
    Some(Finding::new(
        "L03",
        Level::Answer,
        message,
        vec![reading.said(line, &sentence, &whole.range()), reading.source(own, own.sentence(0))],
    ))
}

/// Whether a line is of the answer itself that the others are held against.
fn own_answer(places: &Places, line: &Line) -> bool {
    let section = |line: &Line| match line.place {
        Place::Section { section, .. } => Some(section),
        _ => None,
    };
    places.line.is_some_and(|own| own.place == line.place || (section(own).is_some() && section(own) == section(line)))
}
