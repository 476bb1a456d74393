//! Our files, judged by others: each tool must come to the verdict we come to.

use std::{path::Path, process::Command};

use crate::{
    document::{replaced, sign, sign_with, unsigned, verify},
    pki::{Pki, pki},
    tampering::updated,
    tools::{find, pyhanko_validate, run, said},
};

/// Sound and unsound files, each with whether it is sound.
fn cases(pki: &Pki) -> Vec<(&'static str, Vec<u8>, bool)> {
    let (author, approver) = (pki.identity("author"), pki.identity("approver"));
    let once = sign(&unsigned(), &author);
    let twice = sign(&once, &approver);
    let stamped = sign_with(&once, &pki.identity("auditor"), Some(&pki.authority())).into_bytes();
    let text = replaced(&twice, b"3 h 44 min", b"0 h 44 min");
    let catalog = replaced(&once, b"(en-GB)", b"(en-US)");
    let page = updated(&twice, |update| {
        let (_, id) = update.get_prev_documents().get_pages().into_iter().next().expect("a page");
        update.opt_clone_object_to_new_document(id).expect("cloned");
        let page = update.new_document.get_object_mut(id).and_then(lopdf::Object::as_dict_mut).expect("a page");
        page.set("Rotate", 180);
    });
    vec![
        ("once", once, true),
        ("twice", twice, true),
        ("stamped", stamped, true),
        ("text altered", text, false),
        ("catalog altered", catalog, false),
        ("page turned", page, false),
    ]
}

#[test]
fn pyhanko_agrees() {
    let Some(pki) = pki() else { return };
    let Some(pyhanko) = find("pyhanko", "pyHanko's judgement of our signatures") else { return };
    std::thread::scope(|scope| {
        for (name, pdf, sound) in cases(pki) {
            let pyhanko = &pyhanko;
            scope.spawn(move || {
                let ours = verify(&pdf, &pki.trusted()).expect("readable");
                let (theirs, told) = pyhanko_validate(pyhanko, &pki.ca(), &pki.write(&format!("pyhanko {name}.pdf"), &pdf));
                assert_eq!((ours.sound(), theirs), (sound, sound), "{name}: {ours:#?}\n{told}");
            });
        }
    });
}

#[test]
fn pdfsig_agrees_about_the_cryptography() {
    let Some(pki) = pki() else { return };
    let Some(pdfsig) = find("pdfsig", "poppler's judgement of our signatures") else { return };
    for (name, pdf, _) in cases(pki) {
        let ours = verify(&pdf, &pki.trusted()).expect("readable");
        let path = pki.write(&format!("pdfsig {name}.pdf"), &pdf);
        let told = said(&Command::new(&pdfsig).arg("-nocert").arg(&path).output().expect("pdfsig runs"));
        // pdfsig knows no policy: it says whether digest and signature hold, and whether the file goes on.
        let intact = ours.signatures.iter().filter(|signature| signature.intact && signature.valid).count();
        assert_eq!(told.matches("Signature is Valid.").count(), intact, "{name}: {ours:#?}\n{told}");
        let whole = ours.signatures.iter().filter(|signature| signature.covers_whole_file).count();
        assert_eq!(told.matches("Total document signed").count(), whole, "{name}: {told}");
    }
}

#[test]
fn openssl_verifies_the_message_and_the_certificate_it_names() {
    let Some(pki) = pki() else { return };
    for name in ["author", "approver", "auditor"] {
        let sealed = sign(&unsigned(), &pki.identity(name));
        let (message, covered) = parts(&sealed);
        let (message, covered) = (pki.write(&format!("{name}.p7"), &message), pki.write(&format!("{name}.dat"), &covered));
        let arguments =
            ["cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER", "-CAfile", "ca.pem", "-out", "/dev/null"];
        let told = run(pki.openssl(&arguments).args([Path::new("-in"), &message, Path::new("-content"), &covered]));
        assert!(told.contains("CAdES Verification successful"), "{told}");
    }
}

#[test]
fn qpdf_finds_nothing_wrong_with_the_file() {
    let Some(pki) = pki() else { return };
    let Some(qpdf) = find("qpdf", "qpdf's check of the structure of signed files") else { return };
    for (name, pdf, _) in cases(pki) {
        run(Command::new(&qpdf).arg("--check").arg(pki.write(&format!("qpdf {name}.pdf"), &pdf)));
    }
}

/// The cryptographic message and the bytes it covers, cut out of the file without our own parser.
fn parts(pdf: &[u8]) -> (Vec<u8>, Vec<u8>) {
    // Bytes that are not ASCII become one character each, so offsets stay.
    let text: String = pdf.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '?' }).collect();
    let numbers: Vec<usize> = text
        .split("/ByteRange[")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("a byte range")
        .split_whitespace()
        .map(|number| number.parse().expect("a number"))
        .collect();
    let &[_, start, end, _] = numbers.as_slice() else { panic!("{numbers:?}") };
    let digits = &text[start + 1..end - 1];
    let message: Vec<u8> = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("a digit")).collect();
    let length = 4 + usize::from(message[2]) * 256 + usize::from(message[3]);
    (message[..length].to_vec(), [&pdf[..start], &pdf[end..]].concat())
}
