//! What a text carries unseen: `report.json` without the words that can be read in it. Always true: a word is left out only after it was
//! read back out of the very text and found the same; so nothing depends on how well a markup keeps words. Deliberately absent: a copy of
//! the words that are visible: it would win over what a person changed.

use super::page::{Page, Spot, Unit};
use super::rows;
use report::answer::Answer;
use report::format::ReadError;
use report::rich::{Block, Inline, RichText};
use report::{Report, catalogue};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Stands in `report.json` for words that are in the text.
pub(super) const ABOVE: &str = "\u{fffc}";
/// By what the rows of each table are known again, by the number of its unit (see [`rows::mark`]).
const ROWS: &str = "rows";
/// Where the form is one that ships with this application, its name stands for it.
const SHIPPED: &str = "shipped";

/// What the units of a text say, in order; none where a unit could not be read.
pub(super) type Said = Vec<Option<Vec<Block>>>;
/// The marks of rows that a text carries, by the number of their table's unit.
pub(super) type Marks = BTreeMap<String, Vec<String>>;

/// The report without the words that `said` gives back.
pub(super) fn without_words(report: &Report, page: &Page, said: &Said) -> Value {
    let mut carried = serde_json::to_value(report).expect("a report has string keys only");
    for (unit, said) in page.units.iter().zip(said) {
        let read = read_back(unit, said.as_deref().unwrap_or_default());
        for ((at, words), read) in spots(unit).into_iter().zip(read) {
            if let (true, Some(place)) = (read.as_ref() == Some(&words), carried.pointer_mut(&at)) {
                *place = Value::from(ABOVE);
            }
        }
    }
    drop_derived(report, &mut carried);
    if catalogue::find(&report.template.id).is_some_and(|shipped| *shipped == report.template) {
        carried["template"] = serde_json::json!({ SHIPPED: [report.template.id, report.template.version] });
    }
    let marks = page.units.iter().zip(said).enumerate().filter_map(|(number, (unit, said))| {
        let Unit::Table { .. } = unit else { return None };
        Some((number.to_string(), rows::cells(said.as_deref()?)?.iter().map(|cells| rows::mark(cells)).collect()))
    });
    carried[ROWS] = json!(marks.collect::<Marks>());
    carried
}

/// What is carried, and the marks of its rows apart; what was written before there were marks has none.
pub(super) fn unmarked(mut carried: Value) -> (Value, Marks) {
    let marks = carried.as_object_mut().and_then(|members| members.remove(ROWS));
    let marks = marks.and_then(|marks| serde_json::from_value(marks).ok()).unwrap_or_default();
    (carried, marks)
}

/// The units that a text must have which carries this; none where it carries no report.
pub(super) fn expected(carried: &Value) -> Option<Page> {
    let mut filled = with_template(carried.clone())?;
    // Rich text whose words are in the text is a list again, so that the report can be read without them.
    let sections =
        filled.get_mut("sections").and_then(Value::as_array_mut).into_iter().flatten().filter_map(|section| section.get_mut("body"));
    sections.for_each(fill_rich);
    let answers = filled.get_mut("fields").and_then(Value::as_object_mut).into_iter().flat_map(|fields| fields.values_mut());
    answers.filter_map(|answer| answer.get_mut("rich")).for_each(fill_rich);
    report::format::read_kept(&filled.to_string()).ok().map(|report| Page::of(&report))
}

fn fill_rich(rich: &mut Value) {
    if rich == ABOVE {
        *rich = serde_json::to_value([Block::plain(ABOVE)]).expect("blocks have string keys only");
    }
}

/// The report again.
pub(super) fn with_words(carried: Value, page: &Page, said: &Said) -> Option<Report> {
    let mut whole = with_template(carried)?;
    for (unit, said) in page.units.iter().zip(said) {
        let read = read_back(unit, said.as_deref().unwrap_or_default());
        for ((at, _), read) in spots(unit).into_iter().zip(read) {
            if let Some(place) = whole.pointer_mut(&at).filter(|place| *place == ABOVE) {
                *place = read?;
            }
        }
    }
    finished(whole).ok()
}

/// The report of which every word is there.
pub(super) fn finished(mut whole: Value) -> Result<Report, ReadError> {
    fill_derived(&mut whole);
    report::format::read(&whole.to_string())
}

