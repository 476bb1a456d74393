//! What a text shows by itself, found with patterns of our own: lines that look timed, the zone it states, the heads of tables, addresses.
//! Deliberately absent: the product's readers.

use linkify::{LinkFinder, LinkKind};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Whether a line begins with a time of day: after a bullet, a bar, a bracket, and a day.
pub fn time_like(line: &str) -> bool {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        let day =
            r"(?:\d{4}[-./]\d\d[-./]\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\.? \p{L}+ \d{4}|\p{L}+ \d{1,2},? \d{4})[T,:]? ?(?:at )?";
        let time = r"(?:\d{1,2}[:h]\d\d(?::\d\d)?|\d{1,2} ?[ap]\.?m)";
        Regex::new(&format!(r"(?i)^\s*(?:[-*+•>|\[(#]+\s*|\d+\.\s+)*[*_`~]*(?:{day})?[\s|*]*{time}(?:\b|[^\d:])"))
            .unwrap_or_else(|error| panic!("{error}"))
    });
    LINE.is_match(line)
}

/// The zone that a text states for its times.
pub fn stated_zone(text: &str) -> Option<String> {
    static STATED: LazyLock<Regex> = LazyLock::new(|| {
        let zone = r"(UTC(?: ?[+−-]\d{1,2}(?::?\d\d)?)?|GMT(?:[+-]\d{1,2})?|CES?T|EES?T|BST|WES?T|[ECMP][SD]?T|AE[SD]T|NZ[SD]T|IST|JST|MEZ|MESZ|HAEC|BRT|Eastern|Pacific|Central European (?:Summer )?Time|[A-Z]\w+/[A-Z]\w+)\b";
        let says = r"(?:[Tt]imes?|[Tt]imestamps?|[Tt]ime ?zone|[Zz]eiten|[Uu]hrzeiten|[Zz]eitangaben|[Zz]eitzone|[Hh]eures?|[Ff]useau(?: horaire)?|[Hh]oras?|[Hh]or[áa]rios?|[Zz]ona horaria)";
        Regex::new(&format!(r"\b{says}\b[^.\n|]{{0,60}}?\b{zone}")).unwrap_or_else(|error| panic!("{error}"))
    });
    STATED.captures(text).map(|found| found[1].to_owned())
}

/// Whether words are those of the head of a table and nothing else.
pub fn is_head(row: &str) -> bool {
    const HEADS: [&str; 44] = [
        "time",
        "date",
        "event",
        "description",
        "action",
        "owner",
        "status",
        "what",
        "who",
        "when",
        "day",
        "due",
        "source",
        "actor",
        "zone",
        "update",
        "notes",
        "uhrzeit",
        "zeit",
        "datum",
        "ereignis",
        "vorgang",
        "beschreibung",
        "quelle",
        "heure",
        "événement",
        "jour",
        "hora",
        "evento",
        "fecha",
        "suceso",
        "data",
        "descrição",
        "descripción",
        "utc",
        "cet",
        "cest",
        "local",
        "timestamp",
        "message",
        "responsable",
        "verantwortlich",
        "détail",
        "ocorrência",
    ];
    let words: Vec<String> = row.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.len() >= 2 && words.iter().all(|word| HEADS.contains(&word.as_str()))
}

/// Every address a text holds: web and mail addresses, and what links and pictures of Markdown and HTML lead to.
pub fn addresses(text: &str) -> BTreeSet<String> {
    static LED_TO: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\]\(<?([^)\s>]+)|(?:href|src)\s*=\s*"([^"]+)"|^\s*\[[^\]^]+\]:\s*(\S+)"#).unwrap_or_else(|error| panic!("{error}"))
    });
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut all: BTreeSet<String> =
        finder.links(text).map(|link| unescaped(link.as_str())).filter(|link| link.starts_with("http")).collect();
    for line in text.lines() {
        let led = LED_TO.captures_iter(line).filter_map(|found| (1..=3).find_map(|at| found.get(at)));
        all.extend(led.map(|address| unescaped(address.as_str())));
    }
    all.into_iter()
        .map(|address| address.trim_end_matches(['|', '*', '_', '`', '\'', '"', '>']).to_owned())
        .filter(|address| !address.is_empty())
        .collect()
}

fn unescaped(address: &str) -> String {
    address.replace("&amp;", "&")
}
