//! Pictures and figures: reading a picture's size and pixels, and placing it with its caption.
//! Always true: a JPEG is carried into the PDF as it is, byte for byte; a figure and its caption stay together and are never
//! enlarged beyond 150 dots an inch.
//! Deliberately absent: colour management of what a camera said; pictures are taken to be sRGB.

mod exif;

use std::sync::Arc;

use crate::{
    composer::Composer,
    display::{Area, Item, Marked, Owner},
    measure::MEASURE,
    strip::{Keep, Strip},
    text::{Meaning, Text, house},
    tree::{NodeId, Role},
};

/// Dots an inch at which a picture is printed at most.
const DENSITY: f32 = 150.0;
/// White above a figure.
const ABOVE: f32 = 16.0;
/// The part of a page's text block that a picture may be high: a portrait one leaves room for the words about it.
const TALLEST: f32 = 0.55;

/// A picture ready for the page.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its pixels.
    pub pixels: Pixels,
    /// How its pixels are turned to be seen upright; width and height are those seen.
    pub turn: Turn,
}

pub use exif::Turn;

/// A picture's pixels.
#[derive(Clone, Debug)]
pub enum Pixels {
    /// A JPEG file of one (grey) or three (colour) components.
    Jpeg {
        /// The file.
        file: Arc<[u8]>,
        /// Whether it has no colour.
        grey: bool,
    },
    /// Bytes row by row, eight bits a component, opaque.
    Plain {
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether there is one component instead of three.
        grey: bool,
    },
}

/// Why a picture cannot be printed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// It is neither PNG nor JPEG.
    #[error("neither a PNG nor a JPEG picture")]
    Foreign,
    /// It is damaged or of a kind that is not read.
    #[error("the picture cannot be decoded: {0}")]
    Damaged(String),
}

impl Picture {
    /// Reads a PNG or JPEG file.
    ///
    /// # Errors
    /// When it is neither, or cannot be decoded.
    pub fn read(file: &Arc<[u8]>) -> Result<Self, Unreadable> {
        match jpeg_header(file) {
            Some((width, height, components @ (1 | 3))) if width > 0 && height > 0 => {
                let turn = exif::turn(file);
                let (width, height) = if turn.swaps() { (height, width) } else { (width, height) };
                Ok(Self { width, height, pixels: Pixels::Jpeg { file: Arc::clone(file), grey: components == 1 }, turn })
            }
            None if !file.starts_with(b"\x89PNG\r\n\x1a\n") => Err(Unreadable::Foreign),
            _ => decode(file),
        }
    }
}

/// Size and number of components from a JPEG's frame header (ISO/IEC 10918-1, B.2.2).
fn jpeg_header(file: &[u8]) -> Option<(u32, u32, u8)> {
    let mut rest = file.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let marker = match *rest.get(..2)? {
            [0xFF, 0xFF] => {
                rest = &rest[1..];
                continue;
            }
            [0xFF, marker] => marker,
            _ => return None,
        };
        let length = usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]));
        let segment = rest.get(4..2 + length)?;
        // Baseline, extended and progressive frames; lossless and arithmetic ones are not what DCTDecode reads.
        if matches!(marker, 0xC0..=0xC2) {
            let height = u16::from_be_bytes([*segment.get(1)?, *segment.get(2)?]);
            let width = u16::from_be_bytes([*segment.get(3)?, *segment.get(4)?]);
            let eight_bits = *segment.first()? == 8;
            return Some((u32::from(width), u32::from(height), if eight_bits { *segment.get(5)? } else { 0 }));
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Decodes to opaque grey or colour; what is transparent shows the paper.
fn decode(file: &[u8]) -> Result<Picture, Unreadable> {
    let raw = printpdf::RawImage::decode_from_bytes(file, &mut Vec::new()).map_err(Unreadable::Damaged)?;
    let (width, height) = (u32::try_from(raw.width).unwrap_or(0), u32::try_from(raw.height).unwrap_or(0));
    let bytes = match raw.pixels {
        printpdf::RawImageData::U8(bytes) => bytes,
        printpdf::RawImageData::U16(words) => words.into_iter().map(|word| (word >> 8) as u8).collect(),
        printpdf::RawImageData::F32(values) => values.into_iter().map(|value| (value.clamp(0.0, 1.0) * 255.0) as u8).collect(),
    };
    let components = bytes.len().checked_div(raw.width * raw.height).unwrap_or(0);
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let (bytes, grey) = match components {
        1 => (bytes, true),
        2 => (bytes.chunks_exact(2).map(|p| over(p[0], p[1])).collect(), true),
        3 => (bytes, false),
        4 => (bytes.chunks_exact(4).flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect(), false),
        _ => return Err(Unreadable::Damaged("its pixels have no known form".into())),
    };
    Ok(Picture { width, height, pixels: Pixels::Plain { bytes, grey }, turn: Turn::default() })
}

/// A figure to print.
pub struct Figure {
    /// The picture.
    pub picture: Picture,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Its number, printed before the caption.
    pub number: usize,
    /// The caption.
    pub caption: Text,
}

/// Where a figure may stand.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Left edge of the text it belongs to.
    pub x: f32,
    /// Width of that text.
    pub width: f32,
    /// Whether the full measure is free.
    pub wide: bool,
    /// The depth of a page's text block.
    pub depth: f32,
}

/// The figure and its caption: over the full measure if it is wider than 2:1 and may be, else in the text column.
pub fn figure(c: &mut Composer<'_>, parent: NodeId, figure: Figure, room: Room) -> Vec<Strip> {
    let (across, down) = (figure.picture.width as f32, figure.picture.height as f32);
    let (left, width) = if room.wide && across > 2.0 * down { (0.0, MEASURE) } else { (room.x, room.width) };
    let node = c.tree.add(parent, Role::Figure { alt: figure.alt });
    let owner = Owner::Content(c.tree.content(node));
    let caption = caption(c, parent, "Figure", figure.number, &figure.caption, left, width);
    let below = crate::strip::height(&caption);
    let tallest = (room.depth * TALLEST).min(room.depth - below - 1.0);
    let scale = (width / across).min(72.0 / DENSITY).min(tallest / down);
    let area = Area { x: left, y: 0.0, width: across * scale, height: down * scale };
    c.pictures.push(figure.picture);
    let item = Item::Picture { area, picture: c.pictures.len() - 1 };
    let mut strips = vec![Strip::drawn(area.height, vec![Marked { owner, items: vec![item] }]).below(ABOVE).kept(Keep::Bound)];
    strips.extend(caption);
    strips
}

/// A caption: its kind and number in semibold, then the words.
pub fn caption(c: &mut Composer<'_>, parent: NodeId, kind: &str, number: usize, words: &Text, x: f32, width: f32) -> Vec<Strip> {
    let (style, leading) = house::CELL;
    let mut text = Text::empty(leading);
    text.push(format!("{kind}\u{a0}{number}."), style.strong(), Meaning::Plain);
    if !words.is_blank() {
        // An en space stands for the 1.5 mm between number and words.
        text.push("\u{2002}", style, Meaning::Plain);
        text.spans.extend(words.spans.iter().cloned());
    }
    let mut lines = c.paragraph(parent, Role::Caption, &text, x, width);
    crate::strip::keep_whole(&mut lines, Keep::Bound);
    if let Some(first) = lines.first_mut() {
        first.before = 5.0;
    }
    lines
}
