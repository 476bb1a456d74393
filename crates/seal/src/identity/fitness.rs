//! Whether an identity may sign documents at all, by what its certificate says; and when.

use chrono::{DateTime, Utc};

use super::Identity;
use crate::{SignerFacts, certificate::Otherwise};

/// An identity outside its time.
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

impl Identity {
    /// Whether the identity may sign at this moment.
    pub fn check_valid_at(&self, now: DateTime<Utc>) -> Result<(), NotValidAt> {
        let SignerFacts { not_before, not_after, .. } = self.signer;
        if now < not_before {
            Err(NotValidAt::NotYetValid { not_before })
        } else if now > not_after {
            Err(NotValidAt::Expired { not_after })
        } else {
            Ok(())
        }
    }

    /// Whether its certificate is for signing documents.
    pub fn check_fit(&self) -> Result<(), Unfit> {
        self.certificate().meant_otherwise().map_or(Ok(()), |otherwise| Err(Unfit(otherwise)))
    }
}
