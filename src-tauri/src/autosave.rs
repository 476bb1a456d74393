//! Saving in time: one task sleeps until an edit is due and writes it. When that is, `desk` says.

use crate::shell::Shell;
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
            for report in ready {
                let saved = shell.work(move |desk| desk.save(report)).await;
                let news = saved.unwrap_or_else(|fault| SaveNews::Failed { report, fault });
                tell(&app, news);
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
