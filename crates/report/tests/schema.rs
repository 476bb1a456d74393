//! The published schema and the program refuse the same reports. Samples are bent in one place at a time, by a seed; each is shown to both.
//! Always true: what the schema refuses the program refuses; what only the program refuses is of a class that a schema cannot say, and each
//! class is named here with the words it is told in. `SCHEMA_MUTATIONS=2000` tries as many; 500 are tried without it.

use report::catalogue;
use report::format::{self, ReadError};
use serde_json::{Map, Value, json};

const USUAL: usize = 500;

/// What no JSON Schema can say, by the words of the refusal.
const BEYOND_A_SCHEMA: &[(&str, &[&str])] = &[
    ("names from lists kept elsewhere", &["is no language tag (BCP 47)", "there is no time zone"]),
    ("an id stands for one thing", &["has the id of a row above it", "is nil", "has the nil id"]),
    (
        "what is named is there",
        &[
            "names a file that the report does not have",
            "shows a file that the report does not have",
            "is aimed at a cause that the report does not have",
            "with an event that the timeline does not have",
            "which is none of its parts",
            "has two parts of one name",
            "the form has no field",
            "which the form does not have",
            "the form’s due times know no",
            "which is no due time of the form",
        ],
    ),
    ("a meaning has words", &["and no “raw” text"]),
    ("a day that the calendar has", &["-30” is not a day", "-31” is not a day", "-29” is not a day"]),
    ("a year that can be meant", &["lies in the year"]),
    ("a number is written as one: a schema cannot tell 3.0 from 3", &["invalid type: floating point"]),
    ("which of several fields names the report", &["the reference has", "the reference holds"]),
];

#[test]
fn what_one_refuses_the_other_refuses() {
    let schema: Value = serde_json::from_str(include_str!("../schema/report-1.schema.json")).expect("our schema is JSON");
    // Formats are hints to most validators: the schema must do without them.
    let validator = jsonschema::options().should_validate_formats(false).build(&schema).expect("our schema is sound");
    let mutations = std::env::var("SCHEMA_MUTATIONS").ok().map_or(USUAL, |count| count.parse().expect("a number of mutations"));
    let samples: Vec<Value> = catalogue::all().iter().map(|form| sample(&form.id)).collect();
    for sample in &samples {
        assert!(validator.is_valid(sample), "a sample is valid: {:?}", validator.iter_errors(sample).next().map(|fault| fault.to_string()));
    }
    let (mut unexplained, mut refused, mut beyond) = (Vec::new(), 0, 0);
    for seed in 0..mutations {
        let mut chance = Chance(seed as u64 + 1);
        let mut bent = samples[seed % samples.len()].clone();
        let told = bend(&mut bent, &mut chance);
        let program = format::read(&bent.to_string());
        match (validator.is_valid(&bent), program) {
            (true, Ok(_)) => {}
            (false, Err(_)) => refused += 1,
            (true, Err(fault)) if is_beyond(&fault) => beyond += 1,
            (true, Err(fault)) => unexplained.push(format!("{seed}: {told}: only the program refuses: {fault}")),
            (false, Ok(_)) => {
                let fault = validator.iter_errors(&bent).next().map(|fault| format!("{}: {fault}", fault.instance_path()));
                unexplained.push(format!("{seed}: {told}: only the schema refuses: {:.200}", fault.unwrap_or_default()));
            }
        }
    }
    println!("{mutations} mutations: both refuse {refused}, the program alone {beyond}");
    assert!(unexplained.is_empty(), "{} unexplained:\n{}", unexplained.len(), unexplained.join("\n"));
    assert!(refused > mutations / 4 && beyond < mutations / 4, "mutations that prove something: {refused} and {beyond}");
}

/// Programs that write reports are told by the samples how one looks.
#[test]
fn shipped_samples_validate_as_they_lie_there() {
    let schema: Value = serde_json::from_str(&format::schema()).expect("our schema is JSON");
    let validator = jsonschema::options().should_validate_formats(false).build(&schema).expect("our schema is sound");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for form in catalogue::all() {
        let text = std::fs::read_to_string(folder.join(format!("{}.sample.json", form.id))).expect("a sample");
        let sample: Value = serde_json::from_str(&text).expect("JSON");
        assert!(validator.is_valid(&sample), "{}: {:?}", form.id, validator.iter_errors(&sample).next().map(|fault| fault.to_string()));
        assert!(format::read(&text).is_ok(), "{}", form.id);
    }
}

