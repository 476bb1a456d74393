//! Files that are not what they should be, scripts beyond Latin, and places that cannot be written: each with a clear line, nothing lost.

use crate::program::Bench;
use report::RichText;
use std::fs::File;

#[test]
fn a_report_that_is_none_is_told_apart() {
    let bench = Bench::new();
    bench.sample("rfo");
    let json = String::from_utf8(bench.read("report.json")).expect("UTF-8");
    let with = |from: &str, to: &str| json.replacen(from, to, 1);
    bench.write("newer.json", with("\"format\": 1", "\"format\": 7"));
    bench.write("unknown.json", with("\"format\": 1,", "\"format\": 1,\n  \"colour\": \"red\","));
    bench.write("latin1.json", [b"{\"format\": 1, \"title\": \"caf".as_slice(), &[0xE9], b"\"}"].concat());
    bench.write("utf16.json", json.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    bench.write("cut.json", &json[..json.len() / 2]);
    bench.write("list.json", "[1, 2]");
    bench.write("empty.json", "");
    let before = bench.everything();
    for (name, clue) in [
        ("newer.json", "format 7"),
        ("unknown.json", "`colour`"),
        ("latin1.json", "UTF-8"),
        ("utf16.json", "UTF-8"),
        ("cut.json", "not JSON"),
        ("list.json", "not a report"),
        ("empty.json", "not JSON"),
        ("gone.json", "no such file"),
        ("attachments", "folder"),
    ] {
        bench.run(&format!("check {name}")).refused(2, clue);
        let ran = bench.run(&format!("export {name} -o out.pdf"));
        ran.refused(2, clue);
        assert!(ran.err.contains(name), "the file is named: {}", ran.err);
    }
    assert_eq!(bench.everything(), before);
}

#[test]
fn a_byte_order_mark_is_no_reason_to_refuse() {
    let bench = Bench::new();
    bench.sample("rfo");
    let json = [b"\xEF\xBB\xBF".as_slice(), &bench.read("report.json")].concat();
    bench.write("marked.json", json);
    bench.done("check marked.json");
}

#[cfg(unix)]
#[test]
fn a_file_beyond_all_measure_is_refused_before_it_is_read() {
    let bench = Bench::new();
    File::create(bench.path("huge.json")).and_then(|file| file.set_len(3 << 30)).expect("a sparse file");
    for line in ["check huge.json", "verify huge.json"] {
        // Far less memory than a file of the largest size taken, 256 MiB, would need.
        let limited = bench.command::<&str>(&[]).get_program().to_owned();
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(format!("ulimit -v 200000; exec \"$0\" {line}")).arg(limited).current_dir(bench.path(""));
        let ran = shell.output().expect("a shell");
        let words = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.code() == Some(2) && words.contains("too large"), "{line}: {ran:?}");
    }
}

#[test]
fn an_output_folder_that_is_gone_is_named() {
    let bench = Bench::new();
    bench.sample("rfo");
    bench.done("export report.json -o report.pdf");
    for line in ["export report.json -o gone/a.pdf", "extract report.pdf -o gone/a.json", "new rfo -o gone/a.json"] {
        bench.run(line).refused(2, "gone");
    }
    bench.run("export report.json -o attachments").refused(2, "attachments");
}

#[test]
fn greek_and_cyrillic_print_and_what_no_font_draws_is_named_and_spelled_out() {
    let bench = Bench::new();
    let mut report = bench.sample("sec-h9-summary");
    let words = "Αθήνα και Θεσσαλονίκη. Москва и Київ. انقطاع الخدمة. Engine 🚒 came.";
    report.sections[1].body = RichText::from_plain(words);
    bench.write("report.json", report::format::write(&report));
    let checked = bench.run("check report.json");
    assert_eq!(checked.code, 1, "filing waits for an answer: {checked:?}");
    for code in ["U+1F692", "U+0627"] {
        assert!(checked.out.contains(code) && checked.out.contains("P01"), "{}", checked.out);
    }
    assert!(!checked.out.contains("U+03B1") && !checked.out.contains("U+0430"), "Greek and Cyrillic are drawn: {}", checked.out);
    let filed = bench.run("export report.json -o filed.pdf");
    assert!(filed.code == 1 && filed.err.contains("P01") && !bench.path("filed.pdf").exists(), "{filed:?}");
    bench.done("export report.json -o report.pdf --draft");
    bench.done("extract report.pdf -o back.json");
    assert_eq!(bench.report("back.json").sections[1].body.plain(), words, "the data keeps every character");
    let text = match std::process::Command::new("pdftotext").args(["report.pdf", "-"]).current_dir(bench.path("")).output() {
        Ok(ran) => String::from_utf8_lossy(&ran.stdout).into_owned(),
        Err(fault) => return println!("the page was not read here: pdftotext does not run ({fault})"),
    };
    for shown in ["Αθήνα", "Θεσσαλονίκη", "Москва", "Київ", "[U+1F692]"] {
        assert!(text.contains(shown), "{shown} is not on the page");
    }
}