/// Puts a value at a place (RFC 6901), and makes the members that lead to it.
pub(super) fn put(whole: &mut Value, at: &str, value: Value) {
    let Some((parent, member)) = at.rsplit_once('/') else {
        *whole = value;
        return;
    };
    if whole.pointer(parent).is_none_or(Value::is_null) {
        put(whole, parent, json!({}));
    }
    match whole.pointer_mut(parent) {
        Some(Value::Array(items)) => {
            if let Some(item) = member.parse::<usize>().ok().and_then(|number| items.get_mut(number)) {
                *item = value;
            }
        }
        Some(parent) => parent[member.replace("~1", "/").replace("~0", "~")] = value,
        None => {}
    }
}

/// Takes a member away.
pub(super) fn remove(whole: &mut Value, at: &str, member: &str) {
    if let Some(Value::Object(members)) = whole.pointer_mut(at) {
        members.remove(member);
    }
}

/// Every place in `report.json` that a unit shows, with its words.
fn spots(unit: &Unit) -> Vec<(String, Value)> {
    let of = |spot: &Spot| Some((spot.at.clone()?, Value::from(spot.words.as_str())));
    match unit {
        Unit::Heading { text, .. } | Unit::Text(text) => of(text).into_iter().collect(),
        Unit::Rich { at, body } => vec![(at.clone(), serde_json::to_value(body).expect("rich text has string keys only"))],
        Unit::Table { rows, .. } => rows.iter().flatten().filter_map(of).collect(),
    }
}

/// What a unit read back says at each of its places.
fn read_back(unit: &Unit, blocks: &[Block]) -> Vec<Option<Value>> {
    match (unit, blocks) {
        // A page never has a unit for rich text without blocks.
        (Unit::Rich { .. }, []) => vec![None],
        (Unit::Rich { .. }, blocks) => vec![serde_json::to_value(blocks).ok()],
        (Unit::Heading { text, .. } | Unit::Text(text), blocks) if text.at.is_some() => match blocks {
            [Block::Heading { content, .. } | Block::Paragraph { content }] => vec![Some(Value::from(Inline::plain_of(content)))],
            _ => vec![None],
        },
        // The first row is the head.
        (Unit::Table { rows, .. }, [Block::Table { content }]) if content.len() == rows.len() + 1 => {
            let pairs = rows.iter().zip(&content[1..]);
            let cells = pairs.flat_map(|(spots, row)| spots.iter().enumerate().map(move |(column, spot)| (spot, row.cells().get(column))));
            let words = |blocks: &[Block]| Value::from(RichText(blocks.to_vec()).lines().join("\n"));
            cells.filter(|(spot, _)| spot.at.is_some()).map(|(_, cell)| cell.map(|cell| words(cell.blocks()))).collect()
        }
        (unit, _) => spots(unit).iter().map(|_| None).collect(),
    }
}

pub(super) fn with_template(mut carried: Value) -> Option<Value> {
    if let Some(name) = carried.get("template")?.get(SHIPPED) {
        let version = name.get(1).and_then(Value::as_str);
        let shipped = catalogue::find(name.get(0)?.as_str()?).filter(|shipped| Some(shipped.version.as_str()) == version)?;
        carried["template"] = serde_json::to_value(shipped).ok()?;
    }
    Some(carried)
}

/// What follows from other members is not carried: typed values beside their raw text, the plain words of rich text.
fn drop_derived(report: &Report, carried: &mut Value) {
    for (key, answer) in &report.fields {
        let Some(place) = carried.get_mut("fields").and_then(|fields| fields.get_mut(key)).and_then(Value::as_object_mut) else { continue };
        let read = report.template.field(key).map(|field| Answer { value: None, ..answer.clone() }.read(field, report.template.date_order));
        if read.is_some_and(|read| read.value == answer.value) {
            place.remove("value");
        }
        let is_above = place.get("rich").is_some_and(|rich| rich == ABOVE);
        if is_above && answer.rich.as_ref().is_some_and(|rich| rich.plain() == answer.raw) {
            place.insert("raw".to_owned(), Value::from(ABOVE));
        }
    }
}

fn fill_derived(whole: &mut Value) {
    let answers = whole.get_mut("fields").and_then(Value::as_object_mut).into_iter().flat_map(|fields| fields.values_mut());
    for answer in answers.filter_map(Value::as_object_mut) {
        let rich = answer.get("rich").and_then(|rich| serde_json::from_value::<RichText>(rich.clone()).ok());
        if let (true, Some(rich)) = (answer.get("raw").is_some_and(|raw| raw == ABOVE), rich) {
            answer.insert("raw".to_owned(), Value::from(rich.plain()));
        }
    }
}
