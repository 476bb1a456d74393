//! Taking a CMS message apart, ours or a foreign signer's, and checking what can be checked inside it.
//! Always true: bytes are compared as they were written; exactly one signer, as PDF requires (ISO 32000-2 §12.8.3.3.1).
//! Deliberately absent: whether the signer is to be trusted, and what the message was signed over.

use der::{Decode, Tag, oid::ObjectIdentifier};
use spki::AlgorithmIdentifierOwned;

use crate::{
    algorithm::{self, Digest, Unsupported},
    asn1::{Children, Element, ber},
    certificate::Certificate,
    cms::committed::Committed,
    oid,
};

/// A SignedData message with its one signer.
pub(crate) struct SignedMessage {
    content_type: ObjectIdentifier,
    /// The signed content, where it travels inside the message.
    pub(crate) content: Option<Vec<u8>>,
    /// The certificates that travel with it; those that cannot be read are left out.
    pub(crate) certificates: Vec<Certificate>,
    signer: SignerId,
    digest_algorithm: ObjectIdentifier,
    /// The signed attributes as a SET OF, the form that was signed.
    signed: Vec<u8>,
    signature_algorithm: AlgorithmIdentifierOwned,
    /// The signature value.
    pub(crate) signature: Vec<u8>,
    unsigned: Vec<u8>,
    /// The contents of the field for revocation lists, as they were written.
    pub(crate) revocation_lists: Vec<u8>,
}

/// How the signer's certificate is named (RFC 5652 §5.3).
enum SignerId {
    IssuerAndSerial { issuer: Vec<u8>, serial: Vec<u8> },
    KeyIdentifier(Vec<u8>),
}

/// What is wrong inside a message that could be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    Unsupported(Unsupported),
    /// The attributes do not say what is signed: content-type or message-digest missing, doubled or contradictory.
    Attributes,
    /// The signature value was not made over these attributes with this key.
    Signature,
    /// The certificate is not the one the signer committed to.
    CertificateReplaced,
    /// The signer committed to no certificate although the profile requires it.
    CertificateNotNamed,
    /// The signer committed to other algorithms than those beside the signature (RFC 6211).
    AlgorithmsReplaced,
}

impl From<Unsupported> for Fault {
    fn from(unsupported: Unsupported) -> Self {
        Self::Unsupported(unsupported)
    }
}

impl SignedMessage {
    /// Reads the message at the start of `bytes`; what follows must be the zeros that fill up the room reserved for it.
    pub(crate) fn from_padded(bytes: &[u8]) -> der::Result<Self> {
        let Ok((message, padding)) = Element::split_first(bytes) else { return Self::from_ber(bytes) };
        if padding.iter().any(|&byte| byte != 0) {
            return Err(malformed());
        }
        Self::from_element(message).or_else(|_| Self::from_ber(bytes))
    }

    /// Reads a message written in BER, at the start of `bytes`; zeros may follow.
    fn from_ber(bytes: &[u8]) -> der::Result<Self> {
        let (message, length) = ber::to_der(bytes).ok_or_else(malformed)?;
        if bytes[length..].iter().any(|&byte| byte != 0) {
            return Err(malformed());
        }
        Self::from_element(Element::from_der(&message)?)
    }

    /// Reads a message that fills `bytes`.
    pub(crate) fn from_der(bytes: &[u8]) -> der::Result<Self> {
        Element::from_der(bytes).and_then(Self::from_element).or_else(|_| Self::from_ber(bytes))
    }

    fn from_element(message: Element<'_>) -> der::Result<Self> {
        let mut info = message.sequence()?;
        if info.required()?.oid()? != oid::SIGNED_DATA {
            return Err(malformed());
        }
        let mut data = info.context(0).ok_or_else(malformed)?.children()?.required()?.sequence()?;
        if !matches!(data.required()?.tagged(Tag::Integer)?.contents, [1 | 3 | 4 | 5]) {
            return Err(malformed());
        }
        let digests = data.required()?.tagged(Tag::Set)?.children()?.map(plain_algorithm).collect::<der::Result<Vec<_>>>()?;
        let (content_type, content) = encapsulated(data.required()?)?;
        let certificates = data.context(0).map(|set| set.children()).transpose()?.into_iter().flatten();
        let certificates = certificates.filter_map(|element| Certificate::from_der(element.raw).ok()).collect();
        let revocation_lists = data.context(1).map(|lists| lists.contents.to_vec()).unwrap_or_default();
        let mut signers = data.required()?.tagged(Tag::Set)?.children()?;
        let signer = signers.required()?;
        if signers.next().is_some() || data.next().is_some() {
            return Err(malformed());
        }
        let message = Self::with_signer(content_type, content, certificates, signer.sequence()?)?;
        // Nobody signs this list, but everybody reads it: it must say what the signer says.
        if !digests.contains(&message.digest_algorithm) {
            return Err(malformed());
        }
        Ok(Self { revocation_lists, ..message })
    }

