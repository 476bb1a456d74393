#![no_main]
//! Any bytes, their format to be found out.

use intake::read::{Given, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read(Some("file.md"), bytes, &Given::default());
});
