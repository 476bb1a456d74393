//! Cryptographic messages put together byte by byte, as other signers write them and as no signer should; and what travels in them.

use chrono::{DateTime, Utc};
use der::{Decode, Encode};
use seal::{Certificate, TimeStampAuthority};
use sha2::{Digest, Sha256, Sha384, Sha512};
use sha3::{Sha3_256, Sha3_512};

use crate::{document::sign_with, pki::Pki, tools::run};

/// An element of DER around these parts.
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let length = contents.len().to_be_bytes();
    let significant = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    let head = match contents.len() {
        short @ 0..=0x7F => vec![tag, short as u8],
        _ => [&[tag, 0x80 | significant.len() as u8], significant].concat(),
    };
    [head, contents].concat()
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, parts)
}

pub fn set(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x31, parts)
}

pub fn oid(text: &str) -> Vec<u8> {
    der::oid::ObjectIdentifier::new_unwrap(text).to_der().expect("an identifier")
}

pub fn attribute(kind: &str, value: &[u8]) -> Vec<u8> {
    sequence(&[&oid(kind), &set(&[value])])
}

/// UTCTime.
pub fn utc(at: DateTime<Utc>) -> Vec<u8> {
    tlv(0x17, &[at.format("%y%m%d%H%M%SZ").to_string().as_bytes()])
}

/// GeneralizedTime.
pub fn general(at: DateTime<Utc>) -> Vec<u8> {
    tlv(0x18, &[at.format("%Y%m%d%H%M%SZ").to_string().as_bytes()])
}

pub const SHA256: &str = "2.16.840.1.101.3.4.2.1";
pub const SHA384: &str = "2.16.840.1.101.3.4.2.2";
pub const SHA3_256: &str = "2.16.840.1.101.3.4.2.8";
pub const SHA3_512: &str = "2.16.840.1.101.3.4.2.10";
pub const SHA512: &str = "2.16.840.1.101.3.4.2.3";
pub const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
pub const ECDSA_SHA512: &str = "1.2.840.10045.4.3.4";
pub const RSA_SHA256: &str = "1.2.840.113549.1.1.11";
pub const SHAKE256: &str = "2.16.840.1.101.3.4.2.12";
pub const ED448: &str = "1.3.101.113";
pub const ED25519: &str = "1.3.101.112";
pub const TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.14";
pub const PROTECTION: &str = "1.2.840.113549.1.9.52";
pub const ADOBE_REVOCATION: &str = "1.2.840.113583.1.1.8";
pub const REVOCATION_VALUES: &str = "1.2.840.113549.1.9.16.2.24";

/// What makes attributes for a signature value.
pub type About<'a> = dyn Fn(&[u8]) -> Vec<Vec<u8>> + 'a;

/// A message to be made, with everything that can be said otherwise.
pub struct Message<'a> {
    pub pki: &'a Pki,
    pub signer: &'a str,
    pub digest: &'a str,
    pub algorithm: &'a str,
    /// The parameters of the algorithm, in DER.
    pub parameters: Vec<u8>,
    /// How OpenSSL is told to sign, where it is not told by the key.
    pub options: &'a [&'a str],
    /// Signed attributes beside those that must be.
    pub signed: Vec<Vec<u8>>,
    pub unsigned: Vec<Vec<u8>>,
    /// Attributes made for the signature value.
    pub about_signature: Option<&'a About<'a>>,
    /// Whether the signed attributes travel in another order than they are signed in.
    pub shuffled: bool,
    /// What stands in the field for revocation.
    pub revocation: Vec<Vec<u8>>,
    /// Whose issuer and serial number the signer names beside the hash of its certificate.
    pub named_as: Option<&'a str>,
    /// Further certificates beside the signer's and the root.
    pub above: Vec<Vec<u8>>,
}

