//! People and customers where they need not be named: a person in a public or blameless report (L52), an address or host (L54), a
//! customer or supplier (L55), words that blame (L56). Always true: what an authority needs to know is never questioned.

use super::reading::{Line, Reading};
use crate::finding::{Finding, Level, Source};
use crate::mentions::pattern;
use crate::place::Place;
use crate::template::Audience;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: BTreeSet<String>,
    not_surnames: BTreeSet<String>,
}

static NAMES: LazyLock<Names> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/first-names.toml")).expect("the names are tested to read"));

/// Whether people are called so.
pub fn is_first_name(word: &str) -> bool {
    NAMES.names.contains(word)
}

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    let outside = matches!(report.audience(), Audience::Public | Audience::Customers);
    let public = report.audience() == Audience::Public;
    let mut named = BTreeSet::new();
    for line in reading.told().chain(others(reading)) {
        if (public || report.template.blameless) && !line.quoted && !is_contact(reading, line) {
            findings.extend(person(reading, line, &mut named));
        }
        if outside && !is_contact(reading, line) {
            findings.extend(address(reading, line, &mut named));
            findings.extend(customer(reading, line, &mut named));
        }
        findings.extend(blame(reading, line));
    }
}

fn others<'a>(reading: &'a Reading) -> impl Iterator<Item = &'a Line> {
    use Place::{Actions, Causes, Diagrams, Evidence, Impact, Lessons};
    reading.lines.iter().filter(|line| matches!(line.place, Lessons | Actions | Causes | Diagrams | Evidence | Impact))
}

/// A field that asks for a person or an address may have one.
fn is_contact(reading: &Reading, line: &Line) -> bool {
    let Place::Field { key } = &line.place else { return false };
    reading.report.template.field(key).is_some_and(|field| {
        let label = field.label.to_lowercase();
        let asks =
            ["contact", "mail", "phone", "name", "author", "owner", "lead", "address", "link", "url", "reporter", "responder", "attendee"];
        field.kind == crate::template::FieldType::Person || asks.iter().any(|word| label.contains(word))
    })
}

/// L52.
fn person(reading: &Reading, line: &Line, named: &mut BTreeSet<String>) -> Vec<Finding> {
    static TWO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?P<first>\p{Lu}\p{Ll}+)\s+(?:\p{Lu}\.\s+)?",
            r"(?P<last>(?:[Vv]an (?:de[nr]? )?|[Vv]on |[Dd]e |O['’]|Ma?c)?\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)\b(?P<next>\s+\p{Lu}\p{Ll}+)?"
        ))
    });
    // A given name alone may be a tool's; what only people do tells which.
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?P<first>\p{Lu}\p{Ll}+) (?:called|telephoned|phoned|rang|noticed|saw|asked|decided|wrote|told|approved|escalated|confirmed|suggested|forgot|realised|typed|merged|pushed|reverted|restarted|left|went)\b",
        )
    });
    static TITLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor)\.?\s+\p{Lu}\p{Ll}+"));
    // Storms, ships, halls and houses bear people's names.
    static A_THING: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:storm|hurricane|cyclone|saint|st\.?|ship|ferry|vessel|hall|room|project|rig|platform)\s+$"));
    let text = &line.text;
    let is_person = |at: usize| !A_THING.is_match(&text[..at]);
    let known = reading.report.people.iter().map(|person| person.name.trim()).filter(|name| name.contains(' ') && text.contains(name));
    let mut names: Vec<&str> = known.collect();
    let mut from = 0;
    while let Some(found) = TWO.captures_at(text, from) {
        let (Some(first), Some(last)) = (found.name("first"), found.name("last")) else { break };
        let of_a_house = |word: &str| NAMES.not_surnames.contains(word.trim());
        let house = of_a_house(last.as_str()) || found.name("next").is_some_and(|next| of_a_house(next.as_str()));
        // "Then Helen Marsh": the word before may begin with a capital as well.
        from = first.end();
        if NAMES.names.contains(first.as_str()) && is_person(first.start()) {
            from = last.end();
            names.extend((!house).then(|| &text[first.start()..last.end()]));
        }
    }
    names.extend(TITLED.find_iter(text).map(|found| found.as_str()));
    let alone = ONE.captures_iter(text).filter_map(|found| found.name("first"));
    names.extend(alone.filter(|first| NAMES.names.contains(first.as_str()) && is_person(first.start())).map(|first| first.as_str()));
    let why = if reading.report.template.blameless { "this form names roles, not people" } else { "anybody may read this report" };
    let mut out = Vec::new();
    for name in names {
        if !named.insert(name.to_owned()) {
            continue;
        }
        let message = format!("“{name}” seems to be a person; {why}.");
        let sentence = text.find(name).map_or(text.as_str(), |at| line.sentence(at));
        let sources = vec![reading.source(line, sentence), Source::at(reading.report, Place::Form, "")];
        out.push(Finding::new("L52", Level::Answer, message, sources));
    }
    out
}

