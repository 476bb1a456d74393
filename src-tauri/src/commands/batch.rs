//! Many files judged in one go, and the table of what they say.

use crate::shell::{Shell, apart};
use desk::Fault;
use desk::batch::{self, BatchNews, Table};
use desk::ports::World;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use tauri::State;
use tauri::ipc::Channel;

/// Answers once all are judged, or the batch was ended by `stop_verifying` or by a later one.
#[tauri::command]
pub async fn verify_many(shell: State<'_, Shell>, paths: Vec<String>, news: Channel<BatchNews>) -> Result<(), Fault> {
    let named: Vec<PathBuf> = paths.iter().map(|path| shell.chosen(path)).collect::<Result<_, _>>()?;
    let number = shell.batch.fetch_add(1, Ordering::SeqCst) + 1;
    let files = apart(move || batch::gather(&World::real(), &named)).await?;
    // Who points at a folder points at what lies in it.
    files.iter().for_each(|file| shell.allow(&file.path));
    // Where the library cannot be opened, who was confirmed is not known.
    let confirmed = match shell.desk() {
        Ok(_) => shell.work(desk::Desk::confirmed_signers).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let newest = shell.batch.clone();
    apart(move || {
        // A window that is gone needs no news; nobody asks for the rest then.
        let _gone = news.send(BatchNews::Found { files: files.len() });
        let goes_on = || newest.load(Ordering::SeqCst) == number;
        batch::judge(&World::real(), &files, &confirmed, &goes_on, &|file| {
            if goes_on() {
                let _gone = news.send(BatchNews::Judged { file: Box::new(file) });
            }
        });
        Ok(())
    })
    .await
}

#[tauri::command]
pub async fn stop_verifying(shell: State<'_, Shell>) -> Result<(), Fault> {
    shell.batch.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

#[tauri::command]
pub async fn is_folder(shell: State<'_, Shell>, path: String) -> Result<bool, Fault> {
    let path = shell.chosen(&path)?;
    apart(move || Ok(World::real().files.is_folder(&path))).await
}

#[tauri::command]
pub async fn save_table(shell: State<'_, Shell>, table: Table, path: String) -> Result<(), Fault> {
    let path = shell.chosen(&path)?;
    apart(move || batch::save_table(&World::real(), &table, &path)).await
}
