//! `templates`, `new` and `schema`.

use crate::Ended;
use desk::ports::World;
use desk::{Fault, FaultCode, documents};
use report::{Report, catalogue};
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

pub fn new(world: &World, id: &str, output: &Path) -> Result<Ended, Fault> {
    let template = catalogue::find(id).ok_or_else(|| {
        let known: Vec<&str> = catalogue::all().iter().map(|template| template.id.as_str()).collect();
        Fault::new(FaultCode::NoSuchTemplate, format!("there is no form “{id}”; there are: {}", known.join(", ")))
    })?;
    documents::write_report(world, output, &Report::begin(template, &mut world.ids()))?;
    Ok(Ended::Done)
}

pub fn schema() -> Result<Ended, Fault> {
    crate::out::say(&report::format::schema());
    Ok(Ended::Done)
}
