//! Whoever signs: an identity opened from a file, a token that keeps its key to itself, a service elsewhere.
//! Always true: the certificate that goes into a file is the one of the key that signs; a signature that does not fit it is not used.
//! Deliberately absent: how a signer is opened.

use std::error::Error as StdError;

use chrono::{DateTime, Utc};

use crate::{
    Certificate, Room, SignerFacts,
    algorithm::{Algorithm, Digest, UnusableKey},
    certificate::Otherwise,
};

/// Who can sign. What is signed is short: the attributes of a signature, with the digest of the document among them.
pub trait Signer {
    /// Whose signatures these are.
    fn credentials(&self) -> &Credentials;

    /// Signs a message by way of a digest, one of those of the algorithm, and answers as that algorithm's signatures are written in a
    /// certificate (RFC 5280): for ECDSA, as ECDSA-Sig-Value.
    fn sign(&self, message: &[u8], digest: Digest) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>>;
}

/// A signer's certificate with its issuers', and what follows from it.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The signer's certificate first, then its issuers as far as they are known. Never empty.
    chain: Vec<Certificate>,
    facts: SignerFacts,
    algorithm: Algorithm,
}

/// A certificate outside its time.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NotValidAt {
    /// Its time has passed.
    #[error("the identity expired at {not_after}")]
    Expired {
        /// Last moment of validity.
        not_after: DateTime<Utc>,
    },
    /// Its time has not begun.
    #[error("the identity is not valid before {not_before}")]
    NotYetValid {
        /// First moment of validity.
        not_before: DateTime<Utc>,
    },
}

/// A certificate that is not for signing documents: no reader would take what is signed with it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the certificate is not for signing documents: {0}")]
pub struct Unfit(pub(crate) Otherwise);

impl Credentials {
    /// Those of the holder of a certificate, with whoever issued it as far as that is among `available`.
    ///
    /// # Errors
    /// When its key is of a kind that nothing is signed with here.
    pub fn of(certificate: Certificate, available: &[Certificate]) -> Result<Self, UnusableKey> {
        let algorithm = Algorithm::of(certificate.key())?;
        let facts = certificate.facts();
        let mut chain = vec![certificate];
        while let Some(issuer) =
            chain.last().and_then(|last| available.iter().find(|other| last.is_issued_by(other) && !chain.contains(other))).cloned()
        {
            chain.push(issuer);
        }
        Ok(Self { chain, facts, algorithm })
    }

    /// Who signs.
    pub fn facts(&self) -> &SignerFacts {
        &self.facts
    }

    /// The signer's certificate, for handing to those who are to trust it.
    pub fn certificate(&self) -> &Certificate {
        &self.chain[0]
    }

    /// How the key signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How many bytes a signature needs in the file.
    pub fn room(&self, with_timestamp: bool) -> Room {
        Room::for_certificates(&self.chain, with_timestamp)
    }

    /// Whether the holder may sign at this moment.
    pub fn check_valid_at(&self, now: DateTime<Utc>) -> Result<(), NotValidAt> {
        let SignerFacts { not_before, not_after, .. } = self.facts;
        if now < not_before {
            Err(NotValidAt::NotYetValid { not_before })
        } else if now > not_after {
            Err(NotValidAt::Expired { not_after })
        } else {
            Ok(())
        }
    }

    /// Whether the certificate is for signing documents.
    pub fn check_fit(&self) -> Result<(), Unfit> {
        self.certificate().meant_otherwise().map_or(Ok(()), |otherwise| Err(Unfit(otherwise)))
    }

    pub(crate) fn chain(&self) -> &[Certificate] {
        &self.chain
    }
}
