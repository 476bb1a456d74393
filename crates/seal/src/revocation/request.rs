//! Asking what stands of a certificate: OCSPRequest, RFC 6960 §4.1, unsigned and for one certificate.
//! Deliberately absent: a nonce. Most responders answer with what they made beforehand (RFC 5019 §2.2.1), and what is kept in a file is
//! judged by its times.

use der::{Any, Encode, Sequence, asn1::OctetString};
use spki::AlgorithmIdentifierOwned;

use crate::{algorithm, certificate::Certificate, oid};

#[derive(Sequence)]
struct OcspRequest {
    request: TbsRequest,
}

#[derive(Sequence)]
struct TbsRequest {
    list: Vec<Request>,
}

#[derive(Sequence)]
struct Request {
    certificate: CertificateId,
}

#[derive(Sequence)]
struct CertificateId {
    hash: AlgorithmIdentifierOwned,
    issuer_name: OctetString,
    issuer_key: OctetString,
    serial: Any,
}

/// The request in DER. The certificate is named by SHA-1 hashes, which every responder understands (RFC 5019 §2.1.1); nothing rests on their
/// strength.
pub(crate) fn about(certificate: &Certificate, issuer: &Certificate) -> der::Result<Vec<u8>> {
    let (issuer_name, serial) = certificate.issuer_and_serial()?;
    let key = issuer.key().subject_public_key.as_bytes().unwrap_or_default();
    let certificate = CertificateId {
        hash: AlgorithmIdentifierOwned { oid: oid::SHA1, parameters: Some(Any::null()) },
        issuer_name: OctetString::new(algorithm::legacy_sha1(issuer_name))?,
        issuer_key: OctetString::new(algorithm::legacy_sha1(key))?,
        serial: der::Decode::from_der(serial)?,
    };
    OcspRequest { request: TbsRequest { list: vec![Request { certificate }] } }.to_der()
}
