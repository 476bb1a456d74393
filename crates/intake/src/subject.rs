//! What a heading is about, whatever its words: "IMPACT", "Customer impact" and "Summary of impact / Likely future impact of the Major
//! incident" are about one subject. Always true: a heading of other words is a form's only where one of its sections alone has that
//! subject. Deliberately absent: telling forms apart by subjects; every form has them.

use crate::near::bare;
use crate::to::LessonRank;
use report::template::{SectionKind, SectionRule};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A subject that reports have a heading for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Subject {
    Description,
    Region,
    Impact,
    Fix,
    Cause,
    Detection,
    Communication,
    Timeline,
    Actions,
    Lessons,
    Linked,
    Contacts,
    Aside,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 13] = [
        Self::Description,
        Self::Region,
        Self::Impact,
        Self::Fix,
        Self::Cause,
        Self::Detection,
        Self::Communication,
        Self::Timeline,
        Self::Actions,
        Self::Lessons,
        Self::Linked,
        Self::Contacts,
        Self::Aside,
    ];

    /// Its name in the data.
    fn key(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Region => "region",
            Self::Impact => "impact",
            Self::Fix => "fix",
            Self::Cause => "cause",
            Self::Detection => "detection",
            Self::Communication => "communication",
            Self::Timeline => "timeline",
            Self::Actions => "actions",
            Self::Lessons => "lessons",
            Self::Linked => "linked",
            Self::Contacts => "contacts",
            Self::Aside => "aside",
        }
    }

    /// Whether what stands under such a heading is no part of the prose before it, whatever the form: a list that a report keeps, people,
    /// or what stands behind a report.
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Timeline | Self::Actions | Self::Lessons | Self::Linked | Self::Contacts | Self::Aside)
    }
}

/// The English words, as `data/headings.toml` has them; other languages are data of the crate `report`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    headings: BTreeMap<String, Vec<String>>,
    within: BTreeMap<String, Vec<String>>,
    lessons: BTreeMap<LessonRank, Vec<String>>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../data/headings.toml")).expect("the headings are tested to read"));

static KNOWN: LazyLock<BTreeMap<String, Subject>> = LazyLock::new(|| {
    let lists = report::languages::all().iter().map(|language| &language.headings).chain([&WORDS.headings]);
    let of_one = |list: &'static BTreeMap<String, Vec<String>>| {
        let of = move |subject: Subject| list.get(subject.key()).into_iter().flatten().map(move |heading| (bare(heading), subject));
        Subject::ALL.into_iter().flat_map(of)
    };
    lists.flat_map(of_one).collect()
});

static LESSONS: LazyLock<BTreeMap<String, LessonRank>> = LazyLock::new(|| {
    let english = WORDS.lessons.iter().map(|(rank, words)| (*rank, words));
    let others = report::languages::all().iter().flat_map(|language| {
        let of = |(rank, name)| language.lessons.get(name).map(|words| (rank, words));
        [(LessonRank::Good, "good"), (LessonRank::Bad, "bad"), (LessonRank::Lucky, "lucky")].into_iter().filter_map(of)
    });
    others.chain(english).flat_map(|(rank, words)| words.iter().map(move |words| (bare(words), rank))).collect()
});

/// The kind of lessons that words stand over, or before: "What went well".
pub(crate) fn of_lessons(words: &str) -> Option<LessonRank> {
    (words.len() <= 60).then(|| LESSONS.get(&bare(words)).copied())?
}

/// The subject of a heading that says nothing else.
pub(crate) fn of(heading: &str) -> Option<Subject> {
    // No known heading is longer.
    if heading.len() > 80 {
        return None;
    }
    KNOWN.get(&bare(short(heading))).copied()
}

/// Whether English has such a heading, and no other language is needed for it.
pub(crate) fn is_english(heading: &str) -> bool {
    let words = bare(short(heading));
    WORDS.headings.values().flatten().any(|known| bare(known) == words)
}

