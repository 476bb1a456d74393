//! Saving in time: one task sleeps until an edit is due and writes it. When that is, `desk` says.

use crate::shell::Shell;
use desk::saving::has_ended;
use desk::view::SaveNews;
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager};

/// Begins the task; it lives as long as the process.
pub fn begin(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let desk = loop {
            match shell.desk() {
                Ok(desk) => break desk,
                Err(_) => shell.edited.notified().await, // nothing can be edited before the library is open
            }
        };
        loop {
            let now = desk.steady_ms();
            let (ready, next) = desk.due(now);
            for sitting in ready {
                let saved = shell.work(move |desk| desk.save(sitting)).await;
                match saved {
                    // Told already, like every text that is kept apart.
                    Ok(SaveNews::KeptBoth { .. }) => {}
                    Ok(news) => tell(&app, news),
                    // It was closed meanwhile, and saved then.
                    Err(fault) if has_ended(&fault) => {}
                    Err(fault) => tell(&app, SaveNews::Failed { sitting, fault }),
                }
            }
            match next {
                Some(at) => {
                    let wait = Duration::from_millis(at.saturating_sub(desk.steady_ms()));
                    let _woken = tokio::time::timeout(wait, shell.edited.notified()).await;
                }
                // A report that became due while others were saved is seen at once.
                None if desk.due(desk.steady_ms()).1.is_some() || !desk.due(desk.steady_ms()).0.is_empty() => {}
                None => shell.edited.notified().await,
            }
        }
    });
}

/// Tells the window what became of a save.
pub fn tell(app: &AppHandle, news: SaveNews) {
    if let Err(fault) = app.emit("save", news) {
        tracing::warn!(%fault, "the window was not told of a save");
    }
}
