//! What the network adds to a signed file: time and proofs from a real authority behind a real socket, and from one that is not there.

mod authority;

use authority::{Authority, PASSPHRASE};
use std::path::PathBuf;
use std::process::{Command, Output};

/// Where nobody is.
const NOWHERE: &str = "http://127.0.0.1:1/";

#[test]
fn a_signature_gets_its_time_from_the_first_authority_that_answers() {
    let Some(room) = Room::new() else { return };
    let time = room.authority.time();
    let exported = room.export(&["--timestamp", &time]);
    assert!(exported.status.success(), "{}", said(&exported));
    assert_eq!(room.levels("out.pdf"), ["B-T"]);
    let exported = room.export(&["--timestamp", NOWHERE, "--timestamp", &time]);
    assert!(exported.status.success() && said(&exported).is_empty(), "{}", said(&exported));
    assert_eq!(room.levels("out.pdf"), ["B-T"]);
}

#[test]
fn a_report_is_signed_at_the_level_asked_for_in_one_go() {
    for (level, reached) in [("b", &["B-B"][..]), ("t", &["B-T"]), ("lt", &["B-LT"]), ("lta", &["B-LTA", "timestamp"])] {
        let Some(room) = Room::new() else { return };
        let exported = room.export(&["--timestamp", &room.authority.time(), "--level", level]);
        assert!(exported.status.success() && said(&exported).is_empty(), "{level}: {}", said(&exported));
        assert_eq!(room.levels("out.pdf"), reached, "{level}");
    }
    for level in ["t", "lta"] {
        let Some(room) = Room::new() else { return };
        let exported = room.export(&["--timestamp", NOWHERE, "--level", level]);
        let said = said(&exported);
        assert!(exported.status.success() && said.contains("signed below the level asked for"), "{level}: {said}");
        assert!(said.contains("the time-stamp authority could not be used"), "{level}: {said}");
        assert_eq!(room.levels("out.pdf"), ["B-B"], "{level}");
    }
}

#[test]
fn an_authority_that_is_not_there_costs_the_level_and_not_the_signature() {
    let Some(room) = Room::new() else { return };
    let exported = room.export(&["--timestamp", NOWHERE]);
    assert!(exported.status.success());
    let said = said(&exported);
    assert!(said.starts_with("rapporteur: signed with this computer’s clock (PAdES B-B)") && said.lines().count() == 1, "{said}");
    assert_eq!(room.levels("out.pdf"), ["B-B"]);
}