    fn with_signer(
        content_type: ObjectIdentifier,
        content: Option<Vec<u8>>,
        certificates: Vec<Certificate>,
        mut fields: Children<'_>,
    ) -> der::Result<Self> {
        let version = fields.required()?.tagged(Tag::Integer)?.contents;
        let signer = signer_id(fields.required()?)?;
        // The version follows from how the certificate is named (RFC 5652 §5.3).
        let expected: &[u8] = if matches!(signer, SignerId::IssuerAndSerial { .. }) { &[1] } else { &[3] };
        if version != expected {
            return Err(malformed());
        }
        let digest_algorithm = plain_algorithm(fields.required()?)?;
        let mut signed = fields.context(0).ok_or_else(malformed)?.raw.to_vec();
        signed[0] = SET_OF; // it travels as [0] and is signed as SET OF (RFC 5652 §5.4)
        let signature_algorithm = AlgorithmIdentifierOwned::from_der(fields.required()?.raw)?;
        let signature = fields.required()?.tagged(Tag::OctetString)?.contents.to_vec();
        let unsigned = fields.context(1).map(|set| set.contents.to_vec()).unwrap_or_default();
        let revocation_lists = Vec::new();
        Ok(Self {
            content_type,
            content,
            certificates,
            signer,
            digest_algorithm,
            signed,
            signature_algorithm,
            signature,
            unsigned,
            revocation_lists,
        })
    }

    /// The digest the document must be hashed with.
    pub(crate) fn digest(&self) -> Result<Digest, Unsupported> {
        Digest::from_oid(self.digest_algorithm)
    }

    /// The digest the signer says the document had, if the attributes say so once and clearly.
    pub(crate) fn message_digest(&self) -> Option<Vec<u8>> {
        let value = self.signed_attribute(oid::MESSAGE_DIGEST).ok()??;
        Some(Element::from_der(&value).ok()?.tagged(Tag::OctetString).ok()?.contents.to_vec())
    }

    /// The certificate the signer names, if it travels with the message.
    pub(crate) fn signer_certificate(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| match &self.signer {
            SignerId::IssuerAndSerial { issuer, serial } => certificate.issuer_and_serial().is_ok_and(|named| named == (issuer, serial)),
            SignerId::KeyIdentifier(identifier) => certificate.subject_key_identifier() == Some(identifier),
        })
    }

    /// Whether `certificate` made the signature, over attributes that are consistent and name that certificate.
    pub(crate) fn check(&self, certificate: &Certificate, must_name_certificate: bool) -> Result<(), Fault> {
        let attribute = |oid| self.signed_attribute(oid).map_err(|_| Fault::Attributes);
        let content_type = attribute(oid::CONTENT_TYPE)?.ok_or(Fault::Attributes)?;
        if ObjectIdentifier::from_der(&content_type) != Ok(self.content_type) || self.message_digest().is_none() {
            return Err(Fault::Attributes);
        }
        if let Some(protected) = attribute(oid::ALGORITHM_PROTECTION)?
            && !self.has_protected(&protected).map_err(|_| Fault::Attributes)?
        {
            return Err(Fault::AlgorithmsReplaced);
        }
        let digest = self.digest()?;
        let algorithm = &self.signature_algorithm;
        let holds = |signed: &[u8]| algorithm::verifies(certificate.key(), algorithm, Some(digest), signed, &self.signature);
        // What is signed is the set in the order of DER, whichever order it travels in (RFC 5652 §5.4).
        if !holds(&self.signed)? && !self.in_order().is_some_and(|signed| holds(&signed).unwrap_or(false)) {
            return Err(Fault::Signature);
        }
        let named = [
            attribute(oid::SIGNING_CERTIFICATE_V2)?.map(|named| Committed::v2(&named)),
            attribute(oid::SIGNING_CERTIFICATE)?.map(|named| Committed::v1(&named)),
        ];
        let mut names_it = false;
        // Where both are there, both must name it.
        for named in named.into_iter().flatten() {
            if !named.map_err(|_| Fault::Attributes)?.is(certificate)? {
                return Err(Fault::CertificateReplaced);
            }
            names_it = true;
        }
        if must_name_certificate && !names_it { Err(Fault::CertificateNotNamed) } else { Ok(()) }
    }

    /// The signed attributes in the order of DER, if they travel in another.
    fn in_order(&self) -> Option<Vec<u8>> {
        let set = Element::from_der(&self.signed).ok()?;
        let mut attributes: Vec<&[u8]> = set.children().ok()?.map(|attribute| attribute.raw).collect();
        attributes.sort_unstable();
        let contents = attributes.concat();
        if contents == set.contents {
            return None;
        }
        let head = self.signed.len() - contents.len();
        Some([self.signed.get(..head)?, &contents].concat())
    }

    /// Whether the algorithms beside the signature are those the signer committed to (CMSAlgorithmProtection, RFC 6211 §2).
    fn has_protected(&self, attribute: &[u8]) -> der::Result<bool> {
        let mut fields = Element::from_der(attribute)?.sequence()?;
        let digest = fields.required()?.sequence()?.required()?.oid()?;
        let Some(signature) = fields.context(1) else { return Ok(false) };
        let mut signature = signature.children()?;
        let algorithm = signature.required()?.oid()?;
        // Absent parameters and NULL mean the same, and writers mix them.
        let meaning = |parameters: Option<Vec<u8>>| parameters.filter(|der| der != &[0x05, 0x00]);
        let committed = meaning(signature.next().map(|parameters| parameters.raw.to_vec()));
        let beside = meaning(self.signature_algorithm.parameters.as_ref().map(der::Encode::to_der).transpose()?);
        let same = (digest, algorithm) == (self.digest_algorithm, self.signature_algorithm.oid) && committed == beside;
        Ok(same && fields.next().is_none())
    }

    /// Whether the content is of this type.
    pub(crate) fn has_content_type(&self, wanted: ObjectIdentifier) -> bool {
        self.content_type == wanted
    }

    /// Whether the signer also names its certificate, which CAdES requires.
    pub(crate) fn names_its_certificate(&self) -> bool {
        matches!(self.signed_attribute(oid::SIGNING_CERTIFICATE_V2), Ok(Some(_)))
            || matches!(self.signed_attribute(oid::SIGNING_CERTIFICATE), Ok(Some(_)))
    }

    /// A signed attribute's single value in DER; an error if it is doubled or has several values.
    pub(crate) fn signed_attribute(&self, wanted: ObjectIdentifier) -> der::Result<Option<Vec<u8>>> {
        single_value(Element::from_der(&self.signed)?.children()?, wanted)
    }

    /// An unsigned attribute's single value in DER; an error if it is doubled or has several values.
    pub(crate) fn unsigned_attribute(&self, wanted: ObjectIdentifier) -> der::Result<Option<Vec<u8>>> {
        single_value(self.unsigned()?.into_iter(), wanted)
    }

    /// All values of an unsigned attribute in DER, which may be there several times.
    pub(crate) fn unsigned_values(&self, wanted: ObjectIdentifier) -> der::Result<Vec<Vec<u8>>> {
        let mut found = Vec::new();
        for attribute in self.unsigned()? {
            let mut fields = attribute.sequence()?;
            if fields.required()?.oid()? == wanted {
                found.extend(fields.required()?.tagged(Tag::Set)?.children()?.map(|value| value.raw.to_vec()));
            }
        }
        Ok(found)
    }

    fn unsigned(&self) -> der::Result<Vec<Element<'_>>> {
        let mut attributes = Vec::new();
        let mut rest = self.unsigned.as_slice();
        while !rest.is_empty() {
            let (attribute, after) = Element::split_first(rest)?;
            attributes.push(attribute);
            rest = after;
        }
        Ok(attributes)
    }
}

