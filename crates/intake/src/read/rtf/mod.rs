//! Rich text (RTF, Microsoft's specification 1.9.1). Always true: every word that is shown is in a block: headings, paragraphs, items, tables,
//! notes; what is hidden, and how many pictures there are, is listed; letters of every code page that a file names are read. Deliberately absent:
//! the pictures themselves, drawings, objects, lists' own numbers beyond those written into the text.

mod tokens;
mod writer;

use super::{MOST_NESTED, ReadError};
use crate::source::Source;
use encoding_rs::Encoding;
use tokens::{Token, Tokens};
use writer::Writer;

/// Whether these are the bytes of rich text.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// What holds inside a group, and ends with it.
#[derive(Clone)]
struct State {
    bold: bool,
    italic: bool,
    hidden: bool,
    /// Whether this is inside a field, which may be a link.
    field: bool,
    /// How many letters stand behind a letter of Unicode for programs that know none.
    fallback: usize,
    place: Place,
}

/// What the words of a group are.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    Text,
    /// The number or mark before an item.
    Mark,
    /// Where a link leads.
    Instruction,
    Note,
    Edge,
    /// Fonts, colours, pictures: no words.
    Nothing,
    /// What the file says of itself.
    About,
}

/// Groups that hold no words of the text.
const NOTHING: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "object",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
    "fldtype",
    "mmathPr",
    "wgrffmtfilter",
];
const EDGES: &[&str] = &["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"];

/// Reads a text.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut writer = Writer::new(encoding_rs::WINDOWS_1252);
    let mut state = State { bold: false, italic: false, hidden: false, field: false, fallback: 1, place: Place::Text };
    let mut outer: Vec<State> = Vec::new();
    // Letters still to be passed over behind one of Unicode, and whether the group just began with `\*`.
    let (mut pass, mut optional) = (0, false);
    for token in Tokens::new(bytes) {
        match token {
            Token::Open => {
                if outer.len() >= MOST_NESTED {
                    return Err(ReadError::TooDeep { most: MOST_NESTED });
                }
                outer.push(state.clone());
                pass = 0;
            }
            Token::Close => {
                let Some(before) = outer.pop() else { break };
                writer.end_group(state.place, before.place)?;
                if state.field && !before.field {
                    writer.end_link();
                }
                state = before;
                pass = 0;
            }
            Token::Optional => optional = true,
            Token::Letter(_) if pass > 0 => pass -= 1,
            Token::Letter(byte) => writer.byte(byte, &state),
            Token::Unicode(unit) => {
                writer.unit(unit, &state);
                pass = state.fallback;
            }
            Token::Word(word, number) => {
                let unknown = std::mem::take(&mut optional);
                control(word, number, unknown, &mut state, &mut writer)?;
            }
        }
    }
    if !outer.is_empty() {
        let message = "it ends in the middle. Save it anew from the program that made it and open that".to_owned();
        return Err(ReadError::Broken { format: "RTF", message });
    }
    writer.finish()
}

fn control(word: &str, number: Option<i32>, unknown: bool, state: &mut State, writer: &mut Writer) -> Result<(), ReadError> {
    let on = number != Some(0);
    match word {
        "b" => state.bold = on,
        "i" => state.italic = on,
        "v" => state.hidden = on,
        "plain" => (state.bold, state.italic, state.hidden) = (false, false, false),
        "uc" => state.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
        "ansicpg" => writer.set_encoding(code_page(number.unwrap_or(1252))),
        "mac" => writer.set_encoding(encoding_rs::MACINTOSH),
        "par" | "sect" | "page" => writer.end_paragraph(state.place)?,
        "line" | "lbr" => writer.hard_break(),
        "tab" => writer.words("\t", state),
        "cell" | "nestcell" => writer.end_cell()?,
        "row" | "nestrow" => writer.end_row()?,
        "pard" => writer.begin_paragraph(),
        "intbl" => writer.in_table(),
        "outlinelevel" => writer.heading(number.unwrap_or(9)),
        "ilvl" => writer.depth(number.unwrap_or(0)),
        "emdash" => writer.words("—", state),
        "endash" => writer.words("–", state),
        "bullet" => writer.words("•", state),
        "lquote" => writer.words("‘", state),
        "rquote" => writer.words("’", state),
        "ldblquote" => writer.words("“", state),
        "rdblquote" => writer.words("”", state),
        "~" => writer.words("\u{a0}", state),
        "_" => writer.words("-", state),
        "listtext" | "pntext" => state.place = Place::Mark,
        "field" => state.field = true,
        "fldinst" => state.place = Place::Instruction,
        "footnote" => {
            state.place = Place::Note;
            writer.begin_note();
        }
        "info" => state.place = Place::About,
        "shppict" | "shptxt" | "shpinst" | "fldrslt" | "ud" | "upr" => {}
        "pict" if !unknown && state.place != Place::Nothing => {
            writer.picture();
            state.place = Place::Nothing;
        }
        _ if EDGES.contains(&word) => state.place = Place::Edge,
        _ if unknown || NOTHING.contains(&word) => state.place = Place::Nothing,
        _ => {}
    }
    Ok(())
}

/// The encoding of a code page of Windows.
fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        874 => "windows-874".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}

#[cfg(test)]
mod tests;
