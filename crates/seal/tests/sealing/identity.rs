//! Identity files: ours, OpenSSL's modern and legacy ones, and files that are wrong.

use std::fs;

use chrono::TimeDelta;
use seal::{
    CreateIdentityError, Draft, Identity, NewIdentity, OpenIdentityError, Passphrase, SignError, SignIn, Signer, Statement,
    WriteIdentityError,
};

use crate::{
    document::{sign, signing_time, statement, unsigned, verify},
    extend::now,
    pki::{PASSPHRASE, pki},
    signing::own_identity,
    tools::{find, pyhanko_validate, run},
};

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.into())
}

#[test]
fn an_identity_comes_back_from_its_file() {
    let made = own_identity("Zoë Müller");
    let file = made.to_pkcs12(&passphrase("s3cret")).expect("written");
    let opened = Identity::open(&file, &passphrase("s3cret")).expect("opened");
    assert_eq!(opened.signer(), made.signer());
    assert_eq!(opened.signer().name, "Zoë Müller");
    assert!(opened.signer().self_signed);
    assert!(verify(&sign(&unsigned(), &opened), &[opened.credentials().certificate().clone()]).expect("readable").sound());
}

#[test]
fn a_wrong_passphrase_is_told_from_a_wrong_file() {
    let file = own_identity("Anna").to_pkcs12(&passphrase("s3cret")).expect("written");
    assert!(matches!(Identity::open(&file, &passphrase("S3cret")), Err(OpenIdentityError::WrongPassphrase)));
    assert!(matches!(Identity::open(b"-----BEGIN CERTIFICATE-----", &passphrase("x")), Err(OpenIdentityError::NoPrivateKey)));
    assert!(matches!(Identity::open(b"no identity", &passphrase("x")), Err(OpenIdentityError::NotPkcs12(_))));
    assert!(matches!(Identity::open(&file[..file.len() / 2], &passphrase("s3cret")), Err(OpenIdentityError::NotPkcs12(_))));
    assert!(matches!(own_identity("Anna").to_pkcs12(&passphrase("")), Err(WriteIdentityError::PassphraseMissing)));
}

#[test]
fn modern_and_legacy_files_of_openssl_open() {
    let Some(pki) = pki() else { return };
    for (file, name) in
        [("author", "Anna Author"), ("author-legacy", "Anna Author"), ("approver", "Paul Approver"), ("auditor", "Audrey Auditor")]
    {
        let identity = pki.identity(file);
        assert_eq!(identity.signer().name, name, "{file}");
        assert_eq!(identity.signer().organisation.as_deref(), Some("Example"));
        assert!(!identity.signer().self_signed);
        let verdict = verify(&sign(&unsigned(), &identity), &pki.trusted()).expect("readable");
        assert!(verdict.sound(), "{file}: {verdict:#?}");
        let wrong = Identity::open(&pki.p12(file), &passphrase("wrong"));
        assert!(matches!(wrong, Err(OpenIdentityError::WrongPassphrase)), "{file}: {wrong:?}");
    }
}

#[test]
fn openssl_reads_our_file_and_certificate() {
    let Some(pki) = pki() else { return };
    let identity = own_identity("Anna Author");
    pki.write("ours.p12", &identity.to_pkcs12(&passphrase(PASSPHRASE)).expect("written"));
    let pass = format!("pass:{PASSPHRASE}");
    let info = run(&mut pki.openssl(&["pkcs12", "-in", "ours.p12", "-passin", &pass, "-nodes", "-info", "-out", "ours.pem"]));
    assert!(info.contains("PBES2, PBKDF2, AES-256-CBC") && info.contains("hmacWithSHA256"), "{info}");
    let text = run(&mut pki.openssl(&["x509", "-in", "ours.pem", "-noout", "-text", "-fingerprint", "-sha256"]));
    for expected in ["Version: 3", "ecdsa-with-SHA256", "CN = Anna Author", "Digital Signature, Non Repudiation", "CA:FALSE"] {
        assert!(text.contains(expected), "{expected} missing in {text}");
    }
    let fingerprint = text.to_lowercase().replace(':', "");
    assert!(fingerprint.contains(&identity.signer().fingerprint_sha256));
    run(&mut pki.openssl(&["verify", "-CAfile", "ours.pem", "-x509_strict", "-partial_chain", "ours.pem"]));
}

