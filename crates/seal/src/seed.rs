//! What the author of a form asks of whoever signs in one of its fields: seed values (/SV, ISO 32000-2 §12.7.5.5, tables 237 and 238) and the
//! lock (/Lock, table 236).
//! Always true: what is asked for and can be given is given; where it cannot, nothing is signed, and the demand says why. What is only wished
//! for costs no signature.
//! Deliberately absent: the addresses that a form names. No authority is asked that the signer did not choose.

mod certificate;

use lopdf::{Dictionary, Document, Object};

pub(crate) use self::certificate::CertificateTerms;
use crate::{
    Permissions,
    algorithm::Digest,
    form::Field,
    pdf::{entry, follow, text},
    verify::permissions::{self, Lock},
};

/// Something the author of a form asks of a signature that cannot be given.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Demand {
    /// Another program is to sign.
    #[error("the form wants this field signed by another program ({filter})")]
    Filter {
        /// Its name.
        filter: String,
    },
    /// Another format.
    #[error("the form wants a kind of signature that this program does not make ({})", formats.join(", "))]
    Format {
        /// The formats it takes.
        formats: Vec<String>,
    },
    /// Something that newer programs know.
    #[error("the form asks this field for something that this program does not know")]
    Unknown,
    /// A reason out of a list.
    #[error("the form takes only these reasons for signing here: {}", allowed.iter().map(|reason| format!("“{reason}”")).collect::<Vec<_>>().join(", "))]
    Reason {
        /// The reasons it takes.
        allowed: Vec<String>,
    },
    /// No reason at all.
    #[error("the form takes no reason for signing here")]
    NoReason,
    /// An attestation of what in the document could mislead.
    #[error("the form wants a legal attestation with the signature, which this program does not make")]
    LegalAttestation,
    /// Proofs about revocation inside the signature.
    #[error("the form wants proofs about revocation inside the signature; this program keeps them beside it (rapporteur extend)")]
    RevocationInside,
    /// A digest that the key does not sign with.
    #[error("the form wants a digest that this identity’s key does not sign with ({})", allowed.join(", "))]
    Digest {
        /// The digests it takes, by their names.
        allowed: Vec<String>,
    },
    /// A picture by its name.
    #[error("the form wants the signature drawn as “{name}”, which this program does not know")]
    Appearance {
        /// The name.
        name: String,
    },
    /// The document is to be certified here, and somebody has signed before.
    #[error("the form wants its first signature here, and somebody has signed before")]
    First,
    /// The document is to be locked by a signature that does not certify it.
    #[error("the form wants the document locked by this signature, which only its first signature can do here")]
    LockDocument,
    /// Two demands that exclude each other.
    #[error("what the form asks of this field excludes itself")]
    Contradiction,
    /// A trusted time.
    #[error("the form wants a trusted time with this signature{}", named(url))]
    TimeStamp {
        /// The authority that the form names.
        url: Option<String>,
    },
    /// Another certificate.
    #[error("the form does not take this identity’s certificate here: {wanted}")]
    Certificate {
        /// What it takes.
        wanted: &'static str,
    },
}

fn named(url: &Option<String>) -> String {
    url.as_ref().map_or_else(|| ", and none was had".to_owned(), |url| format!(", and none was had; it names the authority {url}"))
}

/// What a field asks for, as far as it concerns the signature dictionary.
pub(crate) struct Seed {
    /// The format to sign in: a /SubFilter.
    pub(crate) format: &'static str,
    /// Whether the signature certifies the document, and what it then allows. None where the form says nothing.
    certify: Option<Option<Permissions>>,
    /// The fields that the signature locks.
    pub(crate) lock: Option<Lock>,
    /// The most that may be changed after it.
    most: Option<Permissions>,
    /// Whether only the seed values, and not the field's lock, forbid every change.
    locks_document: bool,
    reasons: Option<Vec<String>>,
    /// What concerns whoever signs.
    pub(crate) terms: Terms,
}

/// What a field asks for that can be judged only when somebody signs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// The digests to sign with, best first; any where there are none.
    pub(crate) digests: Vec<Digest>,
    /// Their names, where one of them must be used.
    required_digests: Option<Vec<String>>,
    /// Whether there must be a trusted time, and whose address the form names.
    pub(crate) time_stamp: Option<Option<String>>,
    pub(crate) certificate: CertificateTerms,
}

