//! Three hundred changed bits: a signed file of which any one bit was changed is never called sound.

use crate::program::Bench;
use std::thread;

const CHANGES: u64 = 300;
const THREADS: u64 = 2;

#[test]
fn no_signed_file_with_one_changed_bit_is_sound() {
    let bench = Bench::new();
    let signed = bench.signed();
    let hole = contents_hole(&signed);
    let bench = &bench;
    let signed = &signed;
    let in_hole: usize = thread::scope(|scope| {
        let hands: Vec<_> = (0..THREADS)
            .map(|hand| {
                scope.spawn(move || (hand..CHANGES).step_by(THREADS as usize).filter(|nth| change(bench, signed, hole, *nth)).count())
            })
            .collect();
        hands.into_iter().map(|hand| hand.join().expect("every change is noticed")).sum()
    });
    println!("{CHANGES} changed bits noticed, {in_hole} of them between the angle brackets of /Contents");
}

/// Changes one bit and asks the program; gives whether the bit lay in the signature's own hole.
fn change(bench: &Bench, signed: &[u8], hole: (usize, usize), nth: u64) -> bool {
    let chance = splitmix(nth);
    let (at, bit) = ((chance >> 3) as usize % signed.len(), chance & 7);
    let mut altered = signed.to_vec();
    altered[at] ^= 1 << bit;
    let name = format!("altered-{}.pdf", nth % THREADS);
    bench.write(&name, &altered);
    let ran = bench.run(&format!("verify {name}"));
    assert!(ran.code == 1 || ran.code == 2, "bit {bit} of byte {at} was changed and not noticed: {ran:?}");
    assert!(!ran.out.starts_with("This file is sound") && !ran.out.starts_with("Unchanged"), "{ran:?}");
    (hole.0..hole.1).contains(&at)
}

/// The bits of the padding after the signature are signed by nobody, so that they are asked for one by one.
#[test]
fn no_bit_of_the_padding_after_the_signature_can_be_changed_unnoticed() {
    let bench = Bench::new();
    let signed = bench.signed();
    let (from, to) = contents_hole(&signed);
    let padding = (from..to - 1).rev().find(|at| signed[*at] != b'0').expect("a signature") + 2;
    assert!(padding < to - 40, "there is no padding to speak of");
    for at in [from, padding, padding + 1, (padding + to) / 2, to - 2, to - 1] {
        for bit in 0..8 {
            let mut altered = signed.clone();
            altered[at] ^= 1 << bit;
            bench.write("altered.pdf", &altered);
            let ran = bench.run("verify altered.pdf");
            assert!(ran.code == 1 || ran.code == 2, "bit {bit} of byte {at}, in {from}..{to}, was changed and not noticed: {ran:?}");
        }
    }
}

/// Where `<` and the end after `>` of the only signature's /Contents lie: what its ByteRange leaves out.
fn contents_hole(pdf: &[u8]) -> (usize, usize) {
    let find =
        |needle: &[u8], from: usize| from + pdf[from..].windows(needle.len()).position(|window| window == needle).expect("it is there");
    let range = find(b"/ByteRange", 0);
    let (open, close) = (find(b"[", range) + 1, find(b"]", range));
    let numbers: Vec<usize> =
        String::from_utf8_lossy(&pdf[open..close]).split_whitespace().map(|number| number.parse().expect("a number")).collect();
    (numbers[0] + numbers[1], numbers[2])
}

/// SplitMix64: a fixed sequence that looks like chance, so that a failure can be repeated.
fn splitmix(nth: u64) -> u64 {
    let mut z = nth.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
