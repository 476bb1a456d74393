//! The law of words: whatever the format, the words that can be seen in a file are those in the blocks and in the list of what was dropped,
//! each as often. Texts are made by chance, with the words known; what a format adds of its own (the title's name, a note's mark) is not
//! among them.

use super::{Format, Given, read};
use crate::source::{Block, Cell, Line, Source};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// How often each word stands in a text.
fn count<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in texts.into_iter().flat_map(str::split_whitespace) {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}

fn words_of(source: &Source) -> BTreeMap<String, usize> {
    let mut texts: Vec<String> = source.blocks.iter().flat_map(texts_of).collect();
    texts.extend(source.dropped.iter().map(|dropped| dropped.text.clone()));
    count(texts.iter().map(String::as_str))
}

fn texts_of(block: &Block) -> Vec<String> {
    let line = |line: &Line| vec![line.text()];
    match block {
        Block::Heading { line: l, .. } | Block::Line { line: l } | Block::Item { line: l, .. } | Block::Edge { line: l } => line(l),
        // An item of a list in a quotation stands there with its mark, which is no word of its author's.
        Block::Quote { line: l } => vec![unmarked(&l.text()).to_owned()],
        Block::Entry { at, who, line: l, .. } => vec![at.clone(), who.clone(), l.text()],
        Block::Table { rows, .. } => rows.iter().flatten().flat_map(|cell: &Cell| cell.lines.iter().map(Line::text)).collect(),
        Block::Code { text } => vec![text.clone()],
        Block::Picture { alt, .. } => vec![alt.clone()],
        Block::Named { value, .. } => vec![value.clone()],
        Block::Gap | Block::Rule => Vec::new(),
    }
}

fn unmarked(text: &str) -> &str {
    let text = text.trim_start();
    let numbered = || text.split_once(". ").filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit())).map(|(_, words)| words);
    text.strip_prefix("• ").or_else(numbered).unwrap_or(text)
}

fn held(format: Format, text: &str, words: &[String]) -> Result<(), TestCaseError> {
    let given = Given { format: Some(format), ..Given::default() };
    match read(None, text.as_bytes(), &given) {
        Ok(source) => prop_assert_eq!(words_of(&source), count(words.iter().map(String::as_str)), "{}", text),
        Err(fault) => prop_assert!(words.is_empty(), "{fault}: {text}"),
    }
    Ok(())
}

/// A piece of a text in some markup, and the words that can be seen in it.
type Piece = (String, Vec<String>);

/// One to three words that no markup takes for its own.
fn phrase() -> impl Strategy<Value = Piece> {
    prop::collection::vec("[a-zäЖ中][a-z0-9é]{0,6}", 1..4).prop_map(|words| (words.join(" "), words))
}

fn joined(pieces: Vec<Piece>, by: &str) -> Piece {
    let words = pieces.iter().flat_map(|(_, words)| words.clone()).collect();
    (pieces.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(by), words)
}

fn wrapped(before: &'static str, inner: impl Strategy<Value = Piece>, after: &'static str) -> impl Strategy<Value = Piece> {
    inner.prop_map(move |(text, words)| (format!("{before}{text}{after}"), words))
}

fn markdown() -> impl Strategy<Value = Piece> {
    let span = || {
        prop_oneof![
            phrase(),
            wrapped("**", phrase(), "**"),
            wrapped("*", phrase(), "*"),
            wrapped("~~", phrase(), "~~"),
            wrapped("`", phrase(), "`"),
            wrapped("[", phrase(), "](https://x.example/a)"),
            wrapped("<b>", phrase(), "</b>"),
        ]
    };
    let line = move || prop::collection::vec(span(), 1..4).prop_map(|spans| joined(spans, " "));
    let items = |mark: &'static str| prop::collection::vec(wrapped(mark, line(), ""), 1..4).prop_map(|items| joined(items, "\n"));
    let row = || prop::collection::vec(line(), 2).prop_map(|cells| joined(cells, " | "));
    let table = (row(), prop::collection::vec(row(), 0..3)).prop_map(|(head, rows)| {
        let (text, words) = joined(rows, "\n");
        (format!("{}\n---|---\n{text}", head.0), [head.1, words].concat())
    });
    let block = prop_oneof![
        line(),
        wrapped("## ", line(), ""),
        wrapped("> ", line(), ""),
        wrapped("```\n", phrase(), "\n```"),
        wrapped("<!-- ", phrase(), " -->"),
        wrapped("<div>", phrase(), "</div>"),
        wrapped("![", phrase(), "](a.png)"),
        wrapped("", line(), "\n  09:40").prop_map(|(text, words)| (text, [words, vec!["09:40".to_owned()]].concat())),
        items("- "),
        items("1. "),
        table,
    ];
    prop::collection::vec(block, 1..8).prop_map(|blocks| joined(blocks, "\n\n"))
}

