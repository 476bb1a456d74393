//! Unpacking the two kinds of stream that carry structure: cross-reference streams and object streams.
//! Always true: output is bounded before it is made, by what is left of the file's allowance.
//! Deliberately absent: the filters of content. Structure is packed with FlateDecode or not at all; whatever else a stream claims is refused
//! before anything is unpacked.

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Dictionary, Object};

use super::doubt::{Damage, Notes, Stop};

/// The data of a stream, unpacked.
pub(super) fn unpacked(dictionary: &Dictionary, data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Stop> {
    let parameters = single(dictionary, b"DecodeParms")?;
    let data = match single(dictionary, b"Filter")? {
        None => data.to_vec(),
        Some(Object::Name(name)) if name == b"FlateDecode" => inflate(data, notes.room())?,
        Some(_) => return Err(Stop::Malformed),
    };
    notes.unpacked(data.len());
    match parameters {
        None => Ok(data),
        Some(Object::Dictionary(parameters)) => unpredicted(parameters, data),
        Some(_) => Err(Stop::Malformed),
    }
}

/// An entry that may stand alone or as the only one of an array.
fn single<'a>(dictionary: &'a Dictionary, key: &[u8]) -> Result<Option<&'a Object>, Stop> {
    match dictionary.get(key) {
        Err(_) | Ok(Object::Null) => Ok(None),
        Ok(Object::Array(items)) => match items.as_slice() {
            [] | [Object::Null] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(Stop::Malformed),
        },
        Ok(one) => Ok(Some(one)),
    }
}

fn inflate(data: &[u8], room: usize) -> Result<Vec<u8>, Stop> {
    const STEP: usize = 64 << 10;
    let mut inflater = Decompress::new(true);
    let mut out = Vec::with_capacity(STEP.min(room));
    loop {
        let consumed = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let before = (consumed, out.len());
        let status = inflater.decompress_vec(data.get(consumed..).unwrap_or_default(), &mut out, FlushDecompress::None);
        match status.map_err(|_| Stop::Malformed)? {
            Status::StreamEnd => return Ok(out),
            Status::Ok | Status::BufError => {}
        }
        if out.len() > room {
            return Err(Damage::Bomb.into());
        }
        let full = out.len() == out.capacity();
        if !full && before == (usize::try_from(inflater.total_in()).unwrap_or(usize::MAX), out.len()) {
            return Err(Stop::Malformed); // cut off
        }
        if full {
            out.reserve(STEP);
        }
    }
}

/// Takes a PNG prediction back (ISO 32000-2 §7.4.4.4), for rows of bytes.
fn unpredicted(parameters: &Dictionary, mut data: Vec<u8>) -> Result<Vec<u8>, Stop> {
    const WIDEST: i64 = 1 << 16;
    let number = |key: &[u8], default| match parameters.get(key) {
        Ok(Object::Integer(number)) => Ok(*number),
        Ok(_) => Err(Stop::Malformed),
        Err(_) => Ok(default),
    };
    let (predictor, columns) = (number(b"Predictor", 1)?, number(b"Columns", 1)?);
    let (colours, bits) = (number(b"Colors", 1)?, number(b"BitsPerComponent", 8)?);
    if !(1..=WIDEST).contains(&columns) || !(0..=32).contains(&colours) || !(0..=16).contains(&bits) {
        return Err(Damage::Oversized.into());
    }
    match (predictor, colours, bits) {
        (1, ..) => return Ok(data),
        (10..=15, 1, 8) => {}
        _ => return Err(Stop::Malformed),
    }
    let columns = usize::try_from(columns).map_err(|_| Stop::Malformed)?;
    if !data.len().is_multiple_of(columns + 1) {
        return Err(Stop::Malformed);
    }
    let mut above = vec![0_u8; columns];
    let mut out = 0;
    for row in (0..data.len()).step_by(columns + 1) {
        let kind = data[row];
        let (mut left, mut corner) = (0_u8, 0_u8);
        for (column, upper) in above.iter_mut().enumerate() {
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => *upper,
                3 => u8::try_from((u16::from(left) + u16::from(*upper)) / 2).unwrap_or_default(),
                4 => paeth(left, *upper, corner),
                _ => return Err(Stop::Malformed),
            };
            let value = data[row + 1 + column].wrapping_add(guess);
            (corner, left) = (*upper, value);
            *upper = value;
            data[out] = value;
            out += 1;
        }
    }
    data.truncate(out);
    Ok(data)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    const ROOM: usize = 64 << 20;

    fn packed(data: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).expect("in memory");
        encoder.finish().expect("in memory")
    }

    fn flate(more: Dictionary) -> Dictionary {
        dictionary! { "Filter" => "FlateDecode", "DecodeParms" => more }
    }

    #[test]
    fn rows_come_back_from_each_prediction() {
        let parameters = flate(dictionary! { "Predictor" => 12, "Columns" => 3 });
        let rows = [0, 1, 2, 3, 2, 1, 1, 1, 1, 5, 0, 1, 4, 1, 0, 0, 3, 2, 2, 2];
        let plain = unpacked(&parameters, &packed(&rows), &mut Notes::new(0, ROOM)).expect("rows");
        assert_eq!(plain, [1, 2, 3, 2, 3, 4, 5, 5, 6, 6, 6, 6, 5, 7, 8]);
    }

    #[test]
    fn a_bomb_is_stopped_before_it_fills_the_memory() {
        let bomb = packed(&vec![0; 40 << 20]);
        let plain = dictionary! { "Filter" => "FlateDecode" };
        assert_eq!(unpacked(&plain, &bomb, &mut Notes::new(bomb.len(), ROOM)), Err(Stop::Damage(Damage::Bomb)));
        let mut notes = Notes::new(0, ROOM);
        let half = packed(&vec![0; 9 << 20]);
        assert!(unpacked(&plain, &half, &mut notes).is_ok());
        assert_eq!(unpacked(&plain, &half, &mut notes), Err(Stop::Damage(Damage::Bomb)), "the allowance is for the whole file");
    }

    #[test]
    fn absurd_or_unknown_ways_of_packing_are_refused() {
        let data = packed(b"abcdefgh");
        let refused = |dictionary: Dictionary| unpacked(&dictionary, &data, &mut Notes::new(0, ROOM)).err();
        assert_eq!(refused(flate(dictionary! { "Predictor" => 12, "Columns" => i64::MAX })), Some(Stop::Damage(Damage::Oversized)));
        assert_eq!(
            refused(flate(dictionary! { "Predictor" => 12, "Columns" => 4, "Colors" => 1_i64 << 40 })),
            Some(Stop::Damage(Damage::Oversized))
        );
        assert_eq!(refused(flate(dictionary! { "Predictor" => 2, "Columns" => 4 })), Some(Stop::Malformed));
        let twice = vec![Object::from("FlateDecode"), "FlateDecode".into()];
        assert_eq!(refused(dictionary! { "Filter" => twice }), Some(Stop::Malformed));
        assert_eq!(refused(dictionary! { "Filter" => "LZWDecode" }), Some(Stop::Malformed));
        assert_eq!(unpacked(&flate(Dictionary::new()), &data[..6], &mut Notes::new(0, ROOM)), Err(Stop::Malformed), "cut off");
    }
}
