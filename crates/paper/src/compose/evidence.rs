//! The list of evidence: what travels in the file, and how each piece is known again.

use report::{Place, papers::Attachment};

use super::Job;
use crate::{
    composer::{Composer, Side},
    measure::mm,
    strip::Strip,
    table::{self, Cell, Heads, Row, Table, Under},
    text::{Text, house},
    tree::NodeId,
};

/// The table of evidence.
pub fn list(c: &mut Composer<'_>, job: &Job<'_>, node: NodeId) -> Vec<Strip> {
    c.place = Place::Evidence;
    let pieces: Vec<&Attachment> = job.report.attachments.iter().filter(|attachment| attachment.evidence).collect();
    let (style, leading) = house::CELL;
    let row = |(number, piece): (usize, &&Attachment)| {
        let cells = vec![
            Cell::words(0, format!("E{}", number + 1)),
            Cell::words(1, piece.caption.trim()),
            Cell::new(2, Text::new(piece.name.as_str(), style.code(), leading)),
            Cell::words(3, size(piece.size)),
            Cell::new(4, Text::new(digits(&piece.sha256), style.code(), leading)),
        ];
        Row { cells, under: if number + 1 == pieces.len() { Under::Hair } else { Under::Faint(0) } }
    };
    let rows = pieces.iter().enumerate().map(row).collect();
    let heads = ["No.", "What it is", "File", "Size", "SHA-256, first 16 of 64 digits"].map(str::to_owned).to_vec();
    let mut columns = table::columns(0.0, &[10.0, 52.0, 50.0, 16.0, 38.0].map(mm));
    columns[3].side = Side::Right;
    table::table(c, node, Table { columns, heads: Heads::Words(heads), rows, padding: (2.6, 2.9), depth: job.depth })
}

/// "1.8 MB": two figures that matter, in thousands, as file managers show it.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes}\u{a0}B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    let figures = if value < 9.95 { format!("{value:.1}") } else { format!("{value:.0}") };
    format!("{figures}\u{a0}{}", UNITS[unit])
}

/// The first sixteen digits in fours.
fn digits(sum: &str) -> String {
    let first: Vec<char> = sum.chars().take(16).collect();
    first.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_a_person_says_them() {
        let sizes = [(0, "0 B"), (999, "999 B"), (2_140, "2.1 kB"), (96_000, "96 kB"), (1_849_000, "1.8 MB"), (999_600, "1.0 MB")];
        for (bytes, words) in sizes {
            assert_eq!(size(bytes).replace('\u{a0}', " "), words);
        }
    }
}
