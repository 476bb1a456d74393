//! Revocations that travel with a file: of whom, by whom, and made when.

use chrono::TimeDelta;
use lopdf::{Dictionary, Object, Stream};
use seal::{Caveat, Level, SignatureVerdict, Told, Trust};

use crate::{
    chain::{Chain, chain},
    document::{sign, sign_with, signing_time, unsigned},
    extend::now,
    message::{Answer, Message, answer, list_made, named_by, signed_by},
    pki::{Pki, pki},
    tampering::updated,
    time::first,
};

/// The file with these proofs in its store, each under its key.
pub fn with_store(pdf: &[u8], proofs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    updated(pdf, |update| {
        let mut store = Dictionary::new();
        for (key, proof) in proofs {
            let proof = update.new_document.add_object(Stream::new(Dictionary::new(), proof.clone()));
            let mut kept = store.get(key.as_bytes()).and_then(Object::as_array).cloned().unwrap_or_default();
            kept.push(proof.into());
            store.set(*key, kept);
        }
        let catalog = update.get_prev_documents().trailer.get(b"Root").and_then(Object::as_reference).expect("a catalog");
        update.opt_clone_object_to_new_document(catalog).expect("cloned");
        update.new_document.get_dictionary_mut(catalog).expect("a dictionary").set("DSS", store);
    })
}

/// The approver's signature with these answers in the file.
fn answered(pki: &Pki, answers: &[Vec<u8>]) -> SignatureVerdict {
    let proofs: Vec<_> = answers.iter().map(|answer| ("OCSPs", answer.clone())).collect();
    first(&with_store(&sign(&unsigned(), &pki.identity("approver")), &proofs), &pki.trusted(), signing_time())
}

fn is_revoked(caveat: &Caveat, name: &str) -> bool {
    matches!(caveat, Caveat::Revoked { whose, .. } if whose == name)
}

#[test]
fn what_claims_to_be_made_later_than_now_vouches_for_nobody_and_is_named() {
    let Some(pki) = pki() else { return };
    let tomorrow = signing_time() + TimeDelta::days(1);
    let approver = named_by(&crate::message::certificate(pki, "approver")).1;
    let signed = sign(&unsigned(), &pki.identity("approver"));
    for (key, good, revoked, told) in [
        (
            "OCSPs",
            Answer { made: tomorrow, ..Answer::by("ca", "approver") }.made(pki),
            Answer { made: tomorrow, revoked_at: Some(signing_time() - TimeDelta::hours(1)), ..Answer::by("ca", "approver") }.made(pki),
            Told::Answer,
        ),
        (
            "CRLs",
            list_made(pki, "ca", &[], tomorrow),
            list_made(pki, "ca", &[(&approver, signing_time() - TimeDelta::hours(1), &[])], tomorrow),
            Told::List,
        ),
    ] {
        let judged = first(&with_store(&signed, &[(key, good)]), &pki.trusted(), signing_time());
        let named = Caveat::ProofAhead { whose: "Paul Approver".into(), told_by: told, made: tomorrow };
        assert_eq!((judged.trusted, judged.caveats), (Trust::Trusted, vec![named]), "{key}");
        // Only the issuer could have said that it was revoked, whatever its clock says.
        let judged = first(&with_store(&signed, &[(key, revoked)]), &pki.trusted(), signing_time());
        assert!(judged.trusted == Trust::NotTrusted && is_revoked(&judged.caveats[0], "Paul Approver"), "{key}: {judged:#?}");
    }
}

#[test]
fn proofs_from_the_future_raise_no_level() {
    let Some(chain) = chain() else { return };
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
    let stored = |times: &[&str]| {
        let certificate = |name: &str| {
            seal::Certificate::from_pem_or_der(&std::fs::read(chain.path(name)).expect("made")).expect("one")[0].der().to_vec()
        };
        let proofs = [
            ("Certs", certificate("issuing.pem")),
            ("Certs", certificate("root.pem")),
            ("CRLs", chain.list("issuing", times)),
            ("CRLs", chain.list("root", times)),
        ];
        first(&with_store(&sealed, &proofs), &[], now()).level
    };
    assert_eq!(stored(&["-crldays", "7"]), Level::BaselineLt);
    assert_eq!(stored(&["-crl_lastupdate", "20900101000000Z", "-crl_nextupdate", "20900108000000Z"]), Level::BaselineT);
}

/// Ada's stamped signature with the lists of both authorities in the file.
fn listed(chain: &Chain, trust: &[seal::Certificate]) -> SignatureVerdict {
    let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(chain)).into_bytes();
    let issuing = std::fs::read(chain.path("issuing.pem")).expect("made");
    let issuing = seal::Certificate::from_pem_or_der(&issuing).expect("a certificate")[0].der().to_vec();
    let lists = ["issuing", "root"].map(|authority| ("CRLs", chain.list(authority, &["-crldays", "7"])));
    let root = ("Certs", chain.root()[0].der().to_vec());
    first(&with_store(&sealed, &[&lists[..], &[("Certs", issuing), root]].concat()), trust, now())
}

