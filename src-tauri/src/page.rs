//! The page that shows everything runs in a process of its own, and that one can die alone: the web view has faults of its own.
//! Always true: what the core holds is saved then, and the page is opened anew and says what happened. A dead window would say nothing.

use desk::{Fault, FaultCode};
use tauri::{AppHandle, Manager};

/// Watches over the window's page for as long as the window lives.
///
/// Only on Linux yet: the web views of the other systems are not asked.
#[cfg(target_os = "linux")]
pub fn watch(app: &AppHandle) {
    use webkit2gtk::WebViewExt;
    let Some(window) = app.get_webview_window("main") else { return };
    let app = app.clone();
    let watched = window.with_webview(move |webview| {
        webview.inner().connect_web_process_terminated(move |view, reason| {
            tracing::error!(?reason, "the page ended");
            // One that dies before it shows anything would die again, and again.
            if save(&app) {
                view.reload();
            }
        });
    });
    if let Err(cause) = watched {
        tracing::warn!(%cause, "nobody watches over the page");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn watch(_: &AppHandle) {}

/// Whoever opens a report next finds all that had reached the core; how that went is said once the page is there again. Whether the page
/// was ever painted since the last time.
#[cfg(target_os = "linux")]
fn save(app: &AppHandle) -> bool {
    let shell = app.state::<crate::shell::Shell>();
    let saved = shell.desk().and_then(|desk| desk.close_all());
    let fault = Fault::new(FaultCode::PageEnded, "the page ended and was opened anew");
    shell.say_when_painted(match saved {
        Ok(()) => fault,
        Err(unsaved) => fault.with("unsaved", unsaved.detail),
    })
}