#[test]
fn every_kind_of_key_signs_as_its_certificate_says() {
    let Some(pki) = pki() else { return };
    for (key, algorithm, level) in [
        ("P-521", "ecdsa-with-SHA512", "P-521"),
        ("ed25519", "ED25519", "ed25519"),
        ("rsa-pss", "rsassaPss", "any digest"),
        ("rsa-pss sha384", "rsassaPss", "a digest of its own"),
    ] {
        let name = format!("key {key}");
        let usage = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n";
        pki.issue_with("ca", &name, key, "/CN=Kay Key/O=Example", usage, "-sha256");
        pki.bundle(&name, &name, &[]);
        let identity = pki.identity(&name);
        let draft = Draft::open(unsigned()).expect("readable");
        let statement = Statement { signed_at: now(), ..statement(&identity) };
        let prepared = draft.reserve(SignIn::FirstFree, &statement, None, identity.credentials().room(true)).expect("a place is free");
        let pdf = prepared.sign(&identity, Some(&pki.authority())).expect("it signs").into_bytes();
        let judged = seal::verify(&pdf, &pki.trusted(), now()).expect("readable");
        assert!(judged.sound() && judged.signatures[0].level == seal::Level::BaselineT, "{level}: {judged:#?}");
        let path = pki.write(&format!("{name}.pdf"), &pdf);
        if let Some(pyhanko) = find("pyhanko", "pyHanko's judgement of other keys") {
            let (theirs, told) = pyhanko_validate(&pyhanko, &pki.ca(), &path);
            assert!(theirs, "{level} ({algorithm}): {told}");
        }
    }
}

#[test]
fn certificates_and_a_locked_key_in_one_text_are_an_identity() {
    let Some(pki) = pki() else { return };
    let pass = format!("pass:{PASSPHRASE}");
    let read = |name: &str| fs::read_to_string(pki.path(name)).expect("it was made");
    let locked = |name: &str, how: &[&str]| {
        let key = format!("{name}.key");
        run(pki.openssl(&["pkcs8", "-topk8", "-passout", &pass, "-in", &key, "-out", "locked.pem"]).args(how));
        read("locked.pem")
    };
    let open = |text: &str, passphrase_given: &str| Identity::open(text.as_bytes(), &passphrase(passphrase_given));
    for how in [&["-v2", "aes256"][..], &["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1"], &["-v2", "des3"], &["-scrypt"]] {
        let key = locked("author", how);
        // In any order, with words between.
        for text in [
            format!("{}{}{key}", read("author.pem"), read("ca.pem")),
            format!("a key\n{key}\nand\n{}{}", read("ca.pem"), read("author.pem")),
        ] {
            let identity = open(&text, PASSPHRASE).unwrap_or_else(|fault| panic!("{how:?}: {fault}"));
            assert_eq!(identity.signer().name, "Anna Author");
            let verdict = verify(&sign(&unsigned(), &identity), &pki.trusted()).expect("readable");
            assert!(verdict.sound(), "{how:?}: {verdict:#?}");
            assert!(matches!(open(&text, "wrong"), Err(OpenIdentityError::WrongPassphrase)), "{how:?}");
        }
    }
    let key = locked("author", &["-v2", "aes256"]);
    assert!(matches!(open(&key, PASSPHRASE), Err(OpenIdentityError::NoCertificate)));
    assert!(matches!(open(&read("author.pem"), PASSPHRASE), Err(OpenIdentityError::NoPrivateKey)));
    assert!(matches!(open(&format!("{key}{}", read("approver.pem")), PASSPHRASE), Err(OpenIdentityError::KeyDoesNotMatchCertificate)));
    assert!(matches!(open(&format!("{}{}", read("author.key"), read("author.pem")), PASSPHRASE), Err(OpenIdentityError::Unprotected)));
    assert!(matches!(open(&format!("{}{}", &key[..key.len() / 2], read("author.pem")), PASSPHRASE), Err(OpenIdentityError::NoPrivateKey)));
}

