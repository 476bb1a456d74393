//! Pictures in the file: JPEG as it came, everything else as compressed rows.

use lopdf::{Dictionary, Object, Stream, dictionary};

use super::{File, WriteError};
use crate::figure::{Picture, Pixels};

/// The picture's name among the pages' resources.
pub fn id(picture: usize) -> String {
    format!("Im{picture}")
}

/// Puts the pictures among the resources all pages share.
pub fn embed(file: &mut File<'_>, pictures: &[Picture]) -> Result<(), WriteError> {
    if pictures.is_empty() {
        return Ok(());
    }
    let resources = file.page(0)?.get(b"Resources")?.as_reference()?;
    let shared = file.pdf.get_dictionary(resources)?.get(b"XObject")?.as_reference()?;
    let mut named = Dictionary::new();
    for (number, picture) in pictures.iter().enumerate() {
        named.set(id(number), file.pdf.add_object(stream(picture)));
    }
    file.pdf.set_object(shared, named);
    Ok(())
}

fn stream(picture: &Picture) -> Stream {
    let (content, grey, jpeg) = match &picture.pixels {
        Pixels::Jpeg { file, grey } => (file.to_vec(), *grey, true),
        Pixels::Plain { bytes, grey } => (bytes.clone(), *grey, false),
    };
    let (width, height) = if picture.turn.swaps() { (picture.height, picture.width) } else { (picture.width, picture.height) };
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "BitsPerComponent" => 8,
        "ColorSpace" => if grey { "DeviceGray" } else { "DeviceRGB" },
    };
    if jpeg {
        dictionary.set("Filter", Object::Name(b"DCTDecode".to_vec()));
    }
    Stream::new(dictionary, content).with_compression(!jpeg)
}
