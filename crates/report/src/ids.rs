//! Identities. Every id is a type of its own, so that the compiler notices when two are swapped.
//! Always true: an id is a UUID (version 7 where this application made it), written in its hyphenated form.
//! Deliberately absent: clocks and chance. Whoever makes an id hands both in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;
use uuid::Uuid;

/// Where new ids come from: the shell has the clock and the chance, the core asks for the next one.
pub trait Ids {
    /// A fresh UUID, version 7.
    fn next(&mut self) -> Uuid;
}

/// A version 7 UUID (RFC 9562, section 5.7) from Unix milliseconds and ten bytes of chance.
pub fn uuid_v7(unix_ms: u64, chance: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_ms, &chance).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, TS)]
        #[serde(transparent)]
        #[ts(export)]
        pub struct $name(#[serde(deserialize_with = "crate::format::spelled::id")] pub Uuid);

        impl $name {
            /// The next id of this kind.
            pub fn new(ids: &mut dyn Ids) -> Self {
                Self(ids.next())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// One report, through all its revisions.
    ReportId,
    /// One heading with what stands under it.
    SectionId,
    /// One row of the timeline: an event or a phase break.
    RowId,
    /// One span of impact on one service.
    ImpactId,
    /// One action.
    ActionId,
    /// One cause in the chain of causes.
    CauseId,
    /// One target with what was reached.
    TargetId,
    /// One lesson.
    LessonId,
    /// One row of the table of linked incidents.
    LinkId,
    /// One change of the incident's class or severity.
    ClassificationId,
    /// One attached file.
    AttachmentId,
    /// One drawing of nodes and edges.
    DiagramId,
    /// One person or role.
    PersonId,
    /// One place for a signature.
    SignatoryId,
    /// One piece of text that import could not place.
    UnplacedId,
    /// One filing with an authority.
    FilingId,
}

/// Ids in order from a number, for tests and samples: the same number gives the same ids.
#[derive(Clone, Debug)]
pub struct CountedIds(pub u64);

impl Ids for CountedIds {
    fn next(&mut self) -> Uuid {
        self.0 += 1;
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&self.0.to_be_bytes());
        uuid_v7(1_760_000_000_000, chance)
    }
}