/// The tag of a SET OF (X.690 §8.12).
const SET_OF: u8 = 0x31;

fn malformed() -> der::Error {
    der::ErrorKind::Failed.to_error()
}

/// An algorithm without parameters, or with NULL for none.
fn plain_algorithm(element: Element<'_>) -> der::Result<ObjectIdentifier> {
    let mut fields = element.sequence()?;
    let algorithm = fields.required()?.oid()?;
    let none = fields.next().is_none_or(|parameters| parameters.raw == [0x05, 0x00]);
    if none && fields.next().is_none() { Ok(algorithm) } else { Err(malformed()) }
}

fn encapsulated(element: Element<'_>) -> der::Result<(ObjectIdentifier, Option<Vec<u8>>)> {
    let mut fields = element.sequence()?;
    let content_type = fields.required()?.oid()?;
    let content = match fields.context(0) {
        Some(explicit) => Some(explicit.children()?.required()?.tagged(Tag::OctetString)?.contents.to_vec()),
        None => None,
    };
    Ok((content_type, content))
}

fn signer_id(element: Element<'_>) -> der::Result<SignerId> {
    if element.tag != Tag::Sequence {
        return Ok(SignerId::KeyIdentifier(element.contents.to_vec()));
    }
    let mut fields = element.sequence()?;
    let issuer = fields.required()?.raw.to_vec();
    Ok(SignerId::IssuerAndSerial { issuer, serial: fields.required()?.raw.to_vec() })
}

fn single_value<'a>(attributes: impl Iterator<Item = Element<'a>>, wanted: ObjectIdentifier) -> der::Result<Option<Vec<u8>>> {
    let mut found = None;
    for attribute in attributes {
        let mut fields = attribute.sequence()?;
        if fields.required()?.oid()? != wanted {
            continue;
        }
        let mut values = fields.required()?.tagged(Tag::Set)?.children()?;
        let value = values.required()?.raw.to_vec();
        if values.next().is_some() || found.replace(value).is_some() {
            return Err(malformed());
        }
    }
    Ok(found)
}
