//! Messages of other makers: other keys, other encodings, and attributes that contradict what they stand beside.

use chrono::TimeDelta;
use seal::{Problem, SignatureVerdict, Trust};

use crate::{
    document::{signing_time, unsigned, verify},
    message::{
        ECDSA_SHA256, ECDSA_SHA512, ED448, Message, PROTECTION, SHA3_256, SHA3_512, SHA256, SHA384, SHA512, SHAKE256, attribute, oid,
        sequence, signed_by, tlv,
    },
    pki::{Pki, pki},
    time::first,
    tools::{find, pyhanko_validate},
};

fn judged(pki: &Pki, message: impl FnOnce(&[u8]) -> Vec<u8>) -> SignatureVerdict {
    verify(&signed_by(&unsigned(), pki, message), &pki.trusted()).expect("readable").signatures.remove(0)
}

#[test]
fn a_signature_with_ed25519_is_verified() {
    let Some(pki) = pki() else { return };
    let good = judged(pki, |covered| Message::by(pki, "edward").over(covered));
    assert!(good.sound() && good.trusted == Trust::Trusted, "{good:#?}");
    let other = judged(pki, |covered| Message::by(pki, "edward").over(&covered[1..]));
    assert_eq!((other.intact, other.problems.as_slice()), (false, &[Problem::DigestMismatch][..]));
    let broken = judged(pki, |covered| {
        let mut message = Message::by(pki, "edward").over(covered);
        let last = message.len() - 1;
        message[last] ^= 1;
        message
    });
    assert_eq!((broken.valid, broken.problems.as_slice()), (false, &[Problem::SignatureMismatch][..]));
}

/// A kind of signature as OpenSSL makes it.
struct Kind<'a> {
    /// The key, which bears the name of the signer too.
    key: &'a str,
    digest: &'a str,
    algorithm: &'a str,
    parameters: Vec<u8>,
    options: &'a [&'a str],
}

impl Kind<'_> {
    fn judged(&self, pki: &Pki, flipped: bool) -> (SignatureVerdict, Vec<u8>) {
        let signer = if self.key.starts_with("ed") { self.key.to_owned() } else { format!("kind {}", self.key) };
        if !pki.path(&format!("{signer}.pem")).exists() {
            pki.issue_with("ca", &signer, self.key, "/CN=Kim Kind", "keyUsage=critical,digitalSignature,nonRepudiation\n", "-sha256");
        }
        let Self { digest, algorithm, options, .. } = *self;
        let parameters = self.parameters.clone();
        let message = Message { digest, algorithm, parameters, options, ..Message::by(pki, &signer) };
        let pdf = signed_by(&unsigned(), pki, |covered| {
            let mut message = message.over(covered);
            let last = message.len() - 3;
            message[last] ^= u8::from(flipped);
            message
        });
        (first(&pdf, &pki.trusted(), signing_time() + TimeDelta::hours(1)), pdf)
    }
}

/// Parameters of RSASSA-PSS: the digest, that of the mask, and the length of the salt.
fn salted(digest: &str, mask: &str, salt: u8) -> Vec<u8> {
    let named = |digest| sequence(&[&oid(digest)]);
    let mask = sequence(&[&oid("1.2.840.113549.1.1.8"), &named(mask)]);
    sequence(&[&tlv(0xA0, &[&named(digest)]), &tlv(0xA1, &[&mask]), &tlv(0xA2, &[&[2, 1, salt]])])
}

const PSS: &str = "1.2.840.113549.1.1.10";

