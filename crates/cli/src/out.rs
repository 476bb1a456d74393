//! Standard output. A reader that has gone away (`| head`) ends the program quietly, as it does every other tool.

use std::io::{ErrorKind, Write};

/// Writes to standard output.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => {}
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(fault) => {
            eprintln!("rapporteur: standard output cannot be written: {fault}");
            std::process::exit(2);
        }
    }
}

/// Writes a line to standard output.
pub fn line(text: impl std::fmt::Display) {
    say(&format!("{text}\n"));
}
