//! Whom a caller trusts, and what follows from it.

use chrono::TimeDelta;
use seal::{Anchors, Certificate, CertificateError, Signer, Trust};

use crate::{
    document::{sign, signing_time, unsigned, verify},
    message::certificate,
    pki::pki,
    signing::own_identity,
};

#[test]
fn an_unknown_signer_is_sound_until_somebody_is_trusted() {
    let (author, other) = (own_identity("Anna Author"), own_identity("Anna Author"));
    let sealed = sign(&unsigned(), &author);
    let judged = |trusted: &[Certificate]| {
        let verdict = verify(&sealed, trusted).expect("readable");
        (verdict.signatures[0].trusted, verdict.sound())
    };
    assert_eq!(judged(&[]), (Trust::Unknown, true));
    assert_eq!(judged(&[author.credentials().certificate().clone()]), (Trust::Trusted, true));
    assert_eq!(judged(&[other.credentials().certificate().clone()]), (Trust::NotTrusted, false), "the same name is not the same key");
    assert_eq!(judged(&[other.credentials().certificate().clone(), author.credentials().certificate().clone()]), (Trust::Trusted, true));
}

#[test]
fn a_fingerprint_is_an_anchor_as_its_certificate_is() {
    let Some(pki) = pki() else { return };
    let sealed = sign(&unsigned(), &pki.identity("author"));
    let judged = |fingerprint: String, now| {
        let anchors = Anchors { certificates: &[], fingerprints: &[fingerprint] };
        let verdict = seal::verify_by(&sealed, anchors, now).expect("readable");
        (verdict.signatures[0].trusted, verdict.sound())
    };
    let of = |name: &str| certificate(pki, name).facts().fingerprint_sha256;
    assert_eq!(judged(of("author"), signing_time()), (Trust::Trusted, true));
    assert_eq!(judged(of("ca"), signing_time()), (Trust::Trusted, true), "of an authority that travels along");
    assert_eq!(judged(of("approver"), signing_time()), (Trust::NotTrusted, false));
    assert_eq!(judged(of("author"), signing_time() + TimeDelta::days(4_000)), (Trust::NotTrusted, false), "its certificate has ended");
}

#[test]
fn one_untrusted_signer_among_two_is_unsound() {
    let Some(pki) = pki() else { return };
    let twice = sign(&sign(&unsigned(), &pki.identity("author")), &own_identity("Paul Approver"));
    let verdict = verify(&twice, &pki.trusted()).expect("readable");
    let trusted: Vec<_> = verdict.signatures.iter().map(|signature| signature.trusted).collect();
    assert_eq!((trusted.as_slice(), verdict.sound()), (&[Trust::Trusted, Trust::NotTrusted][..], false));
}

#[test]
fn a_signer_who_is_no_authority_vouches_for_nobody() {
    let Some(pki) = pki() else { return };
    // Issued by the approver, who may not issue any.
    let verdict = verify(&sign(&unsigned(), &pki.identity("forged")), &pki.trusted()).expect("readable");
    assert_eq!(verdict.signatures[0].trusted, Trust::NotTrusted);
    assert!(verdict.signatures[0].valid, "the signature itself holds");
}

#[test]
fn certificates_are_read_from_pem_with_comments_and_from_der() {
    let Some(pki) = pki() else { return };
    let der = pki.trusted()[0].der().to_vec();
    let pem = std::fs::read_to_string(pki.ca()).expect("made");
    let commented = format!("Example Authority\n=====\n{pem}\nand again\n{pem}").replace('\n', "\r\n");
    assert_eq!(Certificate::from_pem_or_der(commented.as_bytes()).expect("two").len(), 2);
    assert_eq!(Certificate::from_pem_or_der(&der).expect("one")[0].der(), der);
    assert!(matches!(Certificate::from_pem_or_der(b"hello"), Err(CertificateError::NotACertificate(_))));
    let key = std::fs::read(pki.path("ca.key")).expect("made");
    assert!(matches!(Certificate::from_pem_or_der(&key), Err(CertificateError::EmptyPem)));
}
