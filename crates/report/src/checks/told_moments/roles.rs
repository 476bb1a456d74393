//! The moments of an incident's handling as a text tells them: noticed by an alarm, reported, classified, the bridge opened and closed, the
//! cause found. Always true: only the incident's own are meant; a second bridge, another cause and a report to somebody else are left alone.

use super::Kind;
use crate::mentions::pattern;
use crate::report::Report;
use crate::timeline::Role;
use regex::Regex;
use std::sync::LazyLock;

/// What may stand between such words and their time, the preposition included.
const UP_TO_THE_TIME: &str = concat!(
    r"(?:\s(?:only|early|late|finally|straight away|immediately|in the end|for certain))*(?:\s(?:early |late )?on\s{3,},?)?",
    r"\s+(?P<prep>at|on|around|about|towards|shortly after|soon after|just after|shortly before|just before|before|after|by|no later than|as early as|only at|not before)\s+",
    r"(?:the )?(?P<about>about|around|approximately|roughly|ca\.?|circa|some time around)?\s*$"
);
/// The incident by one of its names. "It" is the caller's to judge.
const IT: &str =
    r"(?:(?:the|this|our|an?) (?:major )?(?:incident|outage|fault|failure|problem|disruption|interruption|issue)|(?:^|[.;]\s+)it)";
/// The bridge of this incident: "the technical bridge", "our bridge call"; not "the supplier's bridge", "a second bridge".
const BRIDGE: &str = r"(?:(?:\b(?:the|our|a|this) |^\s*|[.;]\s+)(?:(?:technical|incident|major|crisis|conference|engineering|main|emergency|response|recovery) )*bridge(?: call)?)";
/// Whoever suffers from it, told as the first.
const FIRST_USER: &str = r"\bthe first (?:user|customer|caller|client|subscriber|supplier|member)";

/// One kind of moment and the words that tell it.
struct Words {
    kind: Kind,
    told: Regex,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let words = |kind, told: String| Words { kind, told: pattern(&format!("(?i)(?:{told}){UP_TO_THE_TIME}")) };
    let found = "found|established|identified|determined|pinpointed|located|traced|isolated|diagnosed|discovered";
    vec![
        words(
            Kind::Noticed,
            format!(
                concat!(
                    r"\b(?:our|the|its)(?: own)? (?:monitoring|monitors?|alerting|probes?)(?: systems?)? (?:first |only )?(?:picked (?:it|this|the \w+) up|(?:picked up|detected|noticed|spotted|caught|flagged|saw) (?:it|this|the (?:outage|incident|fault|failure|problem|disruption|interruption)))",
                    r"|\bthe first (?:alarm|alert) (?:sounded|went off|rang|fired|was raised|was triggered|triggered|came(?: in)?|arrived)",
                    r"|{IT} was (?:first |only )?(?:detected|noticed|spotted|discovered|picked up)(?: by (?:the|our|its) (?:own )?(?:monitoring|alarms?|probes?))?"
                ),
                IT = IT
            ),
        ),
        words(
            Kind::Reported,
            format!(
                concat!(
                    r"{IT} (?:was|had been) (?:first |only )?reported(?: to (?:us|(?:the |our )?(?:service desk|help ?desk|desk|support desk)))?(?: by (?:an?|the(?: first)?|one) (?:\w+ )?(?:user|customer|caller|client|supplier))?",
                    r"|{FIRST_USER}(?: to (?:notice|call|report (?:it|this)))? (?:rang|telephoned|called|phoned|complained|contacted|reported (?:it|this|the (?:fault|problem|outage|incident)))(?: (?:us|in|(?:the|our) (?:(?:service|help) ?)?desk))?",
                    r"|\bthe first (?:call|report|complaint)(?: (?:from|by) an? (?:user|customer|client|supplier))? (?:came(?: in)?|arrived|reached (?:us|the (?:service )?desk)|was (?:received|taken|logged))"
                ),
                IT = IT,
                FIRST_USER = FIRST_USER
            ),
        ),
        words(
            Kind::BridgeOpened,
            format!(
                r"{BRIDGE} (?:was |had been |call )?(?:\w+ly )?(?:opened|started|began|convened|set up|established|launched|stood up)|\b(?:opened|convened|started|set up|launched) (?:the|our|a) (?:(?:technical|incident|major|crisis|conference|engineering) )*bridge(?: call)?"
            ),
        ),
        words(
            Kind::BridgeClosed,
            format!(
                r"{BRIDGE}(?:\s[^.;]{{0,60}}? and)? (?:was |had been )?(?:\w+ly )?(?:closed|ended|stood down|wound up|shut|dissolved)|\b(?:closed|ended|stood down|wound up) (?:the|our) (?:(?:technical|incident|major|crisis) )*bridge(?: call)?"
            ),
        ),
        words(
            Kind::CauseFound,
            format!(
                r"\b(?:the (?:root |real |true |actual |underlying )?|root )cause(?: of (?:the|this) (?:outage|incident|failure|fault|problem|disruption|interruption))? (?:(?:was|had been) (?:\w+ly )?(?:{found}|known)|became (?:known|clear))|\b(?:{found}) the (?:root |real |true |actual |underlying )?cause(?: of (?:the|this) (?:outage|incident|failure|fault|problem))?"
            ),
        ),
    ]
});
/// One of several, or somebody else's.
static NOT_THE_ONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:second|third|fourth|another|further|next|separate|new|other|again|suspected|presumed|possible|likely|probable|wrong)\b",
    )
});
/// Words by which a class is set. "Remained Category 2 until" sets none.
static SETS_A_CLASS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:re)?classified|(?:re)?classed|categori[sz]ed|rated|graded|raised|upgraded|downgraded|lowered|escalated|declared|assigned|made|set|became|moved)\b",
    )
});
static CLASS_UP_TO_TIME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){UP_TO_THE_TIME}")));

