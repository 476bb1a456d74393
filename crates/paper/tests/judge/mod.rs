//! A judge of structure that needs no other program: what PDF/A-3a and PDF/UA-1 ask of tree, content, fonts and annotations, as far as
//! it can be read off the objects. The full judgement is veraPDF's; this one runs everywhere and names what it finds.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

/// Everything that is wrong with the file, in words.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let mut judge = Judge { pdf: Document::load_mem(bytes).expect("the file can be read"), faults: Vec::new() };
    judge.ensure(bytes.ends_with(b"%%EOF\n"), "the file does not end in a line feed");
    judge.ensure(bytes.starts_with(b"%PDF-1.7"), "the file is not of version 1.7");
    judge.numbers();
    judge.catalogue();
    judge.fonts();
    let marked = judge.contents();
    judge.parents(&marked);
    judge.annotations();
    judge.tree();
    judge.faults
}

struct Judge {
    pdf: Document,
    faults: Vec<String>,
}

/// Marked-content ids by page.
type Marked = Vec<(ObjectId, BTreeSet<i64>)>;

impl Judge {
    fn ensure(&mut self, sound: bool, fault: impl Into<String>) {
        if !sound {
            self.faults.push(fault.into());
        }
    }

    fn catalog(&self) -> Dictionary {
        self.pdf.catalog().expect("a catalogue").clone()
    }

    fn dictionary(&self, object: &Object) -> Dictionary {
        let (_, object) = self.pdf.dereference(object).expect("a reference leads somewhere");
        match object {
            Object::Dictionary(dictionary) => dictionary.clone(),
            Object::Stream(stream) => stream.dict.clone(),
            other => panic!("no dictionary: {other:?}"),
        }
    }

    /// A file that was never updated has one section of cross-references, from 0 and without gaps (ISO 32000-1, 7.5.4).
    fn numbers(&mut self) {
        let numbers = self.pdf.objects.keys().map(|(number, _)| *number);
        self.ensure(numbers.eq(1..=self.pdf.max_id), "the numbers of the objects have gaps");
    }

