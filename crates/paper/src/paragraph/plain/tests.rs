//! What is set fast holds against parley: the same glyphs, and the same lines where both fill them one by one.

use super::*;
use crate::{
    measure::COLUMN,
    paragraph::any::AnySetter,
    text::{Meaning, Text, house},
};

impl Galley {
    /// Fills line by line, as parley does.
    fn greedy(&self, width: Option<f32>) -> Vec<Measured> {
        let width = width.unwrap_or(f32::INFINITY);
        let mut lines = Vec::new();
        let (mut start, mut x, mut at) = (0, 0.0_f32, 0);
        let mut last_break = None;
        while let Some(letter) = self.letters.get(at) {
            if letter.may_break_before && x != 0.0 {
                last_break = Some(at);
            }
            let next = x + letter.advance;
            let fits = next <= width || letter.is_blank || letter.id.is_none() || x == 0.0;
            if fits {
                x = next;
                at += 1;
            } else {
                at = last_break.unwrap_or(at);
            }
            if !fits || letter.id.is_none() {
                lines.push(Measured { glyphs: start..at, hyphenated: false });
                (start, x, last_break) = (at, 0.0, None);
            }
        }
        lines.push(Measured { glyphs: start..self.letters.len(), hyphenated: false });
        lines
    }
}

/// Sets the same words both ways; gives whether they were plain.
fn agree(plain: &mut PlainSetter, any: &mut AnySetter, text: &Text, width: Option<f32>) -> bool {
    let words: Arc<str> = text.words().into();
    let mut end = 0;
    let ends = text.spans.iter().map(|span| {
        end += span.words.len();
        end
    });
    let ties = ties::bound(&words);
    let tied = Tied::new(&words, &ends.collect::<Vec<_>>(), &ties);
    let Some(galley) = plain.shape(&tied, &text.spans) else { return false };
    let broken = galley.greedy(width);
    let layout = any.fill(&tied, &text.spans, width);
    let case = format!("{text:?} in {width:?}");
    assert_eq!(facts(&galley.lines(&broken, &words, &text.spans, &ties)), facts(&any.lines(&layout, &words, &text.spans, &ties)), "{case}");
    assert_eq!(words.get(galley.text_of(&broken[broken.len() - 1])), words.get(super::super::any::last_text(&layout)), "{case}");
    true
}

type Facts = (usize, Face, u32, u32, Vec<Glyph>);

/// Everything a page takes from the lines, lengths to the bit.
fn facts(lines: &[Line]) -> Vec<(u32, Vec<Facts>)> {
    let piece = |piece: &Piece| {
        let run = &piece.run;
        (piece.span, run.face, run.x.to_bits(), piece.width.to_bits(), run.glyphs.to_vec())
    };
    lines.iter().map(|line| (line.width.to_bits(), line.pieces.iter().map(piece).collect())).collect()
}

/// Numbers below a bound, the same in every run (Numerical Recipes' generator).
struct Dice(u32);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % bound
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const WIDTHS: [Option<f32>; 5] = [None, Some(COLUMN), Some(150.0), Some(40.0), Some(7.0)];

fn styles() -> Vec<Style> {
    let all = [house::BODY, house::CELL, house::LABEL, house::TITLE, house::HEAD, house::CHART].map(|(style, _)| style);
    all.into_iter().flat_map(|style| [style, style.strong(), style.italic(), style.strong().italic(), style.code(), style.link()]).collect()
}

#[test]
fn the_samples_words_are_set_as_parley_sets_them() {
    let (mut plain, mut any) = (PlainSetter::default(), AnySetter::default());
    let texts = report::catalogue::all().iter().flat_map(|template| {
        let sample = report::catalogue::sample(&template.id).expect("a shipped sample");
        report::texts::texts(&sample).map(|written| written.text).collect::<Vec<_>>()
    });
    let texts: Vec<String> = texts.filter(|words| !words.is_empty()).collect();
    for style in [house::BODY.0, house::CELL.0, house::LABEL.0.strong()] {
        let mut other = 0;
        for words in &texts {
            let words = words.replace('\n', " \n");
            other += usize::from(!agree(&mut plain, &mut any, &Text::new(&words, style, 14.5), Some(COLUMN)));
        }
        assert!(other * 20 < texts.len(), "{other} of {} texts are not plain", texts.len());
    }
}

#[test]
fn any_plain_words_in_any_styles_are_set_as_parley_sets_them() {
    let (mut plain, mut any) = (PlainSetter::default(), AnySetter::default());
    let letters: Vec<char> = (' '..='\u{2212}').filter(|character| is_plain(*character) && *character != '\n').collect();
    let common: Vec<char> = "aeinorst AVTWYafilfjffiffl.,;:-/()?!'\"0123456789 \u{a0} ".chars().collect();
    let styles = styles();
    let mut dice = Dice(2026);
    let mut set = 0;
    for _ in 0..600 {
        let mut text = Text::empty(14.5);
        for _ in 0..=dice.below(4) {
            let mut words = String::new();
            for _ in 0..dice.below(60) {
                match dice.below(40) {
                    0 => words.push_str(" \n"),
                    1..=4 => words.push(*dice.of(&letters)),
                    5..=9 => words.push(' '),
                    _ => words.push(*dice.of(&common)),
                }
            }
            text.push(words, *dice.of(&styles), Meaning::Plain);
        }
        set += usize::from(agree(&mut plain, &mut any, &text, *dice.of(&WIDTHS)));
    }
    assert!(set > 300, "only {set} of 600 were plain");
}

#[test]
fn every_plain_letter_is_set_as_parley_sets_it_beside_every_kind_of_neighbour() {
    let (mut plain, mut any) = (PlainSetter::default(), AnySetter::default());
    let letters: Vec<char> = (' '..='\u{2212}').filter(|character| is_plain(*character) && *character != '\n').collect();
    for style in
        [house::BODY.0, house::BODY.0.italic(), house::BODY.0.strong(), house::CELL.0, house::CELL.0.strong(), house::CELL.0.code()]
    {
        for letter in &letters {
            let words = format!(
                "{letter} V{letter} T{letter}a {letter}\u{a0}{letter}{letter} f{letter} “{letter}” {letter}.{letter}/1{letter}2-{letter}"
            );
            agree(&mut plain, &mut any, &Text::new(words, style, 14.5), Some(60.0));
        }
    }
}

#[test]
fn other_scripts_and_combining_marks_are_left_to_parley() {
    let mut plain = PlainSetter::default();
    for words in ["Ελλάδα", "Москва", "e\u{301}tude", "no\u{200b}break", ""] {
        let tied = Tied { words: words.into(), ends: vec![words.len()] };
        assert!(plain.shape(&tied, &Text::new(words, house::BODY.0, 14.5).spans).is_none(), "{words}");
    }
}
