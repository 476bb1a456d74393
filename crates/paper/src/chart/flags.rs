//! Flags: where each milestone's label stands, so that none covers a stem and the fewest rows are needed.
//! Always true: the choice depends on the milestones alone, so the same report always draws the same chart.

use super::{Chart, FIGURE, NAME};
use crate::{
    composer::Composer,
    measure::{AXIS, COLUMN, MEASURE, mm},
    text::{Text, house},
};

/// Up to this many milestones every choice is tried; 2 to the 12th is some thousand.
const MOST: usize = 12;
/// White between two labels.
const CLEAR: f32 = mm(2.0);
/// From a stem to its label.
const OFF: f32 = mm(1.4);
/// Labels may reach into the left column as far as this.
const REACH: f32 = mm(20.0);
/// Lengths of a tick in minutes.
const TICKS: [i64; 14] = [5, 10, 15, 30, 60, 120, 180, 360, 720, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY];
/// A day in minutes.
pub const DAY: i64 = 1_440;

/// From minutes to points.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// The minute at the axis's left end.
    pub from: i64,
    /// The minute at its right end.
    pub to: f64,
    /// Minutes between ticks.
    pub tick: i64,
}

/// The flags, placed.
pub struct Flags {
    /// The scale that makes room for them.
    pub scale: Scale,
    /// One for each milestone shown.
    pub flags: Vec<Flag>,
    /// Rows of labels.
    pub tiers: usize,
}

/// One milestone's flag.
pub struct Flag {
    /// Its stem.
    pub x: f32,
    /// Label and white before it.
    pub width: f32,
    /// The label.
    pub text: Text,
    /// Its row, from 0 at the bottom.
    pub tier: usize,
    /// Whether it flies to the left.
    pub left: bool,
}

impl Scale {
    fn new(chart: &Chart, widths: &[f32]) -> Self {
        let (first, last) = (chart.span.0, chart.span.1.max(chart.span.0 + 1));
        let length = last - first;
        let fits = |tick: &&i64| (5..=9).contains(&(length / **tick + 1));
        let tick = *TICKS.iter().find(fits).unwrap_or(if length < 60 { &TICKS[0] } else { &TICKS[TICKS.len() - 1] });
        let round = tick / 2;
        let since_midnight = first + chart.midnight_offset;
        let from = if round > 0 { since_midnight.div_euclid(round) * round - chart.midnight_offset } else { first };
        // No bar may begin on the axis itself.
        let from = if from == first { from - round.max(1) } else { from };
        let mut to = last as f64;
        for (milestone, width) in chart.milestones.iter().zip(widths) {
            let room = f64::from(COLUMN) - f64::from(*width);
            if room > 0.0 {
                to = to.max(from as f64 + (milestone.at - from) as f64 * f64::from(COLUMN) / room);
            }
        }
        Self { from, to, tick }
    }

    /// Where a minute stands.
    pub fn x(&self, at: i64) -> f32 {
        let share = (at - self.from) as f64 / (self.to - self.from as f64);
        AXIS + share.clamp(0.0, 1.0) as f32 * COLUMN
    }

    /// The minutes with a tick.
    pub fn ticks(&self, midnight_offset: i64) -> Vec<i64> {
        let first = (self.from + midnight_offset).div_euclid(self.tick) * self.tick - midnight_offset;
        let upto = self.to as i64;
        // A chart over months would have more ticks than points.
        let step = self.tick.max((upto - first) / 60 / self.tick.max(1) * self.tick);
        (0..).map(|n| first + n * step).skip_while(|at| *at < self.from).take_while(|at| *at <= upto).collect()
    }
}

/// Places the flags.
pub fn place(c: &mut Composer<'_>, chart: &Chart) -> Flags {
    let texts: Vec<Text> =
        chart.milestones.iter().map(|m| Text::new(format!("{}\u{2002}", m.time), FIGURE, house::CHART.1).with(&m.name, NAME)).collect();
    let widths: Vec<f32> = texts.iter().map(|text| c.width(text) + OFF).collect();
    let scale = Scale::new(chart, &widths);
    let stems: Vec<f32> = chart.milestones.iter().map(|m| scale.x(m.at)).collect();
    let choice = choose(&stems, &widths);
    let flags = texts
        .into_iter()
        .enumerate()
        .map(|(n, text)| Flag { x: stems[n], width: widths[n], text, tier: choice.tiers[n], left: choice.left[n] })
        .collect();
    let tiers = choice.tiers.iter().max().map_or(0, |most| most + 1);
    Flags { scale, flags, tiers }
}