#[test]
fn a_certificate_for_something_else_signs_nothing() {
    let Some(pki) = pki() else { return };
    for (nth, (extensions, why)) in [
        ("keyUsage=critical,keyEncipherment\n", "for encryption"),
        ("keyUsage=critical,keyCertSign,cRLSign\nbasicConstraints=critical,CA:true\n", "for signing certificates"),
        ("keyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n", "servers"),
        ("keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n", "time-stamps"),
        ("keyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n", "revocation"),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("unfit {nth}");
        pki.issue_under("ca", &name, "/CN=Una Unfit", extensions);
        pki.bundle(&name, &name, &[]);
        let identity = pki.identity(&name);
        let draft = Draft::open(unsigned()).expect("readable");
        let statement = Statement { signed_at: now(), ..statement(&identity) };
        let prepared = draft.reserve(SignIn::FirstFree, &statement, None, identity.credentials().room(false)).expect("a place is free");
        let refused = prepared.sign(&identity, None).expect_err("it is refused");
        assert!(matches!(refused, SignError::Unfit(_)) && refused.to_string().contains(why), "{refused}");
    }
    for purposes in ["serverAuth,emailProtection", "clientAuth", "anyExtendedKeyUsage", "1.3.6.1.5.5.7.3.36"] {
        let name = format!("fit {purposes}");
        pki.issue_under("ca", &name, "/CN=Fay Fit", &format!("keyUsage=critical,nonRepudiation\nextendedKeyUsage={purposes}\n"));
        pki.bundle(&name, &name, &[]);
        assert_eq!(pki.identity(&name).credentials().check_fit(), Ok(()), "{purposes}");
    }
}

#[test]
fn files_that_lack_a_part_are_told_apart() {
    let Some(pki) = pki() else { return };
    let pass = format!("pass:{PASSPHRASE}");
    let open = |name: &str| Identity::open(&fs::read(pki.path(name)).expect("made"), &passphrase(PASSPHRASE)).map(drop);
    let export = |arguments: &[&str], out: &str| {
        run(pki.openssl(&["pkcs12", "-export", "-passout", &pass, "-out", out]).args(arguments));
    };
    export(&["-nokeys", "-in", "author.pem"], "no-key.p12");
    assert!(matches!(open("no-key.p12"), Err(OpenIdentityError::NoPrivateKey)));
    export(&["-nocerts", "-inkey", "author.key"], "no-certificate.p12");
    assert!(matches!(open("no-certificate.p12"), Err(OpenIdentityError::NoCertificate)));
    run(&mut pki.openssl(&[
        "req", "-x509", "-config", "pki.cnf", "-newkey", "ed448", "-nodes", "-subj", "/CN=Ed", "-keyout", "ed.key", "-out", "ed.pem",
    ]));
    export(&["-inkey", "ed.key", "-in", "ed.pem"], "ed.p12");
    assert!(matches!(open("ed.p12"), Err(OpenIdentityError::UnsupportedKey { algorithm }) if algorithm == "1.3.101.113"));
    run(&mut pki.openssl(&[
        "req",
        "-x509",
        "-config",
        "pki.cnf",
        "-newkey",
        "rsa:1024",
        "-nodes",
        "-subj",
        "/CN=Short",
        "-keyout",
        "short.key",
        "-out",
        "short.pem",
    ]));
    export(&["-inkey", "short.key", "-in", "short.pem"], "short.p12");
    assert!(matches!(open("short.p12"), Err(OpenIdentityError::WeakKey { bits: 1024 })));
}

#[test]
fn a_name_that_fits_no_certificate_is_refused() {
    let create = |name: &str, organisation: Option<&str>, valid_days| {
        let organisation = organisation.map(str::to_owned);
        Identity::create(&NewIdentity { name: name.into(), organisation, role: None, valid_from: signing_time(), valid_days }).map(drop)
    };
    assert!(matches!(create("  ", None, 1), Err(CreateIdentityError::NameMissing)));
    assert!(matches!(create("A\nB", None, 1), Err(CreateIdentityError::ControlCharacter { part: "name" })));
    let long = "ä".repeat(65);
    assert!(matches!(create("A", Some(&long), 1), Err(CreateIdentityError::TooLong { part: "organisation", length: 65, limit: 64 })));
    assert!(matches!(create("A", None, 0), Err(CreateIdentityError::Validity { days: 0 })));
    assert!(matches!(create("A", None, u32::MAX), Err(CreateIdentityError::Validity { .. })));
    assert!(create("A", None, 365 * 40).is_ok(), "beyond 2049 the date takes its longer form");
}

#[test]
fn validity_is_to_the_second() {
    let identity = own_identity("Anna");
    let (first, last) = (identity.signer().not_before, identity.signer().not_after);
    assert!(identity.credentials().check_valid_at(first).is_ok() && identity.credentials().check_valid_at(last).is_ok());
    assert!(identity.credentials().check_valid_at(first - TimeDelta::seconds(1)).is_err());
    assert!(identity.credentials().check_valid_at(last + TimeDelta::seconds(1)).is_err());
}