/// What stands before a time, where it tells a moment of the handling.
pub struct Handled {
    pub kind: Kind,
    pub prep: String,
    pub about: bool,
    /// Where the words begin, in what was searched.
    pub start: usize,
    /// Whether it is told of "it".
    pub is_it: bool,
}

/// The moment of the handling that the words before a time tell.
pub fn handled(classes: &[String], before: &str) -> Option<Handled> {
    if NOT_THE_ONE.is_match(before) {
        return None;
    }
    let by_words = WORDS.iter().find_map(|words| {
        let found = words.told.captures(before)?;
        let whole = found.get(0)?;
        let is_it = whole.as_str().trim_start_matches(['.', ';', ' ']).to_lowercase().starts_with("it ");
        Some(Handled { kind: words.kind, prep: prep(&found), about: found.name("about").is_some(), start: whole.start(), is_it })
    });
    by_words.or_else(|| classified(classes, before))
}

/// "Category 2 was assigned at", "it was raised from Category 2 to Category 1 at": the class nearest before the time, set by a verb beside it.
fn classified(classes: &[String], before: &str) -> Option<Handled> {
    const NEAR: usize = 30;
    let tail = CLASS_UP_TO_TIME.captures(before)?;
    let clause = before[..tail.get(0)?.start()].rfind(['.', ';', ',']).map_or(0, |at| at + 1);
    let told = plain_spaces(&before[clause..tail.get(0)?.start()]);
    let lower = told.to_ascii_lowercase();
    let bounds = |text: &str, after: bool| {
        let next = if after { text.chars().next() } else { text.chars().next_back() };
        !next.is_some_and(char::is_alphanumeric)
    };
    let named = classes.iter().enumerate().filter_map(|(at, class)| {
        let class = plain_spaces(class).to_ascii_lowercase();
        let start = lower.rfind(&class)?;
        let end = start + class.len();
        (bounds(&lower[..start], false) && bounds(&lower[end..], true)).then_some((start, end, at))
    });
    let (start, end, class) = named.max()?;
    let verb = SETS_A_CLASS.find_iter(&told).last()?;
    let beside = told.len() - end.max(verb.end()) <= NEAR && !lower[..start].ends_with("from ") && !told.contains('(');
    let of_it = !lower[..start.min(verb.start())].contains("notice");
    (beside && of_it).then(|| Handled {
        kind: Kind::Classified(class),
        prep: prep(&tail),
        about: tail.name("about").is_some(),
        start: clause,
        is_it: false,
    })
}

/// With plain spaces for those that keep a class and its figure on one line.
fn plain_spaces(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn prep(found: &regex::Captures) -> String {
    found.name("prep").map_or(String::new(), |prep| prep.as_str().to_lowercase())
}

/// The classes that rows were given by name, each once. One without a figure ("Major") is a word like any other in a text.
pub fn classes(report: &Report) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for event in report.events() {
        let marked = event.milestone.as_ref().filter(|milestone| milestone.role == Role::Classified);
        let label = marked.and_then(|milestone| milestone.label.as_deref()).map(str::trim).unwrap_or_default();
        if label.contains(|c: char| c.is_ascii_digit()) && !out.iter().any(|known| known == label) {
            out.push(label.to_owned());
        }
    }
    out
}
