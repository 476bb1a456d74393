//! Posts of a status page, as a saved page or a copy of one shows them: the state, the words, and the moment below them; the newest first. Always
//! true: every word stays, in an entry or in what is listed; a text that only has such a word in it is left as it is. Deliberately absent: posts of
//! an interface (see `json`).

use crate::source::{Block, Dropped, Line, Run, Source};
use report::moment::{self, Given};
use report::timeline::Time;
use report::when::DateOrder;

/// What status pages call the state of an incident or of a maintenance.
const STATES: [&str; 14] = [
    "resolved",
    "monitoring",
    "identified",
    "investigating",
    "update",
    "postmortem",
    "completed",
    "in progress",
    "verifying",
    "scheduled",
    "mitigated",
    "acknowledged",
    "recovering",
    "closed",
];
/// How many blocks a post may have.
const LONGEST: usize = 40;

/// A post: its blocks, its moment, and what comes before that moment.
struct Post {
    blocks: std::ops::Range<usize>,
    state: String,
    at: String,
    posted: bool,
    words: Vec<Run>,
}

/// Makes entries of the posts, the oldest first.
pub(super) fn settle(mut source: Source) -> Source {
    let posts = posts(&source.blocks);
    let shown = posts.len() >= 2 || posts.iter().any(|post| post.posted);
    if !shown {
        return source;
    }
    let newest_first = match (posts.first().and_then(key), posts.last().and_then(key)) {
        (Some(first), Some(last)) => first > last,
        _ => true,
    };
    let places: Vec<usize> = posts.iter().map(|post| post.blocks.start).collect();
    let gone: std::collections::HashSet<usize> = posts.iter().flat_map(|post| post.blocks.clone()).collect();
    if posts.iter().any(|post| post.posted) {
        let text = vec!["Posted"; posts.iter().filter(|post| post.posted).count()].join(" ");
        source.dropped.push(Dropped { text, rule: "the word before the moment of a post".to_owned() });
    }
    let entry = |post: Post| Block::Entry { at: post.at, who: post.state, automated: false, line: Line { runs: post.words } };
    let mut entries: Vec<Block> = posts.into_iter().map(entry).collect();
    if newest_first {
        entries.reverse();
    }
    let mut entries = entries.into_iter();
    let mut blocks = Vec::with_capacity(source.blocks.len());
    for (at, block) in source.blocks.into_iter().enumerate() {
        if places.binary_search(&at).is_ok() {
            blocks.extend(entries.next());
        } else if !gone.contains(&at) {
            blocks.push(block);
        }
    }
    source.blocks = blocks;
    source
}

fn posts(blocks: &[Block]) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        match post(blocks, at) {
            Some(post) => {
                at = post.blocks.end;
                posts.push(post);
            }
            None => at += 1,
        }
    }
    posts
}

/// The post that begins at a block.
fn post(blocks: &[Block], start: usize) -> Option<Post> {
    let (state, first) = state(line(&blocks[start])?)?;
    let mut words: Vec<Run> = first.runs;
    for (at, block) in blocks.iter().enumerate().skip(start + 1).take(LONGEST) {
        if matches!(block, Block::Gap) {
            continue;
        }
        let next = line(block)?;
        if self::state(next).is_some() {
            return None;
        }
        if let Some((moment, posted)) = moment_alone(&next.text()) {
            let filled = words.iter().any(|run| !run.text.trim().is_empty());
            return filled.then(|| Post { blocks: start..at + 1, state, at: moment, posted, words });
        }
        if matches!(block, Block::Heading { .. }) {
            return None;
        }
        if words.iter().any(|run| !run.text.trim().is_empty()) {
            words.push(Run { text: "\n".to_owned(), ..Run::default() });
        }
        words.extend(next.runs.iter().cloned());
    }
    None
}

fn line(block: &Block) -> Option<&Line> {
    match block {
        Block::Line { line } | Block::Heading { line, .. } | Block::Item { line, .. } => Some(line),
        _ => None,
    }
}

/// "Resolved", or "Resolved - The pumps run again.": the state, and the words behind it.
fn state(line: &Line) -> Option<(String, Line)> {
    let text = line.text();
    let begin = text.len() - text.trim_start().len();
    let word = STATES.iter().find(|word| text[begin..].get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))?;
    let after = begin + word.len();
    let rest = text[after..].trim_start();
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '–' | '—' | ':'));
    if rest.is_empty() {
        return Some((text[begin..after].to_owned(), Line::default()));
    }
    let behind = after + (text[after..].len() - rest.len()) + sign?.len_utf8();
    // "Update-server" is a word of its own.
    let apart = text[behind..].starts_with(' ');
    apart.then(|| (text[begin..after].to_owned(), crate::piece::cut(line, behind)))
}

/// "Posted Sep 12, 2025 - 16:42 UTC", "Sep 12, 16:42 UTC": the moment, where the line holds nothing else, and whether it says that it was posted.
fn moment_alone(text: &str) -> Option<(String, bool)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (posted, rest) = match ["Posted on ", "Posted "].iter().find_map(|word| text.strip_prefix(word)) {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    // "Posted 3 months ago. Sep 12, 2025 - 16:42 UTC"
    let rest = match rest.split_once(" ago. ") {
        Some((_, after)) if posted => after,
        _ => rest,
    };
    let head = moment::head(rest, given())?;
    let alone = head.date.is_some() && head.time != Time::None && head.rest.trim().is_empty();
    alone.then(|| (rest.to_owned(), posted))
}

/// What posts are ordered by.
fn key(post: &Post) -> Option<chrono::NaiveDateTime> {
    let head = moment::head(&post.at, given())?;
    Some(head.date?.and_time(head.time.start()?))
}

/// Only the order of posts is asked of it: any year does.
fn given() -> Given {
    Given { order: DateOrder::MonthDay, year: Some(2024) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let blocks = text
            .lines()
            .map(|line| if line.is_empty() { Block::Gap } else { Block::Line { line: Line::plain(line.to_owned()) } })
            .collect();
        let shown = |block: Block| match block {
            Block::Entry { at, who, line, .. } => format!("{at} {who}: {}", line.text().trim()),
            Block::Line { line } => line.text(),
            _ => String::new(),
        };
        settle(Source { blocks, ..Source::default() }).blocks.into_iter().map(shown).collect()
    }

    #[test]
    fn posts_become_entries_the_oldest_first() {
        assert_eq!(
            shown("Pumps slow\nResolved - The pumps run.\nMay 2, 09:10 UTC\nInvestigating - The pumps are slow.\nMay 2, 08:55 UTC"),
            ["Pumps slow", "May 2, 08:55 UTC Investigating: The pumps are slow.", "May 2, 09:10 UTC Resolved: The pumps run."]
        );
        assert_eq!(
            shown("Resolved\nThe pumps run.\nPosted May 02, 2025 - 09:10 UTC"),
            ["May 02, 2025 - 09:10 UTC Resolved: The pumps run."]
        );
    }

    #[test]
    fn a_state_in_other_texts_is_no_post() {
        for text in ["Resolved\nThe pumps run.", "Update: the pumps run.\n2 May 2025, 09:10", "Monitoring - of pumps\nIt rang."] {
            assert_eq!(shown(text), text.lines().collect::<Vec<_>>());
        }
    }
}
