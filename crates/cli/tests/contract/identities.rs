//! `identity new`, and signing with identities good and bad.

use crate::program::{Bench, PASSPHRASE};
use chrono::{Duration, Utc};
use seal::{Identity, NewIdentity, Passphrase};
use std::fs;
use std::process::Command;

#[test]
fn a_new_identity_is_private_says_its_fingerprint_and_signs() {
    let bench = Bench::new();
    let sign = bench.identity("Ada");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(bench.path("Ada.p12")).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "a key is for its owner alone");
    }
    let opened = Identity::open(&bench.read("Ada.p12"), &Passphrase::new(PASSPHRASE.to_owned())).expect("it opens");
    let said = bench.run("identity new --name Bo -o Bo.p12 --passphrase-file pass").out;
    assert!(said.contains("Bo.p12: Bo, valid until") && said.contains("fingerprint (SHA-256): "), "{said}");
    bench.sample("rfo");
    bench.done(&format!("export report.json -o signed.pdf {sign}"));
    let verdict = bench.done("verify signed.pdf --json").json();
    assert_eq!(verdict["signatures"][0]["fingerprint"], opened.signer().fingerprint_sha256.as_str());
}

#[test]
fn an_identity_is_never_overwritten() {
    let bench = Bench::new();
    bench.identity("Ada");
    let before = bench.everything();
    bench.run("identity new --name Other -o Ada.p12 --passphrase-file pass").refused(1, "is there already");
    assert_eq!(bench.everything(), before);
}

#[test]
fn an_identity_that_cannot_be_made_leaves_nothing() {
    let bench = Bench::new();
    bench.write("pass", "secret\n");
    bench.write("empty", "\n");
    bench.write("binary", [0xFF, 0xFE, 0x00]);
    let before = bench.everything();
    let long = "x".repeat(65);
    for (line, code, clue) in [
        ("identity new --name Ada -o a.p12 --passphrase-file empty", 1, "empty"),
        ("identity new --name Ada -o a.p12 --passphrase-file binary", 1, "UTF-8"),
        ("identity new --name Ada -o a.p12 --passphrase-file gone", 2, "no such file"),
        ("identity new --name Ada -o gone/a.p12 --passphrase-file pass", 2, "no such file or folder"),
        (&format!("identity new --name {long} -o a.p12 --passphrase-file pass"), 1, "64"),
    ] {
        bench.run(line).refused(code, clue);
    }
    let unnamed =
        bench.command(&["identity", "new", "--name", "  ", "-o", "a.p12", "--passphrase-file", "pass"]).output().expect("it runs");
    assert_eq!(unnamed.status.code(), Some(1));
    assert_eq!(bench.everything(), before);
}

#[test]
fn two_signers_each_sign_their_place() {
    let bench = Bench::new();
    let (ada, bo) = (bench.identity("Ada"), bench.identity("Bo"));
    bench.sample("sec-h9-summary");
    bench.done(&format!("export report.json -o signed.pdf {ada} {bo}"));
    let verdict = bench.done("verify signed.pdf --json").json();
    let signatures = verdict["signatures"].as_array().expect("signatures");
    let signers: Vec<&str> = signatures.iter().map(|signature| signature["signer"].as_str().expect("a name")).collect();
    assert_eq!(signers, ["Ada", "Bo"]);
    assert!(signatures.iter().all(|signature| signature["intact"] == true && signature["valid"] == true));
    assert_eq!(signatures[0]["changed_since"]["kind"], "foreseen");
    assert_eq!(signatures[1]["covers_whole_file"], true);
}

#[test]
fn more_signers_than_places_are_refused_before_anything_is_written() {
    let bench = Bench::new();
    let (ada, bo) = (bench.identity("Ada"), bench.identity("Bo"));
    bench.sample("rfo");
    bench.run(&format!("export report.json -o signed.pdf {ada} {bo}")).refused(1, "1 place");
    assert!(!bench.path("signed.pdf").exists());
}

#[test]
fn an_identity_that_does_not_open_signs_nothing() {
    let bench = Bench::new();
    bench.identity("Ada");
    bench.sample("rfo");
    bench.write("wrong", "not it\n");
    bench.write("letter.p12", "Dear Sir");
    let before = bench.everything();
    for (line, code, clue) in [
        ("export report.json -o out.pdf --sign Ada.p12 --passphrase-file wrong", 1, "passphrase does not open"),
        ("export report.json -o out.pdf --sign letter.p12 --passphrase-file pass", 1, "not a readable PKCS #12"),
        ("export report.json -o out.pdf --sign gone.p12 --passphrase-file pass", 2, "gone.p12"),
    ] {
        bench.run(line).refused(code, clue);
    }
    let unopened = bench.run("export report.json -o out.pdf --sign Ada.p12");
    assert!(unopened.code == 2 && unopened.err.contains("--passphrase-file"), "{unopened:?}");
    assert_eq!(bench.everything(), before, "the passphrase that failed touched no file");
}

