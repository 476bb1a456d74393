//! Of what a sentence speaks: the whole outage, one service that the record knows, or a part that it does not know. Always true: where that
//! cannot be told, a claim is given the benefit of the doubt.

use super::super::reading::{Line, Reading};
use crate::mentions::pattern;
use regex::Regex;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Of what a claim speaks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Scope {
    /// The whole of it.
    Whole,
    /// Those services of the impact windows, by their place in [`Speech::services`].
    Services(Vec<usize>),
    /// Something that the record does not tell apart: some customers, a region, a function.
    Part,
}

/// What is needed to tell of what a report's sentences speak.
pub struct Speech {
    /// The services of the impact windows, each once, as written.
    pub services: Vec<String>,
    /// Their telling words.
    telling: Vec<BTreeSet<String>>,
    /// The words of the title and of the answer that names the services impacted: what they name is the whole.
    title: BTreeSet<String>,
    /// Those of the title alone.
    titled: BTreeSet<String>,
    /// The report's own number, so that another's is known for another's.
    reference: Option<String>,
    /// Months and years in which something is recorded.
    months: HashSet<u32>,
    years: HashSet<i32>,
}

/// Words that tell nothing of which part is meant.
const GENERIC: &str = concat!(
    " the a an this that these those our your its their his all every each whole entire full total complete overall main major unplanned resulting",
    " entirely whole normal usual regular same first second third last initial final second one two three four five six seven eight nine ten eleven",
    " twelve hour day minute half quarter nearly almost about around approximately roughly some circa under over just well only mere than more less",
    " least most at in for to of on from by with and or but as until till into through throughout during after before since within because so then",
    " when while which who that it we they he she everything everyone everybody nobody anyone anybody customer user people client subscriber member public",
    " caller visitor reader consumer service system site website portal platform application app product network offering outage incident",
    " disruption interruption downtime unavailability loss failure event impact was were is are be been being had has have did do could can not",
    " no none there here night evening morning afternoon today yesterday weekend week end start beginning finally eventually altogether record recorded told both us",
    " however therefore thus result again still also even already last lasted took caused saw suffered experienced led meant followed measured",
    " counted brought gave made came went ran long longer short shorter time duration length sum figure number utc gmt bst cet cest st nd rd th",
    " january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday",
    " h min mins hr hrs am pm report summary short words word fact say said note live online production down offline up back out reach total",
    " "
);
/// What may be down, restored or back: the head of a subject.
const SERVICE_NOUNS: [&str; 25] = [
    "service",
    "site",
    "website",
    "portal",
    "platform",
    "system",
    "application",
    "app",
    "network",
    "payment",
    "everything",
    "we",
    "operation",
    "product",
    "shop",
    "access",
    "connectivity",
    "connection",
    "functionality",
    "gateway",
    "customer",
    "user",
    "everyone",
    "everybody",
    // "There was no service."
    "there",
];
/// A plan, a promise, a guess, a denial or another incident is no claim about this one.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:targets?|limits?|SLAs?|SLOs?|RTOs?|objectives?|agreed|promise\w*|commit\w*|guarantee\w*|maintenance|planned|scheduled|will|would|should|could (?:have|last|take|be)|might|(?-i:may)",
        r"|contract\w*|allow\w*|permit\w*|a (?:year|quarter|month|week)|previous\w*|earlier (?:incident|outage|interruption|disruption|one)|(?:last|previous) (?:year|month|autumn|winter|spring|summer|time)",
        r"|every|per|maximum|(?:before|after|since) the (?:outage|incident|interruption|disruption)|credit\w*|similar|another|on average|average\w*|typical\w*|usual\w*|each|if|unless|must|shall|can|cannot|bridges|bridged|bridging|surviv\w+|tolerat\w+",
        r"|windows?|so far|annual\w*|yearly|this (?:year|quarter|month)|on-call|drill|tests?|tested|trials?|proved|rehears\w+|exercise|simulat\w+|expect\w*|estimat\w+|forecast\w*|predict\w*|fear\w*|assum\w+|believ\w+|thought|claim\w*",
        r"|rumou?r\w*|according to|wrong\w*|mistak\w+|incorrect\w*|corrected|never|n['’]t|nor|neither|rather than|instead of|compar\w+|unlike|in contrast|than in|as in|benchmark|warranty|warranties|insur\w+|polic(?:y|ies)",
        r"|(?:supplier|provider|vendor|carrier|partner|competitor|utility|manufacturer|bank|landlord)['’]s?|elsewhere|ago|historical\w*|precedent)\b",
        r"|\b(?:is|are|be|been|was|were|did|does|do|had|has|have) not\b|\bno (?:outage|interruption|disruption|downtime|service|customer|user|part)\b|\bnot (?:down|offline|unavailable|restored|because|for)\b"
    ))
});
static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<m>January|February|March|April|May|June|July|August|September|October|November|December)(?:['’]s)?\b|\b(?P<y>20[0-4]\d)\b",
    )
});
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Z]{2,6}[- ]?\d{5,}\b"));
static LEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:for|in|at|across|throughout|on)\s+(?P<part>[^,.;:]{2,50}?)(?:,|\s(?:the|an?|our|this)\s)"));

