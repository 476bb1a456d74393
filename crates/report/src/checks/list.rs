//! The published list of checks: what each one looks at, and what makes it a rule. Always true: every id that a check uses stands here once.
//! Deliberately absent: how a check finds what it finds.

use crate::template::Template;

/// One check of the list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Check {
    /// Its id ("L01").
    pub id: &'static str,
    /// What it looks at.
    pub what: &'static str,
    /// What it belongs to.
    pub family: Family,
    /// What makes it a rule.
    pub basis: Basis,
}

/// What a check belongs to, in the order in which they are told.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Family {
    /// Times, days and lengths.
    Times,
    /// Limits and due times.
    Limits,
    /// Reference numbers and links.
    References,
    /// The shape of the form.
    Structure,
    /// What is said, and what is missing from it.
    Content,
    /// Words and names.
    Language,
    /// Marking and release.
    Release,
}

/// What makes a check a rule.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Basis {
    /// The form asks for it.
    Form,
    /// The regime's clause, which the finding names.
    Clause,
    /// A standard.
    Standard(&'static str),
    /// Two statements of one report cannot both be true.
    Reason,
    /// What readers of incident reports expect; no authority demands it.
    Practice,
}

impl Family {
    /// Its words.
    pub fn words(self) -> &'static str {
        match self {
            Family::Times => "times and lengths",
            Family::Limits => "limits",
            Family::References => "references and links",
            Family::Structure => "headings and answers",
            Family::Content => "content",
            Family::Language => "words and names",
            Family::Release => "marking and release",
        }
    }
}

impl Basis {
    /// Its words for a report in that form.
    pub fn words(self, template: &Template) -> String {
        match self {
            Basis::Form => format!("The form: {}, {}", template.title, template.authority),
            Basis::Clause => "The clause named beside it".to_owned(),
            Basis::Standard(standard) => standard.to_owned(),
            Basis::Reason => "The report's own statements, which cannot all be true".to_owned(),
            Basis::Practice => "Good practice; no authority demands it".to_owned(),
        }
    }
}

/// The check of that id.
pub fn find(id: &str) -> Option<&'static Check> {
    ALL.iter().find(|check| check.id == id)
}

/// What makes a finding of that check a rule. Checks outside the list are ours (P01 to P06).
pub fn words(id: &str, template: &Template) -> String {
    match (find(id), id) {
        (Some(check), _) => check.basis.words(template),
        (None, "P03") => "Our own rule: words that are easily confused".to_owned(),
        (None, "P04") => "Our own rule: a reader knows what a file shows before opening it".to_owned(),
        (None, "P05") => "Our own rule: a report travels with the files it recorded".to_owned(),
        (None, "P06") => "Our own rule: what cannot be meant goes into no report that is filed".to_owned(),
        (None, _) => "Our own rule: no word is lost silently".to_owned(),
    }
}

const fn check(id: &'static str, family: Family, basis: Basis, what: &'static str) -> Check {
    Check { id, what, family, basis }
}

use Basis::{Clause, Form, Practice, Reason, Standard};
use Family::{Content, Language, Limits, References, Release, Structure, Times};