#[test]
fn an_identity_outside_its_time_signs_nothing_and_says_when_it_was_valid() {
    let bench = Bench::new();
    bench.sample("rfo");
    bench.write("pass", PASSPHRASE);
    for (name, from, clue) in [("expired", Utc::now() - Duration::days(40), "expired"), ("early", Utc::now() + Duration::days(2), "valid")]
    {
        let new = NewIdentity { name: "Ada".to_owned(), organisation: None, role: None, valid_from: from, valid_days: 10 };
        let made = Identity::create(&new).expect("it is made");
        let file = made.to_pkcs12(&Passphrase::new(PASSPHRASE.to_owned())).expect("it is written");
        bench.write(&format!("{name}.p12"), file);
        let ran = bench.run(&format!("export report.json -o out.pdf --sign {name}.p12 --passphrase-file pass"));
        ran.refused(1, clue);
        let year = (from + Duration::days(if name == "expired" { 10 } else { 0 })).format("%Y").to_string();
        assert!(ran.err.contains(&year), "the day is named: {}", ran.err);
        assert!(!bench.path("out.pdf").exists());
    }
}

/// Runs OpenSSL in the folder and gives what it said; None where it is not installed.
fn openssl(bench: &Bench, arguments: &[&str]) -> Option<String> {
    match Command::new("openssl").args(arguments).current_dir(bench.path("")).output() {
        Ok(output) => {
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said).into_owned();
            assert!(output.status.success(), "{arguments:?}: {said}");
            Some(said)
        }
        Err(fault) => {
            println!("not tested here: openssl does not run ({fault})");
            None
        }
    }
}

#[test]
fn an_authority_issues_a_certificate_for_a_request() {
    let bench = Bench::new();
    bench.write("pass", format!("{PASSPHRASE}\n"));
    let request = ["identity", "request", "--name", "Ada Ferrer", "--organisation", "Specimen", "--role", "Duty Manager", "-o", "ada.csr"];
    let made = bench.command(&[&request[..], &["--key", "ada.key", "--passphrase-file", "pass"]].concat()).output().expect("it runs");
    assert!(made.status.success(), "{made:?}");
    let Some(said) = openssl(&bench, &["req", "-in", "ada.csr", "-verify", "-noout", "-text"]) else { return };
    for clue in ["verify OK", "Specimen", "Duty Manager", "Ada Ferrer", "Digital Signature, Non Repudiation"] {
        assert!(said.contains(clue), "“{clue}” is not in: {said}");
    }
    openssl(&bench, &["pkey", "-in", "ada.key", "-passin", &format!("pass:{PASSPHRASE}"), "-noout"]);
    openssl(
        &bench,
        &["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Authority", "-days", "30"],
    );
    let issue = ["x509", "-req", "-in", "ada.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "20", "-copy_extensions", "copy"];
    openssl(&bench, &[&issue[..], &["-out", "ada.pem"]].concat());
    openssl(&bench, &["x509", "-in", "ada.pem", "-outform", "DER", "-out", "ada.cer"]);

    let issued = bench.done("identity issued ada.cer ca.pem --key ada.key -o ada.p12 --passphrase-file pass").out;
    assert!(issued.starts_with("ada.p12: Ada Ferrer, valid until "), "{issued}");
    bench.sample("rfo");
    bench.done("export report.json -o signed.pdf --sign ada.p12 --passphrase-file pass");
    let verdict = bench.done("verify signed.pdf --trust ca.pem --json").json();
    assert_eq!((&verdict["bottom_line"], &verdict["signatures"][0]["trusted"]), (&"sound".into(), &"trusted".into()));
}

#[test]
fn only_the_certificate_of_the_key_is_taken_in_and_nothing_is_written_over() {
    let bench = Bench::new();
    bench.write("pass", format!("{PASSPHRASE}\n"));
    bench.write("other", "something else\n");
    for name in ["ada", "bo"] {
        bench.done(&format!("identity request --name {name} -o {name}.csr --key {name}.key --passphrase-file pass"));
    }
    let usage = ["-addext", "keyUsage=critical,digitalSignature,nonRepudiation"];
    let own =
        ["req", "-x509", "-key", "bo.key", "-passin", &format!("pass:{PASSPHRASE}"), "-subj", "/CN=bo", "-days", "20", "-out", "bo.pem"];
    let Some(_) = openssl(&bench, &[&own[..], &usage].concat()) else { return };
    let before = bench.everything();
    for (line, code, clue) in [
        ("identity issued bo.pem --key ada.key -o ada.p12 --passphrase-file pass", 1, "does not belong to the certificate"),
        ("identity issued bo.pem --key bo.key -o bo.p12 --passphrase-file other", 1, "passphrase"),
        ("identity issued bo.key --key bo.key -o bo.p12 --passphrase-file pass", 2, "holds no certificate"),
        ("identity request --name bo -o new.csr --key bo.key --passphrase-file pass", 1, "is there already"),
    ] {
        bench.run(line).refused(code, clue);
    }
    assert_eq!(bench.everything(), before);
}