#[test]
fn a_revoked_authority_is_told_whoever_is_trusted() {
    let Some(chain) = chain() else { return };
    chain.revoke("root", "issuing");
    let unasked = listed(&chain, &[]);
    assert!(unasked.caveats.iter().any(|caveat| is_revoked(caveat, "Example Issuing")), "{unasked:#?}");
    assert_eq!(unasked.trusted, Trust::Unknown);
    let asked = listed(&chain, &chain.root());
    assert!(asked.caveats.iter().any(|caveat| is_revoked(caveat, "Example Issuing")), "{asked:#?}");
    assert_eq!(asked.trusted, Trust::NotTrusted);
}

#[test]
fn a_revoked_time_authority_is_told_and_its_time_proves_nothing() {
    let of_time = |judged: &SignatureVerdict| {
        judged.caveats.iter().any(|caveat| matches!(caveat, Caveat::OfTimeAuthority { caveat } if is_revoked(caveat, "Example Time")))
    };
    let Some(chain) = chain() else { return };
    chain.revoke("root", "tsa");
    assert!(of_time(&listed(&chain, &[])));
    let asked = listed(&chain, &chain.root());
    assert!(of_time(&asked) && asked.caveats.contains(&Caveat::TimeNotTrusted), "{asked:#?}");
    assert_eq!((asked.trusted, asked.proven_time), (Trust::Trusted, None));
}

#[test]
fn a_time_authority_revoked_later_is_believed_only_if_its_key_stayed_its_own() {
    let at = |reason: &'static str| {
        let chain = chain()?;
        let sealed = sign_with(&unsigned(), &chain.identity("ada"), Some(&chain)).into_bytes();
        chain.revoke_after("root", "tsa", reason, TimeDelta::hours(1));
        let proof = chain.list("root", &["-crldays", "7"]);
        let issuing = std::fs::read(chain.path("issuing.pem")).expect("made");
        let issuing = seal::Certificate::from_pem_or_der(&issuing).expect("a certificate")[0].der().to_vec();
        let judged = first(&with_store(&sealed, &[("CRLs", proof), ("Certs", issuing)]), &chain.root(), now() + TimeDelta::hours(2));
        Some(judged.proven_time.is_some())
    };
    let Some(superseded) = at("superseded") else { return };
    assert!(superseded);
    assert_eq!(at("keyCompromise"), Some(false));
    assert_eq!(at(""), Some(false), "without a reason the key may have been anybody's");
}

#[test]
fn an_authority_that_does_not_know_the_certificate_is_told() {
    let Some(pki) = pki() else { return };
    let unknown = Answer { unknown: true, ..Answer::by("ca", "approver") }.made(pki);
    let judged = answered(pki, std::slice::from_ref(&unknown));
    assert!(matches!(&judged.caveats[..], [Caveat::NotKnownToIssuer { whose, .. }] if whose == "Paul Approver"), "{judged:#?}");
    // One that knows it settles the matter.
    assert_eq!(answered(pki, &[unknown, answer(pki, "ca", "approver", None)]).caveats, []);
}

#[test]
fn whoever_answers_is_whom_the_answer_names_and_was_not_revoked() {
    let Some(pki) = pki() else { return };
    let hour = |hours: i64| signing_time() - TimeDelta::hours(hours);
    let by = || Answer { revoked_at: Some(hour(9)), ..Answer::by("responder", "approver") };
    let trusted = |answers: &[Vec<u8>]| answered(pki, answers).trusted;
    assert_eq!(trusted(&[by().made(pki)]), Trust::NotTrusted, "it counts");
    assert_eq!(trusted(&[Answer { named: "ca", ..by() }.made(pki)]), Trust::Trusted, "by another name");
    let (taken_back, elsewhere) = (answer(pki, "ca", "responder", Some(hour(1))), answer(pki, "ca", "responder", Some(hour(-1))));
    assert_eq!(trusted(&[by().made(pki), taken_back]), Trust::Trusted, "by one who was revoked before");
    assert_eq!(trusted(&[by().made(pki), elsewhere]), Trust::NotTrusted, "by one who was revoked after");
    let own = Answer { revoked_at: Some(hour(1)), ..Answer::by("responder", "responder") }.made(pki);
    assert_eq!(trusted(&[by().made(pki), own]), Trust::NotTrusted, "nobody takes back one's own");
}

#[test]
fn the_certificate_of_whoever_answers_may_travel_elsewhere_in_the_file() {
    let Some(pki) = pki() else { return };
    let bare =
        Answer { revoked_at: Some(signing_time() - TimeDelta::hours(9)), brings_certificate: false, ..Answer::by("responder", "approver") };
    let sealed = signed_by(&unsigned(), pki, |covered| Message::by(pki, "approver").over(covered));
    let judged = |proofs: &[(&str, Vec<u8>)]| first(&with_store(&sealed, proofs), &pki.trusted(), signing_time()).trusted;
    assert_eq!(judged(&[("OCSPs", bare.made(pki))]), Trust::Trusted, "nobody vouches for it");
    let responder = crate::message::certificate(pki, "responder").der().to_vec();
    assert_eq!(judged(&[("OCSPs", bare.made(pki)), ("Certs", responder)]), Trust::NotTrusted);
}