impl Speech {
    pub fn of(reading: &Reading) -> Self {
        let report = reading.report;
        let mut services: Vec<String> = Vec::new();
        for window in &report.impact {
            let name = window.service.trim();
            if !name.is_empty() && !services.iter().any(|known| known == name) {
                services.push(name.to_owned());
            }
        }
        let telling = services.iter().map(|name| telling_words(name)).collect();
        let titled = telling_words(&report.title);
        let mut title = titled.clone();
        let impacted = report.template.fields.iter().filter(|field| field.key.contains("service") && field.key.contains("impact"));
        title.extend(impacted.flat_map(|field| telling_words(&report.answer(&field.key).raw)));
        let days: Vec<_> = super::recorded_days(reading).into_iter().collect();
        Self {
            telling,
            services,
            title,
            titled,
            reference: report.reference().map(str::to_owned),
            months: days.iter().map(chrono::Datelike::month).collect(),
            years: days.iter().map(chrono::Datelike::year).collect(),
        }
    }

    /// Whether a sentence tells of a plan, a guess, or another incident, and claims nothing of this one.
    pub fn speaks_of_another(&self, line: &Line, sentence: &Range<usize>) -> bool {
        // Who "had no service" denies nothing, a quarter of an hour is no quarter, and "after the outage began" is in the middle of it.
        static AS_IT_WAS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(concat!(
                r"(?i)\b(?:(?:had|with|got|was|were) no (?:service|access|connectivity)|a quarter (?:of an hour|past|to)",
                r"|(?:after|since) the (?:outage|incident|interruption|disruption) (?:had |first )?(?:began|begun|started|set in))\b"
            ))
        });
        let text = &line.text[sentence.clone()];
        OTHERWISE.is_match(&AS_IT_WAS.replace_all(text, "")) || self.other_month(text) || self.other_reference(text)
    }

    /// The services that the title names.
    pub fn of_the_title(&self) -> Vec<usize> {
        let named = |at: &usize| !self.telling[*at].is_empty() && self.telling[*at].is_subset(&self.titled);
        (0..self.services.len()).filter(named).collect()
    }

    /// "The October outage", in a report of April.
    pub fn other_month(&self, text: &str) -> bool {
        if self.months.is_empty() {
            return false;
        }
        let named: Vec<_> = MONTH.captures_iter(text).collect();
        let months: Vec<u32> = named
            .iter()
            .filter_map(|found| found.name("m"))
            .filter_map(|month| month.as_str().parse::<chrono::Month>().ok())
            .map(|m| m.number_from_month())
            .collect();
        let years: Vec<i32> = named.iter().filter_map(|found| found.name("y")?.as_str().parse().ok()).collect();
        let none_ours = !months.is_empty() && !months.iter().any(|month| self.months.contains(month));
        none_ours || (!years.is_empty() && !years.iter().any(|year| self.years.contains(year)))
    }

    fn other_reference(&self, text: &str) -> bool {
        let own = self.reference.as_deref().unwrap_or_default();
        REFERENCE.find_iter(text).any(|found| found.as_str() != own)
    }

    /// The part that words name: the subject of a claim, and what stands between it and its figure.
    pub fn scope(&self, words: &str) -> Scope {
        let named = self.named_in(words);
        if !named.is_empty() {
            return Scope::Services(named);
        }
        let words = telling_words(words);
        if words.is_empty() {
            return Scope::Whole;
        }
        if words.is_subset(&self.title) { Scope::Whole } else { Scope::Part }
    }

    /// The services that a sentence names anywhere.
    pub fn named_in(&self, sentence: &str) -> Vec<usize> {
        let words: BTreeSet<String> = stems(sentence).into_iter().collect();
        // All of a name's telling words, or its last one: "the portal" of "Self-service portal".
        let is = |at: &usize| {
            let telling = &self.telling[*at];
            let last = stems(&self.services[*at]).into_iter().next_back();
            let tells =
                |last: &str| telling.contains(last) || matches!(last, "portal" | "platform" | "website" | "app" | "network" | "shop");
            let by_last = last.is_some_and(|last| words.contains(&last) && tells(&last));
            by_last || (!telling.is_empty() && telling.is_subset(&words))
        };
        (0..self.services.len()).filter(is).collect()
    }

    /// Whether a subject is something that can be down or come back: its last word is a service, or names one.
    pub fn is_service(&self, subject: &str) -> bool {
        let all = stems(subject);
        // "The restart of the service" is no service.
        if all.iter().any(|word| matches!(word.as_str(), "of" | "to" | "on" | "with" | "by")) {
            return false;
        }
        let head = all
            .iter()
            .rev()
            .find(|word| !word.ends_with("ly") && !matches!(word.as_str(), "all" | "still" | "also" | "then" | "both" | "again"));
        head.is_some_and(|head| {
            SERVICE_NOUNS.contains(&head.as_str())
                || self.telling.iter().zip(&self.services).any(|(telling, name)| telling.contains(head) || stems(name).last() == Some(head))
        })
    }
}

