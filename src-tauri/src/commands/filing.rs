//! From report to file and back.

use crate::shell::{Shell, apart};
use desk::asked::Asked;
use desk::countersigning::ToSign;
use desk::extending::{ExtendRequest, ExtendedFile};
use desk::filing::{ExportRequest, Exported, FurtherRequest, IdentityCard, NewIdentityRequest, Progress, Readiness, Verification};
use desk::kinship::KnownFile;
use desk::ports::World;
use desk::signers::ConfirmedSigner;
use desk::view::Opened;
use desk::{Fault, Sitting};
use report::outgoing::{Missing, Outgoing};
use std::path::Path;
use tauri::State;
use tauri::ipc::Channel;

#[tauri::command]
pub async fn hand_over(shell: State<'_, Shell>, sitting: Sitting, format: Outgoing, path: String) -> Result<Vec<Missing>, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.hand_over(sitting, format, &path)).await
}

#[tauri::command]
pub async fn readiness(shell: State<'_, Shell>, sitting: Sitting) -> Result<Readiness, Fault> {
    shell.work(move |desk| desk.readiness(sitting)).await
}

#[tauri::command]
pub async fn identities(shell: State<'_, Shell>) -> Result<Vec<IdentityCard>, Fault> {
    shell.work(desk::Desk::identities).await
}

#[tauri::command]
pub async fn identity_new(shell: State<'_, Shell>, request: NewIdentityRequest) -> Result<IdentityCard, Fault> {
    if let Some(path) = &request.path {
        shell.chosen(path)?;
    }
    shell.work(move |desk| desk.identity_new(&request)).await
}

#[tauri::command]
pub async fn identity_add(shell: State<'_, Shell>, path: String) -> Result<IdentityCard, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.identity_add(&path)).await
}

#[tauri::command]
pub async fn look_for_tokens(shell: State<'_, Shell>) -> Result<Vec<IdentityCard>, Fault> {
    shell.work(desk::Desk::look_for_tokens).await
}

#[tauri::command]
pub async fn export_report(
    shell: State<'_, Shell>,
    sitting: Sitting,
    request: ExportRequest,
    progress: Channel<Progress>,
) -> Result<Exported, Fault> {
    shell.chosen(&request.path)?;
    let exported = shell
        .work(move |desk| {
            desk.export(sitting, request, &mut |step| {
                // A window that is gone needs no progress; the export itself goes on.
                let _gone = progress.send(step);
            })
        })
        .await;
    shell.allow(Path::new(&exported.as_ref().map_err(Fault::clone)?.path));
    exported
}

#[tauri::command]
pub async fn cancel_export(shell: State<'_, Shell>) -> Result<(), Fault> {
    shell.desk()?.cancel_export();
    Ok(())
}

#[tauri::command]
pub async fn verify(shell: State<'_, Shell>, path: String) -> Result<Verification, Fault> {
    let path = shell.chosen(&path)?;
    match shell.desk() {
        Ok(_) => shell.work(move |desk| desk.verify(&path)).await,
        // A file can be judged where the library cannot be opened; who was confirmed is then not known.
        Err(_) => apart(move || desk::verification::verify_file(&World::real(), &path)).await,
    }
}

#[tauri::command]
pub async fn to_sign(shell: State<'_, Shell>, path: String) -> Result<ToSign, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.to_sign(&path)).await
}

#[tauri::command]
pub async fn known_file(shell: State<'_, Shell>, path: String) -> Result<Option<KnownFile>, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.known_file(&path)).await
}

#[tauri::command]
pub async fn sign_further(shell: State<'_, Shell>, request: FurtherRequest, progress: Channel<Progress>) -> Result<Exported, Fault> {
    shell.chosen(&request.path)?;
    shell.chosen(&request.output)?;
    shell
        .work(move |desk| {
            desk.sign_further(&request, &mut |step| {
                // A window that is gone needs no progress; the signing itself goes on.
                let _gone = progress.send(step);
            })
        })
        .await
}

#[tauri::command]
pub async fn extend(shell: State<'_, Shell>, request: ExtendRequest, asking: Channel<Asked>) -> Result<ExtendedFile, Fault> {
    shell.chosen(&request.path)?;
    shell.chosen(&request.output)?;
    let tell = move |asked: &Asked| {
        let _gone = asking.send(asked.clone());
    };
    shell.work(move |desk| desk.extend(&request, tell)).await
}

#[tauri::command]
pub async fn confirmed_signers(shell: State<'_, Shell>) -> Result<Vec<ConfirmedSigner>, Fault> {
    shell.work(desk::Desk::confirmed_signers).await
}

#[tauri::command]
pub async fn confirm_signer(
    shell: State<'_, Shell>,
    fingerprint: String,
    name: String,
    organisation: String,
) -> Result<ConfirmedSigner, Fault> {
    shell.work(move |desk| desk.confirm_signer(&fingerprint, &name, &organisation)).await
}

#[tauri::command]
pub async fn forget_signer(shell: State<'_, Shell>, fingerprint: String) -> Result<(), Fault> {
    shell.work(move |desk| desk.forget_signer(&fingerprint)).await
}

#[tauri::command]
pub async fn open_next_version(shell: State<'_, Shell>, path: String) -> Result<Opened, Fault> {
    let path = shell.chosen(&path)?;
    shell.work(move |desk| desk.open_next_version(&path)).await
}