fn sample(id: &str) -> Value {
    let report = catalogue::sample(id).expect("every shipped form has a sample");
    serde_json::from_str(&format::write(&report)).expect("it is JSON")
}

fn is_beyond(fault: &ReadError) -> bool {
    let words = fault.to_string();
    BEYOND_A_SCHEMA.iter().flat_map(|(_, told)| *told).any(|told| words.contains(told))
}

/// SplitMix64: the same seed gives the same report on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).expect("it is below a usize")
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Bends one place, and says which and how. Each level of nesting is as likely as the next, so that the form does not take every turn.
fn bend(report: &mut Value, chance: &mut Chance) -> String {
    let mut path = String::new();
    let mut here = report;
    loop {
        let leaf = match here {
            Value::Object(members) => members.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => true,
        };
        if leaf || (!path.is_empty() && chance.below(5) == 0) {
            break;
        }
        let name = match here {
            Value::Object(members) => members.keys().nth(chance.below(members.len())).cloned().unwrap_or_default(),
            Value::Array(items) => chance.below(items.len()).to_string(),
            _ => break,
        };
        path = format!("{path}/{name}");
        here = match here {
            Value::Object(members) => &mut members[&name],
            Value::Array(items) => &mut items[name.parse::<usize>().expect("a place in the list")],
            _ => break,
        };
    }
    let how = bend_here(here, chance);
    format!("{path}: {how}")
}

fn bend_here(here: &mut Value, chance: &mut Chance) -> String {
    match here {
        Value::Object(members) if chance.below(2) == 0 => bend_members(members, chance),
        Value::Array(items) if chance.below(2) == 0 && !items.is_empty() => {
            let at = chance.below(items.len());
            if chance.below(2) == 0 {
                let twin = items[at].clone();
                items.insert(at, twin);
                return format!("item {at} twice");
            }
            items.remove(at);
            format!("item {at} gone")
        }
        other => {
            *other = another(other, chance);
            format!("becomes {:.80}", other.to_string())
        }
    }
}

fn bend_members(members: &mut Map<String, Value>, chance: &mut Chance) -> String {
    let name = members.keys().nth(chance.below(members.len().max(1))).cloned();
    match (name, chance.below(3)) {
        (Some(name), 0) => {
            members.remove(&name);
            format!("{name} gone")
        }
        (Some(name), 1) => {
            let value = members.remove(&name).unwrap_or_default();
            members.insert(format!("{name}s"), value);
            format!("{name} misspelt")
        }
        _ => {
            members.insert("colour".to_owned(), json!("red"));
            "one member more".to_owned()
        }
    }
}

/// Something else in its place: of its own type but not of its kind, or of another type.
fn another(value: &Value, chance: &mut Chance) -> Value {
    const TEXTS: &[&str] = &[
        "",
        "words",
        "en-GB",
        "English",
        "Europe/London",
        "Europe/Nowhere",
        "2026-02-30",
        "2026-2-3",
        "12026-02-03",
        "2026-02-03",
        "25:00:00",
        "8:19",
        "08:19:00",
        "08:19:60",
        "2026-02-03 08:19:00",
        "2026-02-03T08:19:00",
        "2026-02-03T08:19:00Z",
        "00000000-0000-0000-0000-000000000000",
        "0199e8f5-0000-7000-8000-00000000dead",
        "0199E8F5-0000-7000-8000-00000000DEAD",
        "0199e8f500007000800000000000dead",
        "{0199e8f5-0000-7000-8000-00000000dead}",
        "a\u{7}b",
        "   ",
        "\u{202e}",
        "../x",
        "a\nb",
        "UTC+5:30",
    ];
    if value.is_string() && chance.below(2) == 0 {
        return match chance.below(TEXTS.len() + 1) {
            at if at < TEXTS.len() => TEXTS[at].into(),
            _ => "t".repeat(1_001).into(),
        };
    }
    let numbers = [json!(0), json!(1), json!(-1), json!(3.5), json!(3.0), json!(300), json!(70_000), json!(5_000_000_000_u64), json!(1e30)];
    if value.is_number() && chance.below(2) == 0 {
        return chance.one_of(&numbers).clone();
    }
    let others = [Value::Null, json!(true), json!(7), json!("words"), json!([]), json!({}), json!([{}]), json!({ "kind": "none" })];
    chance.one_of(&others).clone()
}