#[test]
fn signatures_of_every_good_kind_are_verified() {
    let Some(pki) = pki() else { return };
    let kind = |key, digest, algorithm| Kind { key, digest, algorithm, parameters: Vec::new(), options: &[] };
    let pss = |digest, salt: u8, options| Kind { parameters: salted(digest, digest, salt), options, ..kind("rsa:2048", digest, PSS) };
    for kind in [
        kind("P-521", SHA512, ECDSA_SHA512),
        kind("P-521", SHA256, ECDSA_SHA256),
        kind("P-256", SHA512, ECDSA_SHA512),
        kind("P-384", SHA512, ECDSA_SHA512),
        kind("P-256", SHA3_256, "2.16.840.1.101.3.4.3.10"),
        kind("rsa:2048", SHA3_256, "2.16.840.1.101.3.4.3.14"),
        kind("rsa:2048", SHA3_512, "1.2.840.113549.1.1.1"),
        kind("ed448", SHA512, ED448),
        kind("ed448", SHAKE256, ED448),
        kind("brainpoolP256r1", SHA256, ECDSA_SHA256),
        kind("brainpoolP384r1", SHA384, "1.2.840.10045.4.3.3"),
        pss(SHA256, 32, &["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]),
        pss(SHA256, 0, &["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:0"]),
        pss(SHA256, 20, &["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:20"]),
        pss(SHA512, 100, &["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:100"]),
        pss(SHA3_256, 32, &["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]),
    ] {
        let name = format!("{} {} {} {:?}", kind.key, kind.digest, kind.algorithm, kind.options);
        let (good, pdf) = kind.judged(pki, false);
        assert!(good.sound() && good.trusted == Trust::Trusted, "{name}: {good:#?}");
        let (bad, _) = kind.judged(pki, true);
        assert_eq!((bad.valid, bad.problems.as_slice()), (false, &[Problem::SignatureMismatch][..]), "{name}");
        // pyHanko reads no signatures with SHA-3 on curves or under the bare name of RSA, and Ed448 with its own digest alone.
        let Some(pyhanko) = find("pyhanko", "pyHanko's judgement of kinds of signatures")
            .filter(|_| !kind.digest.contains("4.2.8") && kind.digest != SHA3_512 && (kind.key, kind.digest) != ("ed448", SHA512))
        else {
            continue;
        };
        let path = pki.write(&format!("{}.pdf", name.replace(|c: char| !c.is_ascii_alphanumeric(), " ")), &pdf);
        let (theirs, told) = pyhanko_validate(&pyhanko, &pki.ca(), &path);
        assert!(theirs, "{name}: {told}");
    }
}

#[test]
fn a_kind_that_is_good_and_not_checked_here_accuses_nobody() {
    let Some(pki) = pki() else { return };
    let kind = |key, digest, algorithm| Kind { key, digest, algorithm, parameters: Vec::new(), options: &[] };
    let mixed = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", "-sigopt", "rsa_mgf1_md:sha512"];
    for (kind, named) in [
        (kind("brainpoolP512r1", SHA512, ECDSA_SHA512), "1.3.36.3.3.2.8.1.1.13"),
        (Kind { parameters: salted(SHA256, SHA512, 32), options: &mixed, ..kind("rsa:2048", SHA256, PSS) }, PSS),
    ] {
        let (judged, _) = kind.judged(pki, false);
        assert_eq!(judged.problems, [Problem::UnsupportedAlgorithm { oid: named.into() }], "{judged:#?}");
        assert!(judged.unchecked() && judged.intact && !judged.valid, "{judged:#?}");
    }
}

#[test]
fn what_this_build_cannot_check_is_said_to_be_that() {
    let Some(pki) = pki() else { return };
    for algorithm in [ECDSA_SHA512, ED448, "1.2.840.113549.1.1.5", "2.16.840.1.101.3.4.3.10", "1.2.840.10040.4.3"] {
        let unknown = judged(pki, |covered| Message { algorithm, ..Message::by(pki, "approver") }.over(covered));
        assert_eq!(unknown.problems, [Problem::UnsupportedAlgorithm { oid: algorithm.into() }]);
        assert!(unknown.unchecked() && unknown.intact && !unknown.valid && !unknown.sound(), "{unknown:#?}");
    }
    let frail = judged(pki, |covered| Message::by(pki, "frail").over(covered));
    assert_eq!((frail.problems.as_slice(), frail.unchecked()), (&[Problem::WeakKey { bits: 1024 }][..], true));
}

#[test]
fn algorithms_other_than_those_committed_to_are_refused() {
    let Some(pki) = pki() else { return };
    let protection = |digest: &str, kind: u8, signature: &str| {
        attribute(PROTECTION, &sequence(&[&sequence(&[&oid(digest), &[5, 0]]), &tlv(kind, &[&oid(signature)])]))
    };
    let with =
        |attributes: Vec<Vec<u8>>| judged(pki, |covered| Message { signed: attributes, ..Message::by(pki, "approver") }.over(covered));
    let honest = with(vec![protection(SHA256, 0xA1, ECDSA_SHA256)]);
    assert!(honest.sound(), "{honest:#?}");
    for (name, attribute) in [
        ("both", protection(SHA512, 0xA1, ECDSA_SHA512)),
        ("the digest", protection(SHA512, 0xA1, ECDSA_SHA256)),
        ("the signature", protection(SHA256, 0xA1, ECDSA_SHA512)),
        ("an authentication code", protection(SHA256, 0xA2, ECDSA_SHA256)),
    ] {
        let contradicted = with(vec![attribute]);
        assert_eq!((contradicted.valid, contradicted.problems.as_slice()), (false, &[Problem::AlgorithmsReplaced][..]), "{name}");
        assert!(contradicted.intact && !contradicted.unchecked() && !contradicted.sound());
    }
    let twice = with(vec![protection(SHA256, 0xA1, ECDSA_SHA256), protection(SHA256, 0xA1, ECDSA_SHA256)]);
    assert_eq!(twice.problems, [Problem::AttributesMalformed], "twice");
}

#[test]
fn the_certificate_is_the_one_named_by_issuer_and_number_too() {
    let Some(pki) = pki() else { return };
    let named = |name| judged(pki, |covered| Message { named_as: Some(name), ..Message::by(pki, "approver") }.over(covered));
    assert!(named("approver").sound());
    let other = named("author");
    assert_eq!((other.valid, other.problems.as_slice()), (false, &[Problem::CertificateReplaced][..]));
}

#[test]
fn attributes_in_another_order_are_signed_in_that_of_der() {
    let Some(pki) = pki() else { return };
    let shuffled = judged(pki, |covered| Message { shuffled: true, ..Message::by(pki, "approver") }.over(covered));
    assert!(shuffled.sound(), "{shuffled:#?}");
}

#[test]
fn no_bit_of_a_message_can_be_changed_unnoticed() {
    let Some(pki) = pki() else { return };
    let sealed = signed_by(&unsigned(), pki, |covered| Message::by(pki, "approver").over(covered));
    let start = sealed.windows(12).rposition(|window| window == b"/Contents<30").expect("a signature") + 10;
    let length = 60; // what stands in front of the certificates, and where these begin
    let mut accepted = Vec::new();
    for (nth, bit) in (0..length).flat_map(|nth| [0, 3, 5, 7].map(|bit| (nth, bit))) {
        let (at, mask) = (start + nth * 2 + usize::from(bit < 4), 1_u8 << (bit % 4));
        let value = char::from(sealed[at]).to_digit(16).expect("a digit") as u8 ^ mask;
        let mut flipped = sealed.clone();
        flipped[at] = format!("{value:X}").as_bytes()[0];
        if verify(&flipped, &pki.trusted()).is_ok_and(|verdict| verdict.sound()) {
            accepted.push((nth, bit));
        }
    }
    assert_eq!(accepted, []);
}

/// The same element with a length that has no number, and inside it to this depth.
fn indefinite(der: &[u8], depth: usize) -> Vec<u8> {
    let (head, length) = match der[1] {
        short @ 0..=0x7F => (2, usize::from(short)),
        long => {
            let digits = usize::from(long & 0x7F);
            (2 + digits, der[2..2 + digits].iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
        }
    };
    let contents = &der[head..head + length];
    if der[0] & 0x20 == 0 {
        return der[..head + length].to_vec();
    }
    let mut inner = Vec::new();
    let mut rest = contents;
    while depth > 0 && !rest.is_empty() {
        let child = indefinite(rest, depth - 1);
        let taken = head_and_length(rest);
        inner.extend(child);
        rest = &rest[taken..];
    }
    let contents = if depth > 0 { inner } else { contents.to_vec() };
    [&[der[0], 0x80][..], &contents, &[0, 0]].concat()
}

fn head_and_length(der: &[u8]) -> usize {
    match der[1] {
        short @ 0..=0x7F => 2 + usize::from(short),
        long => {
            let digits = usize::from(long & 0x7F);
            2 + digits + der[2..2 + digits].iter().fold(0, |value, byte| value << 8 | usize::from(*byte))
        }
    }
}

#[test]
fn a_message_whose_lengths_have_no_number_is_read() {
    let Some(pki) = pki() else { return };
    for depth in 0..4 {
        let good = judged(pki, |covered| indefinite(&Message::by(pki, "approver").over(covered), depth));
        assert!(good.sound() && good.trusted == Trust::Trusted, "{depth}: {good:#?}");
    }
    let without_end = judged(pki, |covered| {
        let message = indefinite(&Message::by(pki, "approver").over(covered), 1);
        message[..message.len() / 2].to_vec()
    });
    assert_eq!(without_end.problems, [Problem::UnreadableMessage]);
}
