//! Where the lines of a paragraph end: of all ways to break it, the one whose right edge is the calmest.
//! Always true: no line is wider than asked for unless a single glyph is; every place is a boundary between glyphs. Words are divided, and
//! tokens cut, only where the lines would be ragged beyond `RAGGED` or too wide without it.
//! Deliberately absent: which places there are (`places`), glyphs, and justified text, which reports have none of.
//!
//! The method is that of Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981), for ragged text:
//! the sum over the lines of the square of what is empty, plus what each kind of break costs.

use std::ops::Range;

/// What kind of break a line may end with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Between words.
    Word,
    /// After a sign inside a word, a host, a path or an identifier.
    Token,
    /// After the author's own hyphen in a host or an identifier, where it looks like one of ours.
    Dash,
    /// Inside a word; a hyphen is drawn.
    Hyphen,
    /// Inside a token that has no better place.
    Torn,
    /// The paragraph's end, or a line feed.
    End,
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The glyph that would begin the next line.
    pub at: usize,
    /// What kind it is.
    pub kind: Kind,
}

/// A line: its glyphs, and whether a hyphen is drawn behind them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Measured {
    /// From the first glyph to the one after the last.
    pub glyphs: Range<usize>,
    /// Whether it ends inside a word.
    pub hyphenated: bool,
}

/// How wide glyphs are: what line breaking asks of them.
pub struct Widths<'a> {
    /// The left edge of each glyph, and the right edge of the last.
    pub edges: &'a [f32],
    /// The right edge of what would be seen of a line that ends before this glyph: the blanks at its end take no room.
    pub seen: &'a [f32],
    /// The width of the hyphen that would be drawn before this glyph.
    pub hyphen: &'a dyn Fn(usize) -> f32,
}

/// Why places inside words are asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Need {
    /// The lines are ragged.
    Calm,
    /// Something is wider than a line.
    Room,
}

/// A line that leaves more empty than this share of the measure, and than so many points, is ragged: then words are divided.
const RAGGED: f32 = 0.18;
const EMPTY: f32 = 56.0;
/// What a break costs beside the square of what the line leaves empty, as a share of the measure.
const HYPHEN: f32 = 0.08;
const TOKEN: f32 = 0.01;
const DASH: f32 = 0.12;
const TORN: f32 = 4.0;
/// A second hyphen in turn.
const LADDER: f32 = 0.1;
/// The rest of a divided word alone on the last line.
const ORPHAN: f32 = 0.5;
/// A last line shorter than this share of the measure costs up to `STUMP`.
const SHORT: f32 = 0.22;
const STUMP: f32 = 0.15;
/// A further line, where nothing else decides.
const LINE: f32 = 0.02;

/// The best lines for glyphs between two line feeds. `first` are the places between words; `further` gives the places inside words and
/// tokens as well, and is asked only where the lines are not calm without them. The last place is the end.
pub fn best(start: usize, first: &[Place], further: impl FnOnce(Need) -> Vec<Place>, widths: &Widths<'_>, measure: f32) -> Vec<Measured> {
    let plain = solve(start, first, widths, measure);
    if plain.as_ref().is_some_and(|lines| is_calm(lines, widths, measure)) {
        return plain.unwrap_or_default();
    }
    let all = further(if plain.is_some() { Need::Calm } else { Need::Room });
    let divided = solve(start, &all, widths, measure).or(plain);
    divided.unwrap_or_else(|| {
        let all = torn(start, &all, widths, measure);
        solve(start, &all, widths, measure)
            .unwrap_or_else(|| vec![Measured { glyphs: start..all.last().map_or(start, |end| end.at), hyphenated: false }])
    })
}

fn is_calm(lines: &[Measured], widths: &Widths<'_>, measure: f32) -> bool {
    let full = lines.split_last().map_or(&[][..], |(_, full)| full);
    full.iter().all(|line| {
        width(widths, line.glyphs.start, Place { at: line.glyphs.end, kind: Kind::Word }) >= measure - EMPTY.max(measure * RAGGED)
    })
}

