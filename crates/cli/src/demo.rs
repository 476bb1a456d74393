//! `demo`.

use crate::Ended;
use desk::ports::World;
use desk::{Fault, demo};
use std::path::Path;

pub fn demo(world: &World, folder: Option<&Path>) -> Result<Ended, Fault> {
    let made = demo::demo(world, folder.unwrap_or(Path::new("rapporteur-demo")))?;
    crate::out::line(format_args!("Filled    {}", made.json.display()));
    crate::out::line(format_args!(
        "Checked   {}",
        if made.findings == 0 { "no finding".to_owned() } else { format!("{} findings", made.findings) }
    ));
    crate::out::line(format_args!("Signed    {} ({} pages, PDF/A-3a, PDF/UA-1, PAdES B-B)", made.pdf.display(), made.pages));
    crate::out::say(&format!("Verified  {}", crate::verify::words(&made.verification)));
    crate::out::line(made.pdf.display());
    Ok(if made.verification.bottom_line == desk::filing::BottomLine::Sound { Ended::Done } else { Ended::Refused })
}
