//! `templates`, `new`, `sample` and `schema`.

use crate::Ended;
use desk::ports::World;
use desk::{Fault, FaultCode, documents, forms};
use report::{Report, Template, catalogue};
use std::path::Path;

pub fn list(json: bool) -> Result<Ended, Fault> {
    let templates = catalogue::all();
    if json {
        crate::verify::print_json(&templates)?;
    } else {
        let width = templates.iter().map(|template| template.id.len()).max().unwrap_or(0);
        for template in templates {
            crate::out::line(format_args!("{:width$}  {}", template.id, template.title));
            crate::out::line(format_args!("{:width$}  {}", "", template.authority));
            for source in template.sources.iter().filter(|source| !source.verified) {
                crate::out::line(format_args!("{:width$}  not verified: {}", "", source.fact));
            }
        }
    }
    Ok(Ended::Done)
}

pub fn new(world: &World, name: &str, from: Option<&Path>, output: &Path) -> Result<Ended, Fault> {
    let template = named(world, name)?;
    let report = match from {
        Some(earlier) => forms::next_stage(world, &crate::reading::report(world, earlier)?, &template)?,
        None => Report::begin(&template, &mut world.ids()),
    };
    documents::write_report(world, output, &report)?;
    Ok(Ended::Done)
}

/// A shipped form by its name, or one's own from its file.
fn named(world: &World, id: &str) -> Result<Template, Fault> {
    if Path::new(id).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
        return forms::from_file(world, Path::new(id));
    }
    catalogue::find(id).cloned().ok_or_else(|| no_such_form(id))
}

fn no_such_form(id: &str) -> Fault {
    let known: Vec<&str> = catalogue::all().iter().map(|template| template.id.as_str()).collect();
    let words = format!("there is no form “{id}”; there are: {}; a form of your own is a file ending in .toml", known.join(", "));
    Fault::new(FaultCode::NoSuchTemplate, words)
}

/// The finished sample of a form, and its files beside it.
pub fn sample(world: &World, name: &str, output: &Path) -> Result<Ended, Fault> {
    let sample = catalogue::sample(name).ok_or_else(|| no_such_form(name))?;
    let files = if output.as_os_str() == "-" { Vec::new() } else { documents::sample_files(&sample) };
    documents::write_with_files(world, output, &sample, &files)?;
    Ok(Ended::Done)
}

pub fn schema() -> Result<Ended, Fault> {
    crate::out::say(&report::format::schema());
    Ok(Ended::Done)
}
