//! Bringing signed files to the levels at which they can be judged long after: B-T, B-LT, B-LTA.

use chrono::{DateTime, TimeDelta, Utc};
use seal::{Extended, Identity, InTurn, Kind, Lacking, Level, NotExtended, ProofSource, Reach, Sources, TimeStampAuthority, extend};

use crate::{
    chain::{Chain, Nobody, Refuses, chain},
    document::{replaced, sign, sign_with, unsigned, with_fields},
    signing::own_identity,
    tampering::updated,
    tools::{find, run},
};

pub fn now() -> DateTime<Utc> {
    DateTime::<Utc>::from(std::time::SystemTime::now())
}

fn extended_by(chain: &Chain, authority: &dyn TimeStampAuthority, pdf: Vec<u8>, reach: Reach) -> Extended {
    let root = chain.root();
    let sources = Sources { authority, proofs: chain, certificates: &root };
    extend(pdf, reach, &sources, now()).expect("it is extended")
}

fn extended(chain: &Chain, pdf: Vec<u8>, reach: Reach) -> Extended {
    extended_by(chain, chain, pdf, reach)
}

/// The levels of the people's signatures, in order.
fn levels(extended: &Extended) -> Vec<Level> {
    let people = extended.verdict.signatures.iter().filter(|signature| signature.kind == Kind::Signature);
    people.map(|signature| signature.level).collect()
}

fn stamps(extended: &Extended) -> usize {
    extended.verdict.signatures.iter().filter(|signature| signature.kind == Kind::DocumentTimestamp).count()
}

/// What our own verdict says, and pyHanko's by AdES, which wants the word on every certificate to travel with the file.
fn is_sound(chain: &Chain, extended: &Extended) {
    let judged = seal::verify(&extended.bytes, &chain.root(), now()).expect("readable");
    assert!(judged.sound() && judged.signatures.iter().all(|one| one.trusted == seal::Trust::Trusted), "{judged:#?}");
    let pdf = chain.path("extended.pdf");
    std::fs::write(&pdf, &extended.bytes).expect("it is written");
    if let Some(qpdf) = find("qpdf", "reading extended files") {
        run(std::process::Command::new(qpdf).arg("--check").arg(&pdf));
    }
    let Some(pyhanko) = find("pyhanko", "judging extended files") else { return };
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/validators/lasting.py");
    let mut command = std::process::Command::new(pyhanko.with_file_name("python"));
    let said = run(command.arg(judge).arg(chain.path("root.pem")).arg(&pdf));
    assert_eq!(said.matches("\tvalid\n").count(), levels(extended).len(), "{said}");
}

#[test]
fn a_signature_by_the_clock_alone_is_brought_to_the_archive() {
    let Some(chain) = chain() else { return };
    let sealed = sign(&unsigned(), &chain.identity("ada"));
    let made = extended(&chain, sealed.clone(), Reach::Archive);
    assert!(made.bytes.starts_with(&sealed), "what was there stays");
    assert_eq!((levels(&made), stamps(&made)), (vec![Level::BaselineLta], 2));
    assert!(made.gaps.is_empty() && made.no_time.is_none(), "{made:#?}");
    is_sound(&chain, &made);
    // An answer is small; the list is asked for only where nobody answers.
    assert!(!chain.asked.borrow().iter().any(|url| url.ends_with("issuing.crl")), "{:?}", chain.asked);
    // Each step by itself reaches its own level.
    assert_eq!(levels(&extended(&chain, sealed.clone(), Reach::Time)), [Level::BaselineT]);
    assert_eq!(levels(&extended(&chain, sealed, Reach::Proofs)), [Level::BaselineLt]);
}