#[derive(Clone, Debug)]
struct Choice {
    left: Vec<bool>,
    tiers: Vec<usize>,
}

/// Of all choices the one with the fewest tiers, then the shortest stems, then the fewest flags to the left.
fn choose(stems: &[f32], widths: &[f32]) -> Choice {
    let count = stems.len().min(MOST);
    let mut best: Option<((usize, usize, usize), Choice)> = None;
    for mask in 0_u32..1 << count {
        let left: Vec<bool> = (0..stems.len()).map(|n| n < count && mask & (1 << n) != 0).collect();
        let Some(tiers) = tiers(stems, widths, &left) else { continue };
        let rank = (tiers.iter().copied().max().unwrap_or(0), tiers.iter().sum(), left.iter().filter(|l| **l).count());
        if best.as_ref().is_none_or(|(least, _)| rank < *least) {
            best = Some((rank, Choice { left, tiers }));
        }
    }
    best.map_or_else(|| tent(stems, widths), |(_, choice)| choice)
}

/// When nothing is legal: every label on a row of its own, the later the higher.
fn tent(stems: &[f32], widths: &[f32]) -> Choice {
    let left = stems.iter().zip(widths).map(|(x, width)| x + width > MEASURE).collect();
    Choice { left, tiers: (0..stems.len()).rev().collect() }
}

/// The rows, if the choice is legal.
fn tiers(stems: &[f32], widths: &[f32], left: &[bool]) -> Option<Vec<usize>> {
    let count = stems.len();
    let mut above: Vec<(usize, usize)> = Vec::new();
    for i in 0..count {
        let beyond = if left[i] { stems[i] - widths[i] < REACH } else { stems[i] + widths[i] > MEASURE + 0.01 };
        if beyond {
            return None;
        }
        for j in i + 1..count {
            let distance = stems[j] - stems[i];
            let first_over = !left[i] && distance < widths[i] + CLEAR;
            let second_over = left[j] && distance < widths[j] + CLEAR;
            match (first_over, second_over) {
                (true, true) => return None,
                (true, false) => above.push((i, j)),
                (false, true) => above.push((j, i)),
                (false, false) if !left[i] && left[j] && distance < widths[i] + widths[j] + CLEAR => above.push((i, j)),
                (false, false) => {}
            }
        }
    }
    longest_paths(count, &above)
}

/// Each label above those it must clear; none if that goes round in a circle.
fn longest_paths(count: usize, above: &[(usize, usize)]) -> Option<Vec<usize>> {
    let mut tiers = vec![0; count];
    for _ in 0..=count {
        let mut moved = false;
        for (high, low) in above {
            if tiers[*high] <= tiers[*low] {
                tiers[*high] = tiers[*low] + 1;
                moved = true;
            }
        }
        if !moved {
            return Some(tiers);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_far_apart_share_one_row() {
        let choice = choose(&[150.0, 250.0, 350.0], &[60.0; 3]);
        assert_eq!((choice.tiers, choice.left), (vec![0; 3], vec![false; 3]));
    }

    #[test]
    fn no_label_covers_a_stem() {
        let (stems, widths) = (vec![150.0, 152.0, 160.0, 175.0, 300.0], vec![70.0; 5]);
        let choice = choose(&stems, &widths);
        for (i, stem) in stems.iter().enumerate() {
            let (from, to) = if choice.left[i] { (stem - widths[i], *stem) } else { (*stem, stem + widths[i]) };
            for (j, other) in stems.iter().enumerate() {
                let covered = i != j && *other > from && *other < to;
                assert!(!covered || choice.tiers[i] > choice.tiers[j], "label {i} covers the stem of {j}: {choice:?}");
            }
        }
    }

    #[test]
    fn five_to_nine_ticks_are_chosen() {
        for length in [25, 40, 180, 325, 700, 2000, 4000, 15 * DAY, 40 * DAY] {
            let chart = Chart { span: (0, length), ..Chart::default() };
            let scale = Scale::new(&chart, &[]);
            assert!((4..=10).contains(&scale.ticks(0).len()), "{length}: {:?}", scale.ticks(0));
            assert_eq!(scale.tick % DAY == 0, length >= 15 * DAY, "{length}: over weeks the ticks are days");
        }
    }
}
