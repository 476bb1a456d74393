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

pub(super) fn check(reading: &Reading, findings: &mut Vec<Finding>) {
    let report = reading.report;
    let outside = matches!(report.audience(), Audience::Public | Audience::Customers);
    let public = report.audience() == Audience::Public;
    let mut named = BTreeSet::new();
    for line in reading.told().chain(others(reading)) {
        if (public || report.template.blameless) && !is_contact(reading, line) {
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
    reading.lines.iter().filter(|line| matches!(line.place, Place::Lessons | Place::Actions))
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
fn person(reading: &Reading, line: &Line, named: &mut BTreeSet<String>) -> Option<Finding> {
    static TWO: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?P<first>\p{Lu}\p{Ll}+)\s+(?P<last>\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)\b"));
    static TITLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s+\p{Lu}\p{Ll}+"));
    let known = reading.report.people.iter().map(|person| person.name.trim()).find(|name| name.contains(' ') && line.text.contains(name));
    let by_name = || {
        TWO.captures_iter(&line.text)
            .find(|found| NAMES.names.contains(&found["first"]) && !NAMES.not_surnames.contains(&found["last"]))
            .and_then(|found| Some(found.get(0)?.as_str()))
    };
    let name = known.or_else(by_name).or_else(|| TITLED.find(&line.text).map(|found| found.as_str()))?;
    if !named.insert(name.to_owned()) {
        return None;
    }
    let why = if reading.report.template.blameless { "this form names roles, not people" } else { "anybody may read this report" };
    let message = format!("“{name}” seems to be a person; {why}.");
    let sources = vec![reading.source(line, line.sentence(line.text.find(name)?)), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L52", Level::Answer, message, sources))
}

static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?P<mail>\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\b)",
        r"|(?P<ip>\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b)",
        r"|(?P<inside>\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:local|internal|intranet|corp|lan)\b)",
        r"|(?P<host>\b[a-z]{2,}(?:-[a-z]+)*(?:-[a-z]*[a-z]\d+){2,}\b)",
        r"|(?P<phone>\+\d{1,3}[\s\d()-]{7,}\d)",
    ))
});

/// Four figures with points between them number versions and clauses as well.
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:versions?|v|releases?|firmware|sections?|clauses?|articles?|chapters?|paragraphs?)\b|§"));

