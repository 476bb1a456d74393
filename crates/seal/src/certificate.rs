//! One X.509 certificate: its bytes as issued, and the facts we read from it.
//! Always true: the bytes are never encoded again. Fingerprints, hashes and signatures are over what the issuer wrote.
//! Deliberately absent: whom to trust (that is `verify::trust`) and revocation, which needs a network.

mod limits;

use chrono::{DateTime, Utc};
use der::{Decode, Tag, Tagged, asn1::BmpString};
use serde::Serialize;
use x509_cert::{
    ext::pkix::{
        AuthorityInfoAccessSyntax, CrlDistributionPoints,
        name::{DistributionPointName, GeneralName},
    },
    name::Name,
    time::Time,
};

use crate::{
    algorithm::{self, Digest, Unsupported},
    asn1::Element,
    oid,
};

pub(crate) use limits::{Otherwise, Purpose};

/// A certificate, read but not judged.
#[derive(Clone, Debug)]
pub struct Certificate {
    der: Vec<u8>,
    parsed: x509_cert::Certificate,
}

/// Bytes that are no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Not the DER of an X.509 certificate.
    #[error("not an X.509 certificate")]
    NotACertificate(#[source] der::Error),
    /// PEM text in which no certificate could be read.
    #[error("no certificate in the PEM text")]
    NoneInPem(#[source] der::Error),
    /// A PEM text without any certificate.
    #[error("the PEM text holds no certificate")]
    EmptyPem,
}

/// Who a certificate says its holder is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SignerFacts {
    /// The common name, or the whole distinguished name where there is none.
    pub name: String,
    /// The organisation, if the certificate names one.
    pub organisation: Option<String>,
    /// The title, if the certificate names one.
    pub role: Option<String>,
    /// The serial number, in lower-case hexadecimal.
    pub serial: String,
    /// SHA-256 of the certificate, in lower-case hexadecimal, 64 digits.
    pub fingerprint_sha256: String,
    /// First moment of validity.
    pub not_before: DateTime<Utc>,
    /// Last moment of validity.
    pub not_after: DateTime<Utc>,
    /// Whether the holder issued the certificate to itself.
    pub self_signed: bool,
}

