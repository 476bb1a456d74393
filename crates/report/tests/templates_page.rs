//! The page on templates, held against the program: its examples are read as they stand there, and none of the format's keys and options is
//! missing from it.

use report::Template;
use serde_json::Value;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../templates/README.md");

/// Every block of TOML on the page.
fn examples() -> Vec<&'static str> {
    PAGE.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

fn whole() -> &'static str {
    examples().into_iter().find(|example| example.starts_with("id = \"grid-report\"")).expect("the page has a whole file")
}

#[test]
fn every_example_is_read() {
    let smallest = examples().into_iter().find(|example| example.starts_with("id = \"grid-note\"")).expect("the smallest one");
    let awareness = "[[event]]\nkey = \"awareness\"\nlabel = \"Became aware\"\nrole = \"detected\"\n";
    let mut form = format!("{smallest}\n{awareness}");
    for example in examples() {
        if example.starts_with("id = ") {
            Template::from_toml(example).unwrap_or_else(|fault| panic!("{fault}\n{example}"));
        } else {
            form.push_str(example);
            Template::from_toml(&form).unwrap_or_else(|fault| panic!("{fault}\n{example}"));
        }
    }
}

#[test]
fn no_key_is_missing_from_the_page() {
    let example: toml::Table = toml::from_str(whole()).expect("it is TOML");
    let mut used = BTreeSet::new();
    keys_of(&toml::Value::Table(example), &mut used);
    let schema = schema();
    let (mut keys, mut options) = (BTreeSet::new(), BTreeSet::new());
    collect(&schema, &mut keys, &mut options);
    let missing: Vec<_> = keys.iter().filter(|key| !used.contains(*key)).collect();
    assert!(missing.is_empty(), "keys without an example: {missing:?}");
    let told = |option: &String| PAGE.contains(&format!("`{option}`")) || PAGE.contains(&format!("\"{option}\""));
    let untold: Vec<_> = options.iter().filter(|option| !told(option)).collect();
    assert!(untold.is_empty(), "options that no list has: {untold:?}");
}

/// The part of the published schema that a form is written in.
fn schema() -> Value {
    let mut schema: Value = serde_json::from_str(&report::format::schema()).expect("our schema is JSON");
    let form = schema["$defs"]["Template"].take();
    serde_json::json!({ "form": form, "$defs": schema["$defs"].take() })
}

/// The members of what a form is made of, and the options of its choices.
fn collect(schema: &Value, keys: &mut BTreeSet<String>, options: &mut BTreeSet<String>) {
    let mut open = vec![&schema["form"]];
    let mut seen = BTreeSet::new();
    while let Some(part) = open.pop() {
        match part {
            Value::Object(members) => {
                if let Some(name) = members.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next())
                    && seen.insert(name.to_owned())
                {
                    open.push(&schema["$defs"][name]);
                }
                keys.extend(members.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.clone()));
                let listed = members.get("enum").and_then(Value::as_array).into_iter().flatten().chain(members.get("const"));
                options.extend(listed.filter_map(Value::as_str).map(str::to_owned));
                open.extend(members.iter().filter(|(name, _)| *name != "default").map(|(_, member)| member));
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

fn keys_of(value: &toml::Value, keys: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(members) => members.iter().for_each(|(key, member)| {
            keys.insert(key.clone());
            keys_of(member, keys);
        }),
        toml::Value::Array(items) => items.iter().for_each(|item| keys_of(item, keys)),
        _ => {}
    }
}
