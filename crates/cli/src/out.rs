//! Standard output and standard error. Always true: a reader that has gone away (`| head`, `2>&1 | true`) changes nothing, the exit code still
//! tells how the command ended; words on standard output that find no room end the program with 2.

use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes to standard output.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => {
            let after = if crate::outputs::written() { "; the file was written all the same" } else { "" };
            tell(format_args!("rapporteur: standard output cannot be written: {fault}{after}"));
            std::process::exit(2);
        }
        _ => {}
    }
}

/// Writes a line to standard error. Where nobody can read it, the exit code is what is left.
pub fn tell(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says what was made: on standard output, unless that is where it went.
pub fn made(output: &Path, text: impl std::fmt::Display) {
    if output.as_os_str() == "-" { tell(text) } else { line(text) }
}

/// Writes a line to standard output.
pub fn line(text: impl std::fmt::Display) {
    say(&format!("{text}\n"));
}
