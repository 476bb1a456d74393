//! The forms to begin from: those that ship, and an organisation's own, which are kept in the library beside them.
//! Always true: a form with a fault is not taken, and every fault is named with its line; a report keeps the form it was begun with, so
//! taking a form away touches no report. Deliberately absent: an editor for forms.

use crate::because;
use crate::bin::BinForm;
use crate::desk::Desk;
use crate::documents;
use crate::fault::{Fault, FaultCode};
use crate::library::{TemplateCard, card};
use crate::ports::World;
use crate::session::Named;
use crate::view::Opened;
use report::template::{TemplateError, TemplateFault};
use report::{Report, Template, catalogue};
use serde::{Deserialize, Serialize};
use std::path::Path;
use store::Reason;
use ts_rs::TS;

/// The name of the setting that holds the organisation's own forms: their texts as they were opened, by id.
const KEY: &str = "own_templates";

/// The largest template file taken, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// What became of a template file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AddedTemplate {
    /// The form, where it was taken.
    pub card: Option<TemplateCard>,
    /// Whether it took the place of one of the same id.
    pub replaced: bool,
    /// What is wrong with the file, from top to bottom; empty where it was taken.
    pub faults: Vec<TemplateFault>,
}

/// A template file as kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    id: String,
    text: String,
    /// Taken away, and kept only so that it can be brought back.
    #[serde(default)]
    removed: bool,
}

impl Desk {
    /// The forms to begin from: the shipped ones, then one's own.
    ///
    /// # Errors
    /// Those of reading the library.
    pub fn templates(&self) -> Result<Vec<TemplateCard>, Fault> {
        let shipped = catalogue::all().iter().map(|template| card(template, false));
        let own = self.own_templates()?.into_iter().filter_map(|kept| Some(card(&Template::from_toml(&kept.text).ok()?, true)));
        Ok(shipped.chain(own).collect())
    }

    /// Takes a template file into the library, or says what is wrong with it.
    ///
    /// # Errors
    /// Those of reading the file and of writing the library. Faults of the form are no error: they are in the reply.
    pub fn add_template(&self, path: &Path) -> Result<AddedTemplate, Fault> {
        let text = read_text(&self.world, path)?;
        let template = match own(&text) {
            Ok(template) => template,
            Err(TemplateError(faults)) => return Ok(AddedTemplate { card: None, replaced: false, faults }),
        };
        let mut kept = self.all_own_templates()?;
        let place = kept.iter().position(|other| other.id == template.id);
        let entry = Kept { id: template.id.clone(), text, removed: false };
        let replaced = place.is_some_and(|at| !kept[at].removed);
        match place {
            Some(at) => kept[at] = entry,
            None => kept.push(entry),
        }
        self.library().set_setting(KEY, &kept).map_err(|fault| because::of_saving(&fault))?;
        Ok(AddedTemplate { card: Some(card(&template, true)), replaced, faults: Vec::new() })
    }

    /// Takes one of the organisation's own forms out of the list. Reports begun with it keep it, and it lies in the bin.
    ///
    /// # Errors
    /// Those of reading and writing the library; a shipped form is never taken away.
    pub fn remove_template(&self, id: &str) -> Result<(), Fault> {
        let mut kept = self.all_own_templates()?;
        let form = kept.iter_mut().find(|other| other.id == id && !other.removed).ok_or_else(|| no_such(id))?;
        form.removed = true;
        self.library().set_setting(KEY, &kept).map_err(|fault| because::of_saving(&fault))
    }

    /// Brings a form that was taken out back into the list.
    ///
    /// # Errors
    /// Those of reading and writing the library; [`FaultCode::NoSuchTemplate`] where it does not lie in the bin.
    pub fn restore_template(&self, id: &str) -> Result<(), Fault> {
        let mut kept = self.all_own_templates()?;
        let form = kept.iter_mut().find(|other| other.id == id && other.removed).ok_or_else(|| no_such(id))?;
        form.removed = false;
        self.library().set_setting(KEY, &kept).map_err(|fault| because::of_saving(&fault))
    }

    /// Deletes a form that was taken out of the list for good. Reports begun with it keep it.
    ///
    /// # Errors
    /// As [`Desk::restore_template`].
    pub fn erase_template(&self, id: &str) -> Result<(), Fault> {
        let mut kept = self.all_own_templates()?;
        let place = kept.iter().position(|other| other.id == id && other.removed).ok_or_else(|| no_such(id))?;
        kept.remove(place);
        self.library().set_setting(KEY, &kept).map_err(|fault| because::of_saving(&fault))
    }

