//! Evidence and pictures, by the SHA-256 of their bytes. Always true: the same bytes are stored once, what is read back has the SHA-256
//! it is asked for by, and nothing is deleted. Which report needs which is written in the reports themselves.

use crate::{Digest, Library, ReadError, SaveError};
use report::Report;
use rusqlite::{OptionalExtension, params};

/// SQLite holds at most 1,000,000,000 bytes in a row; this leaves room for the other columns.
const LARGEST: usize = 999_000_000;

/// A stored file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Blob {
    /// Its media type ("image/png").
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Library {
    /// Stores bytes and gives the SHA-256 they are found by. Storing them again changes nothing.
    ///
    /// # Errors
    /// [`SaveError::TooBig`] above 1 GB; otherwise see [`SaveError`].
    pub fn put_blob(&mut self, bytes: &[u8], media_type: &str) -> Result<Digest, SaveError> {
        if bytes.len() > LARGEST {
            return Err(SaveError::TooBig);
        }
        let digest = Digest::of(bytes);
        let write = self.write()?;
        write
            .prepare_cached("INSERT INTO blob (sha256, media_type, size, bytes) VALUES (?1, ?2, length(?3), ?3) ON CONFLICT DO NOTHING")?
            .execute(params![digest, media_type, bytes])?;
        write.commit()?;
        Ok(digest)
    }

    /// The file of that SHA-256.
    ///
    /// # Errors
    /// [`ReadError::NoBlob`], or [`ReadError::Damaged`] where its bytes are no longer those that were stored.
    pub fn get_blob(&self, digest: Digest) -> Result<Blob, ReadError> {
        let blob = self
            .sql
            .prepare_cached("SELECT media_type, bytes FROM blob WHERE sha256 = ?1")?
            .query_row([digest], |row| Ok(Blob { media_type: row.get(0)?, bytes: row.get(1)? }))
            .optional()?
            .ok_or(ReadError::NoBlob { digest })?;
        if Digest::of(&blob.bytes) == digest {
            Ok(blob)
        } else {
            Err(ReadError::Damaged { detail: format!("a stored file does not have its SHA-256 {digest}") })
        }
    }

    /// The files a report cites and the library does not hold, as the report writes them.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn missing_blobs(&self, report: &Report) -> Result<Vec<String>, ReadError> {
        let mut known = self.sql.prepare_cached("SELECT 1 FROM blob WHERE sha256 = ?1")?;
        let mut missing = Vec::new();
        for attachment in &report.attachments {
            let there = match attachment.sha256.parse::<Digest>() {
                Ok(digest) => known.exists([digest])?,
                Err(_) => false,
            };
            if !there {
                missing.push(attachment.sha256.clone());
            }
        }
        Ok(missing)
    }
}
