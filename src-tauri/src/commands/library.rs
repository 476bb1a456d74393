//! The library.

use crate::shell::Shell;
use desk::Fault;
use desk::forms::AddedTemplate;
use desk::library::{Shelf, ShelfQuery, TemplateCard};
use desk::records::Record;
use desk::settings::Settings;
use report::ids::ReportId;
use tauri::State;

#[tauri::command]
pub async fn shelf(shell: State<'_, Shell>, query: ShelfQuery) -> Result<Shelf, Fault> {
    shell.work(move |desk| desk.shelf(&query)).await
}

#[tauri::command]
pub async fn records(shell: State<'_, Shell>, of: Option<ReportId>) -> Result<Vec<Record>, Fault> {
    shell.work(move |desk| desk.records(of)).await
}

#[tauri::command]
pub async fn export_records(shell: State<'_, Shell>, of: Option<ReportId>, path: String) -> Result<usize, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.export_records(of, &path)).await
}

#[tauri::command]
pub async fn templates(shell: State<'_, Shell>) -> Result<Vec<TemplateCard>, Fault> {
    shell.work(desk::Desk::templates).await
}

#[tauri::command]
pub async fn add_template(shell: State<'_, Shell>, path: String) -> Result<AddedTemplate, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.add_template(&path)).await
}

#[tauri::command]
pub async fn remove_template(shell: State<'_, Shell>, template: String) -> Result<(), Fault> {
    shell.work(move |desk| desk.remove_template(&template)).await
}

#[tauri::command]
pub async fn restore_template(shell: State<'_, Shell>, template: String) -> Result<(), Fault> {
    shell.work(move |desk| desk.restore_template(&template)).await
}

#[tauri::command]
pub async fn settings(shell: State<'_, Shell>) -> Result<Settings, Fault> {
    shell.work(desk::Desk::settings).await
}

#[tauri::command]
pub async fn set_settings(shell: State<'_, Shell>, settings: Settings) -> Result<(), Fault> {
    shell.work(move |desk| desk.set_settings(&settings)).await
}