impl Certificate {
    /// Reads the DER of one certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let parsed = x509_cert::Certificate::from_der(der).map_err(CertificateError::NotACertificate)?;
        Ok(Self { der: der.to_vec(), parsed })
    }

    /// Reads a file of trusted certificates: one in DER, or one or more in PEM.
    pub fn from_pem_or_der(bytes: &[u8]) -> Result<Vec<Self>, CertificateError> {
        const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
        const END: &str = "-----END CERTIFICATE-----";
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(vec![Self::from_der(bytes)?]) };
        if !text.contains("-----BEGIN ") {
            return Ok(vec![Self::from_der(bytes)?]);
        }
        // Files of certificates often carry comments between them, so each block is cut out before it is decoded.
        let blocks = text.split(BEGIN).skip(1).filter_map(|rest| rest.split_once(END));
        let found = blocks
            .map(|(body, _)| {
                let block = format!("{BEGIN}{body}{END}\n");
                let (_, der) =
                    der::pem::decode_vec(block.as_bytes()).map_err(|error| CertificateError::NoneInPem(der::Error::from(error)))?;
                Self::from_der(&der)
            })
            .collect::<Result<Vec<_>, _>>()?;
        if found.is_empty() { Err(CertificateError::EmptyPem) } else { Ok(found) }
    }

    /// The certificate as issued.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Who it says its holder is.
    pub fn facts(&self) -> SignerFacts {
        let tbs = self.parsed.tbs_certificate();
        SignerFacts {
            name: attribute(tbs.subject(), oid::COMMON_NAME).unwrap_or_else(|| tbs.subject().to_string()),
            organisation: attribute(tbs.subject(), oid::ORGANISATION),
            role: attribute(tbs.subject(), oid::TITLE),
            serial: lower_hex(tbs.serial_number().as_bytes()),
            fingerprint_sha256: lower_hex(&Digest::Sha256.of(&[&self.der])),
            not_before: moment(tbs.validity().not_before),
            not_after: moment(tbs.validity().not_after),
            self_signed: tbs.subject() == tbs.issuer(),
        }
    }

    pub(crate) fn key(&self) -> &spki::SubjectPublicKeyInfoOwned {
        self.parsed.tbs_certificate().subject_public_key_info()
    }

    /// The bits of its public key, without what they are for.
    pub(crate) fn key_bits(&self) -> &[u8] {
        self.key().subject_public_key.as_bytes().unwrap_or_default()
    }

    pub(crate) fn subject(&self) -> &Name {
        self.parsed.tbs_certificate().subject()
    }

    pub(crate) fn issuer(&self) -> &Name {
        self.parsed.tbs_certificate().issuer()
    }

    /// The issuer's name and the serial number, each as issued (for IssuerAndSerialNumber, RFC 5652 §10.2.4).
    pub(crate) fn issuer_and_serial(&self) -> der::Result<(&[u8], &[u8])> {
        let mut fields = Element::from_der(&self.der)?.sequence()?.required()?.sequence()?;
        fields.context(0);
        let serial = fields.required()?.tagged(Tag::Integer)?.raw;
        fields.required()?;
        Ok((fields.required()?.raw, serial))
    }

    /// The subject key identifier, if there is one.
    pub(crate) fn subject_key_identifier(&self) -> Option<&[u8]> {
        let extension = self.extensions().find(|extension| extension.extn_id == oid::SUBJECT_KEY_IDENTIFIER)?;
        Element::from_der(extension.extn_value.as_bytes()).ok().map(|octets| octets.contents)
    }

    /// Whether the certificate is within its time at `moment`.
    pub(crate) fn is_valid_at(&self, at: DateTime<Utc>) -> bool {
        let validity = self.parsed.tbs_certificate().validity();
        moment(validity.not_before) <= at && at <= moment(validity.not_after)
    }

    /// Whether `issuer` is named as the issuer, and its key made the signature on this certificate.
    pub(crate) fn is_issued_by(&self, issuer: &Certificate) -> bool {
        self.names_as_issuer(issuer) && self.is_signed_with(issuer.key()).unwrap_or(false)
    }

    /// Whether `issuer` is named as the issuer.
    pub(crate) fn names_as_issuer(&self, issuer: &Certificate) -> bool {
        same_name(self.issuer(), issuer.subject())
    }

    /// Whether its holder and its issuer bear one name (RFC 5280 §3.2).
    pub(crate) fn is_self_issued(&self) -> bool {
        same_name(self.issuer(), self.subject())
    }

    /// Whether its holder's name has an attribute of this value.
    pub(crate) fn has_in_subject(&self, kind: der::oid::ObjectIdentifier, value: &str) -> bool {
        self.subject().iter().any(|attribute| attribute.oid == kind && spelled(&attribute.value).as_deref() == Some(value))
    }

    /// Whether that key made the signature on it; an error where that cannot be checked, or is not accepted.
    pub(crate) fn is_signed_with(&self, key: &spki::SubjectPublicKeyInfoOwned) -> Result<bool, Unsupported> {
        let body = Element::from_der(&self.der).and_then(|outer| outer.sequence()?.required());
        let (Ok(body), Some(signature)) = (body, self.parsed.signature().as_bytes()) else { return Ok(false) };
        algorithm::verifies(key, self.parsed.signature_algorithm(), None, body.raw, signature)
    }

    /// Where the issuer's certificate can be had, by the issuer's word (id-ad-caIssuers, RFC 5280 §4.2.2.1).
    pub(crate) fn issuer_addresses(&self) -> Vec<String> {
        self.access(oid::CA_ISSUERS)
    }

    /// Where one can ask whether it was revoked (id-ad-ocsp, RFC 5280 §4.2.2.1).
    pub(crate) fn answer_addresses(&self) -> Vec<String> {
        self.access(oid::OCSP)
    }

    /// Where lists of what its issuer revoked can be had (RFC 5280 §4.2.1.13).
    pub(crate) fn list_addresses(&self) -> Vec<String> {
        let points = self.parsed.tbs_certificate().get_extension::<CrlDistributionPoints>().ok().flatten();
        let names = points.into_iter().flat_map(|(_, points)| points.0).filter_map(|point| match point.distribution_point {
            Some(DistributionPointName::FullName(names)) => Some(names),
            _ => None,
        });
        names.flatten().filter_map(address).collect()
    }

    fn access(&self, method: der::oid::ObjectIdentifier) -> Vec<String> {
        let access = self.parsed.tbs_certificate().get_extension::<AuthorityInfoAccessSyntax>().ok().flatten();
        let ways = access.into_iter().flat_map(|(_, access)| access.0).filter(|way| way.access_method == method);
        ways.filter_map(|way| address(way.access_location)).collect()
    }

    fn extensions(&self) -> impl Iterator<Item = &x509_cert::ext::Extension> {
        self.parsed.tbs_certificate().extensions().into_iter().flatten()
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

/// An address of the web. Directories (LDAP) are not asked.
fn address(name: GeneralName) -> Option<String> {
    let GeneralName::UniformResourceIdentifier(address) = name else { return None };
    let scheme = address.as_str().split_once("://")?.0.to_ascii_lowercase();
    ["http", "https"].contains(&scheme.as_str()).then(|| address.to_string())
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn lower_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn moment(time: Time) -> DateTime<Utc> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The first value of an attribute of a distinguished name, whatever string type it was written in.
fn attribute(name: &Name, wanted: der::oid::ObjectIdentifier) -> Option<String> {
    spelled(&name.iter().find(|attribute| attribute.oid == wanted)?.value)
}

/// A distinguished name, part by part, as it is compared: letters of either case and blanks of any length alike (RFC 5280 §7.1).
pub(crate) fn folded(name: &Name) -> Vec<Vec<(der::oid::ObjectIdentifier, String)>> {
    let fold = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let part = |part: &x509_cert::name::RelativeDistinguishedName| {
        let value = |value: &der::Any| spelled(value).map_or_else(|| lower_hex(value.value()), fold);
        let mut attributes: Vec<_> = part.iter().map(|attribute| (attribute.oid, value(&attribute.value))).collect();
        attributes.sort();
        attributes
    };
    name.iter_rdn().map(part).collect()
}

/// Whether two distinguished names are one.
pub(crate) fn same_name(one: &Name, other: &Name) -> bool {
    one == other || folded(one) == folded(other)
}

/// The words of a value in a name.
pub(crate) fn spelled(value: &der::Any) -> Option<String> {
    match value.tag() {
        Tag::BmpString => value.decode_as::<BmpString>().ok().map(|text| text.to_string()),
        // A TeletexString is Latin-1 wherever it is still met.
        Tag::TeletexString => Some(value.value().iter().map(|&byte| char::from(byte)).collect()),
        _ => String::from_utf8(value.value().to_vec()).ok(),
    }
}
