//! By when something is to be done: words for a day, or for a stretch whose end is meant. Always true: what is only perhaps a day is none.

use report::moment::{self, Given};
use std::sync::LazyLock;

/// Words before the day by which something is to be done, the longer of two that begin alike first.
pub(super) static LEADS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let others = report::languages::all().iter().flat_map(|language| &language.before_due).map(|word| word.to_lowercase());
    let mut leads: Vec<String> =
        ["by", "due", "until", "before", "due by", "no later than"].map(str::to_owned).into_iter().chain(others).collect();
    leads.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    leads
});

/// "2027-01-15: retire the port": the day and what is to be done by it.
pub(super) fn day_at_head(text: &str, given: Given) -> Option<(&str, &str)> {
    let (_, after) = moment::day(text, given)?;
    let after = after.trim_start();
    let rest = [":", "– ", "— ", "- "].iter().find_map(|sign| after.strip_prefix(sign))?.trim_start();
    let day = text[..text.len() - after.len()].trim_end();
    (!rest.is_empty()).then_some((day, rest))
}

/// Whether words are a day and nothing else, with its year or without, or a stretch that ends: "end of June", "next sprint", "Q3 2025".
pub(super) fn is_day(words: &str, given: Given) -> bool {
    let whole = moment::day(words, given).is_some_and(|(_, rest)| rest.trim().is_empty());
    !words.is_empty() && (whole || moment::day_and_month(words, given.order).is_some() || is_stretch(words))
}

fn is_stretch(words: &str) -> bool {
    const STRETCHES: [&str; 6] = ["sprint", "week", "month", "quarter", "year", "release"];
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let lower = words.to_lowercase();
    let is_quarter = |word: &str| word.strip_prefix('q').is_some_and(|number| matches!(number, "1" | "2" | "3" | "4"));
    let is_year = |word: &str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    let (named, year) = lower.rsplit_once(' ').filter(|(_, year)| is_year(year)).map_or((&*lower, false), |(named, _)| (named, true));
    let end = named.strip_prefix("end of ").map(|end| end.strip_prefix("the ").unwrap_or(end));
    let next = named.strip_prefix("next ").or_else(|| named.strip_prefix("this ")).filter(|_| !year);
    is_quarter(named)
        || end.is_some_and(|end| STRETCHES.contains(&end) || MONTHS.contains(&end) || is_quarter(end))
        || next.is_some_and(|next| STRETCHES.contains(&next))
        || matches!(named, "eow" | "eom" | "eoq" | "eoy")
}
