//! Taking a foreign text in: read it, look at how it was split, answer what it leaves open, and lay it on the desk as a report.
//! Always true: nothing enters the library before it is accepted; choosing again starts from the same bytes; the text itself stays with the
//! report as an attached file. Deliberately absent: how a text is split (see the crate `intake`).

use crate::because;
use crate::desk::Desk;
use crate::documents::{self, read_bytes};
use crate::evidence::{free_name, media_type, plain_name};
use crate::fault::{Fault, FaultCode};
use crate::ports::World;
use crate::printing::sha256;
use crate::verification;
use crate::view::Opened;
use intake::read::{EncodingGuess, Given, ReadError};
use intake::source::Source;
use intake::{Choices, Intake};
use report::ids::{AttachmentId, Ids};
use report::papers::Attachment;
use report::{Report, Template};
use serde::{Deserialize, Serialize};
use std::path::Path;
use store::Reason;
use ts_rs::TS;

/// The most bytes of a picture that is taken in from beside a text.
const LARGEST_PICTURE: u64 = 32 << 20;
/// What the file is called that a pasted text is kept in.
const PASTED: &str = "pasted text.txt";
/// The same for a pasted text with its formatting.
const PASTED_PAGE: &str = "pasted text.html";

/// Where a foreign text comes from.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
#[ts(export)]
pub enum IntakeSource {
    /// A file that the person chose or dropped.
    File {
        /// Where it lies.
        path: String,
        /// The encoding it is written in, by a label of the WHATWG Encoding Standard ("windows-1252"), where a person says so.
        #[serde(default)]
        #[ts(optional)]
        encoding: Option<String>,
    },
    /// Text from the clipboard.
    Pasted {
        /// Its plain words.
        text: String,
        /// The same as a page, where the clipboard has it.
        html: Option<String>,
    },
}

/// What reading a foreign text gave.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum IntakeReply {
    /// A text, split as a report.
    Split {
        /// What it is called.
        name: String,
        /// The split.
        intake: Box<Intake>,
        /// What it may be written in, where its bytes leave that open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        encoding: Option<EncodingGuess>,
    },
    /// A report of ours already: a `report.json`, a PDF that carries one, or the Markdown or HTML it was given away as. `open_next_version` opens it.
    Ours {
        /// Where it lies.
        path: String,
    },
}

/// A foreign text that has been read and not accepted yet.
pub struct Foreign {
    name: String,
    bytes: Vec<u8>,
    source: Source,
    encoding: Option<EncodingGuess>,
}

/// What a file holds.
pub enum Found {
    /// A foreign text.
    Foreign(Foreign),
    /// A report of ours; its files by name where it came in a PDF, and why the PDF's signature does not vouch for it.
    Ours(Box<Report>, Vec<documents::NamedFile>, Option<&'static str>),
    /// A report of ours in the text that a regime prescribes, without what that text has no place for.
    Prescribed(Box<Report>),
}

impl Foreign {
    /// Reads a foreign text.
    ///
    /// # Errors
    /// [`FaultCode::NotImported`] with the reason as a sentence.
    pub fn read(name: &str, bytes: Vec<u8>, given: &Given) -> Result<Self, Fault> {
        Self::of(name, bytes, given).map_err(|fault| of_reading(name, &fault))
    }

    fn of(name: &str, bytes: Vec<u8>, given: &Given) -> Result<Self, ReadError> {
        let source = intake::read::read(Some(name), &bytes, given)?;
        let encoding = intake::read::encodings(&bytes, given);
        Ok(Self { name: plain_name(name), bytes, source, encoding })
    }

    /// Splits it.
    pub fn split(&self, choices: &Choices, forms: &[&Template], world: &World) -> Intake {
        intake::import(&self.source, choices, forms, world.clock.now().date_naive(), &mut world.ids())
    }

