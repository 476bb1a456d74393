//! The process. Everything else is in the library, where tests reach it.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    rapporteur_desktop::run()
}
