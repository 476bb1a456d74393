#![no_main]
//! Any bytes as restructured: read or refused, never a crash, a hang or a gigabyte.

use intake::read::{Format, Given, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read(None, bytes, &Given { format: Some(Format::Restructured), ..Given::default() });
});