    fn catalogue(&mut self) {
        let catalog = self.catalog();
        for key in ["Lang", "MarkInfo", "StructTreeRoot", "Metadata", "OutputIntents", "ViewerPreferences", "AF", "Names", "Outlines"] {
            self.ensure(catalog.has(key.as_bytes()), format!("the catalogue has no {key}"));
        }
        let packet = catalog.get(b"Metadata").and_then(Object::as_reference).expect("metadata");
        let packet = self.pdf.get_object(packet).and_then(Object::as_stream).expect("a stream").clone();
        self.ensure(!packet.dict.has(b"Filter"), "the metadata are compressed");
        let packet = String::from_utf8(packet.content).expect("XMP is UTF-8");
        for needed in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "pdfaExtension:schemas", "dc:title"] {
            self.ensure(packet.contains(needed), format!("the metadata lack {needed}"));
        }
    }

    fn fonts(&mut self) {
        let fonts: Vec<Dictionary> = self
            .pdf
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .filter(|d| d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0"))
            .cloned()
            .collect();
        self.ensure(!fonts.is_empty(), "no font at all");
        for font in fonts {
            let name = String::from_utf8_lossy(font.get(b"BaseFont").and_then(Object::as_name).expect("a name")).into_owned();
            let tagged = name.split_once('+').is_some_and(|(tag, _)| tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()));
            self.ensure(tagged, format!("{name} has no subset tag"));
            self.ensure(font.has(b"ToUnicode"), format!("{name} has no Unicode map"));
            let descendant = font.get(b"DescendantFonts").and_then(Object::as_array).expect("descendants")[0].clone();
            let descriptor = self.dictionary(self.dictionary(&descendant).get(b"FontDescriptor").expect("a descriptor"));
            self.ensure(descriptor.has(b"FontFile2"), format!("{name} is not embedded"));
            let own = descriptor.get(b"FontName").and_then(Object::as_name).expect("a name");
            self.ensure(own == name.as_bytes(), format!("{name} is called otherwise in its descriptor"));
        }
    }

    /// Everything drawn stands in exactly one piece of marked content or artifact.
    fn contents(&mut self) -> Marked {
        let pages: Vec<ObjectId> = self.pdf.get_pages().into_values().collect();
        let mut all = Vec::new();
        for (number, page) in pages.into_iter().enumerate() {
            let content = self.pdf.get_page_content(page);
            let content = Content::decode(&content).expect("content that can be read");
            let mut ids = BTreeSet::new();
            let mut depth: Vec<bool> = Vec::new();
            for operation in &content.operations {
                match operation.operator.as_str() {
                    "BDC" => {
                        let artifact = operation.operands[0].as_name().is_ok_and(|name| name == b"Artifact");
                        let properties = operation.operands[1].as_dict().expect("properties");
                        let id = properties.get(b"MCID").and_then(Object::as_i64).ok();
                        if let Some(id) = id {
                            self.ensure(depth.is_empty(), format!("page {}: marked content {id} inside other", number + 1));
                            self.ensure(ids.insert(id), format!("page {}: marked content {id} stands twice", number + 1));
                        }
                        depth.push(artifact || id.is_some());
                    }
                    "EMC" => {
                        self.ensure(depth.pop().is_some(), format!("page {}: an end without a beginning", number + 1));
                    }
                    "Tj" | "TJ" | "S" | "f" | "f*" | "b" | "B" | "Do" => {
                        let inside = depth.contains(&true);
                        self.ensure(inside, format!("page {}: {} outside marked content", number + 1, operation.operator));
                    }
                    _ => {}
                }
            }
            self.ensure(depth.is_empty(), format!("page {}: marked content left open", number + 1));
            self.ensure(ids.iter().copied().eq(0..ids.len() as i64), format!("page {}: ids with gaps", number + 1));
            all.push((page, ids));
        }
        all
    }

    /// From content to tree and back.
    fn parents(&mut self, marked: &Marked) {
        let root = self.dictionary(self.catalog().get(b"StructTreeRoot").expect("a tree"));
        let numbers = self.dictionary(root.get(b"ParentTree").expect("a parent tree"));
        let numbers = numbers.get(b"Nums").and_then(Object::as_array).expect("numbers").clone();
        let entries: BTreeMap<i64, Object> = numbers.chunks(2).map(|pair| (pair[0].as_i64().expect("a number"), pair[1].clone())).collect();
        for (page, ids) in marked {
            let own = self.pdf.get_dictionary(*page).expect("a page").clone();
            let key = own.get(b"StructParents").and_then(Object::as_i64).expect("a page in the tree");
            let tabs = own.get(b"Tabs").and_then(Object::as_name).is_ok_and(|name| name == b"S");
            self.ensure(tabs, "a page's tab order is not that of the tree");
            let (_, owners) = self.pdf.dereference(&entries[&key]).expect("owners");
            let owners = owners.as_array().expect("a list").clone();
            self.ensure(owners.len() == ids.len(), format!("page {key}: {} owners for {} pieces", owners.len(), ids.len()));
            for (id, owner) in owners.iter().enumerate() {
                let element = self.dictionary(owner);
                let held = self.kids(&element).iter().any(|kid| match kid {
                    Object::Integer(held) => *held == id as i64 && element.get(b"Pg").and_then(Object::as_reference).ok() == Some(*page),
                    Object::Dictionary(kid) => {
                        kid.get(b"MCID").and_then(Object::as_i64).ok() == Some(id as i64)
                            && kid.get(b"Pg").and_then(Object::as_reference).ok() == Some(*page)
                    }
                    _ => false,
                });
                self.ensure(held, format!("page {key}: the owner of {id} does not know it"));
            }
        }
    }

    fn kids(&self, element: &Dictionary) -> Vec<Object> {
        match element.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        }
    }

    fn annotations(&mut self) {
        let pages: Vec<ObjectId> = self.pdf.get_pages().into_values().collect();
        for page in pages {
            let own = self.pdf.get_dictionary(page).expect("a page").clone();
            let annotations = own.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
            for annotation in annotations {
                self.ensure(annotation.as_reference().is_ok(), "an annotation is not an object of its own");
                let annotation = self.dictionary(&annotation);
                let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
                self.ensure(flags & 4 == 4 && flags & 2 == 0, "an annotation is not printed");
                self.ensure(annotation.has(b"Contents") || annotation.has(b"TU"), "an annotation is not described");
                self.ensure(annotation.has(b"StructParent"), "an annotation is not in the tree");
            }
        }
    }

    fn tree(&mut self) {
        let root = self.dictionary(self.catalog().get(b"StructTreeRoot").expect("a tree"));
        let mut level = 0;
        let mut notes = BTreeSet::new();
        let mut waiting: Vec<Object> = self.kids(&root).into_iter().rev().collect();
        while let Some(next) = waiting.pop() {
            if next.as_reference().is_err() {
                continue;
            }
            let element = self.dictionary(&next);
            let kind = String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a type")).into_owned();
            match kind.as_str() {
                "Figure" => {
                    self.ensure(element.has(b"Alt"), "a figure without words");
                    let bounds = element.get(b"A").and_then(Object::as_dict).is_ok_and(|a| a.has(b"BBox"));
                    self.ensure(bounds, "a figure without bounds");
                }
                "TH" => {
                    let scope = element.get(b"A").and_then(Object::as_dict).is_ok_and(|a| a.has(b"Scope"));
                    self.ensure(scope, "a head cell without scope");
                }
                "Note" => {
                    let id = element.get(b"ID").and_then(Object::as_str).map(<[u8]>::to_vec).unwrap_or_default();
                    self.ensure(!id.is_empty() && notes.insert(id), "a note without an id of its own");
                }
                "Form" => {
                    let direct = matches!(element.get(b"K"), Ok(Object::Dictionary(kid)) if kid.has(b"Obj"));
                    self.ensure(direct, "a form element that does not hold its field directly");
                }
                "Link" => {
                    let held = self.kids(&element).iter().any(|kid| kid.as_dict().is_ok_and(|kid| kid.has(b"Obj")));
                    self.ensure(held, "a link that cannot be followed");
                }
                "Table" => self.table(&element),
                heading if heading.len() == 2 && heading.starts_with('H') => {
                    let own: u8 = heading[1..].parse().expect("a level");
                    self.ensure(own <= level + 1, format!("a heading of level {own} after one of level {level}"));
                    level = own;
                }
                _ => {}
            }
            waiting.extend(self.kids(&element).into_iter().rev());
        }
    }

    /// Counted with their spans, all rows of a table are equally long.
    fn table(&mut self, table: &Dictionary) {
        let mut rows: Vec<Dictionary> = Vec::new();
        for kid in self.kids(table) {
            let part = self.dictionary(&kid);
            match part.get(b"S").and_then(Object::as_name) {
                Ok(b"TR") => rows.push(part),
                _ => rows.extend(self.kids(&part).iter().map(|row| self.dictionary(row)).collect::<Vec<_>>()),
            }
        }
        let mut reaching: Vec<i64> = Vec::new();
        let mut widths = BTreeSet::new();
        for row in rows {
            let mut width: i64 = reaching.iter().filter(|rows| **rows > 0).count() as i64;
            reaching.iter_mut().for_each(|rows| *rows -= 1);
            reaching.retain(|rows| *rows > 0);
            for cell in self.kids(&row) {
                let cell = self.dictionary(&cell);
                let span = |key: &[u8]| {
                    let attributes = cell.get(b"A").and_then(Object::as_dict);
                    attributes.and_then(|a| a.get(key)).and_then(Object::as_i64).unwrap_or(1)
                };
                width += span(b"ColSpan");
                for _ in 0..span(b"ColSpan") {
                    if span(b"RowSpan") > 1 {
                        reaching.push(span(b"RowSpan") - 1);
                    }
                }
            }
            widths.insert(width);
        }
        self.ensure(widths.len() <= 1, format!("a table whose rows have {widths:?} columns"));
    }
}
