//! What an act writes, and what it never writes over: its own inputs by any name, and whatever it did not make.

use crate::program::{Bench, STOPPED};
use std::process::Stdio;

/// A bench with a report, its files, a key and its passphrase.
fn bench() -> (Bench, String) {
    let bench = Bench::new();
    let sign = bench.identity("Ada");
    bench.sample("sec-h9-summary");
    (bench, sign)
}

#[test]
fn nothing_an_act_reads_is_written_over_by_any_name() {
    let (bench, sign) = bench();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("report.json", bench.path("link.json")).expect("a link");
        std::fs::hard_link(bench.path("Ada.p12"), bench.path("other-name.pdf")).expect("a link");
    }
    bench.write("notes.md", "# Notes\n\n10:00 failed\n");
    bench.done(&format!("export report.json -o filed.pdf {sign}"));
    let before = bench.everything();
    let mut lines = vec![
        format!("export report.json -o Ada.p12 {sign}"),
        format!("export report.json -o pass {sign}"),
        "export report.json -o report.json --draft".to_owned(),
        "export report.json -o attachments/gateway-node-2.log --draft".to_owned(),
        "export report.json -o report.json --as markdown".to_owned(),
        "extract filed.pdf -o filed.pdf".to_owned(),
        "import notes.md -o notes.md".to_owned(),
        "clocks report.json --ics report.json".to_owned(),
        "new rfo -o Ada.p12".to_owned(),
        "identity new --name Bea -o report.json --passphrase-file pass".to_owned(),
    ];
    if cfg!(unix) {
        lines.push("export report.json -o link.json --draft".to_owned());
        lines.push(format!("export report.json -o other-name.pdf {sign}"));
    }
    for line in &lines {
        for force in ["", " --force"] {
            // Somebody else's key may be given away on purpose; an input of the same act never.
            if force.is_empty() || !line.starts_with("new") {
                let ran = bench.run(&format!("{line}{force}"));
                assert!(ran.code == 1 || ran.code == 2, "{line}{force}: {ran:?}");
                assert!(ran.err.lines().count() == 1 && ran.err.starts_with("rapporteur: "), "{line}{force}: {}", ran.err);
            }
            let now = bench.everything();
            let names: std::collections::BTreeSet<_> = before.keys().chain(now.keys()).collect();
            let changed: Vec<_> = names.into_iter().filter(|name| before.get(*name) != now.get(*name)).collect();
            assert!(changed.is_empty(), "{line}{force} changed {changed:?}");
        }
    }
}

#[test]
fn what_an_act_did_not_make_is_replaced_only_when_asked() {
    let (bench, _) = bench();
    for (name, line) in [
        ("thesis.pdf", "export report.json -o thesis.pdf --draft"),
        ("package.json", "new rfo -o package.json"),
        ("diary.md", "export report.json --as markdown -o diary.md"),
        ("birthdays.ics", "clocks report.json --ics birthdays.ics"),
        ("salaries.csv", "export report.json --as csv-timeline -o salaries.csv"),
    ] {
        bench.write(name, "%PDF-1.4 my own, and nothing of yours");
        let ran = bench.run(line);
        assert!(ran.code == 2 && ran.err.contains("--force") && ran.err.contains(name), "{line}: {ran:?}");
        assert_eq!(bench.read(name), b"%PDF-1.4 my own, and nothing of yours", "{line}");
        bench.done(&format!("{line} --force"));
        // From now on it is an earlier output of the same act; but a report is what somebody wrote, whoever began it.
        let again = bench.run(line);
        assert_eq!(again.code, if name == "package.json" { 2 } else { 0 }, "{again:?}");
    }
}

#[test]
fn what_was_signed_is_not_given_for_a_draft_and_a_key_goes_to_no_screen() {
    let (bench, sign) = bench();
    bench.done(&format!("export report.json -o filed.pdf {sign}"));
    let signed = bench.read("filed.pdf");
    let draft = bench.run("export report.json -o filed.pdf --draft");
    assert!(draft.code == 2 && draft.err.contains("--force") && bench.read("filed.pdf") == signed, "{draft:?}");
    bench.done(&format!("export report.json -o filed.pdf {sign}"));
    let key = bench.run("identity new --name Bea -o - --passphrase-file pass");
    assert!(key.code != 0 && key.err.contains("a secret") && !bench.path("-").exists(), "{key:?}");
}

