//! People: who is named, who signs, and the frame of a letter. Always true: everything stands as it was typed.

use crate::ids::{PersonId, SignatoryId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A person or a role named in the report.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Person {
    /// Their identity; none while the entry is only typed.
    #[serde(default)]
    pub id: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// What they are.
    #[serde(default)]
    pub role: String,
    /// For whom.
    #[serde(default)]
    pub organisation: String,
}

/// A place for a signature on the last page.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Signatory {
    /// Its identity.
    pub id: SignatoryId,
    /// What the signature is for ("Author", "Approver").
    pub part: String,
    /// Who signs.
    pub person: Person,
}

/// The frame of a letter. Everything as typed.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Letter {
    /// The sender's name, printed large.
    #[serde(default)]
    pub sender: String,
    /// The sender's address, one line each.
    #[serde(default)]
    pub address: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub addressee: String,
    /// The place of the dateline.
    #[serde(default)]
    pub place: String,
    /// The date of the dateline, as typed.
    #[serde(default)]
    pub date: String,
    /// "Dear customer," where there is one.
    #[serde(default)]
    pub salutation: String,
    /// "Yours sincerely,".
    #[serde(default)]
    pub closing: String,
}
