//! The links between the parts of a document (ECMA-376, part 2). Always true: a link that leaves the file is known by that and never followed.

use crate::read::ReadError;
use crate::read::archive::Archive;
use crate::read::xml::Element;

/// A document's parts.
pub(super) struct Package<'a> {
    parts: Archive<'a>,
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
        Ok(Self { parts: Archive::open("Word", bytes)? })
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.has(name)
    }

    /// The bytes of a part; none where there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.parts.bytes(name)
    }

    /// A part as XML.
    pub fn xml(&mut self, name: &str) -> Result<Element, ReadError> {
        self.parts.xml(name)
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
        if !self.has(&place) {
            return Ok(Vec::new());
        }
        let root = self.xml(&place)?;
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