#[test]
fn a_dash_is_standard_output_and_carries_nothing_else() {
    let (bench, _) = bench();
    for line in ["export report.json --draft -o", "export report.json --as markdown -o", "new rfo -o", "clocks report.json --ics"] {
        let mut words: Vec<&str> = line.split(' ').collect();
        words.push("-");
        let ran = bench.command(&words).env("SOURCE_DATE_EPOCH", STOPPED).stderr(Stdio::piped()).output().expect("it runs");
        assert!(ran.status.success() && ran.stdout.len() > 200, "{line}: {ran:?}");
        if line.contains("--draft") {
            assert!(ran.stdout.starts_with(b"%PDF-") && ran.stdout.ends_with(b"%%EOF\n"), "{line}");
        }
        assert!(!bench.path("-").exists(), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays_one() {
    use std::os::unix::fs::FileTypeExt;
    let (bench, _) = bench();
    let fifo = bench.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo runs");
    assert!(made.success());
    let reader = std::thread::spawn({
        let fifo = fifo.clone();
        move || std::fs::read(fifo).expect("it is read")
    });
    bench.done("export report.json --draft -o pipe");
    assert!(reader.join().expect("it ends").starts_with(b"%PDF-"));
    assert!(std::fs::metadata(&fifo).expect("it is there").file_type().is_fifo());
    bench.done("export report.json --draft -o /dev/null");
}

#[cfg(unix)]
#[test]
fn files_get_what_the_umask_gives_and_keys_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (bench, _) = bench();
    let program = bench.command::<&str>(&[]).get_program().to_owned();
    let under = |umask: &str, line: &str| {
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(format!("umask {umask}; exec \"$0\" {line}")).arg(&program).current_dir(bench.path(""));
        let ran = shell.output().expect("a shell");
        assert!(ran.status.success(), "{line}: {ran:?}");
    };
    let mode = |name: &str| std::fs::metadata(bench.path(name)).expect("it is there").permissions().mode() & 0o777;
    under("077", "export report.json --draft -o private.pdf");
    under("022", "export report.json --draft -o shared.pdf");
    under("027", "new rfo -o team.json");
    under("077", "extract private.pdf -o out/back.json --attachments out/files");
    under("000", "identity new --name Bea -o 'key of Bea' --passphrase-file pass");
    assert_eq!(["private.pdf", "shared.pdf", "team.json", "key of Bea"].map(mode), [0o600, 0o644, 0o640, 0o600]);
    assert_eq!(mode("out/files/gateway-node-2.log"), 0o600);
    // What is replaced keeps the mode that somebody gave it.
    std::fs::set_permissions(bench.path("shared.pdf"), std::fs::Permissions::from_mode(0o604)).expect("it is set");
    under("077", "export report.json --draft -o shared.pdf");
    assert_eq!(mode("shared.pdf"), 0o604);
}

#[test]
fn of_three_that_make_one_identity_one_wins() {
    let (bench, _) = bench();
    let words = ["identity", "new", "--name", "Cy", "-o", "cy.p12", "--passphrase-file", "pass"];
    let three: Vec<_> =
        (0..3).map(|_| bench.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs")).collect();
    let won = three.into_iter().filter_map(|mut one| one.wait().ok()).filter(std::process::ExitStatus::success).count();
    assert_eq!(won, 1);
    bench.done("export report.json -o signed.pdf --sign cy.p12 --passphrase-file pass");
}

#[cfg(target_os = "linux")]
#[test]
fn nobody_at_standard_error_is_no_panic() {
    let (bench, sign) = bench();
    bench.done("new rfo -o blank.json");
    for (line, code) in [
        ("export blank.json -o a.pdf".to_owned(), 1),
        ("check gone.json".to_owned(), 2),
        (format!("export report.json -o b.pdf {sign} --timestamp http://127.0.0.1:1/"), 0),
        ("import blank.json -o c.json".to_owned(), 0),
    ] {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let gone = bench.command(&words).stdout(Stdio::null()).stderr(writer).status().expect("it runs");
        assert_eq!(gone.code(), Some(code), "{line}, nobody reads");
        let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has one");
        let full = bench.command(&words).stdout(Stdio::null()).stderr(full).status().expect("it runs");
        assert_eq!(full.code(), Some(code), "{line}, a full disk behind it");
    }
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has one");
    let ran = bench.command(&["export", "report.json", "--draft", "-o", "d.pdf"]).stdout(full).output().expect("it runs");
    assert!(ran.status.code() == Some(2) && String::from_utf8_lossy(&ran.stderr).contains("was written all the same"), "{ran:?}");
}

#[test]
fn usage_that_cannot_be_meant_is_refused_as_usage() {
    let (bench, sign) = bench();
    for line in [
        "export report.json -o a.pdf --sign Ada.p12".to_owned(),
        "export report.json -o a.pdf --passphrase-file pass".to_owned(),
        format!("export report.json -o a.pdf {sign} --timestamp tsa.example"),
        format!("export report.json -o a.pdf {sign} --timestamp file:///etc/hosts"),
        format!("export report.json -o a.pdf {sign} --timestamp http://"),
        "check".to_owned(),
        "check report.json --fail-on whim".to_owned(),
    ] {
        let ran = bench.run(&line);
        assert!(ran.code == 2 && ran.err.contains("--help"), "{line}: {ran:?}");
        assert!(!bench.path("a.pdf").exists(), "{line}");
    }
}

#[test]
fn what_export_refuses_check_says() {
    let (bench, _) = bench();
    bench.done("check report.json");
    bench.write("attachments/gateway-node-2.log", "changed since");
    let checked = bench.run("check report.json --json");
    assert!(checked.code == 1 && checked.out.contains("\"P05\"") && checked.out.contains("gateway-node-2.log"), "{checked:?}");
    bench.run("export report.json -o a.pdf").refused(1, "gateway-node-2.log");
    std::fs::remove_file(bench.path("attachments/gateway-node-2.log")).expect("it goes");
    assert_eq!(bench.run("check report.json").code, 1);
}

#[test]
fn several_files_and_levels_that_fail() {
    let (bench, sign) = bench();
    bench.done(&format!("export report.json -o a.pdf {sign}"));
    bench.done("export report.json -o b.pdf");
    let both = bench.run("verify a.pdf b.pdf --json");
    let verdicts: serde_json::Value = serde_json::from_str(&both.out).expect("JSON");
    assert_eq!((both.code, verdicts[0]["file"].as_str(), verdicts[0]["bottom_line"].as_str()), (1, Some("a.pdf"), Some("sound")));
    bench.write("broken.pdf", "%PDF-1.7 and no more");
    let three = bench.run("verify a.pdf broken.pdf gone.pdf --json");
    let verdicts: serde_json::Value = serde_json::from_str(&three.out).expect("JSON");
    assert_eq!((three.code, verdicts[0]["bottom_line"].as_str()), (2, Some("sound")), "one that cannot be read hides no other");
    assert!(verdicts[1]["error"].is_string() && verdicts[2]["error"].as_str().is_some_and(|why| why.contains("gone.pdf")), "{three:?}");
    let words = bench.run("check gone.json report.json");
    assert!(words.code == 2 && words.err.contains("gone.json") && words.out.starts_with("report.json:\n"), "{words:?}");
    bench.done("new rfo -o blank.json");
    let checked = bench.run("check report.json blank.json --json");
    let findings: serde_json::Value = serde_json::from_str(&checked.out).expect("JSON");
    assert_eq!((checked.code, findings[1]["file"].as_str()), (1, Some("blank.json")));
    bench.done("sample gdpr-33 -o gdpr.json");
    assert_eq!(bench.run_stopped("clocks gdpr.json --fail-on late").code, 1, "it was due in January 2026");
    assert_eq!(bench.run_stopped("clocks gdpr.json").code, 0);
    for form in report::catalogue::all() {
        std::fs::create_dir(bench.path(&form.id)).expect("a folder");
        bench.done(&format!("sample {} -o {}/report.json", form.id, form.id));
        bench.done(&format!("check {}/report.json", form.id));
    }
}

#[test]
fn differences_are_told_as_json_too() {
    let (bench, _) = bench();
    let other = String::from_utf8(bench.read("report.json")).expect("UTF-8").replace("14/10/2025 21:52", "14/10/2025 21:53");
    bench.write("other.json", other);
    let ran = bench.run("diff report.json other.json --json");
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(ran.code == 1 && told[0]["lines"][0]["gone"].is_string() && told[0]["lines"][1]["new"].is_string(), "{ran:?}");
    assert_eq!(bench.done("diff report.json report.json --json").out.trim(), "[]");
}