impl<'a> Message<'a> {
    /// By an identity with a key on P-256.
    pub fn by(pki: &'a Pki, signer: &'a str) -> Self {
        let (digest, algorithm) = match signer {
            "edward" => (SHA512, ED25519),
            "frail" => (SHA256, RSA_SHA256),
            _ => (SHA256, ECDSA_SHA256),
        };
        Self {
            pki,
            signer,
            digest,
            algorithm,
            parameters: Vec::new(),
            options: &[],
            signed: Vec::new(),
            unsigned: Vec::new(),
            about_signature: None,
            shuffled: false,
            revocation: Vec::new(),
            named_as: None,
            above: Vec::new(),
        }
    }

    /// The message over these bytes.
    pub fn over(&self, covered: &[u8]) -> Vec<u8> {
        let certificate = certificate(self.pki, self.signer);
        let hash = |kind: &str, bytes: &[u8]| tlv(0x04, &[&hashed(kind, bytes)]);
        let issuer_and_serial = self.named_as.map_or_else(Vec::new, |name| {
            let (issuer, serial) = named_by(&self::certificate(self.pki, name));
            sequence(&[&sequence(&[&tlv(0xA4, &[&issuer])]), &serial])
        });
        let named = sequence(&[&sequence(&[&sequence(&[&hash(SHA256, certificate.der()), &issuer_and_serial])])]);
        let mut attributes = vec![
            attribute("1.2.840.113549.1.9.3", &oid("1.2.840.113549.1.7.1")),
            attribute("1.2.840.113549.1.9.4", &hash(self.digest, covered)),
            attribute("1.2.840.113549.1.9.16.2.47", &named),
        ];
        attributes.extend(self.signed.iter().cloned());
        attributes.sort();
        let attributes: Vec<&[u8]> = attributes.iter().map(Vec::as_slice).collect();
        let signature = signature_by(self.pki, self.signer, self.digest, self.options, &set(&attributes));
        let travelling: Vec<&[u8]> = if self.shuffled { attributes.iter().rev().copied().collect() } else { attributes.clone() };
        let (issuer, serial) = named_by(&certificate);
        let digest = sequence(&[&oid(self.digest)]);
        let about = self.about_signature.map(|made| made(&signature)).unwrap_or_default();
        let unsigned: Vec<&[u8]> = self.unsigned.iter().chain(&about).map(Vec::as_slice).collect();
        let signer = sequence(&[
            &[2, 1, 1],
            &sequence(&[&issuer, &serial]),
            &digest,
            &tlv(0xA0, &travelling),
            &sequence(&[&oid(self.algorithm), &self.parameters]),
            &tlv(0x04, &[&signature]),
            &if unsigned.is_empty() { Vec::new() } else { tlv(0xA1, &unsigned) },
        ]);
        let revocation: Vec<&[u8]> = self.revocation.iter().map(Vec::as_slice).collect();
        let certificates = [certificate.der().to_vec(), self.pki.trusted()[0].der().to_vec(), self.above.concat()].concat();
        let data = sequence(&[
            &[2, 1, 1],
            &set(&[&digest]),
            &sequence(&[&oid("1.2.840.113549.1.7.1")]),
            &tlv(0xA0, &[&certificates]),
            &if revocation.is_empty() { Vec::new() } else { tlv(0xA1, &revocation) },
            &set(&[&signer]),
        ]);
        sequence(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xA0, &[&data])])
    }
}

/// A time-stamp over these bytes, as an authority gives it.
pub fn token(authority: &dyn TimeStampAuthority, bytes: &[u8]) -> Vec<u8> {
    let imprint = sequence(&[&sequence(&[&oid(SHA256)]), &tlv(0x04, &[&hashed(SHA256, bytes)])]);
    let response = authority.stamp(&sequence(&[&[2, 1, 1], &imprint, &[1, 1, 0xFF]])).expect("it stamps");
    let mut parts = Vec::<der::Any>::from_der(&response).expect("a response");
    parts.remove(1).to_der().expect("a token")
}

/// A certificate of the tests' authority.
pub fn certificate(pki: &Pki, name: &str) -> Certificate {
    let pem = std::fs::read(pki.path(&format!("{name}.pem"))).expect("the file was made");
    Certificate::from_pem_or_der(&pem).expect("a certificate").remove(0)
}

