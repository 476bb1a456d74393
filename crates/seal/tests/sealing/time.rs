//! At which moment a signer is judged, and what travels with a file about revocation.

use chrono::{DateTime, TimeDelta, Utc};
use seal::{Caveat, ProofPlace, SignatureVerdict, Signer, TimeSource, Told, Trust};

use crate::{
    chain::chain,
    document::{sign, sign_with, signing_time, unsigned, verify},
    message::{
        ADOBE_REVOCATION, Answer, Message, REVOCATION_VALUES, TIME_STAMP, answer, attribute, certificate, general, list, named_by, oid,
        sequence, signed_by, tlv, token,
    },
    pki::{Pki, pki},
    revoked::with_store,
    signing::own_identity,
};

/// Longer than any certificate of the tests is valid.
fn later() -> DateTime<Utc> {
    signing_time() + TimeDelta::days(4_000)
}

pub fn first(pdf: &[u8], trust: &[seal::Certificate], now: DateTime<Utc>) -> SignatureVerdict {
    seal::verify(pdf, trust, now).expect("readable").signatures.remove(0)
}

#[test]
fn the_signers_clock_proves_nothing() {
    let Some(pki) = pki() else { return };
    let sealed = sign(&unsigned(), &pki.identity("author"));
    let today = first(&sealed, &pki.trusted(), signing_time());
    assert_eq!((today.trusted, today.proven_time, today.caveats.as_slice()), (Trust::Trusted, None, &[][..]));
    let expired = first(&sealed, &pki.trusted(), later());
    assert_eq!((expired.trusted, expired.intact, expired.valid), (Trust::NotTrusted, true, true));
    assert!(matches!(&expired.caveats[..], [Caveat::Expired { at, .. }] if *at == later()), "{expired:#?}");
    assert!(!expired.sound());
    // Where nobody was named to trust, the same is told and the file is what it is: unchanged.
    let unasked = first(&sealed, &[], later());
    assert!(matches!(&unasked.caveats[..], [Caveat::Expired { .. }]) && unasked.sound(), "{unasked:#?}");
}

#[test]
fn a_trusted_time_stamp_proves_that_the_certificate_was_valid_then() {
    let Some(pki) = pki() else { return };
    let sealed = sign_with(&unsigned(), &pki.identity("author"), Some(&pki.authority())).into_bytes();
    let judged = first(&sealed, &pki.trusted(), later());
    assert_eq!((judged.trusted, judged.proven_time), (Trust::Trusted, judged.time), "{judged:#?}");
    assert!(judged.proven_time.is_some() && judged.sound());
}

#[test]
fn a_time_stamp_of_somebody_unknown_proves_nothing() {
    let Some(pki) = pki() else { return };
    // The signer is trusted by name; the authority of the stamp is not.
    let own = own_identity("Anna Author");
    let sealed = sign_with(&unsigned(), &own, Some(&pki.authority())).into_bytes();
    let trust = [own.credentials().certificate().clone()];
    let today = first(&sealed, &trust, signing_time());
    assert_eq!((today.trusted, today.proven_time, today.caveats.as_slice()), (Trust::Trusted, None, &[Caveat::TimeNotTrusted][..]));
    assert!(matches!(today.time_source, TimeSource::TimestampAuthority { trusted: Trust::NotTrusted, valid: true, .. }));
    let expired = first(&sealed, &trust, later());
    assert_eq!((expired.trusted, expired.sound()), (Trust::NotTrusted, false), "{expired:#?}");
    let both = first(&sealed, &[trust[0].clone(), pki.trusted()[0].clone()], later());
    assert_eq!((both.trusted, both.sound()), (Trust::Trusted, true), "{both:#?}");
}

#[test]
fn a_time_in_the_future_is_named_and_proves_nothing() {
    let Some(pki) = pki() else { return };
    let before = signing_time() - TimeDelta::hours(2);
    let sealed = sign_with(&unsigned(), &pki.identity("author"), Some(&pki.authority())).into_bytes();
    let judged = first(&sealed, &pki.trusted(), before);
    assert!(matches!(&judged.caveats[0], Caveat::TimeInFuture { .. }), "{judged:#?}");
    assert_eq!(judged.proven_time, None);
    let unstamped = first(&sign(&unsigned(), &own_identity("Anna")), &[], before);
    assert!(matches!(&unstamped.caveats[..], [Caveat::TimeInFuture { .. }]), "{unstamped:#?}");
}