/// Every check, in the order of the list.
pub const ALL: [Check; 65] = [
    check("L01", Times, Reason, "Resolved before it began"),
    check("L02", Times, Reason, "A length that the header's times do not give"),
    check("L03", Times, Reason, "Downtime claimed against the timeline"),
    check("L04", Times, Reason, "Parts that do not add up to their sum"),
    check("L05", Times, Reason, "A row earlier than the one above it"),
    check("L06", Times, Practice, "A midnight passed without a new day"),
    check("L07", Times, Practice, "Rows without a day"),
    check("L08", Times, Standard("The IANA time zone database"), "Time zones: none, out of season, or meaning several places"),
    check("L09", Times, Practice, "Two notations in one report"),
    check("L10", Times, Reason, "A time of the header that the account does not tell, and the reverse"),
    check("L11", Times, Practice, "A year that is missing or astray"),
    check("L12", Times, Standard("The calendar"), "A weekday that is not that day's"),
    check("L13", Times, Standard("ISO 8601, which knows one order"), "Figures that read as two days"),
    check("L14", Times, Practice, "“Yesterday” without a today"),
    check("L15", Times, Reason, "One moment with two values"),
    check("L16", Times, Reason, "A title that names another day"),
    check("L17", Times, Reason, "A length in support hours"),
    check("L18", Times, Reason, "Something that happened after the report, or has not happened yet"),
    check("L19", Times, Reason, "Noticed before it began"),
    check("L20", Times, Practice, "Equal times, which keep their order"),
    check("L21", Limits, Reason, "The service level's answer against its limit and clock"),
    check("L22", Limits, Clause, "A due time near, passed, or missed without reasons"),
    check("L23", Limits, Clause, "An event that starts a due time and is not recorded"),
    check("L24", Limits, Clause, "A due time whose rule was not verified"),
    check("L25", References, Practice, "References of one kind with different numbers of figures"),
    check("L26", References, Reason, "One reference written in two ways"),
    check("L27", References, Reason, "A reference that the table of links lacks, and the reverse"),
    check("L28", References, Practice, "A clause cited without its letter"),
    check("L29", References, Standard("ISO 17442 and ISO 7064, MOD 97-10"), "A legal entity identifier that fails its check"),
    check("L30", References, Practice, "Links that lead nowhere"),
    check("L31", Structure, Form, "A required heading that is missing"),
    check("L32", Structure, Form, "Headings out of order"),
    check("L33", Structure, Form, "A required heading or answer that is empty"),
    check("L34", Structure, Form, "A heading that stands twice"),
    check("L35", Structure, Form, "A heading that nearly is one of the form's"),
    check("L36", Structure, Form, "A heading that the form does not have"),
    check("L37", Structure, Form, "“N/A” and “unknown” where the form does not allow them"),
    check("L38", Content, Practice, "Placeholders"),
    check("L39", Content, Practice, "What was left of another incident"),
    check("L40", Content, Practice, "A cause still open, with nobody and no day to establish it"),
    check("L41", Content, Practice, "Actions without owner, day or state"),
    check("L42", Content, Practice, "Causes and bad lessons that lead to no action"),
    check("L43", Content, Reason, "Called resolved, and only assumed to be"),
    check("L44", Content, Reason, "One sentence for trigger, detection and cause"),
    check("L45", Content, Practice, "Impact without a number, estimates that do not say so"),
    check("L46", Content, Form, "A likely future impact that was asked for and not told"),
    check("L47", Content, Practice, "A risk that nobody is said to have accepted"),
    check("L48", Content, Practice, "A repeat that no link says"),
    check("L49", Content, Practice, "Claims that nothing supports"),
    check("L50", Content, Practice, "An analysis still owed, without a day"),
    check("L51", Language, Practice, "Abbreviations never written out, or in two ways"),
    check("L52", Language, Practice, "People named where anybody may read it"),
    check("L53", Language, Practice, "Secrets"),
    check("L54", Language, Practice, "Addresses and hosts"),
    check("L55", Language, Practice, "Customers and suppliers named"),
    check("L56", Language, Practice, "Words that blame"),
    check("L57", Release, Form, "The marking, missing or contradicting itself"),
    check("L58", Release, Standard("FIRST, Traffic Light Protocol 2.0"), "Labels of the Traffic Light Protocol"),
    check("L59", Release, Standard("FIRST, Traffic Light Protocol 2.0"), "A marking wider than the content"),
    check("L60", Release, Standard("ISO 14289-1 (PDF/UA)"), "Pictures without words"),
    check("L61", Release, Practice, "What is left of editing"),
    check("L62", Release, Form, "Who signs, and as what"),
    check("L63", Structure, Form, "A form older than the one in use"),
    check("L64", Structure, Form, "Other words where yes or no is asked"),
    check("L65", Structure, Form, "An answer that cannot be read as what is asked"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_order() {
        let ids: Vec<String> = (1..=65).map(|n| format!("L{n:02}")).collect();
        assert_eq!(ALL.iter().map(|check| check.id).collect::<Vec<_>>(), ids);
    }
}