    /// The forms that were taken out of the list.
    pub(crate) fn forms_in_bin(&self) -> Result<Vec<BinForm>, Fault> {
        self.forms_in_bin_of(&self.library())
    }

    pub(crate) fn forms_in_bin_of(&self, library: &store::Library) -> Result<Vec<BinForm>, Fault> {
        let gone = all_kept(library)?.into_iter().filter(|form| form.removed);
        let named = |form: Kept| {
            let short_title = Template::from_toml(&form.text).map_or_else(|_| form.id.clone(), |template| template.short_title);
            BinForm { id: form.id, short_title }
        };
        Ok(gone.map(named).collect())
    }

    /// The form of that id.
    pub(crate) fn template(&self, id: &str) -> Result<Template, Fault> {
        if let Some(shipped) = catalogue::find(id) {
            return Ok(shipped.clone());
        }
        let own = self.own_templates()?.into_iter().find(|kept| kept.id == id);
        own.and_then(|kept| Template::from_toml(&kept.text).ok()).ok_or_else(|| no_such(id))
    }

    /// Begins the report of a later stage from an earlier one, with everything it says that the later form asks for as well.
    ///
    /// # Errors
    /// An unknown report or form, a form that does not follow the earlier one, or those of writing the library.
    pub fn begin_next_stage(&self, earlier: impl Into<Named>, template: &str) -> Result<Opened, Fault> {
        let earlier = self.report_of(earlier)?;
        let report = next_stage(&self.world, &earlier, &self.template(template)?)?;
        self.take_in(report, Reason::Opened, false)
    }

    /// The organisation's own forms that this build reads; one that it does not read stays in the library.
    pub(crate) fn own_forms(&self) -> Result<Vec<Template>, Fault> {
        Ok(self.own_templates()?.iter().filter_map(|kept| Template::from_toml(&kept.text).ok()).collect())
    }

    fn own_templates(&self) -> Result<Vec<Kept>, Fault> {
        let mut kept = self.all_own_templates()?;
        kept.retain(|form| !form.removed);
        Ok(kept)
    }

    fn all_own_templates(&self) -> Result<Vec<Kept>, Fault> {
        all_kept(&self.library())
    }
}

fn all_kept(library: &store::Library) -> Result<Vec<Kept>, Fault> {
    Ok(library.setting(KEY).map_err(|fault| because::of_reading(&fault))?.unwrap_or_default())
}

/// The report of a later stage, begun from an earlier one.
///
/// # Errors
/// A form that does not follow the earlier one's.
pub fn next_stage(world: &World, earlier: &Report, template: &Template) -> Result<Report, Fault> {
    if !template.follows.contains(&earlier.template.id) {
        let words = format!("“{}” does not go on from “{}”", template.short_title, earlier.template.short_title);
        return Err(Fault::new(FaultCode::NoSuchTemplate, words).with("template", &template.id));
    }
    Ok(Report::begin_from(earlier, template, &mut world.ids()))
}

/// A template from a file, as the command line names it.
///
/// # Errors
/// Those of reading the file; a form with faults names each with its line.
pub fn from_file(world: &World, path: &Path) -> Result<Template, Fault> {
    let text = read_text(world, path)?;
    own(&text).map_err(|TemplateError(faults)| {
        let lines: Vec<String> = faults.iter().map(|fault| format!("{}:{}: {}", path.display(), fault.line, fault.message)).collect();
        Fault::new(FaultCode::Unreadable, lines.join("\n")).with("path", path.display().to_string())
    })
}

/// One's own form may not pass for a shipped one.
fn own(text: &str) -> Result<Template, TemplateError> {
    let template = Template::from_toml(text)?;
    if catalogue::find(&template.id).is_none() {
        return Ok(template);
    }
    let line = text.lines().position(|line| line.trim_start().starts_with("id")).map_or(1, |at| at + 1);
    Err(TemplateError(vec![TemplateFault {
        line, message: format!("a shipped form is called “{}”; give yours another id", template.id)
    }]))
}

fn read_text(world: &World, path: &Path) -> Result<String, Fault> {
    let bytes = documents::read_bytes(world, path)?;
    let facts = |fault: Fault| fault.with("path", path.display().to_string());
    if bytes.len() > LARGEST {
        let words = format!("{} is larger than {LARGEST} bytes, the most a template file may be", path.display());
        return Err(facts(Fault::new(FaultCode::TooLarge, words).with("limit", LARGEST.to_string())));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| facts(Fault::new(FaultCode::Unreadable, format!("{} is not a text in UTF-8", path.display()))))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn no_such(id: &str) -> Fault {
    Fault::new(FaultCode::NoSuchTemplate, format!("there is no form “{id}”")).with("template", id)
}
