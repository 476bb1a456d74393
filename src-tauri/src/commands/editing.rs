//! Writing a report.

use crate::autosave;
use crate::shell::Shell;
use desk::saving::has_ended;
use desk::view::{Edited, Opened, SaveNews};
use desk::{Fault, Sitting};
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
pub async fn begin_next_stage(shell: State<'_, Shell>, sitting: Sitting, template: String) -> Result<Opened, Fault> {
    shell.work(move |desk| desk.begin_next_stage(sitting, &template)).await
}

#[tauri::command]
pub async fn begin_sample(shell: State<'_, Shell>) -> Result<Opened, Fault> {
    shell.work(desk::Desk::begin_sample).await
}

/// With a sitting, what that sitting is now.
#[tauri::command]
pub async fn open_report(shell: State<'_, Shell>, report: ReportId, sitting: Option<Sitting>) -> Result<Opened, Fault> {
    shell.work(move |desk| sitting.map_or_else(|| desk.open_report(report), |sitting| desk.rejoin(sitting, report))).await
}

#[tauri::command]
pub async fn begin_version(shell: State<'_, Shell>, sitting: Sitting) -> Result<Opened, Fault> {
    let opened = shell.work(move |desk| desk.begin_version(sitting)).await;
    shell.edited.notify_one();
    opened
}

#[tauri::command]
pub async fn close_report(shell: State<'_, Shell>, sitting: Sitting) -> Result<(), Fault> {
    shell.work(move |desk| desk.close(sitting)).await
}

#[tauri::command]
pub async fn edit(shell: State<'_, Shell>, sitting: Sitting, edit: Edit, whole: bool, run: Option<u64>) -> Result<Edited, Fault> {
    let edited = shell.work(move |desk| desk.typed(sitting, &edit, whole, run)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn undo(shell: State<'_, Shell>, sitting: Sitting) -> Result<Option<Edited>, Fault> {
    let edited = shell.work(move |desk| desk.undo(sitting)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn redo(shell: State<'_, Shell>, sitting: Sitting) -> Result<Option<Edited>, Fault> {
    let edited = shell.work(move |desk| desk.redo(sitting)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn jot(shell: State<'_, Shell>, sitting: Sitting, lines: Vec<String>, at: Option<usize>) -> Result<Edited, Fault> {
    let edited = shell.work(move |desk| desk.jot(sitting, &lines, at)).await;
    shell.edited.notify_one();
    edited
}

/// Saves now; what became of it is news like that of any other save.
#[tauri::command]
pub async fn save_report(app: AppHandle, shell: State<'_, Shell>, sitting: Sitting) -> Result<(), Fault> {
    match shell.work(move |desk| desk.save(sitting)).await {
        // Told already, like every text that is kept apart.
        Ok(SaveNews::KeptBoth { .. }) => {}
        Ok(news) => autosave::tell(&app, news),
        Err(fault) if has_ended(&fault) => {}
        Err(fault) => autosave::tell(&app, SaveNews::Failed { sitting, fault }),
    }
    Ok(())
}

#[tauri::command]
pub async fn find(shell: State<'_, Shell>, sitting: Sitting, search: Search) -> Result<Found, Fault> {
    shell.work(move |desk| desk.find(sitting, &search)).await
}

#[tauri::command]
pub async fn replace(
    shell: State<'_, Shell>,
    sitting: Sitting,
    search: Search,
    with: String,
    only: Option<Hit>,
) -> Result<Option<Edited>, Fault> {
    let edited = shell.work(move |desk| desk.replace(sitting, &search, &with, only.as_ref())).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn ids(shell: State<'_, Shell>, count: usize) -> Result<Vec<Uuid>, Fault> {
    shell.work(move |desk| Ok(desk.ids(count))).await
}