static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<mail>\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\b)",
        r"|(?P<ip>\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b)",
        r"|(?P<inside>\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:local|internal|intranet|corp|lan)\b)",
        r"|(?P<host>\b[a-z]{2,}(?:-[a-z]+)*(?:-[a-z]*[a-z]\d+){2,}\b|\b[a-z]{2,}\d*(?:-[a-z]+\d*)+-?0\d+\b|\\\\[\w-]+\\[\w$-]+)",
        r"|(?P<ip6>\b(?:[0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,5}\b|\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\b)",
        r"|(?P<phone>\+\d{1,3}[\s\d()-]{7,}\d|\(0\d{1,4}\)\s?\d[\d\s-]{4,}\d|\b0\d{2,4}[\s/-]\d{3,4}[\s-]?\d{3,5}\b|\(\d{3}\)\s?\d{3}-\d{4}\b|\b[2-9]\d{2}-\d{3}-\d{4}\b)",
    ))
});

/// Four figures with points between them number versions and clauses as well.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:versions?|v|releases?|firmware|sections?|BRs?|requirements?|clauses?|articles?|chapters?|paragraphs?)\b|§")
});

/// Whether an address is an office's, not a person's: "support@", "customer-care@", "servicedesk@".
fn is_of_an_office(local: &str) -> bool {
    const ROLES: [&str; 41] = [
        "abuse",
        "admin",
        "ca",
        "care",
        "cert",
        "certificates",
        "complaints",
        "compliance",
        "contact",
        "csirt",
        "desk",
        "dpo",
        "feedback",
        "hello",
        "help",
        "helpdesk",
        "hostmaster",
        "info",
        "legal",
        "media",
        "noc",
        "noreply",
        "office",
        "operations",
        "ops",
        "postmaster",
        "press",
        "privacy",
        "problem",
        "problems",
        "psirt",
        "report",
        "reports",
        "revocation",
        "revoke",
        "sales",
        "soc",
        "status",
        "team",
        "trust",
        "webmaster",
    ];
    const BEGINNINGS: [&str; 6] = ["service", "support", "customer", "incident", "security", "operation"];
    let mut parts = local.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    parts.any(|part| ROLES.contains(&part) || BEGINNINGS.iter().any(|beginning| part.starts_with(beginning)))
}

/// L54.
fn address(reading: &Reading, line: &Line, named: &mut BTreeSet<String>) -> Option<Finding> {
    // Every machine's own, and resolvers that everybody knows.
    const NOBODY_S: [&str; 6] = ["0.0.0.0", "1.1.1.1", "8.8.4.4", "8.8.8.8", "9.9.9.9", "255.255.255.255"];
    // A number that readers are asked to call is for them.
    static FOR_READERS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:ask|call|ring|reach|questions?|telephone|phone|contact|help ?line|hot ?line|press|enquiries)\b")
    });
    static OFFSET: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:UTC|GMT|\d)\s?$"));
    let public = reading.report.audience() == Audience::Public;
    let text = &line.text;
    let (what, found) = ADDRESSES.captures_iter(text).find_map(|found| {
        let get = |name| found.name(name).filter(|found| !named.contains(found.as_str()));
        if let Some(mail) = get("mail") {
            let local = mail.as_str().split('@').next().unwrap_or_default().to_lowercase();
            return (!is_of_an_office(&local)).then_some(("an e-mail address", mail));
        }
        if let Some(ip) = get("ip") {
            let longer = text[ip.end()..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let numbered = NUMBERED.is_match(line.sentence(ip.start())) || longer || text[..ip.start()].ends_with('.');
            let nobody_s = NOBODY_S.contains(&ip.as_str()) || ip.as_str().starts_with("127.");
            return (!numbered && !nobody_s).then_some(("an IP address", ip));
        }
        let phone = |found: &regex::Match| {
            public && !FOR_READERS.is_match(line.sentence(found.start())) && !OFFSET.is_match(&text[..found.start()])
        };
        get("ip6")
            .filter(|found| found.as_str().chars().any(|c| c.is_ascii_digit()))
            .map(|found| ("an IP address", found))
            .or_else(|| get("inside").map(|found| ("an internal host", found)))
            .or_else(|| get("host").map(|found| ("a host name", found)))
            .or_else(|| get("phone").filter(phone).map(|found| ("a telephone number", found)))
    })?;
    named.insert(found.as_str().to_owned());
    let message = format!("“{}” is {what}; outside readers do not need it.", found.as_str());
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L54", Level::Answer, message, sources))
}

