//! What the author of a form asks of whoever signs in a field: seed values and locks, as pyHanko reads them too.

use lopdf::{Dictionary, Document, Object, dictionary};
use seal::{
    Change, ChangedSince, Demand, Draft, Foreseen, How, Identity, Level, Part, Permissions, ReserveError, SignError, SignIn, Signer,
    Statement, TimeStampAuthority, Verdict,
};

use crate::{
    document::{sign, statement},
    further::{changed, into_field, is_field, signed, with_text_fields},
    pki::{Pki, pki},
    tampering::{find, updated},
    tools::{find as find_tool, pyhanko_validate},
};

/// A form of two signature fields and two text fields, with these entries in the author's field.
fn form(edit: impl FnOnce(&mut Dictionary)) -> Vec<u8> {
    form_of("author", edit)
}

fn form_of(name: &str, edit: impl FnOnce(&mut Dictionary)) -> Vec<u8> {
    let mut document = Document::load_mem(&with_text_fields(&["first", "second"])).expect("readable");
    let field = find(&document, |object| is_field(object, name));
    edit(document.get_object_mut(field).and_then(Object::as_dict_mut).expect("a dictionary"));
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it is written");
    bytes.push(b'\n');
    bytes
}

fn wishing(values: Dictionary) -> Vec<u8> {
    form(|field| field.set("SV", values))
}

/// Why nothing was signed.
#[derive(Debug)]
enum Refused {
    Place(ReserveError),
    Signing(SignError),
}

fn attempt(pdf: &[u8], identity: &Identity, reason: Option<&str>, authority: Option<&dyn TimeStampAuthority>) -> Result<Vec<u8>, Refused> {
    let draft = Draft::open(pdf.to_vec()).expect("readable");
    let statement = Statement { reason: reason.map(str::to_owned), ..statement(identity) };
    let prepared = draft.reserve(SignIn::FirstFree, &statement, None, identity.credentials().room(true)).map_err(Refused::Place)?;
    Ok(prepared.sign(identity, authority).map_err(Refused::Signing)?.into_bytes())
}

fn demand(pdf: &[u8], identity: &Identity) -> Option<Demand> {
    match attempt(pdf, identity, Some("because"), None) {
        Err(Refused::Place(ReserveError::Demand(demand)) | Refused::Signing(SignError::Demand(demand))) => Some(demand),
        Ok(_) => None,
        other => panic!("{other:?}"),
    }
}

fn judged(pki: &Pki, pdf: &[u8]) -> Verdict {
    crate::document::verify(pdf, &pki.trusted()).expect("readable")
}

/// Our verdict is pyHanko's, which holds a signature against the seed values of its field too.
fn agrees(pki: &Pki, name: &str, pdf: &[u8]) {
    let sound = judged(pki, pdf).sound();
    let Some(pyhanko) = find_tool("pyhanko", "pyHanko's judgement of seed values and locks") else { return };
    let (theirs, told) = pyhanko_validate(&pyhanko, &pki.ca(), &pki.write(&format!("wishes {name}.pdf"), pdf));
    assert_eq!(sound, theirs, "{name}: {:#?}\n{told}", judged(pki, pdf));
}

fn filled_in(pdf: &[u8], field: &'static str) -> Vec<u8> {
    updated(pdf, |update| changed(update, |object| is_field(object, field)).set("V", Object::string_literal("hello")))
}

fn lock(action: &str, fields: &[&str]) -> Dictionary {
    let fields: Vec<Object> = fields.iter().map(|name| Object::string_literal(*name)).collect();
    dictionary! { "Type" => "SigFieldLock", "Action" => action, "Fields" => fields }
}

const FORBIDDEN: fn(Part) -> ChangedSince = |what| ChangedSince::Unexplained(vec![Change { what, how: How::Forbidden, object: None }]);

