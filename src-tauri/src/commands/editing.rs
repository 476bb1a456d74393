//! Writing a report.

use crate::shell::Shell;
use desk::Fault;
use desk::view::{Edited, Opened};
use report::Edit;
use report::ids::ReportId;
use tauri::State;
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

#[tauri::command]
pub async fn ids(shell: State<'_, Shell>, count: usize) -> Result<Vec<Uuid>, Fault> {
    shell.work(move |desk| Ok(desk.ids(count))).await
}
