//! What a heading is about, whatever its words: "IMPACT", "Customer impact" and "Summary of impact / Likely future impact of the Major
//! incident" are about one subject. Always true: a heading of other words is a form's only where one of its sections alone has that
//! subject. Deliberately absent: telling forms apart by subjects; every form has them.

use crate::near::bare;
use report::template::{SectionKind, SectionRule};
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
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 11] = [
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
    ];

    /// Its name in the data of other languages.
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
        }
    }
}

/// A subject's headings as people write them, and words by which a form's longer heading shows that it is about it.
struct Words {
    subject: Subject,
    headings: &'static [&'static str],
    within: &'static [&'static str],
}

const WORDS: &[Words] = &[
    Words {
        subject: Subject::Description,
        headings: &[
            "description",
            "short description",
            "incident description",
            "description of the incident",
            "summary",
            "incident summary",
            "executive summary",
            "management summary",
            "overview",
            "tl;dr",
            "nature of the incident",
            "nature of the major incident",
            "nature of the breach",
            "problem statement",
            "what happened",
            "the incident",
        ],
        within: &[],
    },
    Words {
        subject: Subject::Region,
        headings: &[
            "region",
            "location",
            "area",
            "site",
            "regions affected",
            "affected regions",
            "locations affected",
            "affected locations",
            "region impacted",
            "location impacted",
            "impacted regions",
            "sites affected",
            "affected sites",
        ],
        within: &[],
    },
    Words {
        subject: Subject::Impact,
        headings: &[
            "impact",
            "effect",
            "effects",
            "blast radius",
            "business impact",
            "customer impact",
            "user impact",
            "service impact",
            "impact summary",
            "summary of impact",
            "impact assessment",
            "impact analysis",
            "impact and scope",
            "scope and impact",
            "who was affected",
            "what was affected",
            "consequences",
            "likely consequences",
        ],
        within: &["impact"],
    },
    Words {
        subject: Subject::Fix,
        headings: &[
            "resolution",
            "resolving actions",
            "resolving actions taken",
            "resolution steps",
            "actions taken",
            "action taken",
            "steps taken",
            "measures taken",
            "mitigation",
            "remediation",
            "recovery",
            "restoration",
            "fix",
            "the fix",
            "workaround",
            "what we did",
            "what was done",
            "how it was fixed",
            "how we fixed it",
        ],
        within: &["resolution", "mitigation", "measures taken"],
    },
    Words {
        subject: Subject::Cause,
        headings: &[
            "cause",
            "root cause",
            "rca",
            "root cause analysis",
            "technical cause",
            "underlying cause",
            "probable cause",
            "suspected cause",
            "cause of the incident",
            "cause of the outage",
            "what caused it",
            "why it happened",
            "why did it happen",
            "why",
        ],
        within: &["cause"],
    },
    Words {
        subject: Subject::Detection,
        headings: &["detection", "how it was detected", "how it was noticed", "how we noticed", "how we found out"],
        within: &["detection"],
    },
    Words {
        subject: Subject::Communication,
        headings: &["communication", "comms", "customer communication", "stakeholder communication", "internal communication"],
        within: &["communication"],
    },
    Words {
        subject: Subject::Timeline,
        headings: &[
            "timeline",
            "timeline of events",
            "timeline of the incident",
            "incident timeline",
            "chronology",
            "chronology of events",
            "sequence of events",
            "events",
            "event log",
            "incident log",
            "what happened when",
        ],
        within: &[],
    },
    Words {
        subject: Subject::Actions,
        headings: &[
            "actions",
            "action items",
            "action plan",
            "follow-up",
            "follow-up actions",
            "follow-up items",
            "corrective actions",
            "corrective and preventive actions",
            "preventive actions",
            "preventative actions",
            "remedial actions",
            "remediation items",
            "next steps",
            "planned actions",
            "further actions",
            "tasks",
            "to do",
            "open items",
            "outstanding actions",
        ],
        within: &[],
    },
    Words {
        subject: Subject::Lessons,
        headings: &["lessons", "lessons learned", "lessons learnt", "learnings", "what we learned", "what we learnt"],
        within: &[],
    },
    Words {
        subject: Subject::Linked,
        headings: &[
            "linked",
            "linked to",
            "linked incidents",
            "linked tickets",
            "linked records",
            "related",
            "related to",
            "related incidents",
            "related tickets",
            "related records",
            "table of linked incidents",
            "parent incident",
            "child incidents",
            "duplicates",
            "duplicate of",
            "see also",
        ],
        within: &[],
    },
];

static KNOWN: LazyLock<BTreeMap<String, Subject>> = LazyLock::new(|| {
    let of_one = |words: &'static Words| words.headings.iter().map(|heading| (bare(heading), words.subject));
    let others = report::languages::all().iter().flat_map(|language| {
        let of = |subject: &Subject| {
            language.headings.get(subject.key()).into_iter().flatten().map(|heading| (bare(heading), *subject)).collect::<Vec<_>>()
        };
        Subject::ALL.iter().flat_map(of).collect::<Vec<_>>()
    });
    others.chain(WORDS.iter().flat_map(of_one)).collect()
});

/// The subject of a heading that says nothing else.
pub(crate) fn of(heading: &str) -> Option<Subject> {
    // No known heading is longer.
    if heading.len() > 80 {
        return None;
    }
    KNOWN.get(&bare(short(heading))).copied()
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
    let within = WORDS.iter().find(|words| words.subject == subject).map_or(&[][..], |words| words.within);
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
    if let Some((before, _)) = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).filter(|(_, inside)| inside.len() <= 20) {
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
