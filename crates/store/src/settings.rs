//! Settings: small values by name, as JSON. Always true: a setting of another shape than asked for is an error, never a silent default.
//! Deliberately absent: which settings there are; whoever asks knows the name and the shape. Never a passphrase.

use crate::{Library, ReadError, SaveError};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

impl Library {
    /// A setting; none where it was never set.
    ///
    /// # Errors
    /// [`ReadError::Setting`] where it is of another shape; otherwise see [`ReadError`].
    pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, ReadError> {
        let json: Option<String> =
            self.sql.prepare_cached("SELECT value FROM setting WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()?;
        json.map(|json| serde_json::from_str(&json).map_err(|cause| ReadError::Setting { key: key.to_owned(), cause })).transpose()
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// [`SaveError::Setting`] for a value that is no JSON; otherwise see [`SaveError`].
    pub fn set_setting<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), SaveError> {
        let json = serde_json::to_string(value).map_err(|cause| SaveError::Setting { key: key.to_owned(), cause })?;
        let write = self.write()?;
        write
            .prepare_cached("INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
            .execute(params![key, json])?;
        Ok(write.commit()?)
    }
}
