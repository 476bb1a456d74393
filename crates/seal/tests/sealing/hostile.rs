//! Bytes made to break a reader. There is nothing to assert but that each call returns.

use seal::{Certificate, Identity, Passphrase, Signer, places};

use crate::{
    document::{sign, sign_with, unsigned, verify},
    pki::pki,
    signing::own_identity,
    tampering::{Numbers, rounds},
};

fn seeds() -> Vec<Vec<u8>> {
    let own = sign(&sign(&unsigned(), &own_identity("Anna Author")), &own_identity("Paul Approver"));
    let stamped = pki().map(|pki| sign_with(&unsigned(), &pki.identity("author"), Some(&pki.authority())).into_bytes());
    std::iter::once(own).chain(stamped).collect()
}

#[test]
fn a_file_cut_anywhere_is_read_without_panic() {
    for pdf in seeds() {
        for length in (0..pdf.len()).step_by((pdf.len() / rounds(150)).max(1)) {
            let _ = verify(&pdf[..length], &[]);
            // An end marker gets the cut file past the first check.
            let _ = verify(&[&pdf[..length], b"\n%%EOF"].concat(), &[]);
        }
    }
}

#[test]
fn flipped_bits_and_shuffled_pieces_are_read_without_panic() {
    let mut numbers = Numbers(3);
    for pdf in seeds() {
        for round in 0..rounds(250) {
            let mut hostile = pdf.clone();
            for _ in 0..=round % 9 {
                let at = numbers.below(hostile.len());
                hostile[at] ^= 1 << numbers.below(8);
            }
            if round % 5 == 0 {
                let (from, to, length) = (numbers.below(hostile.len()), numbers.below(hostile.len()), numbers.below(400));
                let piece = hostile[from..(from + length).min(hostile.len())].to_vec();
                hostile.splice(to..to, piece);
            }
            let _ = verify(&hostile, &[]);
            let _ = places(&hostile);
        }
    }
}

#[test]
fn damaged_identity_files_and_certificates_are_refused_without_panic() {
    let mut numbers = Numbers(4);
    let Some(pki) = pki() else { return };
    let (file, certificate) = (pki.p12("approver"), pki.identity("author").credentials().certificate().der().to_vec());
    for _ in 0..rounds(200) {
        let (mut hostile, mut damaged) = (file.clone(), certificate.clone());
        for _ in 0..3 {
            let (at, within) = (numbers.below(hostile.len()), numbers.below(damaged.len()));
            hostile[at] ^= 1 << numbers.below(8);
            damaged[within] ^= 1 << numbers.below(8);
        }
        let _ = Identity::open(&hostile, &Passphrase::new(crate::pki::PASSPHRASE.into()));
        let _ = Certificate::from_pem_or_der(&damaged).map(|found| found[0].facts());
    }
}