impl Terms {
    /// The digest to sign with, of those that a key can.
    pub(crate) fn digest(&self, able: &[Digest]) -> Result<Digest, Demand> {
        let wanted = self.digests.iter().find(|digest| able.contains(digest));
        match (wanted, &self.required_digests) {
            (Some(digest), _) => Ok(*digest),
            (None, Some(allowed)) => Err(Demand::Digest { allowed: allowed.clone() }),
            (None, None) => Ok(able.first().copied().unwrap_or(Digest::Sha256)),
        }
    }
}

/// Our format first: it is taken where the form says nothing.
const FORMATS: [&str; 2] = ["ETSI.CAdES.detached", "adbe.pkcs7.detached"];

/// The bits of /Ff by which an entry is required and not only wished for.
mod required {
    pub(super) const FILTER: i64 = 1;
    pub(super) const FORMAT: i64 = 1 << 1;
    pub(super) const VERSION: i64 = 1 << 2;
    pub(super) const REASONS: i64 = 1 << 3;
    pub(super) const LEGAL_ATTESTATION: i64 = 1 << 4;
    pub(super) const REVOCATION: i64 = 1 << 5;
    pub(super) const DIGEST: i64 = 1 << 6;
    pub(super) const LOCK: i64 = 1 << 7;
    pub(super) const APPEARANCE: i64 = 1 << 8;
    pub(super) const ALL: i64 = (1 << 9) - 1;
}

impl Seed {
    /// What a field asks for.
    pub(crate) fn of(document: &Document, field: &Field) -> Result<Self, Demand> {
        let mut seed = Self {
            format: FORMATS[0],
            certify: None,
            lock: None,
            most: None,
            locks_document: false,
            reasons: None,
            terms: Terms::default(),
        };
        let Ok(dictionary) = document.get_dictionary(field.id) else { return Ok(seed) };
        if let Some(lock) = entry(document, dictionary, b"Lock") {
            let lock = lock.as_dict().map_err(|_| Demand::Unknown)?;
            seed.lock = Some(permissions::lock_by(document, lock));
            seed.most = permissions::of_lock(document, lock);
        }
        if let Some(values) = entry(document, dictionary, b"SV") {
            seed.read(&Values { document, dictionary: values.as_dict().map_err(|_| Demand::Unknown)? })?;
        }
        Ok(seed)
    }

    fn read(&mut self, values: &Values<'_>) -> Result<(), Demand> {
        let flags = values.number(b"Ff").unwrap_or_default();
        let requires = |bit: i64| flags & bit != 0;
        if flags & !required::ALL != 0 || requires(required::VERSION) && values.number(b"V").is_some_and(|version| version > 3) {
            return Err(Demand::Unknown);
        }
        if let Some(filter) = values.text(b"Filter").filter(|filter| requires(required::FILTER) && filter != "Adobe.PPKLite") {
            return Err(Demand::Filter { filter });
        }
        if let Some(formats) = values.texts(b"SubFilter") {
            match formats.iter().find_map(|wanted| FORMATS.into_iter().find(|ours| ours == wanted)) {
                Some(format) => self.format = format,
                None if requires(required::FORMAT) => return Err(Demand::Format { formats }),
                None => {}
            }
        }
        if requires(required::REASONS) {
            self.reasons = Some(values.texts(b"Reasons").unwrap_or_default());
        }
        if requires(required::LEGAL_ATTESTATION) {
            return Err(Demand::LegalAttestation);
        }
        if requires(required::REVOCATION) && matches!(values.get(b"AddRevInfo"), Some(Object::Boolean(true))) {
            return Err(Demand::RevocationInside);
        }
        if let Some(name) = values.text(b"AppearanceFilter").filter(|_| requires(required::APPEARANCE)) {
            return Err(Demand::Appearance { name });
        }
        if let Some(names) = values.texts(b"DigestMethod") {
            self.terms.digests = names.iter().filter_map(|name| digest_named(name)).collect();
            self.terms.required_digests = requires(required::DIGEST).then_some(names);
        }
        self.read_permissions(values, requires(required::LOCK))?;
        if let Some(Object::Dictionary(time)) = values.get(b"TimeStamp") {
            let time = Values { dictionary: time, ..*values };
            self.terms.time_stamp = (time.number(b"Ff") == Some(1)).then(|| time.text(b"URL"));
        }
        if let Some(Object::Dictionary(certificate)) = values.get(b"Cert") {
            self.terms.certificate = CertificateTerms::read(&Values { dictionary: certificate, ..*values })?;
        }
        Ok(())
    }