fn html() -> impl Strategy<Value = Piece> {
    let leaf = prop_oneof![
        phrase(),
        wrapped("<b>", phrase(), "</b> "),
        wrapped(" <a href=x>", phrase(), "</a> "),
        wrapped("<script>", phrase(), "</script>"),
        wrapped("<p hidden>", phrase(), "</p>"),
        wrapped("<button>", phrase(), "</button>"),
        wrapped("<img src=a alt='", phrase(), "'>"),
        wrapped("<!-- ", phrase(), " -->"),
        wrapped("<title>", phrase(), "</title>"),
        wrapped("<pre>", phrase(), "</pre>"),
        wrapped("<svg><text>", phrase(), "</text></svg>"),
        wrapped("<br><hr>", phrase(), "<br>"),
        // Mis-nested on purpose: the parser mends it, and the words must stay.
        wrapped("<p><i>", phrase(), "</p></b></i>"),
        wrapped("<table>", phrase(), "</table>"),
    ];
    let node = leaf.prop_recursive(4, 40, 5, |inner| {
        let some = || prop::collection::vec(inner.clone(), 1..5).prop_map(|pieces| joined(pieces, " "));
        prop_oneof![
            wrapped("<div>", some(), "</div>"),
            wrapped("<ul><li>", some(), "</ul>"),
            wrapped("<ol><li>", some(), "<li></ol>"),
            wrapped("<blockquote>", some(), "</blockquote>"),
            wrapped("<h2>", some(), "</h2>"),
            wrapped("<table><tr><td>", some(), "<td>x</table>").prop_map(|(text, words)| (text, [words, vec!["x".to_owned()]].concat())),
            wrapped("<dl><dt>", some(), "<dd></dl>"),
            wrapped("<nav>", some(), "</nav>"),
            wrapped("<footer>", some(), "</footer>"),
        ]
    });
    prop::collection::vec(node, 1..5).prop_map(|pieces| joined(pieces, " "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_text(text in "[ -~\\t\\n\u{c}äЖ]{0,200}") {
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        held(Format::Plain, &text, &words)?;
    }

    #[test]
    fn markdown_text((text, words) in markdown()) {
        held(Format::Markdown, &text, &words)?;
    }

    #[test]
    fn web_pages((text, words) in html()) {
        held(Format::Html, &text, &words)?;
    }

    #[test]
    fn tables(rows in prop::collection::vec(prop::collection::vec("[ -:<-{}~\\nä]{0,12}", 1..4), 1..6)) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let text: String = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n").collect();
        let words: Vec<String> = rows.iter().flatten().flat_map(|cell| cell.split_whitespace()).map(str::to_owned).collect();
        held(Format::Table, &text, &words)?;
    }

    #[test]
    fn chats(messages in prop::collection::vec(("[A-Z][a-z]{1,8}", phrase(), prop::option::of(phrase())), 1..8)) {
        let mut text = String::new();
        let mut words = Vec::new();
        for (who, said, more) in messages {
            text.push_str(&format!("[09:41] {who}: {}\n", said.0));
            words.extend([vec!["09:41".to_owned(), who], said.1].concat());
            if let Some(more) = more {
                text.push_str(&format!("{}\n", more.0));
                words.extend(more.1);
            }
        }
        held(Format::Chat, &text, &words)?;
    }

    /// Of JSON the values are the words; names stand beside them, so a value may stand in more words than its own, never in fewer.
    #[test]
    fn json(values in prop::collection::vec(("[a-z]{1,6}", phrase(), 0..4), 1..8)) {
        let mut items = Vec::new();
        let mut words = Vec::new();
        for (name, said, kind) in values {
            items.push(match kind {
                0 => serde_json::json!({ name: said.0 }),
                1 => serde_json::json!({ "created_at": "2026-03-11T02:37:00Z", "summary": said.0, "agent": { "type": "user_reference", "summary": "Ada" } }),
                2 => serde_json::json!({ "service": { "id": "S1", "type": "t", "summary": said.0 } }),
                _ => serde_json::json!([said.0, [null, { "a": { "b": 1 } }]]),
            });
            words.extend(said.1);
        }
        let text = serde_json::Value::from(items).to_string();
        let source = read(None, text.as_bytes(), &Given { format: Some(Format::Json), ..Given::default() }).expect("it reads");
        let found = words_of(&source);
        for (word, times) in count(words.iter().map(String::as_str)) {
            prop_assert!(found.get(&word).copied().unwrap_or(0) >= times, "{word} in {text}");
        }
    }

    /// What heads and names of sheets add is not among the words that are asked for: each of those is there as often as it was written, or more.
    #[test]
    fn files_with_parts(pieces in prop::collection::vec(phrase(), 1..8)) {
        let (lines, words) = joined(pieces.clone(), "\r\n");
        let mail = format!("From: a@x.example\r\nSubject: s\r\nMessage-ID: <1@x.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{lines}\r\n");
        let tagged = |before: &str, after: &str| pieces.iter().map(|(text, _)| format!("{before}{text}{after}")).collect::<String>();
        let odt = format!("<d><b:body><o:text>{}</o:text></b:body></d>", tagged("<t:p>", "</t:p>"));
        let ods = format!("<d><b:body><o:spreadsheet><t:table>{}</t:table></o:spreadsheet></b:body></d>", tagged("<t:table-row><t:table-cell><t:p>", "</t:p></t:table-cell></t:table-row>"));
        let zipped = [odt, ods].map(|content| super::fixtures::packed(&[("content.xml", content.as_bytes())]));
        for file in std::iter::once(mail.into_bytes()).chain(zipped) {
            let found = words_of(&read(None, &file, &Given::default()).expect("it reads"));
            for (word, times) in count(words.iter().map(String::as_str)) {
                prop_assert!(found.get(&word).copied().unwrap_or(0) >= times, "{word} in {found:?}");
            }
        }
    }
}
