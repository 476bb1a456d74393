//! A ZIP file of parts: a document, a workbook, an export. Always true: unpacking stops at a budget, whatever the parts say of their sizes; a
//! part is found by its name and never written anywhere. Deliberately absent: what the parts mean.

use super::xml::{self, Element};
use super::{ReadError, encoding};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most parts of a file.
const MOST_PARTS: usize = 10_000;
/// The most bytes of one part when unpacked.
const MOST_OF_PART: u64 = 64_000_000;
/// The most bytes of all parts together when unpacked.
const MOST_TOGETHER: u64 = 200_000_000;

/// The parts of a file.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What the whole is, for sentences ("Word").
    format: &'static str,
    left: u64,
}

impl<'a> Archive<'a> {
    pub fn open(format: &'static str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| broken(format, &fault))?;
        if zip.len() > MOST_PARTS {
            return Err(ReadError::TooMany { what: "parts", most: MOST_PARTS });
        }
        Ok(Self { zip, format, left: MOST_TOGETHER })
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The names of all parts, folders left aside, in order of their names.
    pub fn names(&self) -> Vec<String> {
        let names = self.zip.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned);
        let mut names: Vec<String> = names.filter(|name| !name.ends_with('/')).collect();
        names.sort();
        names
    }

    /// The bytes of a part; none where there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.zip.index_for_name(name).map(|at| self.unpack(at)).transpose()
    }

    /// Unpacks every part once and keeps none: a file whose parts all stay within their budget can be given to another's reader.
    pub fn measure(&mut self) -> Result<(), ReadError> {
        for at in 0..self.zip.len() {
            self.unpack(at)?;
        }
        self.left = MOST_TOGETHER;
        Ok(())
    }

    fn unpack(&mut self, at: usize) -> Result<Vec<u8>, ReadError> {
        let part = self.zip.by_index(at).map_err(|fault| broken(self.format, &fault))?;
        let name = part.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let most = MOST_OF_PART.min(self.left);
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|fault| ReadError::Broken { format: self.format, message: format!("{name}: {fault}") })?;
        if bytes.len() as u64 > most {
            return Err(ReadError::Swells { part: name, most });
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// A part as XML.
    pub fn xml(&mut self, name: &str) -> Result<Element, ReadError> {
        let Some(bytes) = self.bytes(name)? else {
            return Err(ReadError::Broken { format: self.format, message: format!("the part {name} is missing") });
        };
        xml::parse(self.format, name, &encoding::decode(&bytes, None, Some("utf-8"))?)
    }
}

fn broken(format: &'static str, fault: &ZipError) -> ReadError {
    if matches!(fault, ZipError::UnsupportedArchive(message) if *message == ZipError::PASSWORD_REQUIRED) {
        return ReadError::NotRead { what: "an archive with a password", remedy: "Unpack it and open the file inside" };
    }
    ReadError::Broken { format, message: fault.to_string() }
}