/// Whether a sentence's "it" is the outage: where the line begins with it, or the sentence before began with the outage.
pub fn it_is_the_outage(line: &Line, sentence: &Range<usize>) -> bool {
    static NAMES_IT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\s*(?:the|this|our|an?)\s(?:[\w-]+\s){0,2}(?:outage|incident|disruption|interruption|loss of service)\b")
    });
    let own = line.text[sentence.clone()].trim_start();
    let begins = own.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("it "));
    // In a row of the timeline it is what the row tells of.
    if !begins || matches!(line.place, crate::place::Place::Timeline { .. }) {
        return false;
    }
    let before = line.text[..sentence.start].trim_end();
    before.is_empty() || NAMES_IT.is_match(&line.text[line.sentence_range(before.len() - 1)])
}

/// What stands before a claim in its clause: its subject.
pub fn subject(text: &str, sentence: &Range<usize>, claim: usize) -> String {
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)[.,;:()–—]|\s-\s|\b(?:and|but|while|when|that|because|so|then|after|before|until|whereas|although|though)\s")
    });
    let before = &text[sentence.start..claim];
    let start = CLAUSE.find_iter(before).last().map_or(0, |found| found.end());
    before[start..].to_owned()
}

/// "For top-ups, …", "In the South Region the …": what a sentence is about before it says anything.
pub fn leading(sentence: &str) -> &str {
    LEADING.captures(sentence).and_then(|found| found.name("part")).map_or("", |part| part.as_str())
}

/// The noun phrase that ends where a claim begins: "gateway" of "the gateway outage".
pub fn modifiers(before: &str) -> String {
    const STOPS: &str = concat!(
        " the a an this that these those our its your his her their of in at for to by with from as and or but was were is are had has have",
        " caused saw suffered experienced led meant no any each every another total "
    );
    let stops = |word: &&str| {
        let word = word.to_lowercase();
        word.ends_with([',', ';', ':', '.', '(', ')', '–', '—']) || STOPS.contains(&format!(" {word} "))
    };
    let own: Vec<&str> = before.split_whitespace().rev().take_while(|word| !stops(word)).take(3).collect();
    own.join(" ")
}

fn telling_words(text: &str) -> BTreeSet<String> {
    stems(text).into_iter().filter(|word| word.len() > 1 && !word.ends_with("ly") && !GENERIC.contains(&format!(" {word} "))).collect()
}

/// Its words in small letters, without figures and without the "s" of many.
fn stems(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’' || c == '\'')).map(|word| {
        let word = word.trim_matches(['-', '’', '\'']).to_lowercase();
        let word = word.trim_end_matches("'s").trim_end_matches("’s");
        if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") { word[..word.len() - 1].to_owned() } else { word.to_owned() }
    });
    words.filter(|word| !word.is_empty() && !word.chars().any(|c| c.is_ascii_digit())).collect()
}
