//! Updates written by hand, byte by byte, as an attacker writes them; and as an honest program does.

use std::collections::BTreeMap;

/// A file to which an update is being appended.
pub struct Update {
    pub bytes: Vec<u8>,
    /// Where each object of the update begins.
    pub at: BTreeMap<u32, usize>,
    /// Entries of the trailer that stay: /Root, /Info and /ID.
    pub kept: String,
    /// Where the cross-references before this update are.
    pub previous: usize,
    pub size: u32,
}

impl Update {
    /// Begins an update to a file whose last cross-references are a table.
    pub fn to(pdf: &[u8]) -> Self {
        let text = String::from_utf8_lossy(pdf);
        let trailer = text.rsplit("trailer").next().expect("a table");
        let (dictionary, footer) = trailer.split_once("startxref").expect("an end");
        let after = |key: &str| dictionary.split(key).nth(1).expect("an entry").trim_start();
        let reference = |key: &str| after(key).split('R').next().expect("a reference").to_owned();
        let identifier = after("/ID").split(']').next().expect("an array");
        let number = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number");
        Self {
            bytes: pdf.to_vec(),
            at: BTreeMap::new(),
            kept: format!("/Root {}R /Info {}R /ID {identifier}]", reference("/Root "), reference("/Info ")),
            previous: number(footer.trim_start()) as usize,
            size: number(after("/Size ")),
        }
    }

    /// The number of the information dictionary.
    pub fn info(&self) -> u32 {
        let after = self.kept.split("/Info ").nth(1).expect("an entry");
        after.split(' ').next().and_then(|number| number.parse().ok()).expect("a number")
    }

    pub fn raw(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub fn object(self, number: u32, body: &str) -> Self {
        self.named(number, &format!("{number} 0 obj"), body)
    }

    /// An object whose header is spelled otherwise.
    pub fn named(mut self, number: u32, header: &str, body: &str) -> Self {
        self.at.insert(number, self.bytes.len());
        self.size = self.size.max(number + 1);
        self.raw(format!("{header}\n{body}\nendobj\n").as_bytes())
    }

    pub fn stream(self, number: u32, dictionary: &str, data: &[u8]) -> Self {
        let length = data.len();
        self.sized_stream(number, &format!("{dictionary} /Length {length}"), data)
    }

    /// A stream whose dictionary states its length, or does not.
    pub fn sized_stream(mut self, number: u32, dictionary: &str, data: &[u8]) -> Self {
        self.at.insert(number, self.bytes.len());
        self.size = self.size.max(number + 1);
        let head = format!("{number} 0 obj\n<< {dictionary} >>\nstream\n");
        self.raw(head.as_bytes()).raw(data).raw(b"\nendstream\nendobj\n")
    }

    /// The subsections of an honest table over the objects of this update.
    pub fn rows(&self) -> String {
        self.at.iter().map(|(number, at)| format!("{number} 1\n{at:010} 00000 n \n")).collect()
    }

    /// Ends it with an honest table.
    pub fn done(self) -> Vec<u8> {
        let rows = self.rows();
        self.with_table(&rows, "")
    }

    /// Ends it with a table of these subsections and more in its trailer.
    pub fn with_table(self, rows: &str, more: &str) -> Vec<u8> {
        let (size, kept, previous) = (self.size, self.kept.clone(), self.previous);
        self.with_trailer(rows, &format!("/Size {size} {kept} /Prev {previous} {more}"))
    }

    pub fn with_trailer(self, rows: &str, trailer: &str) -> Vec<u8> {
        let at = self.bytes.len();
        self.raw(format!("xref\n{rows}trailer\n<< {trailer} >>\nstartxref\n{at}\n%%EOF\n").as_bytes()).bytes
    }

    /// Ends it with a cross-reference stream of this number, with these entries for the layout and this data.
    pub fn with_stream(mut self, number: u32, layout: &str, data: &[u8]) -> Vec<u8> {
        let at = self.bytes.len();
        self.size = self.size.max(number + 1);
        let (size, kept, previous) = (self.size, self.kept.clone(), self.previous);
        let size = if layout.contains("/Size") { String::new() } else { format!("/Size {size}") };
        let dictionary = format!("/Type /XRef {layout} {size} {kept} /Prev {previous}");
        self.stream(number, &dictionary, data).raw(format!("startxref\n{at}\n%%EOF\n").as_bytes()).bytes
    }

    /// Rows of a cross-reference stream with `/W [1 4 2]` over these objects; the stream itself is the last.
    pub fn stream_rows(&self, numbers: &[u32]) -> Vec<u8> {
        let at = |number| u32::try_from(self.at.get(number).copied().unwrap_or(self.bytes.len())).expect("small");
        numbers.iter().flat_map(|number| row(1, at(number), 0)).collect()
    }
}

/// A row of a cross-reference stream with `/W [1 4 2]`.
pub fn row(kind: u8, second: u32, third: u16) -> Vec<u8> {
    [&[kind][..], &second.to_be_bytes(), &third.to_be_bytes()].concat()
}
