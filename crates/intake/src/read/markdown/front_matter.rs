//! What static sites write before a page: YAML between `---`, TOML between `+++`. Always true: a value keeps its words and gets the name it
//! stands under, a list is one value; every other word (a comment, a mark of the notation) is listed as left out; what only looks like front
//! matter is text with a rule above it. Deliberately absent: aliases of YAML, which can multiply a text.

use crate::read::ReadError;
use crate::read::limits::Room;
use crate::source::Block;
use crate::words::{lacking, multiset};
use yaml_rust2::parser::{Event, Parser};

/// Front matter is a handful of lines.
const LONGEST: usize = 65_536;

/// Names that say how a site shows a page, and nothing of what it tells.
const OF_THE_SITE: [&str; 8] = ["layout", "permalink", "slug", "weight", "aliases", "url", "sidebar", "sidebar_position"];

/// Names with their values, in their order.
type Values = Vec<(String, String)>;

/// Reads the front matter, where there is one, and gives the text after it.
pub(super) fn read<'a>(text: &'a str, room: &mut Room) -> Result<&'a str, ReadError> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parts = |mark: &str, ends: &[&str]| {
        let rest = bare.strip_prefix(mark)?.strip_prefix('\n')?;
        let (end, length) = ends.iter().filter_map(|end| Some((rest.find(end)?, end.len()))).min()?;
        (end <= LONGEST).then(|| (&rest[..end], &rest[end + length..]))
    };
    let yaml = || parts("---", &["\n---\n", "\n...\n"]).and_then(|(lines, body)| Some((lines, body, of_yaml(lines)?)));
    let toml = || parts("+++", &["\n+++\n"]).and_then(|(lines, body)| Some((lines, body, of_toml(lines)?)));
    let Some((lines, body, values)) = yaml().or_else(toml) else { return Ok(text) };
    let said = multiset(values.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]));
    let unsaid = lacking(&multiset([lines]), &said);
    let left: Vec<&str> = unsaid.iter().flat_map(|(word, count)| std::iter::repeat_n(word.as_str(), *count)).collect();
    room.drop_words(left.join(" "), "a comment or a mark of the front matter");
    for (name, value) in values {
        let is_switch = matches!(value.as_str(), "true" | "false");
        if is_switch || OF_THE_SITE.contains(&name.to_lowercase().as_str()) {
            room.drop_words(format!("{name}: {value}"), "what only the program that makes the site needs");
        } else {
            room.push(Block::Named { name, value })?;
        }
    }
    Ok(body)
}

/// Where the next value belongs.
enum Inside {
    Map { path: String, key: Option<String> },
    List { path: String },
}

impl Inside {
    /// The name of the next value; none where a name is expected first.
    fn path(&mut self) -> Option<String> {
        match self {
            Inside::Map { path, key } => key.take().map(|key| joined(path, &key)),
            Inside::List { path } => Some(path.clone()),
        }
    }
}

/// The values of a map in YAML; none of anything else.
fn of_yaml(lines: &str) -> Option<Values> {
    let mut parser = Parser::new_from_str(lines);
    let mut values = Values::new();
    let mut inside: Vec<Inside> = Vec::new();
    loop {
        let (event, _) = parser.next_token().ok()?;
        match event {
            Event::MappingStart(..) => {
                let path = inside.last_mut().map_or(Some(String::new()), Inside::path)?;
                inside.push(Inside::Map { path, key: None });
            }
            Event::SequenceStart(..) => {
                let path = inside.last_mut()?.path()?;
                inside.push(Inside::List { path });
            }
            Event::MappingEnd | Event::SequenceEnd => drop(inside.pop()),
            Event::Scalar(words, ..) => match inside.last_mut()? {
                Inside::Map { key: key @ None, .. } => *key = Some(words),
                other => add(&mut values, other.path()?, &words),
            },
            Event::Alias(_) => return None,
            Event::StreamEnd | Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart => {}
        }
    }
    // A line of prose with a colon is a map of one name, too.
    let is_name = |name: &String| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    (!values.is_empty() && values.iter().all(|(name, _)| is_name(name))).then_some(values)
}

fn of_toml(lines: &str) -> Option<Values> {
    let table: toml::Table = lines.parse().ok()?;
    let mut values = Values::new();
    of_table("", &table, &mut values);
    (!values.is_empty()).then_some(values)
}

fn of_table(path: &str, table: &toml::Table, values: &mut Values) {
    table.iter().for_each(|(key, value)| of_value(&joined(path, key), value, values));
}

fn of_value(path: &str, value: &toml::Value, values: &mut Values) {
    match value {
        toml::Value::String(words) => add(values, path.to_owned(), words),
        toml::Value::Array(items) => items.iter().for_each(|item| of_value(path, item, values)),
        toml::Value::Table(table) => of_table(path, table, values),
        toml::Value::Datetime(at) => add(values, path.to_owned(), &at.to_string()),
        toml::Value::Integer(number) => add(values, path.to_owned(), &number.to_string()),
        toml::Value::Float(number) => add(values, path.to_owned(), &number.to_string()),
        toml::Value::Boolean(truth) => add(values, path.to_owned(), &truth.to_string()),
    }
}

/// Adds a value; one more of the same name goes on with it.
fn add(values: &mut Values, name: String, words: &str) {
    match values.last_mut().filter(|(last, value)| *last == name && !value.is_empty()) {
        Some((_, value)) => {
            value.push_str(", ");
            value.push_str(words);
        }
        None => values.push((name, words.to_owned())),
    }
}

fn joined(path: &str, key: &str) -> String {
    // "author: {name: …}" names the author.
    if !path.is_empty() && key == "name" {
        return path.to_owned();
    }
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