fn width(widths: &Widths<'_>, from: usize, to: Place) -> f32 {
    let hyphen = if to.kind == Kind::Hyphen { (widths.hyphen)(to.at) } else { 0.0 };
    (widths.seen[to.at] - widths.edges[from]).max(0.0) + hyphen
}

/// The way there with the least cost.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    before: usize,
}

/// The cheapest lines that all fit; none where some stretch between two places is wider than the measure.
fn solve(start: usize, places: &[Place], widths: &Widths<'_>, measure: f32) -> Option<Vec<Measured>> {
    // Place 0 is the beginning.
    let mut ways = vec![Way { cost: 0.0, before: 0 }];
    let place = |number: usize| number.checked_sub(1).map_or(Place { at: start, kind: Kind::End }, |number| places[number]);
    let mut earliest = 0;
    for number in 1..=places.len() {
        let to = place(number);
        let mut best = Way { cost: f32::INFINITY, before: 0 };
        for before in (earliest..number).rev() {
            let from = place(before);
            let wide = width(widths, from.at, to);
            if wide > measure {
                // A later place is no nearer, but for the hyphen that this one draws.
                if wide - if to.kind == Kind::Hyphen { (widths.hyphen)(to.at) } else { 0.0 } > measure {
                    earliest = before + 1;
                    break;
                }
                continue;
            }
            let cost = ways[before].cost + line_cost(from, to, wide / measure, before > 0);
            if cost < best.cost {
                best = Way { cost, before };
            }
        }
        ways.push(best);
    }
    if !ways[places.len()].cost.is_finite() {
        return None;
    }
    let mut lines = Vec::new();
    let mut number = places.len();
    while number > 0 {
        let before = ways[number].before;
        lines.push(Measured { glyphs: place(before).at..place(number).at, hyphenated: place(number).kind == Kind::Hyphen });
        number = before;
    }
    lines.reverse();
    Some(lines)
}

fn line_cost(from: Place, to: Place, filled: f32, follows: bool) -> f32 {
    let empty = 1.0 - filled;
    let by_kind = match to.kind {
        Kind::Word => empty * empty,
        Kind::Token => empty * empty + TOKEN,
        Kind::Dash => empty * empty + DASH,
        Kind::Hyphen => empty * empty + HYPHEN + if from.kind == Kind::Hyphen { LADDER } else { 0.0 },
        Kind::Torn => empty * empty + TORN,
        Kind::End if !follows => 0.0,
        Kind::End => {
            let short = (1.0 - filled / SHORT).max(0.0) * STUMP;
            short + if from.kind == Kind::Hyphen { ORPHAN * (1.0 - filled) } else { 0.0 }
        }
    };
    LINE + by_kind
}