#[test]
fn three_signers_with_their_own_time_are_brought_to_the_archive_and_renewed() {
    let Some(chain) = chain() else { return };
    let mut pdf = with_fields(&["one", "two", "three"]);
    for name in ["ada", "bo", "ada"] {
        pdf = sign_with(&pdf, &chain.identity(name), Some(&chain)).into_bytes();
    }
    let kept = extended(&chain, pdf, Reach::Proofs);
    assert_eq!((levels(&kept), stamps(&kept)), (vec![Level::BaselineLt; 3], 0));
    is_sound(&chain, &kept);
    let made = extended(&chain, kept.bytes, Reach::Archive);
    assert_eq!((levels(&made), stamps(&made)), (vec![Level::BaselineLta; 3], 1));
    is_sound(&chain, &made);
    let renewed = extended(&chain, made.bytes.clone(), Reach::Archive);
    assert!(renewed.bytes.starts_with(&made.bytes));
    assert_eq!((levels(&renewed), stamps(&renewed)), (vec![Level::BaselineLta; 3], 2));
    is_sound(&chain, &renewed);
}

#[test]
fn an_extended_file_takes_a_further_signature() {
    let Some(chain) = chain() else { return };
    let made = extended(&chain, sign(&unsigned(), &chain.identity("ada")), Reach::Archive);
    let twice = sign_with(&made.bytes, &chain.identity("bo"), Some(&chain)).into_bytes();
    let judged = seal::verify(&twice, &chain.root(), now()).expect("readable");
    assert!(judged.sound(), "{judged:#?}");
    let again = extended(&chain, twice, Reach::Archive);
    assert_eq!(levels(&again), [Level::BaselineLta; 2]);
    is_sound(&chain, &again);
}

#[test]
fn authorities_are_asked_in_turn_and_none_costs_the_level_alone() {
    let Some(chain) = chain() else { return };
    let sealed = sign(&unsigned(), &chain.identity("ada"));
    assert_eq!(levels(&extended_by(&chain, &InTurn(&[&Nobody, &Refuses, &chain]), sealed.clone(), Reach::Archive)), [Level::BaselineLta]);
    let made = extended_by(&chain, &InTurn(&[&Nobody]), sealed, Reach::Archive);
    assert!(made.no_time.is_some() && made.verdict.sound(), "{made:#?}");
    assert_eq!((levels(&made), stamps(&made)), (vec![Level::BaselineB], 0));
    // The proofs that could be had are kept; the time is added when somebody gives it.
    chain.asked.borrow_mut().clear();
    let later = extended(&chain, made.bytes, Reach::Archive);
    assert_eq!(levels(&later), [Level::BaselineLta]);
    assert!(!chain.asked.borrow().iter().any(|url| url.ends_with("ocsp")), "{:?}", chain.asked);
}

#[test]
fn a_list_stands_in_for_an_answer_and_what_nobody_gives_is_named() {
    let Some(chain) = chain() else { return };
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
    chain.silent.borrow_mut().push("/ocsp");
    let made = extended(&chain, sealed.clone(), Reach::Proofs);
    assert_eq!(levels(&made), [Level::BaselineLt]);
    is_sound(&chain, &made);
    chain.silent.borrow_mut().push("/issuing.crl");
    let made = extended(&chain, sealed.clone(), Reach::Archive);
    assert_eq!((levels(&made), stamps(&made)), (vec![Level::BaselineT], 0));
    assert!(
        matches!(&made.gaps[..], [gap] if gap.whose == "Ada Author" && matches!(&gap.lacking, Lacking::Answer { url, .. } if url.ends_with("issuing.crl"))),
        "{:#?}",
        made.gaps
    );
    assert!(made.verdict.sound());
    chain.silent.borrow_mut().push("/issuing.der");
    let made = extended(&chain, sealed, Reach::Proofs);
    assert!(matches!(&made.gaps[..], [gap] if matches!(gap.lacking, Lacking::Issuer)), "{:#?}", made.gaps);
    let mute = sign_with(&unsigned(), &chain.identity("max"), Some(&chain)).into_bytes();
    chain.silent.borrow_mut().clear();
    let made = extended(&chain, mute, Reach::Proofs);
    assert!(matches!(&made.gaps[..], [gap] if gap.whose == "Max Mute" && matches!(gap.lacking, Lacking::Address)), "{:#?}", made.gaps);
}

#[test]
fn a_revoked_signer_is_named_and_the_proof_is_kept() {
    let Some(chain) = chain() else { return };
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
    chain.revoke("issuing", "ada");
    let made = extended(&chain, sealed, Reach::Archive);
    assert!(matches!(&made.gaps[..], [gap] if matches!(gap.lacking, Lacking::Revoked { .. })), "{:#?}", made.gaps);
    let judged = seal::verify(&made.bytes, &chain.root(), now()).expect("readable");
    let caveat = judged.signatures[0].caveats.iter().find(|caveat| matches!(caveat, seal::Caveat::Revoked { .. }));
    assert!(caveat.is_some() && !judged.sound(), "{judged:#?}");
}

