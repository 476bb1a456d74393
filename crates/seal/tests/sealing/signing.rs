//! What signing does to a file, and when it refuses.

use chrono::TimeDelta;
use seal::{
    AppearanceError, ChangedSince, Draft, Foreseen, Identity, Level, NewIdentity, NotValidAt, Permissions, ReserveError, Room, SignError,
    SignIn, Signer, TimeSource, TimeStampAuthority, TimestampError, Timestamping, Trust, Unreadable, places,
};

use crate::{
    document::{appearance, fonts, replaced, sign, sign_with, signing_time, statement, unsigned, verify, with_fields},
    pki::pki,
};

/// An identity made by its holder, valid on the day of signing.
pub fn own_identity(name: &str) -> Identity {
    Identity::create(&NewIdentity {
        name: name.into(),
        organisation: Some("Example".into()),
        role: None,
        valid_from: signing_time() - TimeDelta::days(1),
        valid_days: 365,
    })
    .expect("an identity is made")
}

#[test]
fn a_first_signature_certifies_the_document_and_is_sound() {
    let sealed = sign(&unsigned(), &own_identity("Anna Author"));
    let verdict = verify(&sealed, &[]).expect("readable");
    assert!(verdict.sound(), "{verdict:#?}");
    assert_eq!(verdict.certification, Some(Permissions::FormFillingAndSigning));
    let [signature] = verdict.signatures.as_slice() else { panic!("{verdict:#?}") };
    assert_eq!(signature.signer.as_ref().map(|signer| signer.name.as_str()), Some("Anna Author"));
    assert_eq!((signature.level, signature.trusted), (Level::BaselineB, Trust::Unknown));
    assert_eq!((signature.time, &signature.time_source), (Some(signing_time()), &TimeSource::SignerClock));
    assert!(signature.covers_whole_file && signature.problems.is_empty());
    assert_eq!((signature.field.as_str(), signature.certificate_in_time), ("author", Some(true)));
}

#[test]
fn what_was_there_stays_byte_for_byte() {
    let before = unsigned();
    let once = sign(&before, &own_identity("Anna Author"));
    let twice = sign(&once, &own_identity("Paul Approver"));
    assert!(once.starts_with(&before) && twice.starts_with(&once));
    assert!(twice.ends_with(b"%%EOF\n"));
}

#[test]
fn a_second_signature_leaves_the_first_sound() {
    let twice = sign(&sign(&unsigned(), &own_identity("Anna Author")), &own_identity("Paul Approver"));
    let verdict = verify(&twice, &[]).expect("readable");
    assert!(verdict.sound(), "{verdict:#?}");
    let [first, second] = verdict.signatures.as_slice() else { panic!("{verdict:#?}") };
    let further = Foreseen::FurtherSignature { field: "approver".into() };
    assert_eq!(first.changed_since, ChangedSince::ForeseenOnly(vec![further]));
    assert_eq!(second.changed_since, ChangedSince::Nothing);
    assert_eq!((first.covers_whole_file, second.covers_whole_file), (false, true));
    assert_eq!((first.certification, second.certification), (Some(Permissions::FormFillingAndSigning), None));
}

#[test]
fn places_tell_where_they_are_and_whether_they_are_taken() {
    let once = sign(&unsigned(), &own_identity("Anna Author"));
    let found = places(&once).expect("readable");
    let told: Vec<_> = found.iter().map(|place| (place.field.as_str(), place.page, place.signed)).collect();
    assert_eq!(told, [("author", Some(1), true), ("approver", Some(1), false)]);
    assert!((found[0].rect[2] - found[0].rect[0] - 226.77).abs() < 0.01, "80 mm wide");
}

#[test]
fn the_same_signing_gives_the_same_file_but_for_the_signature() {
    let identity = own_identity("Anna Author");
    let (one, other) = (sign(&unsigned(), &identity), sign(&unsigned(), &identity));
    let differing = one.iter().zip(&other).filter(|(one, other)| one != other).count();
    // ECDSA draws a random number for each signature: 64 bytes and a few of their frame, as hexadecimal digits.
    assert!(one.len() == other.len() && differing < 200, "{differing} bytes differ");
}

#[test]
fn every_refusal_has_its_own_reason() {
    let identity = own_identity("Anna Author");
    let reserve = |pdf: Vec<u8>, place: SignIn<'_>| {
        Draft::open(pdf).expect("readable").reserve(place, &statement(&identity), None, identity.credentials().room(false)).map(drop)
    };
    assert!(matches!(reserve(with_fields(&[]), SignIn::FirstFree), Err(ReserveError::NoSignatureField)));
    let full = sign(&with_fields(&["author"]), &identity);
    assert!(matches!(reserve(full.clone(), SignIn::FirstFree), Err(ReserveError::AllFieldsSigned)));
    assert!(matches!(reserve(full.clone(), SignIn::Field("author")), Err(ReserveError::FieldSigned { field }) if field == "author"));
    assert!(matches!(reserve(full, SignIn::Field("witness")), Err(ReserveError::NoSuchField { field }) if field == "witness"));
    let locked = replaced(&sign(&unsigned(), &identity), b"/P 2", b"/P 1");
    assert!(matches!(reserve(locked, SignIn::FirstFree), Err(ReserveError::CertifiedUnchangeable)));
    assert!(matches!(Draft::open(b"MZ".to_vec()), Err(Unreadable::NotPdf)));
    let pdf = unsigned();
    assert!(matches!(Draft::open(pdf[..pdf.len() - 20].to_vec()), Err(Unreadable::Truncated)));
}

