//! Which way up a photograph is: a camera keeps its pixels as the sensor saw them and notes how it was held (Exif 2.32, tag 0x0112).
//! Always true: what cannot be read is taken to be upright.

/// How stored pixels are turned to be seen upright.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Turn(u8);

impl Default for Turn {
    fn default() -> Self {
        Self(1)
    }
}

impl Turn {
    /// Whether the picture is seen as high as it is stored wide.
    pub fn swaps(self) -> bool {
        self.0 >= 5
    }

    /// The turn as a PDF matrix over the unit square; none for a picture that is stored upright.
    pub fn matrix(self) -> Option<[f32; 6]> {
        Some(match self.0 {
            2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
            3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
            4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
            5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
            6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
            7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
            _ => return None,
        })
    }
}

/// The turn a JPEG file notes.
pub fn turn(file: &[u8]) -> Turn {
    orientation(file).filter(|value| (1..=8).contains(value)).map_or_else(Turn::default, Turn)
}

fn orientation(file: &[u8]) -> Option<u8> {
    let mut rest = file.get(2..)?;
    loop {
        let marker = rest.get(..4)?;
        // Exif stands before the frame header; there is nothing to find once that begins.
        if marker[0] != 0xFF || matches!(marker[1], 0xC0..=0xC2 | 0xDA) {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([marker[2], marker[3]]));
        let segment = rest.get(4..2 + length)?;
        if marker[1] == 0xE1
            && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
        {
            return first_directory(tiff);
        }
        rest = rest.get(2 + length..)?;
    }
}

fn first_directory(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries).map(|number| directory + 2 + 12 * number).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photograph(order: &[u8; 2], value: u16) -> Vec<u8> {
        let turned = |bytes: &[u8]| if order == b"II" { bytes.iter().rev().copied().collect() } else { bytes.to_vec() };
        let (short, long) = (|value: u16| turned(&value.to_be_bytes()), |value: u32| turned(&value.to_be_bytes()));
        let mut tiff: Vec<u8> = order.to_vec();
        tiff.extend(short(42));
        tiff.extend(long(8));
        tiff.extend(short(1));
        tiff.extend(short(0x0112));
        tiff.extend(short(3));
        tiff.extend(long(1));
        tiff.extend(short(value));
        tiff.extend([0; 6]);
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xE1];
        file.extend(u16::try_from(tiff.len() + 8).expect("small").to_be_bytes());
        file.extend(b"Exif\0\0");
        file.extend(tiff);
        file
    }

    #[test]
    fn the_way_it_was_held_is_read_in_both_byte_orders() {
        assert_eq!(turn(&photograph(b"II", 6)), Turn(6));
        assert_eq!(turn(&photograph(b"MM", 8)), Turn(8));
        assert!(turn(&photograph(b"MM", 8)).swaps());
    }

    #[test]
    fn what_makes_no_sense_is_upright() {
        assert_eq!(turn(&photograph(b"II", 9)), Turn(1));
        assert_eq!(turn(&photograph(b"XX", 6)), Turn(1));
        let whole = photograph(b"II", 6);
        for end in 0..whole.len() {
            let _ = turn(&whole[..end]);
        }
    }
}
