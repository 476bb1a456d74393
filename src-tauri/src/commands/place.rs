//! Where the library lies.

use crate::shell::{Shell, apart};
use desk::Fault;
use desk::ports::World;
use std::path::PathBuf;
use tauri::State;

/// Moves the library to a folder that a person chose; gives its new path.
#[tauri::command]
pub async fn move_library(shell: State<'_, Shell>, folder: String) -> Result<String, Fault> {
    let folder = shell.chosen(&folder)?;
    let path = shell.work(move |desk| desk.move_library(&folder).map(|()| desk.library_path())).await?;
    shell.allow(&path);
    Ok(path.display().to_string())
}

/// Takes the library in that folder from now on, or without one the library in the data folder. For when it cannot be opened where it was.
#[tauri::command]
pub async fn use_library(shell: State<'_, Shell>, folder: Option<String>) -> Result<(), Fault> {
    let folder: Option<PathBuf> = folder.map(|folder| shell.chosen(&folder)).transpose()?;
    let data = shell.folder().to_owned();
    apart(move || desk::place::use_library_in(&World::real(), &data, folder.as_deref())).await?;
    let path = shell.desk()?.library_path();
    shell.allow(&path);
    Ok(())
}
