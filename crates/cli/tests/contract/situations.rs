//! The table of situations (`situations.txt`): what scripts meet, each held to its exit status and its words.

use crate::program::Bench;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

const TABLE: &str = include_str!("situations.txt");

#[cfg(unix)]
#[test]
fn every_situation_of_the_table_ends_as_it_says() {
    let bench = Bench::new();
    made(&bench);
    let before = kept(&bench);
    let (mut told, mut count) = (Vec::new(), 0);
    for row in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        count += 1;
        told.extend(wrong(&bench, row));
        assert_eq!(changed(&before, &kept(&bench)), Vec::<&String>::new(), "{row}");
    }
    println!("{count} situations");
    assert!(told.is_empty(), "{} of {count}:\n{}", told.len(), told.join("\n"));
    assert!(count >= 145, "{count} situations are too few");
}

/// What ended otherwise than its row says.
fn wrong(bench: &Bench, row: &str) -> Option<String> {
    let mut cells = row.split(" ::").map(str::trim);
    let mut next = || cells.next().unwrap_or_default();
    let (code, line, out, err) = (next(), next(), next(), next());
    let program = Path::new(env!("CARGO_BIN_EXE_rapporteur")).parent().expect("it lies in a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(bench.path("")).env("PATH", path).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
    let ran = shell.output().expect("a shell");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\u{a0}', " ");
    let (said, complained) = (text(&ran.stdout), text(&ran.stderr));
    let panicked = complained.contains("panicked") || ran.status.code() == Some(101);
    let right = ran.status.code() == code.parse().ok() && holds(out, &said) && holds(err, &complained) && !panicked;
    (!right).then(|| format!("{row}\n  ended with {:?}\n  out: {said:.400}\n  err: {complained:.400}", ran.status.code()))
}

fn holds(words: &str, text: &str) -> bool {
    match words {
        "-" => text.is_empty(),
        "" => true,
        words => words.split(" & ").all(|word| text.contains(word.trim())),
    }
}

/// The files that the rows are about.
fn made(bench: &Bench) {
    for line in
        ["sample sec-h9-summary -o report.json", "sample rfo -o rfo.json", "sample nis2-final -o late.json", "new rfo -o blank.json"]
    {
        bench.done(line);
    }
    let sign = bench.identity("Ada");
    bench.write("wrong", "wrong\n");
    bench.write("nothing", "\n");
    bench.done("export report.json --draft -o draft.pdf");
    bench.done(&format!("export report.json -o signed.pdf {sign}"));
    bench.done("export report.json --as markdown -o report.md");
    bench.done("export report.json --as html -o report.html");
    bench.done("export report.json --as csv-timeline -o timeline.csv");
    bench.write("notes.md", "# Notes\n\n10:05 the valve was closed\n");
    std::fs::create_dir(bench.path("folder")).expect("a folder");
    #[cfg(unix)]
    for (to, name) in [("nowhere.json", "dangling.json"), ("report.json", "link.json")] {
        std::os::unix::fs::symlink(to, bench.path(name)).expect("a link");
    }
    bent(bench);
    with_other_members(bench);
}

/// Files that are not what they should be.
fn bent(bench: &Bench) {
    let report = String::from_utf8(bench.read("report.json")).expect("UTF-8");
    let with = |from: &str, to: &str| report.replacen(from, to, 1);
    let page = String::from_utf8(bench.read("report.html")).expect("UTF-8");
    let mut signed = bench.read("signed.pdf");
    let at = signed.windows(9).position(|window| window == b"/Contents").expect("a signature") + 40;
    signed[at] = if signed[at] == b'a' { b'b' } else { b'a' };
    let files: [(&str, Vec<u8>); 19] = [
        ("marked.json", [b"\xEF\xBB\xBF".as_slice(), report.as_bytes()].concat()),
        ("broken.json", report[..500].into()),
        ("list.json", b"[1]".into()),
        ("object.json", b"{\"a\": 1}".into()),
        ("empty.json", Vec::new()),
        ("newer.json", with("\"format\": 1", "\"format\": 7").into()),
        ("zero.json", with("\"format\": 1", "\"format\": 0").into()),
        ("huge.json", with("\"format\": 1", "\"format\": 1e999").into()),
        ("latin1.json", b"{\"format\": 1, \"title\": \"caf\xE9\"}".into()),
        ("unknown.json", with("\"format\": 1,", "\"format\": 1,\n  \"colour\": \"red\",").into()),
        ("wrongtype.json", with("\"title\": \"", "\"title\": 7, \"x\": \"").into()),
        ("nosections.json", b"{\"format\": 1, \"id\": \"0199e8f5-0000-7000-8000-000000000001\"}".into()),
        ("twice.json", with("\"format\": 1,", "\"format\": 1,\n  \"version\": \"1\",").into()),
        ("deep.json", format!("{{\"format\": 1, \"title\": {}{}}}", "[".repeat(5_000), "]".repeat(5_000)).into()),
        ("changed.html", page.replace("<h2", "<h3").replace("</h2", "</h3").into()),
        ("alike.md", b"## Full Incident Report\n\n### Summary\n\n- nothing\n".into()),
        ("changed.pdf", signed.clone()),
        ("cut.pdf", signed[..2_000].into()),
        ("broken.toml", b"id = ".into()),
    ];
    for (name, bytes) in files {
        bench.write(name, bytes);
    }
}

/// Reports with something else in one place.
fn with_other_members(bench: &Bench) {
    let change = |from: &str, name: &str, at: &str, value: Value| {
        let mut report: Value = serde_json::from_slice(&bench.read(from)).expect("JSON");
        *report.pointer_mut(at).unwrap_or_else(|| panic!("{from} has {at}")) = value;
        bench.write(name, report.to_string());
    };
    change("report.json", "zone.json", "/zone", "Nowhere".into());
    change("report.json", "half-hour.json", "/zone", "UTC+5:30".into());
    change("report.json", "language.json", "/language", "English".into());
    change("report.json", "title.json", "/title", "\u{202e} ".into());
    change("report.json", "version.json", "/version", "../x".into());
    change("late.json", "unclear.json", "/filings/0/moment", json!({ "raw": "some time in May" }));
    change("late.json", "uncounted.json", "/zone", Value::Null);
    let filed = |number: u8, clock: &str, raw: &str| json!({ "id": format!("0199e8f5-0000-7000-8000-00000000f00{number}"), "clock": clock, "moment": { "raw": raw } });
    let all = [
        filed(1, "early_warning", "17/02/2026 15:20"),
        filed(2, "notification", "19/02/2026 06:00"),
        filed(3, "final", "10/03/2026 10:00"),
    ];
    change("late.json", "filed.json", "/filings", all.into());
}

/// The bytes of each file that was there before the first row; what a row makes is its own.
fn kept(bench: &Bench) -> BTreeMap<String, Vec<u8>> {
    let all = bench.everything().into_iter();
    all.map(|(path, bytes)| (path.strip_prefix(bench.path("")).unwrap_or(&path).display().to_string(), bytes)).collect()
}

fn changed<'a>(before: &'a BTreeMap<String, Vec<u8>>, now: &BTreeMap<String, Vec<u8>>) -> Vec<&'a String> {
    before.iter().filter(|(name, bytes)| now.get(*name) != Some(bytes)).map(|(name, _)| name).collect()
}
