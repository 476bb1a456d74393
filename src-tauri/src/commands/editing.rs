//! Writing a report.

use crate::autosave;
use crate::shell::Shell;
use desk::Fault;
use desk::view::{Edited, Opened, SaveNews};
use report::Edit;
use report::find::{Found, Hit, Search};
use report::ids::ReportId;
use tauri::{AppHandle, State};
use uuid::Uuid;

#[tauri::command]
pub async fn begin(shell: State<'_, Shell>, template: String) -> Result<Opened, Fault> {
    shell.work(move |desk| desk.begin(&template)).await
}

#[tauri::command]
pub async fn begin_next_stage(shell: State<'_, Shell>, report: ReportId, template: String) -> Result<Opened, Fault> {
    shell.work(move |desk| desk.begin_next_stage(report, &template)).await
}

#[tauri::command]
pub async fn begin_sample(shell: State<'_, Shell>) -> Result<Opened, Fault> {
    shell.work(desk::Desk::begin_sample).await
}

#[tauri::command]
pub async fn open_report(shell: State<'_, Shell>, report: ReportId) -> Result<Opened, Fault> {
    shell.work(move |desk| desk.open_report(report)).await
}

#[tauri::command]
pub async fn close_report(shell: State<'_, Shell>, report: ReportId) -> Result<(), Fault> {
    shell.work(move |desk| desk.close(report)).await
}

#[tauri::command]
pub async fn edit(shell: State<'_, Shell>, report: ReportId, edit: Edit, whole: bool, run: Option<u64>) -> Result<Edited, Fault> {
    let edited = shell.work(move |desk| desk.typed(report, &edit, whole, run)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn undo(shell: State<'_, Shell>, report: ReportId) -> Result<Option<Edited>, Fault> {
    let edited = shell.work(move |desk| desk.undo(report)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn redo(shell: State<'_, Shell>, report: ReportId) -> Result<Option<Edited>, Fault> {
    let edited = shell.work(move |desk| desk.redo(report)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn jot(shell: State<'_, Shell>, report: ReportId, lines: Vec<String>, at: Option<usize>) -> Result<Edited, Fault> {
    let edited = shell.work(move |desk| desk.jot(report, &lines, at)).await;
    shell.edited.notify_one();
    edited
}

/// Saves now; what became of it is news like that of any other save.
#[tauri::command]
pub async fn save_report(app: AppHandle, shell: State<'_, Shell>, report: ReportId) -> Result<(), Fault> {
    let saved = shell.work(move |desk| desk.save(report)).await;
    autosave::tell(&app, saved.unwrap_or_else(|fault| SaveNews::Failed { report, fault }));
    Ok(())
}

#[tauri::command]
pub async fn find(shell: State<'_, Shell>, report: ReportId, search: Search) -> Result<Found, Fault> {
    shell.work(move |desk| desk.find(report, &search)).await
}

#[tauri::command]
pub async fn replace(
    shell: State<'_, Shell>,
    report: ReportId,
    search: Search,
    with: String,
    only: Option<Hit>,
) -> Result<Option<Edited>, Fault> {
    let edited = shell.work(move |desk| desk.replace(report, &search, &with, only.as_ref())).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn ids(shell: State<'_, Shell>, count: usize) -> Result<Vec<Uuid>, Fault> {
    shell.work(move |desk| Ok(desk.ids(count))).await
}
