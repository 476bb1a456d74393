//! `rapporteur`: the same acts without a window.

fn main() {}
