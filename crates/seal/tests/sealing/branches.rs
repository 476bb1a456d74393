//! Chains of certificates that keep the rules of X.509, and such as break one each (RFC 5280 §6.1).

use chrono::TimeDelta;
use seal::{Caveat, SignatureVerdict, Trust};

use crate::{
    document::{signing_time, unsigned},
    message::{Message, certificate, signed_by},
    pki::{Pki, pki},
    time::first,
    tools::{find, pyhanko_validate},
};

/// An authority below the tests' own, and a signer below that.
struct Branch {
    name: &'static str,
    /// Extensions of the authority beside those it must have.
    authority: &'static str,
    /// The signer's, beside those of every signer.
    signer: &'static str,
    /// The signer's name.
    subject: &'static str,
    /// What stands in the way of trust.
    obstacle: Option<Caveat>,
    /// Whether pyHanko comes to the same.
    agreed: bool,
}

const AUTHORITY: &str = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
const SIGNER: &str = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\nsubjectKeyIdentifier=hash\n";

const PLAIN: Branch =
    Branch { name: "plain", authority: "", signer: "", subject: "/C=GB/O=Example/CN=Sid Signer", obstacle: None, agreed: true };

impl Branch {
    fn judged(&self, pki: &Pki) -> SignatureVerdict {
        let (authority, signer) = (format!("branch {}", self.name), format!("signer {}", self.name));
        // What is set twice counts as it was set last: the extensions under test stand behind.
        let basis = if self.authority.contains("basicConstraints") { "" } else { AUTHORITY };
        pki.issue_under("ca", &authority, "/O=Example/CN=Example Branch", &format!("{basis}{}", self.authority));
        pki.issue_under(&authority, &signer, self.subject, &format!("{SIGNER}{}", self.signer));
        let above = certificate(pki, &authority).der().to_vec();
        let message = Message { above: vec![above], ..Message::by(pki, &signer) };
        let pdf = signed_by(&unsigned(), pki, |covered| message.over(covered));
        let judged = judged(&pdf, pki);
        if let Some(pyhanko) = find("pyhanko", "pyHanko's judgement of chains").filter(|_| self.agreed) {
            let (theirs, told) = pyhanko_validate(&pyhanko, &pki.ca(), &pki.write(&format!("{signer}.pdf"), &pdf));
            assert_eq!(judged.trusted == Trust::Trusted, theirs, "{}: {judged:#?}\n{told}", self.name);
        }
        judged
    }
}

/// Judged when all certificates of the tests are valid.
fn judged(pdf: &[u8], pki: &Pki) -> SignatureVerdict {
    first(pdf, &pki.trusted(), signing_time() + TimeDelta::hours(1))
}

fn assert_each(branches: Vec<Branch>) {
    let Some(pki) = pki() else { return };
    for branch in branches {
        let judged = branch.judged(pki);
        let expected = branch.obstacle.iter().cloned().collect::<Vec<_>>();
        assert_eq!((judged.trusted == Trust::Trusted, judged.caveats), (expected.is_empty(), expected), "{}", branch.name);
        assert!(judged.intact && judged.valid, "{}: the signature itself holds", branch.name);
    }
}

fn forbidden(name: &str) -> Option<Caveat> {
    Some(Caveat::NameNotAllowed { whose: "Sid Signer".into(), name: name.into(), by: "Example Branch".into() })
}