#[test]
fn a_signature_locks_what_its_field_says() {
    let Some(pki) = pki() else { return };
    for (name, lock, first, second) in [
        ("include", lock("Include", &["first"]), true, false),
        ("exclude", lock("Exclude", &["first", "approver"]), false, true),
        ("all", dictionary! { "Action" => "All" }, true, true),
    ] {
        let locked = attempt(&form(|field| field.set("Lock", lock)), &pki.identity("approver"), None, None).expect("signed");
        assert!(judged(pki, &locked).sound(), "{name}");
        agrees(pki, name, &locked);
        for (field, is_locked) in [("first", first), ("second", second)] {
            let filled = filled_in(&locked, field);
            let since = judged(pki, &filled).signatures[0].changed_since.clone();
            let foreseen = ChangedSince::ForeseenOnly(vec![Foreseen::FormFilling { field: field.into() }]);
            assert_eq!(since, if is_locked { FORBIDDEN(Part::FormField) } else { foreseen }, "{name} {field}");
            agrees(pki, &format!("{name} {field}"), &filled);
        }
    }
}

#[test]
fn a_lock_of_the_document_is_kept_and_judged() {
    let Some(pki) = pki() else { return };
    let mut nothing = lock("Include", &["first"]);
    nothing.set("P", 1);
    // By the first signature, which certifies the document with it.
    let certified = attempt(&form(|field| field.set("Lock", nothing.clone())), &pki.identity("approver"), None, None).expect("signed");
    assert_eq!(judged(pki, &certified).certification, Some(Permissions::NoChanges));
    agrees(pki, "locked by the first", &certified);
    assert!(matches!(attempt(&certified, &pki.identity("author"), None, None), Err(Refused::Place(ReserveError::CertifiedUnchangeable))));
    // By a later one, and by one that certifies nothing: the lock of the field says it.
    let later = form_of("approver", |field| field.set("Lock", nothing.clone()));
    let second = sign(&sign(&later, &pki.identity("author")), &pki.identity("approver"));
    agrees(pki, "locked by the second", &second);
    let plain = signed(&form(|field| field.set("Lock", nothing)), pki, "approver", Dictionary::new(), into_field("author"));
    agrees(pki, "locked without certifying", &plain);
    for (name, locked, nth) in [("second", second, 1), ("plain", plain, 0)] {
        let filled = filled_in(&locked, "second");
        assert_eq!(judged(pki, &filled).signatures[nth].changed_since, FORBIDDEN(Part::FormField), "{name}");
        agrees(pki, &format!("{name} filled in"), &filled);
    }
}

#[test]
fn what_is_asked_for_is_given() {
    let Some(pki) = pki() else { return };
    let identity = pki.identity("author");
    let text = Object::string_literal;
    let der = |name: &str| Object::string_literal(crate::message::certificate(pki, name).der().to_vec());
    for (name, values) in [
        ("format", dictionary! { "Ff" => 3, "Filter" => "Adobe.PPKLite", "SubFilter" => vec!["ETSI.CAdES.detached".into()] }),
        ("older format", dictionary! { "Ff" => 2, "SubFilter" => vec!["adbe.pkcs7.detached".into()] }),
        ("reason", dictionary! { "Ff" => 8, "Reasons" => vec![text("for fun"), text("because")] }),
        ("digest", dictionary! { "Ff" => 64, "DigestMethod" => vec![text("SHA512"), text("SHA256")] }),
        ("approval", dictionary! { "MDP" => dictionary! { "P" => 0 } }),
        ("certification", dictionary! { "MDP" => dictionary! { "P" => 1 } }),
        ("time", dictionary! { "TimeStamp" => dictionary! { "URL" => text("http://time.example/"), "Ff" => 1 } }),
        ("signer", dictionary! { "Cert" => dictionary! { "Ff" => 1, "Subject" => vec![der("author")] } }),
        ("issuer", dictionary! { "Cert" => dictionary! { "Ff" => 2, "Issuer" => vec![der("server"), der("ca")] } }),
        ("holder", dictionary! { "Cert" => dictionary! { "Ff" => 8, "SubjectDN" => vec![dictionary! { "O" => text("Example") }.into()] } }),
        ("use", dictionary! { "Cert" => dictionary! { "Ff" => 32, "KeyUsage" => vec![text("X1XXX0XXX")] } }),
        ("a wish", dictionary! { "Ff" => 0, "SubFilter" => vec!["unheard.of".into()], "DigestMethod" => vec![text("SHA1")] }),
    ] {
        let signed =
            attempt(&wishing(values), &identity, Some("because"), Some(&pki.authority())).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        let verdict = judged(pki, &signed);
        assert!(verdict.sound(), "{name}: {verdict:#?}");
        let allowed = match name {
            "approval" => None,
            "certification" => Some(Permissions::NoChanges),
            _ => Some(Permissions::FormFillingAndSigning),
        };
        assert_eq!(verdict.certification, allowed, "{name}");
        assert_eq!(verdict.signatures[0].level == Level::Cms, name == "older format", "{name}");
        agrees(pki, name, &signed);
    }
}