#[test]
fn a_certificate_for_something_else_signs_no_documents() {
    let Some(pki) = pki() else { return };
    let sealed = signed_by(&unsigned(), pki, |covered| Message::by(pki, "server").over(covered));
    let judged = first(&sealed, &pki.trusted(), signing_time());
    assert_eq!((judged.valid, judged.trusted, judged.caveats.as_slice()), (true, Trust::NotTrusted, &[Caveat::NotForSigning][..]));
    let stranger = first(&sign(&unsigned(), &own_identity("Anna")), &pki.trusted(), signing_time());
    assert_eq!((stranger.trusted, stranger.caveats.as_slice()), (Trust::NotTrusted, &[Caveat::NoChain][..]));
}

#[test]
fn of_several_time_stamps_the_oldest_trusted_one_counts() {
    let (Some(pki), Some(chain)) = (pki(), chain()) else { return };
    let stamped = |in_one: bool, broken: bool| {
        let about = |signature: &[u8]| {
            let older = token(&chain, if broken { b"something else" } else { signature });
            std::thread::sleep(std::time::Duration::from_millis(1_100));
            let newer = token(&pki.authority(), signature);
            // The newer first: the order in which they stand says nothing.
            if in_one {
                vec![sequence(&[&oid(TIME_STAMP), &tlv(0x31, &[&newer, &older])])]
            } else {
                vec![attribute(TIME_STAMP, &newer), attribute(TIME_STAMP, &older)]
            }
        };
        signed_by(&unsigned(), pki, |covered| Message { about_signature: Some(&about), ..Message::by(pki, "approver") }.over(covered))
    };
    let both = [pki.trusted(), chain.root()].concat();
    let soon = signing_time() + TimeDelta::hours(1);
    for in_one in [true, false] {
        let pdf = stamped(in_one, false);
        let (by_both, by_one, by_none) = (first(&pdf, &both, soon), first(&pdf, &pki.trusted(), soon), first(&pdf, &[], soon));
        assert!(by_both.sound() && by_one.sound() && by_none.sound(), "{by_both:#?}");
        assert!(by_both.proven_time < by_one.proven_time && by_both.proven_time == by_none.time, "{by_both:#?} {by_one:#?}");
        assert_eq!((by_one.proven_time, by_one.caveats.as_slice()), (by_one.time, &[][..]));
    }
    let broken = first(&stamped(true, true), &both, soon);
    assert_eq!((broken.sound(), broken.problems.as_slice()), (false, &[seal::Problem::TimestampInvalid][..]), "{broken:#?}");
}

/// The approver's signature, with these proofs in the field for them.
fn with_field(pki: &Pki, proofs: Vec<Vec<u8>>) -> SignatureVerdict {
    let message = Message { revocation: proofs, ..Message::by(pki, "approver") };
    first(&signed_by(&unsigned(), pki, |covered| message.over(covered)), &pki.trusted(), signing_time())
}

fn serial(pki: &Pki, name: &str) -> Vec<u8> {
    named_by(&certificate(pki, name)).1
}

#[test]
fn a_revoked_signer_is_not_trusted_wherever_that_is_told() {
    let Some(pki) = pki() else { return };
    let at = signing_time() - TimeDelta::hours(9);
    let listed = list(pki, "ca", &[(&serial(pki, "auditor"), at, &[]), (&serial(pki, "approver"), at, &[])]);
    let answered = answer(pki, "ca", "approver", Some(at));
    let by_responder = answer(pki, "responder", "approver", Some(at));
    let named = |answer: &[u8]| tlv(0xA1, &[&oid("1.3.6.1.5.5.7.16.2"), answer]);
    let archive = |lists: &[u8], answers: &[u8]| sequence(&[&tlv(0xA0, &[&sequence(&[lists])]), &tlv(0xA1, &[&sequence(&[answers])])]);
    let plain = || Message::by(pki, "approver");
    let cases = [
        ("a list in its field", Message { revocation: vec![listed.clone()], ..plain() }, Told::List),
        ("an answer in its field", Message { revocation: vec![named(&answered)], ..plain() }, Told::Answer),
        ("an answer of a responder", Message { revocation: vec![named(&by_responder)], ..plain() }, Told::Answer),
        (
            "a list in Adobe's attribute",
            Message { signed: vec![attribute(ADOBE_REVOCATION, &archive(&listed, &[]))], ..plain() },
            Told::List,
        ),
        (
            "an answer in Adobe's attribute",
            Message { signed: vec![attribute(ADOBE_REVOCATION, &archive(&[], &answered))], ..plain() },
            Told::Answer,
        ),
        (
            "a list in the attribute of CAdES",
            Message { unsigned: vec![attribute(REVOCATION_VALUES, &archive(&listed, &[]))], ..plain() },
            Told::List,
        ),
    ];
    for (name, message, told) in cases {
        let sealed = signed_by(&unsigned(), pki, |covered| message.over(covered));
        let judged = first(&sealed, &pki.trusted(), signing_time());
        let Some(Caveat::Revoked { whose, revocation }) = judged.caveats.first() else { panic!("{name}: {judged:#?}") };
        assert_eq!(
            (whose.as_str(), revocation.at, revocation.told_by, revocation.read_in),
            ("Paul Approver", at, told, ProofPlace::Signature),
            "{name}"
        );
        assert!(judged.valid && judged.trusted == Trust::NotTrusted && !judged.sound(), "{name}: {judged:#?}");
        // Where nobody was named to trust it is told all the same.
        assert!(matches!(first(&sealed, &[], signing_time()).caveats.first(), Some(Caveat::Revoked { .. })), "{name}");
    }
}

