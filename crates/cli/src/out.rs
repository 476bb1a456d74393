//! Standard output. Always true: a reader that has gone away (`| head`) changes nothing, the exit code still tells how the command ended;
//! words that find no room end the program with 2.

use std::io::{ErrorKind, Write};

/// Writes to standard output.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
            // Nobody may be reading this either; the exit code is what is left.
            let _ = writeln!(std::io::stderr(), "rapporteur: standard output cannot be written: {fault}");
            std::process::exit(2);
        }
        _ => {}
    }
}

/// Writes a line to standard output.
pub fn line(text: impl std::fmt::Display) {
    say(&format!("{text}\n"));
}
