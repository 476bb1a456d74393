//! The certificate that a signer committed to by a signed attribute, so that none can be put in its place.

use der::{Decode, Tag, oid::ObjectIdentifier};
use x509_cert::name::Name;

use crate::{
    algorithm::{self, Digest, Unsupported},
    asn1::{Children, Element},
    certificate::{Certificate, same_name},
    oid,
};

/// The first entry of the attribute, which names the signer's certificate.
pub(super) struct Committed {
    hash_algorithm: ObjectIdentifier,
    hash: Vec<u8>,
    /// The issuer's name and the serial number in DER, where they are named too.
    issuer_and_serial: Option<(Name, Vec<u8>)>,
}

impl Committed {
    /// SigningCertificateV2, RFC 5035 §3.
    pub(super) fn v2(attribute: &[u8]) -> der::Result<Self> {
        let mut id = first_id(attribute)?;
        let algorithm = id.optional(Tag::Sequence).map(|named| named.sequence()?.required()?.oid()).transpose()?;
        Self::read(algorithm.unwrap_or(oid::SHA256), id)
    }

    /// SigningCertificate, RFC 2634 §5.4, whose hash is SHA-1. Still usual in time-stamp tokens.
    pub(super) fn v1(attribute: &[u8]) -> der::Result<Self> {
        Self::read(oid::SHA1, first_id(attribute)?)
    }

    /// The hash, and IssuerSerial (RFC 5035 §3): names of the issuer, of which one is distinguished, and the serial number.
    fn read(hash_algorithm: ObjectIdentifier, mut id: Children<'_>) -> der::Result<Self> {
        let hash = id.required()?.tagged(Tag::OctetString)?.contents.to_vec();
        let issuer_and_serial = id.optional(Tag::Sequence).map(|named| -> der::Result<_> {
            let mut fields = named.sequence()?;
            let mut names = fields.required()?.sequence()?;
            let name = names.context(4).ok_or_else(|| der::ErrorKind::Failed.to_error())?.children()?.required()?;
            Ok((Name::from_der(name.raw)?, fields.required()?.tagged(Tag::Integer)?.raw.to_vec()))
        });
        Ok(Self { hash_algorithm, hash, issuer_and_serial: issuer_and_serial.transpose()? })
    }

    /// Whether this is the certificate.
    pub(super) fn is(&self, certificate: &Certificate) -> Result<bool, Unsupported> {
        let hash = match self.hash_algorithm {
            oid::SHA1 => algorithm::legacy_sha1(certificate.der()),
            other => Digest::from_oid(other)?.of(&[certificate.der()]),
        };
        let named = self.issuer_and_serial.as_ref().is_none_or(|(issuer, serial)| {
            same_name(issuer, certificate.issuer()) && certificate.issuer_and_serial().is_ok_and(|(_, own)| own == serial)
        });
        Ok(hash == self.hash && named)
    }
}

fn first_id(attribute: &[u8]) -> der::Result<Children<'_>> {
    Element::from_der(attribute)?.sequence()?.required()?.sequence()?.required()?.sequence()
}
