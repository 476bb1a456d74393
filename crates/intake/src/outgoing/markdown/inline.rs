//! Words as Markdown. Always true: nothing an author typed becomes a mark, a link or a tag.

use report::rich::{Inline, Mark};

/// A run of inlines; `facts` gives the printed value of a fact.
pub(super) fn line(inlines: &[Inline], facts: &[(String, String)], line_break: &str) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, marks } => out.push_str(&marked(text, marks)),
            Inline::HardBreak {} => out.push_str(line_break),
            Inline::Fact { attrs } => {
                let value = facts.iter().find(|(key, _)| *key == attrs.key).map_or("", |(_, value)| value);
                out.push_str(&format!("<data value=\"{}\">{}</data>", attribute(&attrs.key), escaped(value)));
            }
        }
    }
    guarded(&out)
}

/// Words without marks; each end of a line becomes `line_break`.
pub(super) fn words(text: &str, line_break: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| guarded(&escaped(line))).collect();
    lines.join(line_break)
}

fn marked(text: &str, marks: &[Mark]) -> String {
    let code = marks.iter().any(|mark| matches!(mark, Mark::Code {}));
    let mut out = if code { as_code(text) } else { escaped(text) };
    for mark in marks.iter().rev() {
        out = match mark {
            Mark::Bold {} => format!("**{out}**"),
            Mark::Italic {} => format!("*{out}*"),
            Mark::Code {} => out,
            Mark::Link { attrs } => {
                format!("[{out}](<{}>)", attrs.href.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>").replace('&', "\\&"))
            }
        };
    }
    out
}

/// A code span: fenced by one more backtick than stands in it.
fn as_code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || (text.starts_with(' ') && text.ends_with(' ')) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}").replace('|', "\\|")
}

/// Puts a backslash before what would be read as markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let marks = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after.is_ascii_alphabetic() || after == '#',
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Keeps the first character of a line from beginning a heading, a list, a quote or a rule.
fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let begins = |marks: &str| line.chars().next().is_some_and(|c| marks.contains(c));
    if begins("#+-=>:") {
        return format!("\\{line}");
    }
    if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

/// A value between double quotes.
pub(super) fn attribute(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
