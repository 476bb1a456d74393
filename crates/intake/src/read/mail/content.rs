//! What a message holds: its words, its page, its files. Always true: of two versions of one text the plain one is read, unless it says much
//! less than the page; addresses that only the page has are listed as left out; a file keeps its name and bytes.

use crate::read::limits::Room;
use crate::read::{ReadError, html, picture};
use crate::source::{Block, Carried};
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

/// A page is read in place of the plain words beside it where it has so many times more of them.
const MUCH_MORE: usize = 3;

/// So many addresses of a page are looked up in the plain words.
const MOST_ADDRESSES: usize = 500;

/// What a message holds.
#[derive(Default)]
pub(super) struct Content {
    /// Its plain words.
    pub words: String,
    /// Its page, where that is what is read.
    pub page: Option<String>,
    /// Addresses that the page has and the plain words have not.
    addresses: Vec<String>,
    /// The plain words that say less than the page that is read.
    instead: String,
    files: Vec<Carried>,
    /// Files that are nothing to a reader, by their names.
    left: Vec<String>,
}

impl Content {
    pub fn of(message: &Message<'_>) -> Self {
        let mut content = Self::default();
        let text = |part: &MessagePart<'_>| match &part.body {
            PartType::Text(words) if is_flowed(part) => Some(unbroken(&words.replace("\r\n", "\n"))),
            PartType::Text(words) => Some(words.replace("\r\n", "\n")),
            _ => None,
        };
        let page = |part: &MessagePart<'_>| match &part.body {
            PartType::Html(words) => Some(words.to_string()),
            _ => None,
        };
        content.words = message.text_bodies().filter_map(text).collect::<Vec<_>>().join("\n\n");
        let pages: Vec<String> = message.html_bodies().filter_map(page).collect();
        if !pages.is_empty() {
            content.choose(pages.join("\n"));
        }
        for part in message.attachments() {
            content.add_file(part);
        }
        content
    }

    fn choose(&mut self, page: String) {
        let Ok(read) = html::read(&page) else {
            self.page = Some(page).filter(|_| self.words.trim().is_empty());
            return;
        };
        let lines = || crate::piece::pieces(&read).into_iter();
        let of_page = lines().map(|piece| piece.said().split_whitespace().count()).sum::<usize>();
        let of_words = self.words.split_whitespace().count();
        if of_words * MUCH_MORE < of_page {
            self.instead = std::mem::take(&mut self.words);
            self.page = Some(page);
            return;
        }
        let links = lines().flat_map(|piece| piece.words.runs.into_iter().filter_map(|run| run.link).collect::<Vec<_>>());
        let mut addresses: Vec<String> = links.collect();
        addresses.sort();
        addresses.dedup();
        // A page with more is no letter; there every address is listed, whether or not the words have it.
        if addresses.len() <= MOST_ADDRESSES {
            addresses.retain(|address| !self.words.contains(address.trim_start_matches("mailto:")));
        }
        self.addresses = addresses;
    }

    fn add_file(&mut self, part: &MessagePart<'_>) {
        let declared = part.content_type().map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")));
        let name = part.attachment_name().or(part.content_id()).unwrap_or("attachment").trim_matches(['<', '>']).to_owned();
        let bytes = match &part.body {
            PartType::Text(words) | PartType::Html(words) => words.as_bytes().to_vec(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
            PartType::Message(_) | PartType::Multipart(_) => return,
        };
        let kind = declared.unwrap_or_default().to_ascii_lowercase();
        if bytes.is_empty() || kind.ends_with("pkcs7-signature") || kind.ends_with("pgp-signature") {
            self.left.push(name);
            return;
        }
        let seen = infer::get(&bytes).map(|kind| kind.mime_type().to_owned());
        let media_type = seen.unwrap_or(if kind.starts_with("text/") { kind } else { "application/octet-stream".to_owned() });
        self.files.push(Carried { name, media_type, bytes });
    }

    /// All its words, to be listed.
    pub fn text(&self) -> String {
        format!("{}\n{}", self.words, self.page.as_deref().unwrap_or_default()).trim().to_owned()
    }

    /// Puts its files, and what is left out of it, into the room: pictures as pictures, the others to go with the report.
    pub fn attach(self, room: &mut Room) -> Result<(), ReadError> {
        room.drop_words(self.instead, "the plain version of a mail that says less than its page");
        self.addresses.into_iter().for_each(|address| room.drop_words(address, "an address that only the page of the mail has"));
        self.left
            .into_iter()
            .for_each(|name| room.drop_words(name, "a file of the mail that holds nothing to read (a signature, or empty)"));
        for file in self.files {
            if file.media_type.starts_with("image/") {
                let (number, name) = picture::carried(room, Some(&file.name), file.bytes);
                room.push(Block::Picture { alt: String::new(), name, file: Some(number) })?;
            } else {
                room.carry(file);
            }
        }
        Ok(())
    }
}

/// Whether a line that ends in a blank goes on in the next (RFC 3676).
fn is_flowed(part: &MessagePart<'_>) -> bool {
    part.content_type().and_then(|kind| kind.attribute("format")).is_some_and(|format| format.eq_ignore_ascii_case("flowed"))
}

/// The text with its lines as long as they were before they were broken for their width. A quotation keeps its lines.
fn unbroken(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut open = false;
    for line in text.lines() {
        let quoted = line.starts_with('>');
        let goes_on = open && !quoted && !line.trim().is_empty();
        if !goes_on && !whole.is_empty() {
            whole.push('\n');
        }
        // A blank before "From", ">" or another blank is only there to be taken away.
        whole.push_str(line.strip_prefix(' ').unwrap_or(line));
        open = line.ends_with(' ') && line != "-- " && !quoted;
    }
    whole
}