#[test]
fn what_is_asked_for_and_cannot_be_given_is_said() {
    let Some(pki) = pki() else { return };
    let identity = pki.identity("approver");
    let text = Object::string_literal;
    let der = |name: &str| Object::string_literal(crate::message::certificate(pki, name).der().to_vec());
    let certificate = |terms: Dictionary| dictionary! { "Cert" => terms };
    let refused = |wanted| Demand::Certificate { wanted };
    for (values, expected) in [
        (dictionary! { "Ff" => 1, "Filter" => "Other" }, Demand::Filter { filter: "Other".into() }),
        (
            dictionary! { "Ff" => 2, "SubFilter" => vec!["adbe.x509.rsa_sha1".into()] },
            Demand::Format { formats: vec!["adbe.x509.rsa_sha1".into()] },
        ),
        (dictionary! { "Ff" => 4, "V" => 4 }, Demand::Unknown),
        (dictionary! { "Ff" => 512 }, Demand::Unknown),
        (dictionary! { "Ff" => 8, "Reasons" => vec![text("for fun")] }, Demand::Reason { allowed: vec!["for fun".into()] }),
        (dictionary! { "Ff" => 8, "Reasons" => vec![text(".")] }, Demand::NoReason),
        (dictionary! { "Ff" => 16, "LegalAttestation" => vec![text("none")] }, Demand::LegalAttestation),
        (dictionary! { "Ff" => 32, "AddRevInfo" => true }, Demand::RevocationInside),
        (dictionary! { "Ff" => 64, "DigestMethod" => vec![text("SHA384")] }, Demand::Digest { allowed: vec!["SHA384".into()] }),
        (dictionary! { "Ff" => 256, "AppearanceFilter" => text("Stamp") }, Demand::Appearance { name: "Stamp".into() }),
        (dictionary! { "Ff" => 128, "LockDocument" => "true", "MDP" => dictionary! { "P" => 2 } }, Demand::Contradiction),
        (dictionary! { "Ff" => 128, "LockDocument" => "true", "MDP" => dictionary! { "P" => 0 } }, Demand::LockDocument),
        (dictionary! { "TimeStamp" => dictionary! { "Ff" => 1 } }, Demand::TimeStamp { url: None }),
        (certificate(dictionary! { "Ff" => 1, "Subject" => vec![der("author")] }), refused("it takes only certificates that it names")),
        (
            certificate(dictionary! { "Ff" => 2, "Issuer" => vec![der("author")] }),
            refused("it takes only certificates of issuers that it names"),
        ),
        (
            certificate(dictionary! { "Ff" => 4, "OID" => vec![text("1.2.3")] }),
            refused("it takes only certificates issued under policies that it names"),
        ),
        (
            certificate(dictionary! { "Ff" => 8, "SubjectDN" => vec![dictionary! { "CN" => text("Anna Author") }.into()] }),
            refused("it takes only holders that it names"),
        ),
        (
            certificate(dictionary! { "Ff" => 32, "KeyUsage" => vec![text("10XXXXXXX")] }),
            refused("it takes only certificates for other uses"),
        ),
    ] {
        assert_eq!(demand(&wishing(values), &identity), Some(expected));
    }
    let second = form_of("approver", |field| field.set("SV", dictionary! { "MDP" => dictionary! { "P" => 2 } }));
    assert_eq!(demand(&sign(&second, &identity), &identity), Some(Demand::First));
}
