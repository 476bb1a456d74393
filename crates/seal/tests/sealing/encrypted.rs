//! Files that are encrypted: those that open without a password are judged like any other, the rest is told apart.

use std::{path::Path, process::Command};

use seal::{Draft, Trust, Unreadable};

use crate::{
    document::{sign, unsigned, verify},
    pki::{PASSPHRASE, Pki, pki},
    tools::{find, run},
};

/// Ways in which programs encrypt, as options of qpdf.
const WAYS: [(&str, &[&str], &[&str]); 6] = [
    ("RC4, 40 bits", &["40"], &["--allow-weak-crypto"]),
    ("RC4, 128 bits", &["128", "--use-aes=n"], &["--allow-weak-crypto"]),
    ("AES-128", &["128", "--use-aes=y"], &[]),
    ("AES-128, open metadata", &["128", "--use-aes=y", "--cleartext-metadata"], &[]),
    ("AES-256 of Acrobat 9", &["256", "--force-R5"], &["--allow-weak-crypto"]),
    ("AES-256", &["256"], &[]),
];

fn encrypted(qpdf: &Path, pdf: &[u8], user: &str, how: &[&str], more: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in.pdf"), folder.path().join("out.pdf"));
    std::fs::write(&input, pdf).expect("written");
    run(Command::new(qpdf).args(more).args(["--encrypt", user, "owner"]).args(how).arg("--").args([&input, &output]));
    std::fs::read(output).expect("qpdf wrote it")
}

/// Opens an encrypted file and signs in its fields, one signature after the other.
const SIGN: &str = "
import sys
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
source, target, field, identity, passphrase = sys.argv[1:]
signer = signers.SimpleSigner.load_pkcs12(identity, passphrase=passphrase.encode())
with open(source, 'rb') as file:
    writer = IncrementalPdfFileWriter(file)
    writer.encrypt('')
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm='sha256', subfilter=fields.SigSeedSubFilter.PADES)
    out = signers.sign_pdf(writer, meta, signer=signer)
open(target, 'wb').write(out.getbuffer())
";

fn signed(pyhanko: &Path, pki: &Pki, pdf: &[u8], field: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in.pdf"), folder.path().join("out.pdf"));
    std::fs::write(&input, pdf).expect("written");
    let python = pyhanko.with_file_name("python");
    run(Command::new(python).args(["-c", SIGN]).args([&input, &output]).arg(field).arg(pki.path(&format!("{field}.p12"))).arg(PASSPHRASE));
    std::fs::read(output).expect("pyHanko wrote it")
}

#[test]
fn a_file_that_opens_without_a_password_is_judged_like_any_other() {
    let Some(pki) = pki() else { return };
    let tools = (find("qpdf", "judging encrypted files"), find("pyhanko", "judging encrypted files"));
    let (Some(qpdf), Some(pyhanko)) = tools else { return };
    // pyHanko writes into no file of Acrobat 9's own way.
    for (name, how, more) in WAYS.into_iter().filter(|(_, how, _)| !how.contains(&"--force-R5")) {
        let once = signed(&pyhanko, pki, &encrypted(&qpdf, &unsigned(), "", how, more), "author");
        let verdict = verify(&once, &pki.trusted()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let signature = &verdict.signatures[0];
        assert!(verdict.sound() && signature.trusted == Trust::Trusted && signature.covers_whole_file, "{name}: {verdict:#?}");
        let twice = signed(&pyhanko, pki, &once, "approver");
        let verdict = verify(&twice, &pki.trusted()).expect("readable");
        // pyHanko keeps metadata open by a filter of their own (/Crypt), which is not one that every reader knows.
        let open_metadata = how.contains(&"--cleartext-metadata");
        assert!(verdict.sound() != open_metadata && verdict.signatures.len() == 2, "{name}: {verdict:#?}");

        let mut touched = once.clone();
        let covered = touched.windows(6).position(|window| window == b"stream").expect("a stream") + 20;
        touched[covered] ^= 1;
        assert!(!verify(&touched, &[]).is_ok_and(|verdict| verdict.sound()), "{name}");
    }
}

#[test]
fn nothing_is_added_to_an_encrypted_file() {
    let Some(qpdf) = find("qpdf", "refusing to sign encrypted files") else { return };
    let open = encrypted(&qpdf, &unsigned(), "", &["256"], &[]);
    assert!(matches!(Draft::open(open), Err(Unreadable::Encrypted)));
}

#[test]
fn a_file_that_needs_a_password_says_so() {
    let Some(pki) = pki() else { return };
    let Some(qpdf) = find("qpdf", "refusing files under a password") else { return };
    let once = sign(&unsigned(), &pki.identity("author"));
    for (name, how, more) in WAYS {
        let locked = encrypted(&qpdf, &once, "secret", how, more);
        assert!(matches!(verify(&locked, &[]), Err(Unreadable::PasswordNeeded)), "{name}");
        assert!(matches!(Draft::open(locked), Err(Unreadable::PasswordNeeded)), "{name}");
    }
}

/// Where a piece of a file begins.
fn place(pdf: &[u8], piece: &[u8]) -> usize {
    pdf.windows(piece.len()).rposition(|window| window == piece).unwrap_or_else(|| panic!("no {}", String::from_utf8_lossy(piece)))
}

#[test]
fn what_describes_the_encryption_stays_as_it_was_signed() {
    let Some(pki) = pki() else { return };
    let tools = (find("qpdf", "judging encrypted files"), find("pyhanko", "judging encrypted files"));
    let (Some(qpdf), Some(pyhanko)) = tools else { return };
    let once = signed(&pyhanko, pki, &encrypted(&qpdf, &unsigned(), "", &["256"], &[]), "author");
    let description = place(&once, b"/CF << /StdCF");
    let start = place(&once[..description], b" 0 obj");
    let line = once[..start].iter().rposition(|byte| *byte == b'\n').expect("a line") + 1;
    let number = std::str::from_utf8(&once[line..start]).expect("a number");
    let end = description + once[description..].windows(6).position(|window| window == b"endobj").expect("an end") + 7;
    let trailer = &once[place(&once, b"trailer")..place(&once, b"startxref")];
    let trailer = trailer.iter().position(|byte| *byte == b'<').map(|at| &trailer[at + 2..]).expect("a dictionary");
    let previous = String::from_utf8_lossy(&once[place(&once, b"startxref") + 9..]).split_whitespace().next().expect("a place").to_owned();

    // The bits that allow printing are not part of the key, so that the file opens as before.
    let mut update = once[line..end].to_vec();
    let bits = place(&update, b"/P -") + 4;
    update[bits] = if update[bits] == b'4' { b'8' } else { b'4' };
    let table = once.len() + update.len();
    update.extend(format!("xref\n{number} 1\n{:010} 00000 n \ntrailer\n<<", once.len()).bytes());
    let trailer = String::from_utf8_lossy(trailer).into_owned();
    let (before, after) = trailer.split_once("/Prev ").expect("an update");
    let after = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
    update.extend(format!("{before}/Prev {previous}{after}startxref\n{table}\n%%EOF\n").bytes());
    assert!(verify(&once, &[]).is_ok_and(|verdict| verdict.sound()));
    assert!(!verify(&[once, update].concat(), &[]).is_ok_and(|verdict| verdict.sound()));
}