#[test]
fn names_that_an_authority_does_not_allow_are_not_trusted() {
    let limits = |name, authority, signer, obstacle| Branch { name, authority, signer, obstacle, ..PLAIN };
    let within = "nameConstraints=critical,permitted;dirName:within\n[within]\nC=GB\nO=Example\n";
    assert_each(vec![
        PLAIN,
        limits("named within", within, "", None),
        Branch { subject: "/C=gb/O=EXAMPLE/CN=Sid Signer", ..limits("named alike", within, "", None) },
        Branch { subject: "/C=GB/O=Other/CN=Sid Signer", ..limits("named without", within, "", forbidden("CN=Sid Signer,O=Other,C=GB")) },
        limits(
            "excluded",
            "nameConstraints=critical,excluded;dirName:within\n[within]\nC=GB\nO=Example\n",
            "",
            forbidden("CN=Sid Signer,O=Example,C=GB"),
        ),
        limits("host", "nameConstraints=critical,permitted;DNS:example.com\n", "subjectAltName=DNS:a.example.com\n", None),
        limits(
            "other host",
            "nameConstraints=critical,permitted;DNS:example.com\n",
            "subjectAltName=DNS:a.example.com,DNS:badexample.com\n",
            forbidden("badexample.com"),
        ),
        limits(
            "excluded host",
            "nameConstraints=critical,excluded;DNS:example.com\n",
            "subjectAltName=DNS:a.example.com\n",
            forbidden("a.example.com"),
        ),
        limits("mail", "nameConstraints=critical,permitted;email:example.com\n", "subjectAltName=email:sid@example.com\n", None),
        limits(
            "other mail",
            "nameConstraints=critical,permitted;email:example.com\n",
            "subjectAltName=email:sid@a.example.com\n",
            forbidden("sid@a.example.com"),
        ),
        Branch {
            subject: "/CN=Sid Signer/emailAddress=sid@other.example",
            ..limits("mail in the name", "nameConstraints=critical,permitted;email:example.com\n", "", forbidden("sid@other.example"))
        },
        // pyHanko ends in an error where addresses are limited.
        Branch {
            agreed: false,
            ..limits("network", "nameConstraints=critical,permitted;IP:10.1.0.0/255.255.0.0\n", "subjectAltName=IP:10.1.2.3\n", None)
        },
        limits(
            "other network",
            "nameConstraints=critical,permitted;IP:10.1.0.0/255.255.0.0\n",
            "subjectAltName=IP:10.2.2.3\n",
            forbidden("10.2.2.3"),
        ),
        limits("address", "nameConstraints=critical,permitted;URI:example.com\n", "subjectAltName=URI:https://example.com/sid\n", None),
        limits(
            "other address",
            "nameConstraints=critical,excluded;URI:.example.com\n",
            "subjectAltName=URI:https://a.example.com/sid\n",
            forbidden("https://a.example.com/sid"),
        ),
        limits("another kind", "nameConstraints=critical,permitted;DNS:example.com\n", "subjectAltName=email:sid@example.org\n", None),
    ]);
}

#[test]
fn policies_that_an_authority_requires_must_hold_on_the_whole_way() {
    let limits = |name, authority, signer, obstacle| Branch { name, authority, signer, obstacle, ..PLAIN };
    let missing = || Some(Caveat::PolicyMissing);
    assert_each(vec![
        limits(
            "policy",
            "certificatePolicies=1.2.3\npolicyConstraints=critical,requireExplicitPolicy:0\n",
            "certificatePolicies=1.2.3\n",
            None,
        ),
        limits("no policy", "certificatePolicies=1.2.3\npolicyConstraints=critical,requireExplicitPolicy:0\n", "", missing()),
        limits(
            "other policy",
            "certificatePolicies=1.2.3\npolicyConstraints=critical,requireExplicitPolicy:0\n",
            "certificatePolicies=1.2.4\n",
            missing(),
        ),
        limits("not required", "certificatePolicies=1.2.3\n", "certificatePolicies=1.2.4\n", None),
        limits(
            "any",
            "certificatePolicies=2.5.29.32.0\npolicyConstraints=critical,requireExplicitPolicy:0\n",
            "certificatePolicies=1.2.4\n",
            None,
        ),
        limits(
            "any no longer",
            "certificatePolicies=1.2.3\npolicyConstraints=critical,requireExplicitPolicy:0\ninhibitAnyPolicy=critical,0\n",
            "certificatePolicies=2.5.29.32.0\n",
            missing(),
        ),
        limits(
            "mapped",
            "certificatePolicies=1.2.3\npolicyConstraints=critical,requireExplicitPolicy:0\npolicyMappings=critical,1.2.3:1.2.9\n",
            "certificatePolicies=1.2.9\n",
            None,
        ),
    ]);
}