    /// Whether the signature is to certify the document, and what may be changed afterwards.
    fn read_permissions(&mut self, values: &Values<'_>, lock_required: bool) -> Result<(), Demand> {
        if let Some(Object::Dictionary(certification)) = values.get(b"MDP") {
            self.certify = Some(match (Values { dictionary: certification, ..*values }).number(b"P") {
                Some(0) => None,
                Some(1) => Some(Permissions::NoChanges),
                Some(2) => Some(Permissions::FormFillingAndSigning),
                Some(3) => Some(Permissions::AnnotationsToo),
                _ => return Err(Demand::Unknown),
            });
        }
        match values.text(b"LockDocument").filter(|_| lock_required).as_deref() {
            Some("true") if self.most != Some(Permissions::NoChanges) => {
                self.most = Some(Permissions::NoChanges);
                self.locks_document = true;
            }
            Some("false") if self.most == Some(Permissions::NoChanges) => return Err(Demand::Contradiction),
            _ => {}
        }
        match (self.certify, self.most) {
            (Some(Some(exactly)), Some(most)) if most < exactly => Err(Demand::Contradiction),
            _ => Ok(()),
        }
    }

    /// What the signature allows after it if it certifies the document; none if it does not. `first` says whether nobody signed before.
    pub(crate) fn certification(&self, first: bool) -> Result<Option<Permissions>, Demand> {
        let allowed = match self.certify {
            Some(Some(_)) if !first => return Err(Demand::First),
            Some(exactly) => exactly,
            None => first.then_some(Permissions::FormFillingAndSigning),
        };
        // Where the signature does not certify, the field's own lock says how much may be changed, and nothing else can.
        if allowed.is_none() && self.locks_document {
            return Err(Demand::LockDocument);
        }
        Ok(allowed.map(|allowed| self.most.map_or(allowed, |most| allowed.min(most))))
    }

    /// Whether the form takes this reason.
    pub(crate) fn check_reason(&self, reason: Option<&str>) -> Result<(), Demand> {
        let Some(allowed) = &self.reasons else { return Ok(()) };
        // An empty list, or a lone full stop, means that none is to be given.
        let none = allowed.is_empty() || matches!(allowed.as_slice(), [only] if only == ".");
        match reason {
            None if none => Ok(()),
            Some(_) if none => Err(Demand::NoReason),
            Some(reason) if allowed.iter().any(|allowed| allowed == reason) => Ok(()),
            _ => Err(Demand::Reason { allowed: allowed.clone() }),
        }
    }
}

fn digest_named(name: &str) -> Option<Digest> {
    match name.to_ascii_uppercase().as_str() {
        "SHA256" | "SHA-256" => Some(Digest::Sha256),
        "SHA384" | "SHA-384" => Some(Digest::Sha384),
        "SHA512" | "SHA-512" => Some(Digest::Sha512),
        _ => None,
    }
}

/// A dictionary of wishes.
struct Values<'a> {
    document: &'a Document,
    dictionary: &'a Dictionary,
}

impl<'a> Values<'a> {
    fn get(&self, key: &[u8]) -> Option<&'a Object> {
        entry(self.document, self.dictionary, key)
    }

    fn number(&self, key: &[u8]) -> Option<i64> {
        match self.get(key)? {
            Object::Integer(number) => Some(*number),
            // /V is a real number in table 237, though only whole ones are defined.
            #[expect(clippy::cast_possible_truncation, reason = "rounded up, so that what is asked for is never taken for less")]
            Object::Real(number) => Some(number.ceil() as i64),
            _ => None,
        }
    }

    fn text(&self, key: &[u8]) -> Option<String> {
        self.get(key).and_then(spelled)
    }

    /// An array of names or texts. One that stands alone counts as an array of one.
    fn texts(&self, key: &[u8]) -> Option<Vec<String>> {
        match self.get(key)? {
            Object::Array(items) => Some(items.iter().filter_map(|item| spelled(follow(self.document, item)?)).collect()),
            alone => spelled(alone).map(|alone| vec![alone]),
        }
    }

    /// An array of byte strings.
    fn strings(&self, key: &[u8]) -> Option<Vec<Vec<u8>>> {
        let items = self.get(key)?.as_array().ok()?;
        Some(items.iter().filter_map(|item| Some(follow(self.document, item)?.as_str().ok()?.to_vec())).collect())
    }
}

/// The words of a name or a text.
fn spelled(object: &Object) -> Option<String> {
    match object {
        Object::Name(name) => Some(String::from_utf8_lossy(name).into_owned()),
        other => text(other),
    }
}
