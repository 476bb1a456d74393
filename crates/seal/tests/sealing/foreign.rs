//! Files signed by others, judged by us.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use seal::{ChangedSince, Foreseen, Kind, Level, Problem, TimeSource, Trust};

use crate::{
    document::{sign, unsigned, verify},
    pki::{PASSPHRASE, Pki, pki},
    tools::{find, pyhanko_validate, run},
};

/// Signs with pyHanko in a field of our document.
fn pyhanko_signed(pyhanko: &Path, pki: &Pki, name: &str, pdf: &[u8], field: &str, identity: &str, options: &[&str]) -> Vec<u8> {
    let (input, output) = (pki.write(&format!("{name} in.pdf"), pdf), pki.path(&format!("{name} out.pdf")));
    let pass = pki.write("passphrase.txt", PASSPHRASE.as_bytes());
    let p12: PathBuf = pki.path(&format!("{identity}.p12"));
    let mut command = Command::new(pyhanko);
    command.args(["sign", "addsig", "--field", field]).args(options).arg("pkcs12");
    run(command.arg("--passfile").args([pass, input, output.clone(), p12]));
    std::fs::read(output).expect("pyHanko wrote it")
}

#[test]
fn files_signed_by_pyhanko_are_sound() {
    let Some(pki) = pki() else { return };
    let Some(pyhanko) = find("pyhanko", "judging files signed by pyHanko") else { return };
    let plain = pyhanko_signed(&pyhanko, pki, "plain", &unsigned(), "author", "author", &[]);
    let verdict = verify(&plain, &pki.trusted()).expect("readable");
    assert!(verdict.sound(), "{verdict:#?}");
    assert_eq!((verdict.signatures[0].level, verdict.signatures[0].trusted), (Level::Cms, Trust::Trusted));

    // pyHanko salts RSASSA-PSS with as many bytes as fit; ring checks only salts as long as the digest. Such a signature is told to be of a
    // kind that is not supported, never taken for sound and never for forged.
    let salted = pyhanko_signed(&pyhanko, pki, "pss", &unsigned(), "author", "author", &["--use-pades", "--prefer-pss"]);
    let verdict = verify(&salted, &pki.trusted()).expect("readable");
    let signature = &verdict.signatures[0];
    let unsupported = matches!(signature.problems[..], [Problem::UnsupportedAlgorithm { .. }]);
    assert!(verdict.sound() || (signature.intact && unsupported), "RSASSA-PSS: {verdict:#?}");

    let certified = pyhanko_signed(&pyhanko, pki, "pades", &unsigned(), "author", "auditor", &["--use-pades", "--certify"]);
    let twice = pyhanko_signed(&pyhanko, pki, "second", &certified, "approver", "approver", &["--use-pades"]);
    let verdict = verify(&twice, &pki.trusted()).expect("readable");
    assert!(verdict.sound(), "{verdict:#?}");
    assert_eq!(verdict.signatures[0].level, Level::BaselineB);
    let ChangedSince::ForeseenOnly(changes) = &verdict.signatures[0].changed_since else { panic!("{verdict:#?}") };
    assert!(changes.contains(&Foreseen::FurtherSignature { field: "approver".into() }), "{changes:?}");
}

#[test]
fn ours_and_pyhankos_signatures_stand_in_one_file() {
    let Some(pki) = pki() else { return };
    let Some(pyhanko) = find("pyhanko", "judging files signed by pyHanko and by us") else { return };
    let ours_first =
        pyhanko_signed(&pyhanko, pki, "after us", &sign(&unsigned(), &pki.identity("author")), "approver", "approver", &["--use-pades"]);
    let theirs = pyhanko_signed(&pyhanko, pki, "before us", &unsigned(), "author", "author", &["--use-pades", "--certify"]);
    let theirs_first = sign(&theirs, &pki.identity("approver"));
    for (name, pdf) in [("ours first", ours_first), ("theirs first", theirs_first)] {
        let verdict = verify(&pdf, &pki.trusted()).expect("readable");
        assert!(verdict.sound() && verdict.signatures.len() == 2, "{name}: {verdict:#?}");
        let (agreed, told) = pyhanko_validate(&pyhanko, &pki.ca(), &pki.write(&format!("{name}.pdf"), &pdf));
        assert!(agreed, "{name}: {told}");
    }
}

/// A further script run by pyHanko's own interpreter, for what its command line does not offer.
const DOCUMENT_TIMESTAMP: &str = "
import sys, subprocess, pathlib
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko_certvalidator import ValidationContext
from asn1crypto import tsp
class Local(timestamps.TimeStamper):
    async def async_request_tsa_response(self, req):
        pathlib.Path('dts.tsq').write_bytes(req.dump())
        subprocess.run(['openssl', 'ts', '-reply', '-config', 'pki.cnf', '-section', 't', '-queryfile', 'dts.tsq', '-out', 'dts.tsr'], check=True)
        return tsp.TimeStampResp.load(pathlib.Path('dts.tsr').read_bytes())
with open(sys.argv[1], 'rb') as source:
    stamper = signers.PdfTimeStamper(Local())
    out = stamper.timestamp_pdf(IncrementalPdfFileWriter(source), 'sha256')
    pathlib.Path(sys.argv[2]).write_bytes(out.getvalue())
";

#[test]
fn a_document_timestamp_added_by_pyhanko_is_foreseen() {
    let Some(pki) = pki() else { return };
    let Some(pyhanko) = find("pyhanko", "judging a document time-stamp made by pyHanko") else { return };
    let python = pyhanko.with_file_name("python3");
    if !python.is_file() {
        println!("left out: judging a document time-stamp made by pyHanko, because there is no {}", python.display());
        return;
    }
    let input = pki.write("dts in.pdf", &sign(&unsigned(), &pki.identity("author")));
    let script = pki.write("dts.py", DOCUMENT_TIMESTAMP.as_bytes());
    run(Command::new(python).current_dir(pki.path("")).arg(script).arg(input).arg("dts out.pdf"));
    let verdict = verify(&std::fs::read(pki.path("dts out.pdf")).expect("made"), &pki.trusted()).expect("readable");
    assert!(verdict.sound(), "{verdict:#?}");
    let [signature, stamp] = verdict.signatures.as_slice() else { panic!("{verdict:#?}") };
    let ChangedSince::ForeseenOnly(changes) = &signature.changed_since else { panic!("{verdict:#?}") };
    assert!(changes.iter().any(|change| matches!(change, Foreseen::DocumentTimestamp { .. })), "{changes:?}");
    assert_eq!((stamp.kind, stamp.level, stamp.covers_whole_file), (Kind::DocumentTimestamp, Level::DocumentTimestamp, true));
    assert!(matches!(&stamp.time_source, TimeSource::TimestampAuthority { valid: true, .. }));
}