/// L54.
fn address(reading: &Reading, line: &Line, named: &mut BTreeSet<String>) -> Option<Finding> {
    const ROLES: [&str; 12] =
        ["info", "support", "help", "noc", "contact", "status", "press", "service", "security", "privacy", "abuse", "dpo"];
    let public = reading.report.audience() == Audience::Public;
    let (what, found) = ADDRESSES.captures_iter(&line.text).find_map(|found| {
        let get = |name| found.name(name).filter(|found| !named.contains(found.as_str()));
        if let Some(mail) = get("mail") {
            let local = mail.as_str().split('@').next().unwrap_or_default().to_lowercase();
            return (!ROLES.iter().any(|role| local.starts_with(role))).then_some(("an e-mail address", mail));
        }
        if let Some(ip) = get("ip") {
            let numbered = NUMBERED.is_match(line.sentence(ip.start())) || line.text[ip.end()..].starts_with('.');
            return (!numbered).then_some(("an IP address", ip));
        }
        get("inside")
            .map(|found| ("an internal host", found))
            .or_else(|| get("host").map(|found| ("a host name", found)))
            .or_else(|| get("phone").filter(|_| public).map(|found| ("a telephone number", found)))
    })?;
    named.insert(found.as_str().to_owned());
    let message = format!("“{}” is {what}; readers outside need not know it.", found.as_str());
    let sources = vec![reading.source(line, line.sentence(found.start())), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L54", Level::Answer, message, sources))
}

/// L55.
fn customer(reading: &Reading, line: &Line, named: &mut BTreeSet<String>) -> Option<Finding> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"\b(?:[Cc]ustomers?|[Cc]lients?)(?:,? (?:such as|including|named|called|like)| )\s*(?P<a>\p{Lu}[\w&.-]+(?:\s\p{Lu}[\w&.-]+)*\s(?:Ltd|Limited|Inc|GmbH|AG|AB|AS|SA|SAS|plc|PLC|BV|LLC))\b",
            r"|\b(?:[Cc]ustomers?|[Cc]lients?),? (?:such as|including|named|called) (?P<b>\p{Lu}\p{Ll}[\w&.-]+)",
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
    let sources = vec![reading.source(line, line.sentence(name.start())), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L55", Level::Note, message, sources))
}

/// L56.
fn blame(reading: &Reading, line: &Line) -> Option<Finding> {
    static BLAMES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:careless(?:ly|ness)?|negligen(?:t|ce|tly)|incompeten(?:t|ce)|stupid(?:ly|ity)?|(?:is|was|were|are) to blame|should have known better|(?:his|her) (?:fault|mistake))\b",
        )
    });
    static BLAMELESS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:human|operator|user|engineer)(?:['’]s)? (?:error|mistake|fault)\b"));
    let found = BLAMES.find(&line.text).or_else(|| BLAMELESS.find(&line.text).filter(|_| reading.report.template.blameless))?;
    let message = format!("“{}” blames somebody; say what made the mistake possible.", found.as_str());
    let sources = vec![reading.source(line, line.sentence(found.start())), Source::at(reading.report, Place::Form, "")];
    Some(Finding::new("L56", Level::Note, message, sources))
}

#[cfg(test)]
mod tests {
    use super::super::support::{fires, with_text};
    use crate::template::Audience;

    /// Which of the texts a check questions for those readers.
    fn seen<'a>(id: &str, audience: Audience, texts: &[&'a str]) -> Vec<&'a str> {
        let of = |text: &str| {
            let mut report = with_text(text);
            report.audience = Some(audience);
            (report.actions, report.causes) = (Vec::new(), Vec::new());
            report.sections.truncate(1);
            fires(&report, id)
        };
        texts.iter().copied().filter(|text| of(text)).collect()
    }

    #[test]
    fn people_are_named_to_those_who_need_to_know() {
        let named = ["Helen Marsh restarted the node.", "Asked Mr Okafor at 10:00.", "Tomasz Wilk, on call, saw it."];
        assert_eq!(seen("L52", Audience::Public, &named), named);
        assert_eq!(seen("L52", Audience::Regulator, &named), [""; 0]);
        let sound =
            ["The Major Incident Manager was called.", "North Region and Central Region", "Victor Region failed over.", "Technical Bridge"];
        assert_eq!(seen("L52", Audience::Public, &sound), [""; 0]);
        let mut blameless = with_text(named[0]);
        (blameless.template.blameless, blameless.audience) = (true, Some(Audience::Internal));
        assert!(fires(&blameless, "L52"));
    }

    #[test]
    fn hosts_and_addresses_stay_inside() {
        let named = ["on 1 node (abc-p01-node16)", "from 10.0.3.17 onwards", "on db2.prod.internal", "write to h.marsh@firm.example"];
        assert_eq!(seen("L54", Audience::Public, &named), named);
        assert_eq!(seen("L54", Audience::Regulator, &named), [""; 0]);
        let sound = [
            "version 4.2.0.1 went live",
            "by sections 3.2.2.1 and 7.1.2.7",
            "us-east-1 and eu-west-2",
            "write to support@firm.example",
            "utf-8, x86-64, sha-256 and 2020-11-18",
        ];
        assert_eq!(seen("L54", Audience::Public, &sound), [""; 0]);
    }

    #[test]
    fn customers_and_suppliers_are_not_named_outside() {
        let named = ["Customers such as Nordfisk lost mail.", "Our customer Vestland Data AS was first.", "by our OVX host, once more"];
        assert_eq!(seen("L55", Audience::Customers, &named), named);
        let sound = [
            "Customers in Bergen lost mail.",
            "Our customers asked why.",
            "The Service provider was called.",
            "Customers including all resellers",
        ];
        assert_eq!(seen("L55", Audience::Customers, &sound), [""; 0]);
    }

    #[test]
    fn nobody_is_blamed() {
        let blames = ["The engineer was careless.", "It was her mistake.", "The supplier is to blame."];
        assert_eq!(seen("L56", Audience::Regulator, &blames), blames);
        let sound = ["The fault is ours.", "The field was left blank by mistake.", "Human error is one of the causes asked for."];
        assert_eq!(seen("L56", Audience::Regulator, &sound), [""; 0]);
    }
}
