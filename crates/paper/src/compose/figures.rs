//! Which columns of an author's table hold numbers: they stand at the right, so that their places stand below each other.
//! Always true: a column of numbers holds nothing else but what is empty or a dash; the first column names its rows and stays where it is.
//! Deliberately absent: what the numbers mean.

use crate::{composer::Side, ties};

const CURRENCIES: [&str; 13] = ["€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK"];

/// The side of each column, by the words of its cells; a cell over several columns counts for none.
pub fn sides<'a>(count: usize, cells: impl Iterator<Item = (usize, &'a str)>) -> Vec<Side> {
    let mut numbers = vec![0_usize; count];
    let mut others = vec![0_usize; count];
    for (column, words) in cells {
        let words = words.trim();
        match words {
            "" | "-" | "–" | "—" => {}
            _ if is_number(words) => numbers[column] += 1,
            _ => others[column] += 1,
        }
    }
    let side = |column: usize| if column > 0 && numbers[column] > 1 && others[column] == 0 { Side::Right } else { Side::Left };
    (0..count).map(side).collect()
}

/// A number as people write it, with a sign, a currency or a unit: "1,340", "−0.5 %", "12 000 EUR". No time, date, version or address.
fn is_number(words: &str) -> bool {
    let bare = words.trim_start_matches(['+', '-', '−', '±', '~', '<', '>', '≤', '≥', ' ']);
    let bare = CURRENCIES.iter().find_map(|sign| bare.strip_prefix(sign)).unwrap_or(bare).trim_start();
    let end = bare.rfind(|c: char| c.is_ascii_digit()).map_or(0, |last| last + 1);
    let unit = bare[end..].trim_start();
    let is_unit = unit.is_empty() || ties::UNITS.contains(&unit) || CURRENCIES.contains(&unit);
    is_unit && is_figures(&bare[..end])
}

/// Figures in one piece or in groups of three, with decimals or without.
fn is_figures(figures: &str) -> bool {
    let groups: Vec<&str> = figures.split([',', '.', '\'', '’', ' ', '\u{a0}', '\u{202f}']).collect();
    let all = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    match groups.as_slice() {
        [] => false,
        [one] => all(one),
        [first, rest @ .., last] => {
            // Behind a space only a group follows; behind a comma or a point, decimals as well.
            let decimals = rest.is_empty() && !figures.contains([' ', '\u{a0}', '\u{202f}', '\'', '’']);
            let grouped = first.len() <= 3 && rest.iter().all(|group| group.len() == 3);
            all(first) && rest.iter().all(all) && all(last) && (decimals || (grouped && (last.len() == 3 || !rest.is_empty())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_what_only_has_figures() {
        for number in ["7", "1340", "1,340", "1.340,5", "12 000 EUR", "€ 1,200.50", "−0.5 %", "+12", "97.6 %", "~250 ms", "14’000’000"]
        {
            assert!(is_number(number), "{number}");
        }
        for other in ["14:03", "3 March", "2026-05-06", "10.0.0.1", "v2", "1 h 20 min", "INC-7", "3 of 4", "", "5 May", "1,20,3"] {
            assert!(!is_number(other), "{other}");
        }
    }

    #[test]
    fn only_columns_of_numbers_stand_at_the_right() {
        let rows = [["1", "12", "3 of 4", "–"], ["2", "1,340", "7", "5"], ["3", "", "8", "6"]];
        let cells = rows.iter().flat_map(|row| row.iter().copied().enumerate());
        assert_eq!(sides(4, cells), [Side::Left, Side::Right, Side::Left, Side::Right]);
        assert_eq!(sides(2, [(1, "7")].into_iter()), [Side::Left, Side::Left], "one number is no column of them");
    }
}