#[test]
fn an_identity_out_of_its_time_does_not_sign() {
    let attempt = |identity: &Identity| {
        let draft = Draft::open(unsigned()).expect("readable");
        let prepared = draft.reserve(SignIn::FirstFree, &statement(identity), None, identity.credentials().room(false)).expect("free");
        prepared.sign(identity, None).map(drop)
    };
    let lasting = |valid_from, valid_days| {
        let new = NewIdentity { name: "Anna".into(), organisation: None, role: None, valid_from, valid_days };
        Identity::create(&new).expect("an identity is made")
    };
    let expired = attempt(&lasting(signing_time() - TimeDelta::days(3), 2));
    assert!(matches!(expired, Err(SignError::NotValidAt(NotValidAt::Expired { .. }))), "{expired:?}");
    let early = attempt(&lasting(signing_time() + TimeDelta::days(1), 2));
    assert!(matches!(early, Err(SignError::NotValidAt(NotValidAt::NotYetValid { .. }))), "{early:?}");
}

#[test]
fn too_little_room_is_told_in_bytes() {
    let identity = own_identity("Anna Author");
    let draft = Draft::open(unsigned()).expect("readable");
    let prepared = draft.reserve(SignIn::FirstFree, &statement(&identity), None, Room::bytes(300)).expect("free");
    let refused = prepared.sign(&identity, None).map(drop);
    assert!(matches!(refused, Err(SignError::NoRoom { needed: 500.., reserved: 300 })), "{refused:?}");
}

#[test]
fn a_timestamp_raises_the_level() {
    let Some(pki) = pki() else { return };
    let sealed = sign_with(&unsigned(), &pki.identity("author"), Some(&pki.authority()));
    assert!(matches!(sealed.timestamp(), Timestamping::Stamped(_)), "{:?}", sealed.timestamp());
    let verdict = verify(sealed.bytes(), &pki.trusted()).expect("readable");
    assert!(verdict.sound(), "{verdict:#?}");
    let signature = &verdict.signatures[0];
    assert_eq!((signature.level, signature.trusted), (Level::BaselineT, Trust::Trusted));
    let expected = TimeSource::TimestampAuthority { name: Some("Example Time".into()), valid: true, trusted: Trust::Trusted };
    assert_eq!(signature.time_source, expected);
}

/// An authority that answers with fixed bytes, or not at all.
struct Broken(Option<Vec<u8>>);

impl TimeStampAuthority for Broken {
    fn stamp(&self, _: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        self.0.clone().ok_or_else(|| "no route to host".into())
    }
}

#[test]
fn a_timestamp_that_cannot_be_had_does_not_lose_the_signature() {
    let identity = own_identity("Anna Author");
    let refusal = vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];
    for (answer, expected) in [(None, "NoAnswer"), (Some(b"<html>".to_vec()), "Unreadable"), (Some(refusal), "Refused { status: 2 }")] {
        let sealed = sign_with(&unsigned(), &identity, Some(&Broken(answer)));
        let Timestamping::Failed(error) = sealed.timestamp() else { panic!("{:?}", sealed.timestamp()) };
        assert!(format!("{error:?}").starts_with(expected), "{error:?}");
        assert!(verify(sealed.bytes(), &[]).expect("readable").sound());
    }
}

#[test]
fn a_timestamp_for_something_else_is_refused() {
    let Some(pki) = pki() else { return };
    /// Hands out the answer to another question.
    struct Replay<'a>(&'a dyn TimeStampAuthority);
    impl TimeStampAuthority for Replay<'_> {
        fn stamp(&self, request: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
            let mut other = request.to_vec();
            other[30] ^= 1; // inside the hashed message
            self.0.stamp(&other)
        }
    }
    let authority = pki.authority();
    let sealed = sign_with(&unsigned(), &pki.identity("approver"), Some(&Replay(&authority)));
    assert!(matches!(sealed.timestamp(), Timestamping::Failed(TimestampError::ForSomethingElse)), "{:?}", sealed.timestamp());
}

#[test]
fn a_long_line_is_shortened_and_a_missing_glyph_is_named() {
    let identity = own_identity("Anna Author");
    let fonts = fonts();
    let reserve = |name: &str| {
        let draft = Draft::open(unsigned()).expect("readable");
        draft
            .reserve(SignIn::FirstFree, &statement(&identity), Some(&appearance(&fonts, name)), identity.credentials().room(false))
            .map(drop)
    };
    assert!(reserve(&"Wolfeschlegelsteinhausenbergerdorff ".repeat(20)).is_ok());
    let refused = reserve("Anna 作者");
    assert!(matches!(refused, Err(ReserveError::Appearance(AppearanceError::NoGlyph { character: '作', .. }))), "{refused:?}");
}
