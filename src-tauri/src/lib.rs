//! The desktop shell: one window over the acts of `desk`.
//! Always true: one process has the library; the window may ask for nothing that `capabilities/main.json` does not list.
//! Deliberately absent: rules about reports, SQL, PDF. Those live in the crates below.

mod window;

use std::process::ExitCode;

/// Opens the window and returns when the person has closed it.
///
/// The failure is printed in one line: at this point there is no window to show it in.
pub fn run() -> ExitCode {
    let built = tauri::Builder::default()
        // First, so that a second process leaves before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::raise(app)))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("error: the window cannot be opened: {cause}");
            ExitCode::FAILURE
        }
    }
}
