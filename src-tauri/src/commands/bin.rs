//! The bin, and what else is taken out and brought back.

use crate::shell::Shell;
use desk::Fault;
use desk::bin::Bin;
use report::ids::ReportId;
use tauri::State;

#[tauri::command]
pub async fn bin(shell: State<'_, Shell>) -> Result<Bin, Fault> {
    shell.work(desk::Desk::bin).await
}

#[tauri::command]
pub async fn remove_report(shell: State<'_, Shell>, report: ReportId) -> Result<(), Fault> {
    shell.work(move |desk| desk.remove(report)).await
}

#[tauri::command]
pub async fn restore_report(shell: State<'_, Shell>, report: ReportId) -> Result<(), Fault> {
    shell.work(move |desk| desk.restore(report)).await
}

#[tauri::command]
pub async fn withdraw_report(shell: State<'_, Shell>, report: ReportId) -> Result<(), Fault> {
    shell.work(move |desk| desk.withdraw(report)).await
}

#[tauri::command]
pub async fn erase_reports(shell: State<'_, Shell>, reports: Vec<ReportId>) -> Result<usize, Fault> {
    shell.work(move |desk| desk.erase(&reports)).await
}

#[tauri::command]
pub async fn erase_template(shell: State<'_, Shell>, template: String) -> Result<(), Fault> {
    shell.work(move |desk| desk.erase_template(&template)).await
}

#[tauri::command]
pub async fn list_identity(shell: State<'_, Shell>, path: String, listed: bool) -> Result<(), Fault> {
    shell.work(move |desk| desk.list_identity(std::path::Path::new(&path), listed)).await
}