/// L55.
fn customer(reading: &Reading, line: &Line, named: &mut BTreeSet<String>) -> Option<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?:[Cc]ustomers?|[Cc]lients?)(?:,? (?:such as|including|named|called|like)| )\s*(?P<a>\p{Lu}[\w&.-]+(?:\s\p{Lu}[\w&.-]+)*\s(?:Ltd|Limited|Inc|GmbH|AG|AB|AS|SA|SAS|plc|PLC|BV|LLC))\b",
            r"|\b(?:[Cc]ustomers?|[Cc]lients?),? (?:such as|including|named) (?P<b>\p{Lu}\p{Ll}[\w&.-]+)",
            r"|\b(?:our|the) (?P<c>\p{Lu}[\w&]+) (?:host|provider|supplier|vendor|technicians?|engineers?)\b",
            r"|\b(?P<makes>\p{Lu}[\w&-]+(?:, \p{Lu}[\w&-]+)* and \p{Lu}[\w&-]+) (?:equipment|hardware|gear)\b"
        ))
    });
    const GENERAL: [&str; 8] = ["DCC", "Service", "Network", "Technical", "Data", "Cloud", "Major", "IT"];
    let own = &reading.report.letter.sender;
    let (found, name) = NAMED.captures_iter(&line.text).find_map(|found| {
        let name = ["a", "b", "c", "makes"].into_iter().find_map(|group| found.name(group))?;
        let of_us = !own.is_empty() && own.contains(name.as_str());
        let makes = found.name("makes").is_some();
        let general = GENERAL.contains(&name.as_str()) || (makes && name.as_str().split([' ', ',']).any(|word| GENERAL.contains(&word)));
        (!of_us && !general && !named.contains(name.as_str())).then_some((found, name))
    })?;
    named.insert(name.as_str().to_owned());
    let what = match (found.name("c"), found.name("makes")) {
        (Some(_), _) => "seems to be a supplier; name them",
        (_, Some(_)) => "are makers of what you use; name them",
        _ => "seems to be a customer; name them",
    };
    let message = format!("“{}” {what} only if they agreed.", name.as_str());
    let sources = vec![reading.meant(line, name.range()), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L55", Level::Note, message, sources))
}

/// L56.
fn blame(reading: &Reading, line: &Line) -> Option<Finding> {
    const SOMEBODY: &str = r"(?:suppliers?|vendors?|providers?|hosts?|engineers?|operators?|technicians?|administrators?|contractors?|colleagues?|users?|customers?|crew|staff|teams?|desk|department|management|people|he|she|they)";
    static BLAMES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            concat!(
                r"(?i)\b(?:careless(?:ly|ness)?|sloppy|sloppily|sloppiness|reckless(?:ly|ness)?|lazy|laziness|negligen(?:t|ce|tly)|incompeten(?:t|ce)|stupid(?:ly|ity)?|should have known better|(?:his|her) (?:fault|mistake)",
                r"|{0}\b[^.;,]{{0,40}}\b(?:is|was|were|are) (?:solely |alone |clearly )?(?:to blame|at fault)",
                r"|{0}['’]s? (?:own |sole )?(?:fault|mistake)",
                r"|{0} (?:simply )?should have (?:checked|noticed|seen|read|asked|known|followed|waited|paid))\b"
            ),
            SOMEBODY
        ))
    });
    static BLAMELESS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:human|operator|user|engineer)(?:['’]s)? (?:error|mistake|fault)\b"));
    // "Nobody was careless" blames nobody, and "her fault report" is a report.
    static NOBODY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:no|not|nobody|no one|neither|none|never|without)\b[^.;]{0,30}$"));
    static A_PAPER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\s+(?:reports?|tickets?|messages?|logs?|line|desk|codes?|currents?|budgets?|rates?|counts?|pages?|handling)\b")
    });
    let blames = BLAMES.find_iter(&line.text).find(|found| {
        let sentence = line.sentence_range(found.start());
        let before = &line.text[sentence.start.min(found.start())..found.start()];
        // Who says that the own team was at fault takes it on, and blames nobody.
        let takes_it_on = found.as_str().to_lowercase().starts_with("team") && before.to_lowercase().ends_with("our ");
        !takes_it_on && !NOBODY.is_match(before) && !A_PAPER.is_match(&line.text[found.end()..])
    });
    let found = blames.or_else(|| {
        let error = BLAMELESS.find(&line.text).filter(|error| !A_PAPER.is_match(&line.text[error.end()..]));
        error.filter(|_| reading.report.template.blameless)
    })?;
    let message = format!("“{}” blames somebody; say what made the mistake possible.", found.as_str());
    let sources = vec![reading.meant(line, found.range()), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L56", Level::Note, message, sources))
}
