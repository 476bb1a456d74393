//! Files that travel with a report: taken in by their bytes, found again by their SHA-256.

use crate::because;
use crate::desk::Desk;
use crate::fault::{Fault, FaultCode};
use crate::printing::{self, Bytes, sha256};
use crate::session::Named;
use crate::view::Edited;
use report::ids::AttachmentId;
use report::papers::Attachment;
use report::{Change, Edit, Report};

/// A file that travels with a report has at most this many bytes: 50 MiB.
pub const LARGEST_FILE: usize = 50 << 20;

impl Desk {
    /// Takes a file in. A picture shown in the text is no evidence of itself.
    ///
    /// # Errors
    /// A file that is empty or too large, a picture that cannot be printed, or those of writing the library.
    pub fn attach(&self, which: impl Into<Named>, name: &str, bytes: &[u8], evidence: bool) -> Result<Edited, Fault> {
        let (which, name) = (which.into(), plain_name(name));
        if bytes.len() > LARGEST_FILE {
            let words = format!("“{name}” has {} MB; a file may have {} MB", bytes.len() >> 20, LARGEST_FILE >> 20);
            return Err(Fault::new(FaultCode::TooLarge, words).with("path", &name).with("limit", format!("{} MB", LARGEST_FILE >> 20)));
        }
        if bytes.is_empty() {
            return Err(Fault::new(FaultCode::BadPicture, format!("“{name}” is empty")).with("name", &name).with("reason", "it is empty"));
        }
        let media_type = media_type(bytes, &name);
        if !evidence && !matches!(media_type, "image/png" | "image/jpeg") {
            let words = format!("“{name}” is not a picture that can be printed; PNG and JPEG can");
            return Err(Fault::new(FaultCode::BadPicture, words).with("name", &name).with("reason", "only PNG and JPEG can be printed"));
        }
        self.library().put_blob(bytes, media_type).map_err(|fault| because::of_saving(&fault))?;
        let file = Attachment {
            id: AttachmentId::new(&mut self.world.ids()),
            name: name.clone(),
            media_type: media_type.to_owned(),
            size: bytes.len() as u64,
            sha256: sha256(bytes),
            caption: String::new(),
            evidence,
        };
        let edit = self.with_session(which, |session| {
            let attachments = &session.text.history.report().attachments;
            let item = Attachment { name: free_name(&name, attachments), ..file };
            Ok(Edit::Attachments { change: Change::Insert { at: attachments.len(), item } })
        })?;
        self.edit(which, &edit, true)
    }

    /// The bytes of an attached file.
    ///
    /// # Errors
    /// When the report has no such file, or the library's copy is damaged.
    pub fn attachment(&self, which: impl Into<Named>, attachment: AttachmentId) -> Result<Vec<u8>, Fault> {
        let file = self.with_session(which, |session| {
            let files = &session.text.history.report().attachments;
            files.iter().find(|file| file.id == attachment).cloned().ok_or_else(|| missing(&attachment.to_string()))
        })?;
        self.bytes_of(&file)
    }

    /// The bytes of every file of a report.
    pub(crate) fn files_of(&self, report: &Report) -> Result<Bytes, Fault> {
        printing::gather(report, &mut |file| self.bytes_of(file))
    }

    fn bytes_of(&self, file: &Attachment) -> Result<Vec<u8>, Fault> {
        let digest = file.sha256.parse().map_err(|_| missing(&file.name))?;
        Ok(self.library().get_blob(digest).map_err(|fault| because::of_reading(&fault))?.bytes)
    }
}

fn missing(name: &str) -> Fault {
    Fault::new(FaultCode::AttachmentMissing, format!("the file “{name}” is not in the library")).with("name", name)
}

/// The name without folders and control characters.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let plain = plain.trim().trim_start_matches('.');
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
}

/// A name that no other file of the report has: `notes.txt`, `notes (2).txt`. The name of the report's own data is taken.
pub(crate) fn free_name(name: &str, files: &[Attachment]) -> String {
    untaken(name, |name| name == crate::verification::REPORT_FILE || files.iter().any(|file| file.name == name))
}

/// The name, or the first of `notes (2).txt`, `notes (3).txt` … that is not taken.
pub(crate) fn untaken(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let (stem, extension) = name.rsplit_once('.').map_or((name, String::new()), |(stem, extension)| (stem, format!(".{extension}")));
    (2..).map(|n| format!("{stem} ({n}){extension}")).find(|candidate| !taken(candidate)).unwrap_or_else(|| name.to_owned())
}

/// What kind of file it is: pictures by their first bytes, the rest by their name.
pub(crate) fn media_type(bytes: &[u8], name: &str) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        [0x1F, 0x8B, ..] => "application/gzip",
        [b'P', b'K', 3, 4, ..] if !name.to_ascii_lowercase().ends_with(".docx") => "application/zip",
        _ => match name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
            Some("txt" | "log" | "md") => "text/plain",
            Some("csv") => "text/csv",
            Some("html" | "htm") => "text/html",
            Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Some("json") => "application/json",
            Some("eml") => "message/rfc822",
            _ => "application/octet-stream",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_folders_and_keep_apart() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\logs\\a\u{7}.log"), "a.log");
        assert_eq!(plain_name("..."), "file");
        let files = [("notes.txt"), ("notes (2).txt")].map(|name| Attachment {
            id: AttachmentId(uuid::Uuid::nil()),
            name: name.into(),
            media_type: String::new(),
            size: 0,
            sha256: String::new(),
            caption: String::new(),
            evidence: true,
        });
        assert_eq!(free_name("notes.txt", &files), "notes (3).txt");
        assert_eq!(free_name("report.json", &files), "report (2).json");
    }
}
