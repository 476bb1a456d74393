//! How values lie in columns. Always true: ids and digests are raw bytes, moments are milliseconds since 1970 in UTC, choices are their
//! word; anything else found in a column is damage, for the tables are STRICT and only this crate writes them.

use crate::{Digest, ExportKind, Reason, RevisionId, State};
use chrono::{DateTime, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use std::fmt;
use uuid::Uuid;

/// A moment in a column.
pub(crate) struct Moment(pub DateTime<Utc>);

/// A word or number in a column that means nothing there.
#[derive(Debug, thiserror::Error)]
#[error("“{found}” is no {what}")]
struct Meaningless {
    found: String,
    what: &'static str,
}

/// A choice out of a few, stored as its word.
pub(crate) trait Word: Copy + Sized + 'static {
    /// What it is called in a message about damage.
    const WHAT: &'static str;
    /// All there are.
    const ALL: &'static [Self];

    /// The word it is stored as.
    fn word(self) -> &'static str;

    /// Reads what [`Word::word`] wrote.
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        Self::ALL.iter().copied().find(|choice| choice.word() == word).ok_or_else(|| meaningless(word, Self::WHAT))
    }
}

impl Word for State {
    const WHAT: &'static str = "state of a report";
    const ALL: &'static [Self] = &[Self::Draft, Self::Signed, Self::Filed];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
            Self::Filed => "filed",
        }
    }
}

impl Word for ExportKind {
    const WHAT: &'static str = "kind of export";
    const ALL: &'static [Self] = &[Self::Draft, Self::Signed];

    fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
        }
    }
}

impl Word for Reason {
    const WHAT: &'static str = "reason of a revision";
    const ALL: &'static [Self] =
        &[Self::Opened, Self::Checkpoint, Self::BeforeExport, Self::Signed, Self::Imported, Self::Recovered, Self::Conflict];

    fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Checkpoint => "checkpoint",
            Self::BeforeExport => "before_export",
            Self::Signed => "signed",
            Self::Imported => "imported",
            Self::Recovered => "recovered",
            Self::Conflict => "conflict",
        }
    }
}

macro_rules! words {
    ($($choice:ty),*) => {$(
        impl ToSql for $choice {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }

        impl FromSql for $choice {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::read(value)
            }
        }
    )*};
}

words!(State, ExportKind, Reason);

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.timestamp_millis().into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let ms = value.as_i64()?;
        DateTime::from_timestamp_millis(ms).map(Self).ok_or_else(|| meaningless(ms, "time"))
    }
}

impl ToSql for Digest {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_slice().into())
    }
}

impl FromSql for Digest {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 32]>::column_result(value).map(Self)
    }
}

impl ToSql for RevisionId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_bytes().as_slice().into())
    }
}

impl FromSql for RevisionId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Uuid::column_result(value).map(Self)
    }
}

fn meaningless(found: impl fmt::Display, what: &'static str) -> FromSqlError {
    FromSqlError::Other(Box::new(Meaningless { found: found.to_string(), what }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_come_back<T: Word + FromSql + PartialEq + fmt::Debug>() {
        for choice in T::ALL {
            assert_eq!(T::column_result(ValueRef::Text(choice.word().as_bytes())).expect("it is known"), *choice);
        }
        assert!(T::column_result(ValueRef::Text(b"elsewhere")).is_err());
    }

    #[test]
    fn every_word_comes_back_as_what_it_was_and_no_other_is_taken() {
        all_come_back::<State>();
        all_come_back::<ExportKind>();
        all_come_back::<Reason>();
    }

    #[test]
    fn a_number_beyond_all_time_is_no_moment() {
        assert!(Moment::column_result(ValueRef::Integer(i64::MAX)).is_err());
    }
}
