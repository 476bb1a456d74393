//! Taking a foreign text in.

use crate::shell::Shell;
use desk::Fault;
use desk::intake::{IntakeReply, IntakeSource};
use desk::view::Opened;
use intake::Choices;
use tauri::State;

#[tauri::command]
pub async fn intake_read(shell: State<'_, Shell>, from: IntakeSource) -> Result<IntakeReply, Fault> {
    if let IntakeSource::File { path, .. } = &from {
        shell.chosen(path)?;
    }
    shell.work(move |desk| desk.intake_read(from)).await
}

#[tauri::command]
pub async fn intake_again(shell: State<'_, Shell>, choices: Choices) -> Result<IntakeReply, Fault> {
    shell.work(move |desk| desk.intake_again(&choices)).await
}

#[tauri::command]
pub async fn intake_accept(shell: State<'_, Shell>, choices: Choices) -> Result<Opened, Fault> {
    shell.work(move |desk| desk.intake_accept(&choices)).await
}

#[tauri::command]
pub async fn intake_forget(shell: State<'_, Shell>) -> Result<(), Fault> {
    shell.desk()?.intake_forget();
    Ok(())
}