#[test]
fn a_file_signed_by_the_clock_is_countersigned_and_brought_to_the_archive() {
    let Some(room) = Room::new() else { return };
    assert!(room.export(&[]).status.success());
    let (secret, time) = (room.text("secret"), room.authority.time());
    let (bo, cy) = (room.authority.identity("bo"), room.authority.identity("cy"));
    let sign = |from: &str, to: &str, who: &str, more: &[&str]| {
        let (from, to) = (room.text(from), room.text(to));
        rapporteur(&[&["sign", &from, "-o", &to, "--sign", who, "--passphrase-file", &secret], more].concat())
    };
    let signed = sign("out.pdf", "two.pdf", &bo, &["--timestamp", &time, "--reason", "I have read it"]);
    assert!(signed.status.success(), "{}", said(&signed));
    assert_eq!(room.levels("two.pdf"), ["B-B", "B-T"]);
    let extended = room.extend("two.pdf", "kept.pdf", &["--timestamp", &time]);
    assert!(extended.status.success(), "{}", said(&extended));
    assert_eq!(room.levels("kept.pdf"), ["B-LTA", "B-LTA", "timestamp", "timestamp"]);
    // All places are taken now, and a file that was changed takes no signature at all.
    let third = sign("kept.pdf", "three.pdf", &cy, &[]);
    assert_eq!((third.status.code(), room.path("three.pdf").exists()), (Some(1), false), "{}", said(&third));
    let mut changed = std::fs::read(room.path("out.pdf")).expect("it was made");
    let half = changed.len() / 2;
    changed[half] ^= 1;
    std::fs::write(room.path("changed.pdf"), changed).expect("it writes");
    for refused in [sign("changed.pdf", "no.pdf", &bo, &[]), room.extend("changed.pdf", "no.pdf", &["--timestamp", &time])] {
        assert!(refused.status.code() != Some(0) && !room.path("no.pdf").exists(), "{}", said(&refused));
    }
    // The root is trusted, so that everything is: people by their certificates, authorities by theirs.
    let root = room.authority.root();
    let verified = rapporteur(&["verify", &room.text("kept.pdf"), "--trust", &root]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn what_cannot_be_had_is_named_and_costs_its_level_alone() {
    let Some(room) = Room::new() else { return };
    assert!(room.export(&[]).status.success());
    let extended = room.extend("out.pdf", "more.pdf", &[]);
    assert_eq!(extended.status.code(), Some(1));
    assert!(said(&extended).contains("no time-stamp authority was named"), "{}", said(&extended));
    assert_eq!(room.levels("more.pdf"), ["B-B"], "the proofs are there all the same");
    let nothing = room.extend("out.pdf", "none.pdf", &["--level", "t", "--timestamp", NOWHERE]);
    assert_eq!((nothing.status.code(), room.path("none.pdf").exists()), (Some(1), false));
    assert!(said(&nothing).contains("cannot be reached from here") && said(&nothing).contains("nothing was written"), "{}", said(&nothing));
    let unsigned = rapporteur(&["export", &room.text("demo/report.json"), "-o", &room.text("draft.pdf"), "--draft"]);
    assert!(unsigned.status.success());
    let refused = room.extend("draft.pdf", "no.pdf", &["--timestamp", &room.authority.time()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("nobody has signed the file"), "{}", said(&refused));
}

#[test]
fn what_may_not_be_filed_is_not_signed_either_and_nothing_better_is_written_over() {
    let Some(room) = Room::new() else { return };
    let (report, secret, bo) = (room.text("demo/report.json"), room.text("secret"), room.authority.identity("bo"));
    let draft = room.text("draft.pdf");
    assert!(rapporteur(&["export", &report, "-o", &draft, "--draft"]).status.success());
    let signed = rapporteur(&["sign", &draft, "-o", &room.text("no.pdf"), "--sign", &bo, "--passphrase-file", &secret]);
    assert_eq!((signed.status.code(), room.path("no.pdf").exists()), (Some(1), false), "{}", said(&signed));
    assert!(said(&signed).contains("this is a draft"), "{}", said(&signed));
    assert!(room.export(&[]).status.success());
    let named = rapporteur(&[
        "sign",
        &room.text("out.pdf"),
        "-o",
        &room.text("no.pdf"),
        "--sign",
        &bo,
        "--passphrase-file",
        &secret,
        "--field",
        "Nowhere",
    ]);
    assert!(named.status.code() == Some(1) && said(&named).contains("free are: "), "{}", said(&named));
    // A renewal that did not happen is no success, and does not take the place of what is there.
    let kept = room.extend("out.pdf", "kept.pdf", &["--timestamp", &room.authority.time()]);
    assert!(kept.status.success(), "{}", said(&kept));
    let before = std::fs::read(room.path("kept.pdf")).expect("it was made");
    let lesser = room.extend("out.pdf", "kept.pdf", &["--timestamp", NOWHERE]);
    assert!(!lesser.status.success() && said(&lesser).contains("more was signed"), "{}", said(&lesser));
    assert_eq!(std::fs::read(room.path("kept.pdf")).expect("it is there"), before);
    let renewed = room.extend("kept.pdf", "renewed.pdf", &["--timestamp", NOWHERE]);
    assert_eq!(renewed.status.code(), Some(1), "{}", said(&renewed));
}

/// A folder with a finished report and an authority that has certified three signers.
struct Room {
    folder: tempfile::TempDir,
    authority: Authority,
}

impl Room {
    /// None where there is no authority, for the reason it gave.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let authority = Authority::in_folder(folder.path().join("authority"), &["ada", "bo", "cy"])?;
        let room = Self { folder, authority };
        assert!(rapporteur(&["demo", &room.text("demo")]).status.success());
        std::fs::write(room.path("secret"), format!("{PASSPHRASE}\n")).expect("it writes");
        Some(room)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn export(&self, more: &[&str]) -> Output {
        let (report, pdf, secret) = (self.text("demo/report.json"), self.text("out.pdf"), self.text("secret"));
        let identity = self.authority.identity("ada");
        rapporteur(&[&["export", &report, "-o", &pdf, "--sign", &identity, "--passphrase-file", &secret], more].concat())
    }

    fn extend(&self, from: &str, to: &str, more: &[&str]) -> Output {
        rapporteur(&[&["extend", &self.text(from), "-o", &self.text(to)], more].concat())
    }

    /// The levels in a file that is sound.
    fn levels(&self, pdf: &str) -> Vec<String> {
        let verified = rapporteur(&["verify", &self.text(pdf), "--json"]);
        let verdict: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
        assert_eq!(verdict["bottom_line"], "sound", "{verdict}");
        verdict["signatures"].as_array().expect("signatures").iter().map(|s| s["level"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn rapporteur(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).output().expect("it runs")
}