    /// The split as it is kept: the report with the text itself as an attached file, and the bytes of all its files by name.
    pub fn keep(&self, mut split: Intake, ids: &mut dyn Ids) -> (Report, Vec<documents::NamedFile>) {
        // A terminal's colours are no part of a name, and no report is taken in with them (`report::format::read`).
        split.report.title.retain(|c| c.is_whitespace() || !c.is_control());
        let mut files = Vec::new();
        for (id, carried) in split.files {
            if let Some(at) = split.report.attachments.iter().position(|file| file.id == id) {
                let (before, _) = split.report.attachments.split_at(at);
                let name = free_name(&plain_name(&carried.name), before);
                split.report.attachments[at].name.clone_from(&name);
                files.push((name, carried.bytes));
            }
        }
        let name = free_name(&self.name, &split.report.attachments);
        split.report.attachments.push(Attachment {
            id: AttachmentId::new(ids),
            name: name.clone(),
            media_type: media_type(&self.bytes, &name).to_owned(),
            size: self.bytes.len() as u64,
            sha256: sha256(&self.bytes),
            caption: "The text that this report was made from".to_owned(),
            evidence: false,
        });
        files.push((name, self.bytes.clone()));
        (split.report, files)
    }
}

/// Reads a file, whatever it holds. `given` is what a person says of it.
///
/// # Errors
/// Those of the disk, and [`FaultCode::NotImported`].
pub fn find(world: &World, path: &Path, given: &Given) -> Result<Found, Fault> {
    let bytes = read_bytes(world, path)?;
    if bytes.starts_with(b"%PDF-") {
        let (report, files) = documents::inside(path, &bytes)?;
        let unsound = verification::why_unsound(world, path, &bytes)?;
        return Ok(Found::Ours(Box::new(report), files, unsound));
    }
    if let Some(report) = documents::given_away(path, &bytes) {
        return Ok(Found::Ours(Box::new(report?), Vec::new(), None));
    }
    if let Some(report) = documents::prescribed(world, &bytes) {
        return Ok(Found::Prescribed(Box::new(report)));
    }
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    match Foreign::of(&name, bytes, given) {
        Ok(mut foreign) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            foreign.source.take_in(&mut |name| world.files.read(&folder.join(name), LARGEST_PICTURE).ok());
            Ok(Found::Foreign(foreign))
        }
        Err(ReadError::Report) => Ok(Found::Ours(Box::new(documents::read_report(world, path)?), Vec::new(), None)),
        Err(fault) => Err(of_reading(&path.display().to_string(), &fault)),
    }
}

fn of_reading(name: &str, fault: &ReadError) -> Fault {
    Fault::new(FaultCode::NotImported, format!("{name}: {fault}")).with("path", name).with("reason", fault)
}

impl Desk {
    /// Reads a foreign text and splits it; it lies beside the desk until it is accepted or another is read.
    ///
    /// # Errors
    /// Those of the disk, and [`FaultCode::NotImported`].
    pub fn intake_read(&self, from: IntakeSource) -> Result<IntakeReply, Fault> {
        let foreign = match from {
            IntakeSource::File { path, encoding } => match find(&self.world, Path::new(&path), &Given { encoding, ..Given::default() })? {
                Found::Foreign(foreign) => foreign,
                Found::Ours(..) | Found::Prescribed(_) => return Ok(IntakeReply::Ours { path }),
            },
            IntakeSource::Pasted { text, html } => {
                let given = Given { encoding: Some("utf-8".to_owned()), ..Given::default() };
                match html.filter(|html| !html.trim().is_empty()) {
                    Some(html) => Foreign::read(PASTED_PAGE, html.into_bytes(), &given)?,
                    None => Foreign::read(PASTED, text.into_bytes(), &given)?,
                }
            }
        };
        *self.foreign() = Some(foreign);
        self.intake_again(&Choices::default())
    }

    /// Splits the same text again with other choices; to take one back is to choose again.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] when no text has been read.
    pub fn intake_again(&self, choices: &Choices) -> Result<IntakeReply, Fault> {
        let own = self.own_forms()?;
        let held = self.foreign();
        let foreign = held.as_ref().ok_or_else(nothing_read)?;
        let intake = Box::new(foreign.split(choices, &with_own(&own), &self.world));
        Ok(IntakeReply::Split { name: foreign.name.clone(), intake, encoding: foreign.encoding.clone() })
    }

    /// Takes the split into the library as a new report, with the text as an attached file, and opens it. The text stays beside the desk, so
    /// that the way back to its review stays open.
    ///
    /// # Errors
    /// [`FaultCode::Refused`] when no text has been read; those of writing the library: the text then still lies there.
    pub fn intake_accept(&self, choices: &Choices) -> Result<Opened, Fault> {
        let own = self.own_forms()?;
        let (report, files) = {
            let held = self.foreign();
            let foreign = held.as_ref().ok_or_else(nothing_read)?;
            let split = foreign.split(choices, &with_own(&own), &self.world);
            foreign.keep(split, &mut self.world.ids())
        };
        for file in &report.attachments {
            if let Some((_, bytes)) = files.iter().find(|(name, _)| *name == file.name) {
                self.library().put_blob(bytes, &file.media_type).map_err(|fault| because::of_saving(&fault))?;
            }
        }
        self.take_in(report, Reason::Imported, false)
    }

    /// Lets go of the text that was read.
    pub fn intake_forget(&self) {
        *self.foreign() = None;
    }
}

/// The forms that a text may fill: the shipped ones, then an organisation's own.
pub fn with_own(own: &[Template]) -> Vec<&Template> {
    report::catalogue::all().iter().copied().chain(own).collect()
}

fn nothing_read() -> Fault {
    let words = "no text has been opened or pasted yet";
    Fault::new(FaultCode::Refused, words).with("reason", words)
}
