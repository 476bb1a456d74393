//! Words set and read as Markdown (CommonMark, with GitHub's tables). Always true: what is set here says the same when it is read here, but
//! for line breaks in places that have one line.

/// Words that Markdown shall not take for its own signs, wherever a line or an item begins with them.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A number with a full stop or a bracket begins a list.
    let figures = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let begins = at == 0 && matches!(c, '#' | '-' | '+' | '=');
        let counts = figures > 0 && at == figures && matches!(c, '.' | ')');
        let is_entity = c == '&' && text[at + 1..].starts_with(|next: char| next == '#' || next.is_ascii_alphabetic());
        if begins || counts || is_entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The words that were set so.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek() {
            Some(sign) if c == '\\' && sign.is_ascii_punctuation() => out.extend(rest.next()),
            _ => out.push(c),
        }
    }
    out
}

/// The same for a place that has one line.
pub(super) fn one_line(text: &str) -> String {
    escaped(&text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

/// The same for a cell of a table.
pub(super) fn cell(text: &str) -> String {
    escaped(text.trim()).replace('|', "\\|").replace('\n', "<br>")
}

/// The words of the cells of a row; none of a line that is no row.
pub(super) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        let last = cells.last_mut()?;
        match c {
            '\\' => {
                last.push(c);
                last.extend(rest.next());
            }
            '|' => cells.push(String::new()),
            _ => last.push(c),
        }
    }
    Some(cells.iter().map(|cell| unescaped(&cell.trim().replace("<br>", "\n"))).collect())
}

/// What stands above and below lines that are kept as they are: longer than any such run in them.
pub(super) fn fence(code: &str) -> String {
    let runs = code.lines().map(|line| line.trim_start()).map(|line| line.len() - line.trim_start_matches('`').len());
    "`".repeat(runs.max().unwrap_or(0).max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_the_same_when_they_are_read() {
        for words in [
            "",
            "# 1",
            "- a",
            "1. b",
            "12) c",
            "a|b",
            "|",
            "\\",
            "a\\|b",
            "R&D &amp; &#65;",
            "~10 min~",
            "*a* _b_ `c`",
            "<br>",
            "[x](y)",
            "= =",
        ] {
            assert_eq!(unescaped(&escaped(words)), words);
            assert_eq!(cells(&format!("| {} | {} |", cell(words), cell("x\ny"))), Some(vec![words.to_owned(), "x\ny".to_owned()]));
        }
    }
}