/// The places, with one between all glyphs of each stretch that no line can hold.
fn torn(start: usize, places: &[Place], widths: &Widths<'_>, measure: f32) -> Vec<Place> {
    let mut all = Vec::with_capacity(places.len());
    let mut from = start;
    for place in places {
        if width(widths, from, *place) > measure {
            all.extend((from + 1..place.at).map(|at| Place { at, kind: Kind::Torn }));
        }
        all.push(*place);
        from = place.at;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of these widths, each with a blank of 1 behind it; a word may be divided at every second unit.
    struct Case {
        edges: Vec<f32>,
        seen: Vec<f32>,
        words: Vec<Place>,
        all: Vec<Place>,
    }

    fn case(words: &[usize]) -> Case {
        let (mut edges, mut seen, mut ends, mut all) = (vec![0.0], vec![0.0], Vec::new(), Vec::new());
        for length in words {
            for unit in 0..=*length {
                let right = edges[edges.len() - 1] + 1.0;
                edges.push(right);
                seen.push(if unit == *length { seen[seen.len() - 1] } else { right });
                if unit > 0 && unit + 1 < *length && unit % 2 == 1 {
                    all.push(Place { at: edges.len() - 1, kind: Kind::Hyphen });
                }
            }
            ends.push(Place { at: edges.len() - 1, kind: Kind::Word });
            all.push(Place { at: edges.len() - 1, kind: Kind::Word });
        }
        for places in [&mut ends, &mut all] {
            if let Some(last) = places.last_mut() {
                last.kind = Kind::End;
            }
        }
        Case { edges, seen, words: ends, all }
    }

    impl Case {
        fn widths<'a>(&'a self, hyphen: &'a dyn Fn(usize) -> f32) -> Widths<'a> {
            Widths { edges: &self.edges, seen: &self.seen, hyphen }
        }
    }

    fn cost(lines: &[Measured], places: &[Place], widths: &Widths<'_>, measure: f32) -> f32 {
        let place = |at: usize| places.iter().find(|place| place.at == at).copied().unwrap_or(Place { at: 0, kind: Kind::End });
        let line = |line: &Measured| {
            let (from, to) = (place(line.glyphs.start), place(line.glyphs.end));
            let wide = width(widths, from.at, to);
            if wide > measure { f32::INFINITY } else { line_cost(from, to, wide / measure, from.at > 0) }
        };
        lines.iter().map(line).sum()
    }

    /// The least cost of all ways there are.
    fn by_trying(places: &[Place], widths: &Widths<'_>, measure: f32) -> f32 {
        let inner = places.len() - 1;
        let ways = (0..1_u32 << inner).map(|chosen| {
            let mut at = 0;
            let ends = places.iter().enumerate().filter(|(number, _)| *number == inner || chosen >> number & 1 == 1);
            let lines: Vec<Measured> = ends
                .map(|(_, place)| Measured {
                    glyphs: std::mem::replace(&mut at, place.at)..place.at,
                    hyphenated: place.kind == Kind::Hyphen,
                })
                .collect();
            cost(&lines, places, widths, measure)
        });
        ways.fold(f32::INFINITY, f32::min)
    }

    #[test]
    fn no_other_way_to_break_costs_less() {
        let hyphen = |_: usize| 0.5;
        let mut seed = 2026_u32;
        let mut next = |bound: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % bound
        };
        for _ in 0..60 {
            let words: Vec<usize> = (0..next(4) + 2).map(|_| next(7) as usize + 1).collect();
            let measure = next(12) as f32 + 7.0;
            let case = case(&words);
            let widths = case.widths(&hyphen);
            for places in [&case.words, &case.all] {
                let found = solve(0, places, &widths, measure).expect("no word is wider than seven");
                let (found, least) = (cost(&found, places, &widths, measure), by_trying(places, &widths, measure));
                assert!((found - least).abs() < 1e-4, "{words:?} in {measure}: {found} where {least} can be had");
            }
        }
    }

    #[test]
    fn words_are_divided_only_where_the_edge_would_be_ragged() {
        let hyphen = |_: usize| 1.0;
        let ragged = case(&[50, 140, 50, 60]);
        let lines = best(0, &ragged.words, |_| ragged.all.clone(), &ragged.widths(&hyphen), 180.0);
        assert!(lines.iter().any(|line| line.hyphenated), "{lines:?}");
        let calm = case(&[50, 110, 50, 110, 60]);
        let lines = best(0, &calm.words, |_| panic!("the lines are calm"), &calm.widths(&hyphen), 180.0);
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn what_has_no_place_is_torn_and_nothing_is_lost() {
        let hyphen = |_: usize| 1.0;
        let long = case(&[3, 40, 2]);
        let lines = best(0, &long.words, |_| long.words.clone(), &long.widths(&hyphen), 10.0);
        assert!(lines.windows(2).all(|pair| pair[0].glyphs.end == pair[1].glyphs.start));
        assert_eq!(lines.last().map(|line| line.glyphs.end), Some(long.edges.len() - 1));
        assert!(lines.len() <= 6, "{lines:?}");
    }
}