/// A certificate's issuer and serial number, in DER.
pub fn named_by(certificate: &Certificate) -> (Vec<u8>, Vec<u8>) {
    let parsed = x509_cert::Certificate::from_der(certificate.der()).expect("a certificate");
    let body = parsed.tbs_certificate();
    (body.issuer().to_der().expect("a name"), body.serial_number().to_der().expect("a number"))
}

/// The digest that an identifier names.
fn hashed(kind: &str, bytes: &[u8]) -> Vec<u8> {
    match named(kind) {
        "sha384" => Sha384::digest(bytes).to_vec(),
        "sha512" => Sha512::digest(bytes).to_vec(),
        "sha3-256" => Sha3_256::digest(bytes).to_vec(),
        "sha3-512" => Sha3_512::digest(bytes).to_vec(),
        "shake256" => shake256(bytes),
        _ => Sha256::digest(bytes).to_vec(),
    }
}

/// Of sixty-four bytes.
fn shake256(bytes: &[u8]) -> Vec<u8> {
    use shake::{ExtendableOutput, Update};
    let mut digest = vec![0; 64];
    shake::Shake256::default().chain(bytes).finalize_xof_into(&mut digest);
    digest
}

/// A digest as OpenSSL names it.
fn named(kind: &str) -> &'static str {
    match kind {
        SHA384 => "sha384",
        SHA512 => "sha512",
        SHA3_256 => "sha3-256",
        SHA3_512 => "sha3-512",
        SHAKE256 => "shake256",
        _ => "sha256",
    }
}

/// The signature of a key of the tests over these bytes, with SHA-256.
pub fn signature(pki: &Pki, signer: &str, bytes: &[u8]) -> Vec<u8> {
    signature_by(pki, signer, SHA256, &[], bytes)
}

fn signature_by(pki: &Pki, signer: &str, digest: &str, options: &[&str], bytes: &[u8]) -> Vec<u8> {
    let stem = format!("{signer} {}", std::thread::current().name().unwrap_or("main").replace(':', "-"));
    let (key, input, output) =
        (pki.path(&format!("{signer}.key")), pki.write(&format!("{stem}.tbs"), bytes), pki.path(&format!("{stem}.sig")));
    // Keys that hash by themselves are not asked by way of a digest.
    if signer.starts_with("ed") {
        run(pki.openssl(&["pkeyutl", "-sign", "-rawin", "-inkey"]).arg(key).arg("-in").arg(input).arg("-out").arg(&output));
    } else {
        let digest = format!("-{}", named(digest));
        run(pki.openssl(&["dgst", &digest]).arg("-sign").arg(key).args(options).arg("-out").arg(&output).arg(input));
    }
    std::fs::read(output).expect("signed")
}

/// A file signed by a message of another making: our signer reserves room, as much as a time-stamp takes, and it is filled anew.
pub fn signed_by(pdf: &[u8], pki: &Pki, message: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    filled(&sign_with(pdf, &pki.identity("author"), Some(&pki.authority())).into_bytes(), message)
}

/// The same file with another message in the room of its last signature.
pub fn filled(signed: &[u8], message: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let key = b"/Contents<30";
    let start = signed.windows(key.len()).rposition(|window| window == key).expect("a signature") + key.len() - 3;
    let end = start + signed[start..].iter().position(|&byte| byte == b'>').expect("an end") + 1;
    let message = message(&[&signed[..start], &signed[end..]].concat());
    let room = (end - start - 2) / 2;
    assert!(message.len() <= room, "{} bytes in {room}", message.len());
    let digits: String = message.iter().chain(std::iter::repeat(&0)).take(room).map(|byte| format!("{byte:02X}")).collect();
    [&signed[..=start], digits.as_bytes(), &signed[end - 1..]].concat()
}

/// A list that says these serial numbers (as INTEGERs) were revoked, each with extensions of its entry, signed by `signer`.
pub fn list(pki: &Pki, signer: &str, entries: &[(&[u8], DateTime<Utc>, &[u8])]) -> Vec<u8> {
    list_made(pki, signer, entries, crate::document::signing_time())
}

