#![no_main]
//! Any bytes as asciidoc: read or refused, never a crash, a hang or a gigabyte.

use intake::read::{Format, Given, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read(None, bytes, &Given { format: Some(Format::Asciidoc), ..Given::default() });
});
