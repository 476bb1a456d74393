//! Pictures that come with a text. Always true: only what lies inside the file becomes a file; a picture elsewhere is named and not
//! fetched. The media type is that of the bytes, whatever the source says.

use super::limits::Room;
use crate::source::{Block, Carried};
use data_url::DataUrl;

/// A picture by its address: `data:` addresses carry their bytes.
pub(super) fn named(room: &mut Room, alt: &str, address: &str) -> Block {
    let alt = alt.to_owned();
    match bytes_in(address) {
        Some(bytes) => {
            let (file, name) = carried(room, None, bytes);
            Block::Picture { alt, name, file: Some(file) }
        }
        None => Block::Picture { alt, name: address.to_owned(), file: None },
    }
}

/// Takes the bytes of a file in: its number among the files, and its name.
pub(super) fn carried(room: &mut Room, name: Option<&str>, bytes: Vec<u8>) -> (usize, String) {
    let kind = infer::get(&bytes);
    let ending = kind.map_or("bin", |kind| kind.extension());
    let name = name.map_or_else(|| format!("picture-{}.{ending}", room.files() + 1), str::to_owned);
    let media_type = kind.map_or("application/octet-stream", |kind| kind.mime_type()).to_owned();
    let number = room.carry(Carried { name, media_type, bytes });
    (number, room.file_name(number).to_owned())
}

fn bytes_in(address: &str) -> Option<Vec<u8>> {
    let (bytes, _fragment) = DataUrl::process(address).ok()?.decode_to_vec().ok()?;
    (!bytes.is_empty()).then_some(bytes)
}
