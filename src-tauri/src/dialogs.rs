//! The system's own dialogs. What a person chooses there is what the window may read and write.

use crate::shell::Shell;
use desk::Fault;
use serde::Deserialize;
use std::path::PathBuf;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// What kind of file is asked for.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// An identity.
    P12,
    /// A template file.
    Toml,
    /// A format a regime prescribes.
    Md,
    /// The same, as JSON.
    Json,
    /// A calendar file.
    Ics,
    /// A table for a spreadsheet.
    Csv,
    /// Any file we open: a PDF, a `report.json`.
    Any,
}

impl Kind {
    fn filter(self) -> Option<(&'static str, &'static [&'static str])> {
        match self {
            Kind::Pdf => Some(("PDF", &["pdf"])),
            Kind::P12 => Some(("Identity (PKCS #12 or PEM)", &["p12", "pfx", "pem"])),
            Kind::Toml => Some(("Template", &["toml"])),
            Kind::Md => Some(("Markdown", &["md"])),
            Kind::Json => Some(("JSON", &["json"])),
            Kind::Ics => Some(("Calendar", &["ics"])),
            Kind::Csv => Some(("Table (CSV)", &["csv"])),
            Kind::Any => None,
        }
    }
}

/// Asks where a file goes; none when dismissed.
#[tauri::command]
pub async fn pick_save(app: AppHandle, shell: State<'_, Shell>, name: String, kind: Kind) -> Result<Option<String>, Fault> {
    if let Some(path) = answered_by_a_test("RAPPORTEUR_TEST_PATH_SAVE") {
        return Ok(Some(chosen(&shell, path)));
    }
    let mut dialog = app.dialog().file().set_file_name(name);
    if let Some((words, extensions)) = kind.filter() {
        dialog = dialog.add_filter(words, extensions);
    }
    let (tell, told) = oneshot::channel();
    dialog.save_file(move |path| drop(tell.send(path)));
    Ok(answer(&shell, told.await.ok().flatten()))
}

/// Asks which file to open; none when dismissed.
#[tauri::command]
pub async fn pick_open(app: AppHandle, shell: State<'_, Shell>, kind: Kind) -> Result<Option<String>, Fault> {
    if let Some(path) = answered_by_a_test("RAPPORTEUR_TEST_PATH_OPEN") {
        return Ok(Some(chosen(&shell, path)));
    }
    let mut dialog = app.dialog().file();
    if let Some((words, extensions)) = kind.filter() {
        dialog = dialog.add_filter(words, extensions);
    }
    let (tell, told) = oneshot::channel();
    dialog.pick_file(move |path| drop(tell.send(path)));
    Ok(answer(&shell, told.await.ok().flatten()))
}

/// Asks which PDFs to open, one or several; none when dismissed.
#[tauri::command]
pub async fn pick_pdfs(app: AppHandle, shell: State<'_, Shell>) -> Result<Vec<String>, Fault> {
    if let Some(path) = answered_by_a_test("RAPPORTEUR_TEST_PATH_OPEN") {
        return Ok(vec![chosen(&shell, path)]);
    }
    let mut dialog = app.dialog().file();
    if let Some((words, extensions)) = Kind::Pdf.filter() {
        dialog = dialog.add_filter(words, extensions);
    }
    let (tell, told) = oneshot::channel();
    dialog.pick_files(move |paths| drop(tell.send(paths)));
    let paths = told.await.ok().flatten().unwrap_or_default();
    Ok(paths.into_iter().filter_map(|path| answer(&shell, Some(path))).collect())
}

/// Asks for a folder; none when dismissed.
#[tauri::command]
pub async fn pick_folder(app: AppHandle, shell: State<'_, Shell>) -> Result<Option<String>, Fault> {
    if let Some(path) = answered_by_a_test("RAPPORTEUR_TEST_PATH_FOLDER") {
        return Ok(Some(chosen(&shell, path)));
    }
    let (tell, told) = oneshot::channel();
    app.dialog().file().pick_folder(move |path| drop(tell.send(path)));
    Ok(answer(&shell, told.await.ok().flatten()))
}

fn answer(shell: &Shell, path: Option<FilePath>) -> Option<String> {
    path.and_then(|path| path.into_path().ok()).map(|path| chosen(shell, path))
}

fn chosen(shell: &Shell, path: PathBuf) -> String {
    shell.allow(&path);
    path.display().to_string()
}

/// A test that drives the real window cannot reach the system's dialogs; it answers here. Only under automation.
fn answered_by_a_test(variable: &str) -> Option<PathBuf> {
    std::env::var_os("TAURI_AUTOMATION")?;
    std::env::var_os(variable).map(PathBuf::from)
}