/// Gives something else than what was asked for.
struct Wrong<'a>(&'a Chain, Given<'a>);

type Given<'a> = &'a dyn Fn(&Chain) -> Vec<u8>;

impl ProofSource for Wrong<'_> {
    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        if url.ends_with("issuing.crl") { Ok(self.1(self.0)) } else { self.0.fetch(url) }
    }

    fn ask(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        Ok(self.1(self.0))
    }
}

#[test]
fn what_is_old_or_somebody_elses_word_proves_nothing() {
    let Some(chain) = chain() else { return };
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
    let wrong: [Given<'_>; 6] = [
        &|chain| chain.list("issuing", &["-crl_lastupdate", "20900101000000Z", "-crl_nextupdate", "20900108000000Z"]),
        &|_| b"<html>not here</html>".to_vec(),
        &|chain| chain.answer_about("bo"),
        &|chain| chain.list("root", &["-crldays", "7"]),
        &|chain| chain.list("issuing", &["-crl_lastupdate", "20260101000000Z", "-crl_nextupdate", "20260108000000Z"]),
        &|chain| replaced(&chain.list("issuing", &["-crldays", "7"]), b"Example Issuing", b"Example Issuinh"),
    ];
    for (nth, wrong) in wrong.into_iter().enumerate() {
        let sources = Sources { authority: &chain, proofs: &Wrong(&chain, wrong), certificates: &chain.root() };
        let made = extend(sealed.clone(), Reach::Archive, &sources, now()).expect("it is extended");
        let told = |gap: &seal::Gap| matches!((nth, &gap.lacking), (0, Lacking::Ahead { .. }) | (1.., Lacking::Word { .. }));
        assert!(matches!(&made.gaps[..], [gap] if told(gap)), "{nth}: {:#?}", made.gaps);
        assert_eq!((levels(&made), made.verdict.sound()), (vec![Level::BaselineT], true), "{nth}");
    }
}

#[test]
fn an_authority_that_has_no_answer_is_told_by_what_it_said() {
    let Some(chain) = chain() else { return };
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
    let gaps = |given: Given<'_>| {
        let sources = Sources { authority: &chain, proofs: &Wrong(&chain, given), certificates: &chain.root() };
        extend(sealed.clone(), Reach::Proofs, &sources, now()).expect("it is extended").gaps
    };
    // That the list, at the second address, cannot be read is less than what the authority says itself.
    let later = gaps(&|_| vec![0x30, 0x03, 0x0A, 0x01, 0x03]);
    assert!(matches!(&later[..], [gap] if matches!(gap.lacking, Lacking::Refusal { status: 3, .. })), "{later:#?}");
    chain.forget("issuing", "ada");
    let unknown = gaps(&|chain| chain.answer_about("ada"));
    assert!(matches!(&unknown[..], [gap] if matches!(gap.lacking, Lacking::NotKnown { .. })), "{unknown:#?}");
}

#[test]
fn a_time_that_has_not_come_is_not_kept_as_proof() {
    let Some(chain) = chain() else { return };
    let sealed = sign(&unsigned(), &chain.identity("ada"));
    let root = chain.root();
    let sources = Sources { authority: &chain, proofs: &chain, certificates: &root };
    let made = extend(sealed.clone(), Reach::Archive, &sources, now() - TimeDelta::hours(2)).expect("it is left");
    assert!(matches!(made.no_time, Some(seal::TimestampError::Ahead { .. })), "{:?}", made.no_time);
    assert_eq!(stamps(&made), 0);
    let kept = extended(&chain, sealed, Reach::Archive).bytes;
    let before = seal::verify(&kept, &[], now() - TimeDelta::hours(2)).expect("readable");
    assert_eq!(before.signatures[0].level, Level::BaselineB, "{before:#?}");
}