#[test]
fn a_revocation_read_in_the_store_of_the_file_counts() {
    let Some(pki) = pki() else { return };
    let at = signing_time() - TimeDelta::hours(9);
    let signed = sign(&unsigned(), &pki.identity("approver"));
    for (key, proof, told) in [
        ("CRLs", list(pki, "ca", &[(&serial(pki, "approver"), at, &[])]), Told::List),
        ("OCSPs", answer(pki, "ca", "approver", Some(at)), Told::Answer),
    ] {
        let judged = first(&with_store(&signed, &[(key, proof)]), &pki.trusted(), signing_time());
        let Some(Caveat::Revoked { revocation, .. }) = judged.caveats.first() else { panic!("{key}: {judged:#?}") };
        assert_eq!((revocation.told_by, revocation.read_in, judged.trusted), (told, ProofPlace::Store, Trust::NotTrusted), "{key}");
    }
}

#[test]
fn a_revocation_that_does_not_bind_changes_nothing() {
    let Some(pki) = pki() else { return };
    let at = signing_time() - TimeDelta::hours(9);
    let approver = serial(pki, "approver");
    let entry = |id: &str, value: &[u8]| sequence(&[&sequence(&[&oid(id), &tlv(0x04, &[value])])]);
    let good = [
        ("another's serial number", list(pki, "ca", &[(&serial(pki, "author"), at, &[])])),
        ("a list that its issuer did not sign", list(pki, "author", &[(&approver, at, &[])])),
        ("taken back", list(pki, "ca", &[(&approver, at, &entry("2.5.29.21", &[0x0A, 1, 8]))])),
        ("revoked after now", list(pki, "ca", &[(&approver, signing_time() + TimeDelta::days(1), &[])])),
        ("no list at all", b"\x30\x03\x02\x01\x01".to_vec()),
    ];
    for (name, proof) in good {
        let judged = with_field(pki, vec![proof]);
        assert_eq!((judged.trusted, judged.caveats.as_slice()), (Trust::Trusted, &[][..]), "{name}");
    }
    let named = |answer: Vec<u8>| tlv(0xA1, &[&oid("1.3.6.1.5.5.7.16.2"), &answer]);
    for (name, answer) in [
        ("an answer that it is good", answer(pki, "ca", "approver", None)),
        ("an answer about somebody else", answer(pki, "ca", "auditor", Some(at))),
        (
            "an answer from before its signer was named",
            Answer { revoked_at: Some(at), made: signing_time() - TimeDelta::days(4_000), ..Answer::by("responder", "approver") }.made(pki),
        ),
        ("an answer by one who may not answer", answer(pki, "approver", "approver", Some(at))),
    ] {
        assert_eq!(with_field(pki, vec![named(answer)]).trusted, Trust::Trusted, "{name}");
    }
    // A key that was in other hands before anybody noticed.
    let early = entry("2.5.29.24", &general(at));
    let judged = with_field(pki, vec![list(pki, "ca", &[(&approver, signing_time() + TimeDelta::days(1), &early)])]);
    assert!(matches!(judged.caveats.first(), Some(Caveat::Revoked { revocation, .. }) if revocation.at == at), "{judged:#?}");
}

#[test]
fn a_revocation_after_the_proven_time_leaves_the_signature_trusted() {
    let Some(pki) = pki() else { return };
    let sealed = sign_with(&unsigned(), &pki.identity("approver"), Some(&pki.authority())).into_bytes();
    let revoked = |at| {
        let proof = list(pki, "ca", &[(&serial(pki, "approver"), at, &[])]);
        first(&with_store(&sealed, &[("CRLs", proof)]), &pki.trusted(), signing_time() + TimeDelta::days(30)).trusted
    };
    assert_eq!(revoked(signing_time() + TimeDelta::days(7)), Trust::Trusted);
    assert_eq!(revoked(signing_time() - TimeDelta::days(7)), Trust::NotTrusted);
    let unstamped = verify(&sign(&unsigned(), &pki.identity("approver")), &pki.trusted()).expect("readable");
    assert!(unstamped.sound());
}
