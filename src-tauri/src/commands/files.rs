//! Files that travel with a report, pages to look at, and files from elsewhere. Bytes travel as they are, never spelled out in JSON.

use crate::shell::{Shell, apart};
use desk::filing::Preview;
use desk::ports::World;
use desk::view::Edited;
use desk::{Fault, FaultCode, Sitting};
use report::ids::AttachmentId;
use tauri::ipc::{InvokeBody, Request, Response};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

/// The bytes are the body; `sitting`, `name` (percent-encoded) and `evidence` are headers.
#[tauri::command]
pub async fn attach(shell: State<'_, Shell>, request: Request<'_>) -> Result<Edited, Fault> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(unclear("the body is not bytes")) };
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let sitting = header("sitting").and_then(|id| id.parse().ok()).map(Sitting).ok_or_else(|| unclear("no sitting is named"))?;
    let name = header("name").map(|name| decoded(&name)).ok_or_else(|| unclear("no name is given"))?;
    let evidence = header("evidence").as_deref() == Some("true");
    let bytes = bytes.clone();
    let edited = shell.work(move |desk| desk.attach(sitting, &name, &bytes, evidence)).await;
    shell.edited.notify_one();
    edited
}

#[tauri::command]
pub async fn attachment(shell: State<'_, Shell>, sitting: Sitting, attachment: AttachmentId) -> Result<Response, Fault> {
    shell.work(move |desk| desk.attachment(sitting, attachment)).await.map(Response::new)
}

#[tauri::command]
pub async fn preview(shell: State<'_, Shell>, sitting: Sitting, filed: bool) -> Result<Option<Preview>, Fault> {
    shell.work(move |desk| desk.preview(sitting, filed)).await
}

#[tauri::command]
pub async fn preview_bytes(shell: State<'_, Shell>, token: String) -> Result<Response, Fault> {
    shell.work(move |desk| desk.preview_bytes(&token)).await.map(|bytes| Response::new(bytes.to_vec()))
}

#[tauri::command]
pub async fn file_bytes(shell: State<'_, Shell>, path: String) -> Result<Response, Fault> {
    let path = shell.chosen(&path)?;
    apart(move || desk::documents::read_bytes(&World::real(), &path)).await.map(Response::new)
}

#[tauri::command]
pub async fn is_pdf(shell: State<'_, Shell>, path: String) -> Result<bool, Fault> {
    let path = shell.chosen(&path)?;
    apart(move || desk::documents::is_pdf(&World::real(), &path)).await
}

#[tauri::command]
pub async fn reveal(app: AppHandle, shell: State<'_, Shell>, path: String) -> Result<(), Fault> {
    let path = shell.chosen(&path)?;
    app.opener().reveal_item_in_dir(&path).map_err(|fault| {
        Fault::new(FaultCode::Unreadable, format!("the folder of {} could not be shown: {fault}", path.display()))
            .with("path", path.display())
    })
}

fn unclear(reason: &str) -> Fault {
    Fault::new(FaultCode::Refused, reason).with("reason", reason)
}

/// The inverse of `encodeURIComponent`: %XX is a byte of UTF-8.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn names_come_through_headers_unharmed() {
        assert_eq!(decoded("Bild%20%C3%A4%20%F0%9F%9A%92.png"), "Bild ä 🚒.png");
        assert_eq!(decoded("100%.png"), "100%.png");
        assert_eq!(decoded("%zz%2"), "%zz%2");
    }
}
