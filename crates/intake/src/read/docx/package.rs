//! The ZIP file that a document is (ECMA-376, part 2). Always true: unpacking stops at a budget, whatever the parts say of their sizes; a
//! link that leaves the file is known by that and never followed.

use super::xml::{self, Element};
use crate::read::{ReadError, encoding};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// The most parts of a document.
const MOST_PARTS: usize = 10_000;
/// The most bytes of one part when unpacked.
const MOST_OF_PART: u64 = 64_000_000;
/// The most bytes of all parts together when unpacked.
const MOST_TOGETHER: u64 = 200_000_000;

/// A document's parts.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// A link from one part to another, or out of the file.
pub(super) struct Link {
    pub id: String,
    pub kind: String,
    /// A part's name, or an address outside.
    pub target: String,
    pub outside: bool,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| broken(&fault))?;
        if zip.len() > MOST_PARTS {
            return Err(ReadError::TooMany { what: "parts", most: MOST_PARTS });
        }
        Ok(Self { zip, left: MOST_TOGETHER })
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of a part; none where there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(fault) => return Err(broken(&fault)),
        };
        let most = MOST_OF_PART.min(self.left);
        let mut bytes = Vec::new();
        part.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|fault| ReadError::Broken { format: "Word", message: format!("{name}: {fault}") })?;
        if bytes.len() as u64 > most {
            return Err(ReadError::Swells { part: name.to_owned(), most });
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// A part as XML.
    pub fn xml(&mut self, name: &str) -> Result<Element, ReadError> {
        let bytes =
            self.bytes(name)?.ok_or_else(|| ReadError::Broken { format: "Word", message: format!("the part {name} is missing") })?;
        xml::parse(name, &encoding::decode(&bytes, None, Some("utf-8"))?)
    }

    /// The first part of that kind linked from `part`.
    pub fn beside(&mut self, part: &str, kind: &str) -> Result<Option<Element>, ReadError> {
        let Some(link) = self.related(part, kind)?.into_iter().find(|link| !link.outside) else { return Ok(None) };
        if self.has(&link.target) { self.xml(&link.target).map(Some) } else { Ok(None) }
    }

    /// The links of that kind from `part`, whose parts are there.
    pub fn related(&mut self, part: &str, kind: &str) -> Result<Vec<Link>, ReadError> {
        Ok(self.links(part)?.into_iter().filter(|link| link.kind == kind && self.has(&link.target)).collect())
    }

    /// Every link from `part`; of the file itself where it is empty.
    pub fn links(&mut self, part: &str) -> Result<Vec<Link>, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let place = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(bytes) = self.bytes(&place)? else { return Ok(Vec::new()) };
        let root = xml::parse(&place, &encoding::decode(&bytes, None, Some("utf-8"))?)?;
        let link = |element: &Element| {
            let outside = element.attr("TargetMode") == Some("External");
            let target = element.attr("Target")?;
            Some(Link {
                id: element.attr("Id")?.to_owned(),
                kind: element.attr("Type")?.rsplit('/').next()?.to_owned(),
                target: if outside { target.to_owned() } else { resolved(folder, target) },
                outside,
            })
        };
        Ok(root.elements().filter_map(link).collect())
    }
}

/// A part's name from where it is linked.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn broken(fault: &ZipError) -> ReadError {
    if matches!(fault, ZipError::UnsupportedArchive(message) if *message == ZipError::PASSWORD_REQUIRED) {
        return ReadError::NotRead { what: "an archive with a password", remedy: "Unpack it and open the file inside" };
    }
    ReadError::Broken { format: "Word", message: fault.to_string() }
}