#[test]
fn whoever_may_not_issue_vouches_for_nobody() {
    let limits = |name, authority, obstacle| Branch { name, authority, obstacle: Some(obstacle), ..PLAIN };
    let branch = || "Example Branch".to_owned();
    assert_each(vec![
        limits("no authority", "basicConstraints=critical,CA:false\n", Caveat::NotAnIssuer { whose: branch() }),
        limits("no use for it", "basicConstraints=critical,CA:true\nkeyUsage=critical,cRLSign\n", Caveat::NotAnIssuer { whose: branch() }),
        // pyHanko does not look at what an authority is limited to.
        Branch {
            agreed: false,
            ..limits("for servers", "extendedKeyUsage=serverAuth\n", Caveat::IssuerForSomethingElse { whose: branch() })
        },
        limits("unknown", "1.2.3.4=critical,ASN1:NULL\n", Caveat::UnknownExtension { whose: branch() }),
    ]);
}

#[test]
fn an_authority_says_how_many_may_follow() {
    let Some(pki) = pki() else { return };
    let long = |name: &str, first: &str| {
        let (upper, lower, signer) = (format!("upper {name}"), format!("lower {name}"), format!("low signer {name}"));
        pki.issue_under("ca", &upper, "/CN=Upper", &format!("basicConstraints=critical,CA:true{first}\nkeyUsage=critical,keyCertSign\n"));
        pki.issue_under(&upper, &lower, "/CN=Lower", AUTHORITY);
        pki.issue_under(&lower, &signer, "/CN=Low", SIGNER);
        let above = [&upper, &lower].map(|name| certificate(pki, name).der().to_vec()).to_vec();
        let pdf = signed_by(&unsigned(), pki, |covered| Message { above, ..Message::by(pki, &signer) }.over(covered));
        judged(&pdf, pki)
    };
    assert_eq!(long("open", "").trusted, Trust::Trusted);
    assert_eq!(long("one", ",pathlen:1").trusted, Trust::Trusted);
    assert_eq!(long("none", ",pathlen:0").caveats, [Caveat::ChainTooLong { whose: "Upper".into() }]);
}

#[test]
fn what_can_be_forged_on_the_way_is_named() {
    let Some(pki) = pki() else { return };
    let signed = |signer: &str, above: &str| {
        let above = vec![certificate(pki, above).der().to_vec()];
        let pdf = signed_by(&unsigned(), pki, |covered| Message { above, ..Message::by(pki, signer) }.over(covered));
        judged(&pdf, pki)
    };
    pki.issue_with("ca", "frail branch", "rsa:1024", "/CN=Frail Branch", AUTHORITY, "-sha256");
    pki.issue_under("frail branch", "below frail", "/CN=Below Frail", SIGNER);
    let judged = signed("below frail", "frail branch");
    assert_eq!(
        (judged.trusted, &judged.caveats[..]),
        (Trust::NotTrusted, &[Caveat::WeakKey { whose: "Frail Branch".into(), bits: 1024 }][..])
    );
    pki.issue_with("ca", "old branch", "rsa:2048", "/CN=Old Branch", AUTHORITY, "-sha1");
    pki.issue_under("old branch", "below old", "/CN=Below Old", SIGNER);
    let judged = signed("below old", "old branch");
    let oid = "1.2.840.113549.1.1.5".into();
    assert_eq!((judged.trusted, &judged.caveats[..]), (Trust::NotTrusted, &[Caveat::NotChecked { whose: "Old Branch".into(), oid }][..]));
}