/// The same, made at that moment.
pub fn list_made(pki: &Pki, signer: &str, entries: &[(&[u8], DateTime<Utc>, &[u8])], now: DateTime<Utc>) -> Vec<u8> {
    let rsa = sequence(&[&oid("1.2.840.113549.1.1.11"), &[5, 0]]);
    let algorithm = if signer == "ca" || signer == "author" { rsa } else { sequence(&[&oid(ECDSA_SHA256)]) };
    let (issuer, _) = named_by(&certificate(pki, "ca"));
    let entries: Vec<Vec<u8>> = entries.iter().map(|(serial, at, more)| sequence(&[serial, &utc(*at), more])).collect();
    let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
    let body = sequence(&[&[2, 1, 1], &algorithm, &issuer, &utc(now), &utc(now + chrono::TimeDelta::days(30)), &sequence(&entries)]);
    let bits = [&[0][..], &signature(pki, signer, &body)].concat();
    sequence(&[&body, &algorithm, &tlv(0x03, &[&bits])])
}

/// An answer that says `whose` certificate was revoked, signed by `signer`: an OCSPResponse.
pub fn answer(pki: &Pki, signer: &str, whose: &str, revoked_at: Option<DateTime<Utc>>) -> Vec<u8> {
    Answer { revoked_at, ..Answer::by(signer, whose) }.made(pki)
}

/// An answer about a certificate, with everything that can be said otherwise.
pub struct Answer<'a> {
    pub signer: &'a str,
    /// Whose certificate the answer names as its giver's.
    pub named: &'a str,
    pub whose: &'a str,
    pub revoked_at: Option<DateTime<Utc>>,
    /// Whether it says that nobody knows the certificate.
    pub unknown: bool,
    /// When it was made, and from when on it holds.
    pub made: DateTime<Utc>,
    /// Whether it brings its giver's certificate.
    pub brings_certificate: bool,
}

impl<'a> Answer<'a> {
    /// That the certificate is good, now.
    pub fn by(signer: &'a str, whose: &'a str) -> Self {
        let made = crate::document::signing_time();
        Self { signer, named: signer, whose, revoked_at: None, unknown: false, made, brings_certificate: true }
    }

    /// The OCSPResponse.
    pub fn made(&self, pki: &Pki) -> Vec<u8> {
        let rsa = sequence(&[&oid("1.2.840.113549.1.1.11"), &[5, 0]]);
        let algorithm = if self.signer == "ca" { rsa } else { sequence(&[&oid(ECDSA_SHA256)]) };
        let authority = x509_cert::Certificate::from_der(certificate(pki, "ca").der()).expect("a certificate");
        let bits = authority.tbs_certificate().subject_public_key_info().subject_public_key.as_bytes().expect("whole bytes").to_vec();
        let hash = |bytes: &[u8]| tlv(0x04, &[ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref()]);
        let (issuer, serial) = named_by(&certificate(pki, self.whose));
        let id = sequence(&[&sequence(&[&oid("1.3.14.3.2.26"), &[5, 0]]), &hash(&issuer), &hash(&bits), &serial]);
        let good = if self.unknown { vec![0x82, 0] } else { vec![0x80, 0] };
        let status = self.revoked_at.map_or(good, |at| tlv(0xA1, &[&general(at)]));
        let now = general(self.made);
        let giver = x509_cert::Certificate::from_der(certificate(pki, self.named).der()).expect("a certificate");
        let giver = giver.tbs_certificate().subject().to_der().expect("a name");
        let body = sequence(&[&tlv(0xA1, &[&giver]), &now, &sequence(&[&sequence(&[&id, &status, &now])])]);
        let bits = [&[0][..], &signature(pki, self.signer, &body)].concat();
        let own = certificate(pki, self.signer);
        let certificates = if self.brings_certificate { tlv(0xA0, &[&sequence(&[own.der()])]) } else { Vec::new() };
        let basic = sequence(&[&body, &algorithm, &tlv(0x03, &[&bits]), &certificates]);
        let inner = sequence(&[&oid("1.3.6.1.5.5.7.48.1.1"), &tlv(0x04, &[&basic])]);
        sequence(&[&[0x0A, 1, 0], &tlv(0xA0, &[&inner])])
    }
}