/// Whether a section of a form is about a subject, by its kind, its heading, one of the names its heading joins, or another of its names.
pub(crate) fn is_about(rule: &SectionRule, subject: Subject) -> bool {
    match rule.kind {
        SectionKind::Timeline => return subject == Subject::Timeline,
        SectionKind::Actions => return subject == Subject::Actions,
        SectionKind::Lessons => return subject == Subject::Lessons,
        SectionKind::LinkedIncidents => return subject == Subject::Linked,
        SectionKind::Causes => return subject == Subject::Cause,
        SectionKind::Targets | SectionKind::Diagrams => return false,
        SectionKind::Prose | SectionKind::Fields => {}
    }
    let names = rule.aliases.iter().map(String::as_str).chain([rule.heading.as_str()]).flat_map(names);
    let within = WORDS.within.get(subject.key()).map_or(&[][..], Vec::as_slice);
    let holds = |name: &str| {
        let name = format!(" {} ", name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
        within.iter().any(|word| name.contains(&format!(" {word} ")) || name.contains(&format!(" {word}s ")))
    };
    names.into_iter().any(|name| of(name) == Some(subject) || holds(name))
}

/// The names that one heading joins: "Region / Location impacted" is both.
pub(crate) fn names(heading: &str) -> Vec<&str> {
    std::iter::once(heading).chain(heading.split(" / ").filter(|name| name.len() < heading.len())).map(short).collect()
}

/// A heading without what it adds for the reader: ", if known", "(UTC)", a colon at its end.
pub(crate) fn short(heading: &str) -> &str {
    const ADDED: [&str; 6] = ["if known", "if any", "if applicable", "where known", "when known", "so far"];
    let mut text = heading.trim().trim_end_matches([':', '.', '?']).trim_end();
    if let Some((before, _)) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
        .filter(|(_, inside)| inside.len() <= 20 || crate::zone_stated::tells_of_times(inside))
    {
        text = before.trim_end();
    }
    // "Timeline, times in UTC" says of its rows what a bracket could.
    let told = [",", " -", " –", " —", ":"]
        .iter()
        .find_map(|sign| text.split_once(sign))
        .filter(|(_, told)| crate::zone_stated::tells_of_times(told));
    if let Some((before, _)) = told {
        text = before.trim_end();
    }
    let ends =
        |added: &str| text.len() > added.len() && text.get(text.len() - added.len()..).is_some_and(|end| end.eq_ignore_ascii_case(added));
    match ADDED.iter().find(|added| ends(added)) {
        Some(added) => text[..text.len() - added.len()].trim_end_matches([',', ' ', '-', '–', '(']),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_one_subject_are_told_from_others() {
        for (heading, subject) in [
            ("IMPACT", Some(Subject::Impact)),
            ("Customer impact:", Some(Subject::Impact)),
            ("ROOT CAUSE", Some(Subject::Cause)),
            ("Root causes (if known)", Some(Subject::Cause)),
            ("Timeline (UTC)", Some(Subject::Timeline)),
            ("Regions affected", Some(Subject::Region)),
            ("Follow-up actions", Some(Subject::Actions)),
            ("Actions taken", Some(Subject::Fix)),
            ("Impact of the wind", None),
            ("Weather", None),
        ] {
            assert_eq!(of(heading), subject, "{heading}");
        }
    }

    #[test]
    fn every_list_of_the_data_is_one_of_a_subject() {
        let known = |key: &String| Subject::ALL.iter().any(|subject| subject.key() == key);
        assert!(WORDS.headings.keys().chain(WORDS.within.keys()).all(known));
        assert_eq!(WORDS.lessons.len(), 3);
    }

    #[test]
    fn a_long_heading_is_about_each_name_it_joins() {
        let form = report::catalogue::find("sec-h9-summary").expect("it ships");
        let about = |subject| form.sections.iter().filter(|rule| is_about(rule, subject)).map(|rule| rule.key.as_str()).collect::<Vec<_>>();
        assert_eq!(about(Subject::Description), ["nature"]);
        assert_eq!(about(Subject::Region), ["region"]);
        assert_eq!(about(Subject::Impact), ["impact"]);
        assert_eq!(about(Subject::Fix), ["actions_taken"]);
        assert_eq!(about(Subject::Cause), ["root_cause"]);
        assert_eq!(about(Subject::Linked), ["linked_incidents"]);
        assert_eq!(about(Subject::Timeline), [""; 0]);
    }
}
