//! Making the CMS of a signature: PAdES baseline B (ETSI EN 319 142-1 §6), and baseline T once a time-stamp is added.
//! Always true: detached content; the attributes content-type, message-digest and signing-certificate-v2, no other.
//! Deliberately absent: the attribute signing-time, which PAdES forbids; the time stands in the PDF as /M.

use der::{
    Any, Encode, Sequence, ValueOrd,
    asn1::{OctetString, SetOfVec},
    oid::ObjectIdentifier,
};
use spki::AlgorithmIdentifierOwned;

use crate::{
    Signer,
    algorithm::{self, Digest},
    certificate::Certificate,
    oid,
};

/// Why no signature could be made.
#[derive(Debug, thiserror::Error)]
pub enum CmsError {
    /// Whoever holds the key did not sign.
    #[error("the private key could not sign: {0}")]
    Key(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What came back does not hold under the certificate that was to go with it.
    #[error("the private key signed, but it is not the one of the certificate")]
    NotOfCertificate,
    /// A structure could not be encoded.
    #[error("the signature could not be encoded")]
    Encoding(#[from] der::Error),
}

/// A finished signature, still open for a time-stamp.
pub(crate) struct Signature {
    signer: SignerInfo,
    certificates: Vec<Any>,
}

impl Signature {
    /// Signs the digest of a document. One digest, which must be among those of the key, serves the whole signature (RFC 5652 §11.2).
    pub(crate) fn over(document_digest: &[u8], digest: Digest, signer: &dyn Signer) -> Result<Self, CmsError> {
        let credentials = signer.credentials();
        let leaf = credentials.certificate();
        let attributes = SetOfVec::try_from(vec![
            attribute(oid::CONTENT_TYPE, Any::encode_from(&oid::DATA)?)?,
            attribute(oid::MESSAGE_DIGEST, Any::encode_from(&OctetString::new(document_digest)?)?)?,
            attribute(oid::SIGNING_CERTIFICATE_V2, signing_certificate(leaf)?)?,
        ])?;
        // RFC 5652 §5.4: what is signed is the SET OF, not the [0] under which it travels.
        let message = attributes.to_der()?;
        let value = signer.sign(&message, digest).map_err(CmsError::Key)?;
        let signature_algorithm = credentials.algorithm().identifier(digest)?;
        if algorithm::verifies(leaf.key(), &signature_algorithm, Some(digest), &message, &value) != Ok(true) {
            return Err(CmsError::NotOfCertificate);
        }
        let (issuer, serial) = leaf.issuer_and_serial()?;
        let signer = SignerInfo {
            version: 1,
            sid: IssuerAndSerial { issuer: der::Decode::from_der(issuer)?, serial: der::Decode::from_der(serial)? },
            digest_algorithm: digest.identifier(),
            signed: Some(attributes),
            signature_algorithm,
            signature: OctetString::new(value)?,
            unsigned: None,
        };
        let certificates = credentials.chain().iter().map(|certificate| der::Decode::from_der(certificate.der()));
        Ok(Self { signer, certificates: certificates.collect::<der::Result<_>>()? })
    }

    /// The signature value: what a time-stamp stamps.
    pub(crate) fn value(&self) -> &[u8] {
        self.signer.signature.as_bytes()
    }

    /// The same signature with a time-stamp token (a CMS message in DER) beside it.
    pub(crate) fn with_timestamp(&self, token: &[u8]) -> der::Result<Self> {
        let token = attribute(oid::TIME_STAMP_TOKEN, der::Decode::from_der(token)?)?;
        let signer = SignerInfo { unsigned: Some(SetOfVec::try_from(vec![token])?), ..self.signer.clone() };
        Ok(Self { signer, certificates: self.certificates.clone() })
    }

    /// The whole message in DER.
    pub(crate) fn to_der(&self) -> der::Result<Vec<u8>> {
        let signed_data = SignedData {
            version: 1,
            digest_algorithms: SetOfVec::try_from(vec![self.signer.digest_algorithm.clone()])?,
            content: DetachedContent { content_type: oid::DATA },
            certificates: Some(SetOfVec::try_from(self.certificates.clone())?),
            signers: SetOfVec::try_from(vec![self.signer.clone()])?,
        };
        ContentInfo { content_type: oid::SIGNED_DATA, content: Any::encode_from(&signed_data)? }.to_der()
    }
}

/// SigningCertificateV2 (RFC 5035 §3): ties the signature to this certificate, so that none can be put in its place.
/// The hash algorithm is left out because SHA-256 is its DEFAULT.
fn signing_certificate(leaf: &Certificate) -> der::Result<Any> {
    let hash = OctetString::new(Digest::Sha256.of(&[leaf.der()]))?;
    Any::encode_from(&SigningCertificateV2 { certificates: vec![EssCertificateIdV2 { hash }] })
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

#[derive(Sequence)]
struct ContentInfo {
    content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    content: Any,
}

#[derive(Sequence)]
struct SignedData {
    version: u8,
    digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    content: DetachedContent,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    certificates: Option<SetOfVec<Any>>,
    signers: SetOfVec<SignerInfo>,
}

#[derive(Sequence)]
struct DetachedContent {
    content_type: ObjectIdentifier,
}

#[derive(Clone, Sequence, ValueOrd)]
struct SignerInfo {
    version: u8,
    sid: IssuerAndSerial,
    digest_algorithm: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    signed: Option<SetOfVec<Attribute>>,
    signature_algorithm: AlgorithmIdentifierOwned,
    signature: OctetString,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    unsigned: Option<SetOfVec<Attribute>>,
}

#[derive(Clone, Sequence, ValueOrd)]
struct IssuerAndSerial {
    issuer: Any,
    serial: Any,
}

#[derive(Clone, Sequence, ValueOrd)]
struct Attribute {
    oid: ObjectIdentifier,
    values: SetOfVec<Any>,
}

#[derive(Sequence)]
struct SigningCertificateV2 {
    certificates: Vec<EssCertificateIdV2>,
}

#[derive(Sequence)]
struct EssCertificateIdV2 {
    hash: OctetString,
}
