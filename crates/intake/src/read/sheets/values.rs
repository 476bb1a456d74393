//! The value of a cell as a person reads it, as far as a format of numbers does not matter: days as ISO 8601, because the order of their
//! figures depends on whose computer shows them.

use calamine::{DataRef, ExcelDateTime};

/// The words of a value.
pub(super) fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => figures(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) if moment.is_duration() => length(moment.as_f64()),
        DataRef::DateTime(moment) => self::moment(moment),
        DataRef::Error(fault) => fault.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Fifteen figures, as spreadsheets show a number at most; what follows is how binary fractions are stored.
fn figures(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

fn moment(moment: &ExcelDateTime) -> String {
    let serial = moment.as_f64();
    let (year, month, day, hour, minute, second, thousandths) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let clock = clock(hour.into(), minute, second, thousandths);
    // A part of a day and no day is a time; a day and no part of one is a date.
    if serial.abs() < 1.0 {
        clock
    } else if serial.fract() == 0.0 {
        date
    } else {
        format!("{date} {clock}")
    }
}

/// A stretch of time in days, as hours beyond 24 too.
fn length(days: f64) -> String {
    const THOUSANDTHS_OF_A_DAY: f64 = 86_400_000.0;
    // Casts from floats keep to the range of their type.
    let all = (days.abs() * THOUSANDTHS_OF_A_DAY).round() as u64;
    let part = |of: u64, within: u64| u8::try_from(all / of % within).unwrap_or_default();
    let clock = clock(all / 3_600_000, part(60_000, 60), part(1_000, 60), u16::try_from(all % 1_000).unwrap_or_default());
    if days < 0.0 { format!("-{clock}") } else { clock }
}

fn clock(hour: u64, minute: u8, second: u8, thousandths: u16) -> String {
    match (second, thousandths) {
        (0, 0) => format!("{hour:02}:{minute:02}"),
        (_, 0) => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}.{thousandths:03}"),
    }
}