#[test]
fn what_was_signed_along_stays_known_when_it_is_taken_out() {
    let Some(chain) = chain() else { return };
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
    chain.revoke("issuing", "ada");
    let kept = extended(&chain, sealed, Reach::Proofs).bytes;
    let signed_along = sign_with(&kept, &chain.identity("bo"), None).into_bytes();
    let without = updated(&signed_along, |update| {
        let root = update.get_prev_documents().trailer.get(b"Root").and_then(lopdf::Object::as_reference).expect("a catalog");
        update.opt_clone_object_to_new_document(root).expect("it is taken over");
        update.new_document.get_dictionary_mut(root).expect("a dictionary").remove(b"DSS");
    });
    let judged = seal::verify(&without, &chain.root(), now()).expect("readable");
    let first = &judged.signatures[0];
    assert!(first.caveats.iter().any(|caveat| matches!(caveat, seal::Caveat::Revoked { .. })), "{first:#?}");
    assert!(matches!(judged.signatures[1].changed_since, seal::ChangedSince::Unexplained(_)) && !judged.sound());
}

#[test]
fn a_signature_behind_the_last_stamp_is_not_archived_by_it() {
    let Some(chain) = chain() else { return };
    let made = extended(&chain, sign(&unsigned(), &chain.identity("ada")), Reach::Archive);
    let twice = sign_with(&made.bytes, &chain.identity("ada"), Some(&chain)).into_bytes();
    let judged = seal::verify(&twice, &[], now()).expect("readable");
    let people: Vec<Level> = judged.signatures.iter().filter(|one| one.kind == Kind::Signature).map(|one| one.level).collect();
    assert_eq!(people, [Level::BaselineLta, Level::BaselineLt]);
}

#[test]
fn no_address_is_asked_again_that_gave_nothing() {
    let Some(chain) = chain() else { return };
    chain.silent.borrow_mut().extend(["/ocsp", "/issuing.crl"]);
    let mut pdf = with_fields(&["one", "two"]);
    for name in ["ada", "bo"] {
        pdf = sign_with(&pdf, &chain.identity(name), Some(&chain)).into_bytes();
    }
    let made = extended(&chain, pdf, Reach::Proofs);
    assert_eq!(made.gaps.len(), 2, "{:#?}", made.gaps);
    let asked = chain.asked.borrow();
    for silent in ["/ocsp", "/issuing.crl"] {
        assert_eq!(asked.iter().filter(|url| url.ends_with(silent)).count(), 1, "{asked:?}");
    }
}

#[test]
fn a_certificate_that_had_expired_is_named() {
    let Some(chain) = chain() else { return };
    let sealed = sign(&unsigned(), &chain.identity("ada"));
    let root = chain.root();
    let sources = Sources { authority: &Nobody, proofs: &chain, certificates: &root };
    let late = extend(sealed, Reach::Proofs, &sources, now() + TimeDelta::days(90)).expect("it is left");
    assert!(matches!(&late.gaps[..], [gap] if matches!(gap.lacking, Lacking::Expired { .. })), "{:#?}", late.gaps);
}

#[test]
fn a_self_made_identity_needs_no_issuers_word() {
    let Some(chain) = chain() else { return };
    let own: Identity = own_identity("Anna Author");
    let made = extended(&chain, sign(&unsigned(), &own), Reach::Archive);
    assert_eq!(levels(&made), [Level::BaselineLta]);
    assert!(made.gaps.is_empty());
}

#[test]
fn a_file_that_is_not_sound_gets_nothing() {
    let Some(chain) = chain() else { return };
    let root = chain.root();
    let sources = Sources { authority: &chain, proofs: &chain, certificates: &root };
    let refused = |pdf: Vec<u8>| extend(pdf, Reach::Archive, &sources, now()).expect_err("it is refused");
    let sealed = sign(&unsigned(), &chain.identity("ada"));
    assert!(matches!(refused(replaced(&sealed, b"3 h 44 min", b"1 h 44 min")), NotExtended::NotSound));
    assert!(matches!(refused(unsigned()), NotExtended::NotSigned));
    assert!(matches!(refused(b"no pdf".to_vec()), NotExtended::Unreadable(_)));
    assert!(chain.asked.borrow().is_empty(), "nobody was asked");
}
