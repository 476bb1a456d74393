//! The one window: bringing it forward, and how large it shows everything.

use desk::{Fault, FaultCode};
use tauri::{AppHandle, Manager};

/// Brings the window forward when a second process was started, since that person wants to see it.
///
/// A window system may refuse; the window then stays where it is and nothing is lost.
pub fn raise(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let tried = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(cause) = tried {
        tracing::warn!(%cause, "the window was not brought forward");
    }
}

/// Shows everything larger or smaller; 100 is as it comes.
#[tauri::command]
pub async fn zoom(window: tauri::WebviewWindow, percent: u16) -> Result<(), Fault> {
    let factor = f64::from(percent.clamp(50, 300)) / 100.0;
    window.set_zoom(factor).map_err(|cause| Fault::new(FaultCode::Internal, format!("the window cannot be zoomed: {cause}")))
}

/// The first screen is painted: the shell says how long that took where somebody measures, and what the page before it could not.
#[tauri::command]
pub fn painted(shell: tauri::State<'_, crate::shell::Shell>) -> Result<(), Fault> {
    if std::env::var_os("RAPPORTEUR_TIMING").is_some() {
        println!("painted after {} ms", shell.started.elapsed().as_millis());
    }
    shell.untold().map_or(Ok(()), Err)
}
