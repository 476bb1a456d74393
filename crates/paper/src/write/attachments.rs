//! The files that travel inside the report (PDF/A-3, 6.8): the report's own data and the evidence.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use lopdf::{Object, Stream, StringFormat, dictionary};
use md5::{Digest, Md5};

use super::{
    Document, File,
    metadata::pdf_date,
    object::{name, text},
};

/// A file to carry.
#[derive(Clone, Debug)]
pub struct Attachment<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its media type.
    pub mime: &'a str,
    /// What it is, in words.
    pub description: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// When it was last changed.
    pub modified: DateTime<Utc>,
    /// What it is to the report.
    pub relationship: Relationship,
}

/// What an attached file is to the document (ISO 19005-3, annex E).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Relationship {
    /// What the document was made from.
    Source,
    /// What supports it.
    Supplement,
}

/// Embeds the files.
pub fn embed(file: &mut File<'_>, document: &Document<'_>) {
    let mut taken = BTreeSet::new();
    let mut listed: Vec<(Vec<u8>, Object)> = Vec::new();
    let mut associated: Vec<Object> = Vec::new();
    for attachment in document.attachments {
        let own = unused(attachment.name, &mut taken);
        let parameters = dictionary! {
            "Size" => attachment.bytes.len() as i64,
            "CheckSum" => Object::String(Md5::digest(attachment.bytes).to_vec(), StringFormat::Hexadecimal),
            "ModDate" => pdf_date(attachment.modified),
        };
        let mime = if attachment.mime.is_empty() { "application/octet-stream" } else { attachment.mime };
        let dictionary = dictionary! { "Type" => "EmbeddedFile", "Subtype" => name(mime), "Params" => parameters };
        let stream = file.pdf.add_object(Stream::new(dictionary, attachment.bytes.to_vec()));
        let relationship = match attachment.relationship {
            Relationship::Source => "Source",
            Relationship::Supplement => "Supplement",
        };
        let specification = file.pdf.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => text(&own),
            "UF" => text(&own),
            "Desc" => text(attachment.description),
            "AFRelationship" => relationship,
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        });
        let key = match text(&own) {
            Object::String(bytes, _) => bytes,
            _ => own.into_bytes(),
        };
        listed.push((key, specification.into()));
        associated.push(specification.into());
    }
    if listed.is_empty() {
        return;
    }
    listed.sort_by(|a, b| a.0.cmp(&b.0));
    let named: Vec<Object> = listed.into_iter().flat_map(|(key, file)| [Object::String(key, StringFormat::Hexadecimal), file]).collect();
    if let Ok(catalog) = file.catalog() {
        catalog.set("AF", associated);
        catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => named } });
    }
}

/// The name, or the name with a number where two files have the same.
fn unused(name: &str, taken: &mut BTreeSet<String>) -> String {
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(stem, ending)| (stem, format!(".{ending}")));
    let mut own = name.to_owned();
    let mut number = 2;
    while !taken.insert(own.clone()) {
        own = format!("{stem} ({number}){ending}");
        number += 1;
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_of_one_name_are_told_apart() {
        let mut taken = BTreeSet::new();
        let names: Vec<String> = ["log.gz", "log.gz", "notes", "log.gz", "notes"].iter().map(|n| unused(n, &mut taken)).collect();
        assert_eq!(names, ["log.gz", "log (2).gz", "notes", "log (3).gz", "notes (2)"]);
    }
}
