//! Due times: of a report, of the library, as a calendar file.

use crate::shell::Shell;
use desk::clocks::{ClockPanel, FilingRequest, LibraryDue};
use desk::view::Edited;
use desk::{Fault, Sitting};
use tauri::State;

#[tauri::command]
pub async fn clocks(shell: State<'_, Shell>, sitting: Sitting) -> Result<ClockPanel, Fault> {
    shell.work(move |desk| desk.clocks(sitting)).await
}

#[tauri::command]
pub async fn all_due(shell: State<'_, Shell>) -> Result<Vec<LibraryDue>, Fault> {
    shell.work(desk::Desk::all_due).await
}

#[tauri::command]
pub async fn record_filing(shell: State<'_, Shell>, sitting: Sitting, request: FilingRequest) -> Result<Edited, Fault> {
    let edited = shell.work(move |desk| desk.record_filing(sitting, &request)).await;
    shell.edited.notify_one();
    edited
}

/// Of one open report, or of the whole library; gives how many due times are in the file.
#[tauri::command]
pub async fn export_calendar(shell: State<'_, Shell>, sitting: Option<Sitting>, path: String) -> Result<usize, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.export_calendar(sitting.map(Into::into), &path)).await
}
