//! Addresses of links and pictures. Always true: an address that a reader can follow stands in the report, as a link where words can be links, else
//! behind the words it was on; every other is listed as left out. Deliberately absent: following one.

use crate::piece::{Piece, Shape};
use crate::source::{Dropped, Line, Run};
use aho_corasick::AhoCorasick;
use report::Report;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Whether an address leads somewhere from anywhere.
pub(crate) fn is_address(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// A piece for a place of plain words: the addresses of its links stand behind their words.
pub(crate) fn spelled(piece: &Piece) -> Cow<'_, Piece> {
    let linked = |line: &Line| line.runs.iter().any(|run| run.link.is_some());
    match &piece.shape {
        Shape::Row { cells, .. } if cells.iter().flat_map(|cell| &cell.lines).any(linked) => {
            let mut piece = piece.clone();
            if let Shape::Row { cells, .. } = &mut piece.shape {
                cells.iter_mut().flat_map(|cell| &mut cell.lines).for_each(|line| *line = with_addresses(line));
            }
            Cow::Owned(piece)
        }
        _ if linked(&piece.words) => Cow::Owned(Piece { words: with_addresses(&piece.words), ..piece.clone() }),
        _ => Cow::Borrowed(piece),
    }
}

/// The line with the addresses of its links behind their words.
pub(crate) fn with_addresses(line: &Line) -> Line {
    let mut runs: Vec<Run> = Vec::new();
    for (at, run) in line.runs.iter().enumerate() {
        runs.push(run.clone());
        let next = line.runs.get(at + 1);
        let Some(address) = run.link.as_deref().filter(|address| is_address(address)) else { continue };
        // A link of several styles is one link.
        let goes_on = next.is_some_and(|next| next.link.as_deref() == Some(address));
        let said = |run: &Run| run.link.as_deref() == Some(address) && run.text.contains(address.trim_start_matches("mailto:"));
        if goes_on || line.runs.iter().any(said) {
            continue;
        }
        let first = (0..=at).rev().find(|before| line.runs[*before].link.as_deref() != Some(address));
        let opened = first.is_some_and(|before| line.runs[before].text.ends_with('('));
        let bracketed = opened && next.is_some_and(|next| next.text.starts_with(')'));
        let text = if bracketed { format!(", {address}") } else { format!(" ({address})") };
        runs.push(Run { text, ..Run::default() });
    }
    Line { runs }
}

/// The addresses of a text that its report does not have; `left` are those of what its reader threw away.
pub(crate) fn left_out(report: &Report, pieces: &[Piece], left: &[String]) -> Vec<Dropped> {
    let mut taken_in: BTreeSet<&str> = BTreeSet::new();
    let mut all: BTreeSet<&str> = left.iter().map(String::as_str).collect();
    for piece in pieces {
        let cells = match &piece.shape {
            Shape::Row { cells, .. } => cells.as_slice(),
            Shape::Picture { name, file } => {
                all.insert(name);
                taken_in.extend(file.map(|_| name.as_str()));
                &[]
            }
            _ => &[],
        };
        let lines = cells.iter().flat_map(|cell| &cell.lines).chain([&piece.words]);
        all.extend(lines.flat_map(|line| &line.runs).filter_map(|run| run.link.as_deref()));
    }
    let all: Vec<&str> = all.into_iter().filter(|address| !address.trim().is_empty()).collect();
    if all.is_empty() {
        return Vec::new();
    }
    // As a text of JSON has them.
    let written = all.iter().map(|address| serde_json::Value::from(*address).to_string().trim_matches('"').to_owned());
    let (Ok(finder), Ok(json)) = (AhoCorasick::new(written), serde_json::to_string(report)) else { return Vec::new() };
    let there: BTreeSet<usize> = finder.find_overlapping_iter(&json).map(|found| found.pattern().as_usize()).collect();
    let rule = |address: &str| match address {
        _ if taken_in.contains(address) => "where a picture lay that was taken in",
        _ if is_address(address) => "the address of a link",
        _ => "an address that only its own page can follow",
    };
    let missing = (0..all.len()).filter(|at| !there.contains(at));
    missing.map(|at| Dropped { text: all[at].to_owned(), rule: rule(all[at]).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Block, Source};

    fn spelled_out(runs: &[(&str, Option<&str>)]) -> String {
        let run = |(text, link): &(&str, Option<&str>)| Run { text: (*text).to_owned(), link: link.map(str::to_owned), ..Run::default() };
        let line = Line { runs: runs.iter().map(run).collect() };
        let pieces = crate::piece::pieces(&Source { blocks: vec![Block::Line { line }], ..Source::default() });
        spelled(&pieces[0]).text()
    }

    #[test]
    fn an_address_stands_behind_its_words_once() {
        let to = Some("https://x.example/7");
        assert_eq!(spelled_out(&[("closed, see ", None), ("ticket", to)]), "closed, see ticket (https://x.example/7)");
        assert_eq!(spelled_out(&[("closed (", None), ("tick", to), ("et", to), (")", None)]), "closed (ticket, https://x.example/7)");
        assert_eq!(spelled_out(&[("https://x.example/7", to)]), "https://x.example/7");
        assert_eq!(spelled_out(&[("below", Some("#below"))]), "below");
    }
}
