//! Whole acts, as a person does them at the desk: written, saved, filed, verified, opened again.
//! The same acts on the command line are in `crates/cli/tests/contract`.

mod bin;
mod clash;
mod clocks;
mod evidence;
mod filing;
mod forms;
mod intake;
mod large;
mod library;
mod room;
mod signed;
mod traps;
mod two_windows;
mod versions;
mod writing;
