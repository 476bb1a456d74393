//! The desktop shell: one window over the acts of `desk`.
//! Always true: one process has the library; the window may ask for nothing that `capabilities/main.json` and the list below do not name.
//! Deliberately absent: rules about reports, SQL, PDF. Those live in the crates below.

mod autosave;
mod commands;
mod dialogs;
mod page;
mod shell;
mod window;

use shell::Shell;
use std::process::ExitCode;
use tauri::{DragDropEvent, Manager, WindowEvent};

/// Opens the window and returns when the person has closed it.
///
/// The failure is printed in one line: at this point there is no window to show it in.
pub fn run() -> ExitCode {
    // This very program, begun anew to load a token's module.
    if let Some(ended) = token::serve_if_asked() {
        return ended;
    }
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    let started = std::time::Instant::now();
    let built = tauri::Builder::default()
        // First, so that a second process leaves before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::raise(app)))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .setup(move |app| {
            let folder = shell::data_folder(app.handle())?;
            app.manage(Shell::open(app.handle().clone(), folder, started));
            autosave::begin(app.handle().clone());
            page::watch(app.handle());
            Ok(())
        })
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
                let shell = window.state::<Shell>();
                paths.iter().for_each(|path| shell.allow(path));
            }
        })
        .invoke_handler(tauri::generate_handler![
            commands::library::shelf,
            commands::library::records,
            commands::library::export_records,
            commands::library::templates,
            commands::library::add_template,
            commands::library::remove_template,
            commands::library::restore_template,
            commands::library::settings,
            commands::library::set_settings,
            commands::batch::verify_many,
            commands::batch::stop_verifying,
            commands::batch::is_folder,
            commands::batch::save_table,
            commands::bin::bin,
            commands::bin::remove_report,
            commands::bin::restore_report,
            commands::bin::withdraw_report,
            commands::bin::erase_reports,
            commands::bin::erase_template,
            commands::bin::list_identity,
            commands::place::move_library,
            commands::place::use_library,
            commands::clocks::clocks,
            commands::clocks::all_due,
            commands::clocks::record_filing,
            commands::clocks::export_calendar,
            commands::editing::begin,
            commands::editing::begin_next_stage,
            commands::editing::begin_sample,
            commands::editing::open_report,
            commands::editing::begin_version,
            commands::editing::close_report,
            commands::editing::edit,
            commands::editing::undo,
            commands::editing::redo,
            commands::editing::jot,
            commands::editing::save_report,
            commands::editing::find,
            commands::editing::replace,
            commands::editing::ids,
            commands::files::attach,
            commands::files::attachment,
            commands::files::preview,
            commands::files::preview_bytes,
            commands::files::file_bytes,
            commands::files::is_pdf,
            commands::files::reveal,
            commands::filing::hand_over,
            commands::filing::readiness,
            commands::filing::identities,
            commands::filing::identity_new,
            commands::filing::identity_add,
            commands::filing::look_for_tokens,
            commands::filing::export_report,
            commands::filing::cancel_export,
            commands::filing::verify,
            commands::filing::known_file,
            commands::filing::to_sign,
            commands::filing::sign_further,
            commands::filing::extend,
            commands::filing::confirmed_signers,
            commands::filing::confirm_signer,
            commands::filing::forget_signer,
            commands::filing::open_next_version,
            commands::intake::intake_read,
            commands::intake::intake_again,
            commands::intake::intake_accept,
            commands::intake::intake_forget,
            dialogs::pick_save,
            dialogs::pick_open,
            dialogs::pick_pdfs,
            dialogs::pick_folder,
            window::painted,
            window::zoom,
        ])
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("error: the window cannot be opened: {cause}");
            ExitCode::FAILURE
        }
    }
}
