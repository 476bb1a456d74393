//! Signing with keys on tokens: SoftHSM's, and modules that do what no module should. What is not installed is named, and left out.

use crate::program::{Bench, Ran};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PIN: &str = "271828";

/// A folder with a token of SoftHSM in it.
struct Softhsm {
    bench: Bench,
    module: PathBuf,
}

fn there(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        println!("left out: tokens, because {program} is not installed");
    }
    there
}

impl Softhsm {
    /// None where what is needed is not installed.
    fn new() -> Option<Self> {
        let places = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"];
        let module = places.iter().map(PathBuf::from).find(|place| place.is_file())?;
        if !["softhsm2-util", "pkcs11-tool", "openssl"].into_iter().all(there) {
            return None;
        }
        let bench = Bench::new();
        fs::create_dir(bench.path("tokens")).expect("a folder");
        bench.write("softhsm2.conf", format!("directories.tokendir = {}\n", bench.path("tokens").display()));
        bench.write("pin", PIN);
        let made = Self { bench, module };
        made.tool("softhsm2-util", &["--init-token", "--free", "--label", "Ada's card", "--so-pin", "314159", "--pin", PIN]);
        Some(made)
    }

    fn tool(&self, program: &str, arguments: &[&str]) {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.bench.path("")).env("SOFTHSM2_CONF", self.bench.path("softhsm2.conf"));
        let output = command.output().unwrap_or_else(|fault| panic!("{program}: {fault}"));
        assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Puts a key and its certificate for signing on the token.
    fn holds(&self, name: &str, id: &str, key: &[&str]) {
        let (pem, der) = (format!("{name}.key"), format!("{name}.der"));
        let subject = format!("/O=Specimen/CN={name}");
        self.tool("openssl", &[&["genpkey", "-out", &pem], key].concat());
        let usage = ["-addext", "keyUsage=critical,digitalSignature,nonRepudiation"];
        let request = ["req", "-x509", "-key", &pem, "-days", "30", "-subj", &subject, "-outform", "DER", "-out", &der];
        self.tool("openssl", &[&request[..], &usage].concat());
        let token = ["--token", "Ada's card", "--pin", PIN, "--id", id, "--label", name];
        self.tool("softhsm2-util", &[&["--import", &pem][..], &token].concat());
        let module = self.module.display().to_string();
        let write = ["--module", &module, "--login", "--pin", PIN, "--write-object", &der, "--type", "cert", "--id", id, "--label", name];
        self.tool("pkcs11-tool", &write);
        self.tool("openssl", &["x509", "-in", &der, "-inform", "DER", "-out", &format!("{name}.pem")]);
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.bench.command(arguments);
        Ran::of(&command.env("SOFTHSM2_CONF", self.bench.path("softhsm2.conf")).output().expect("it runs"))
    }

    fn export(&self, address: &str, pin: &str, output: &str) -> Ran {
        let module = self.module.display().to_string();
        self.run(&["export", "report.json", "-o", output, "--sign", address, "--passphrase-file", pin, "--token", &module])
    }
}

const RSA: &[&str] = &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const P256: &[&str] = &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

#[test]
fn keys_on_a_token_sign_as_those_in_files_do() {
    let Some(token) = Softhsm::new() else { return };
    token.bench.sample("rfo");
    token.holds("rita", "01", RSA);
    token.holds("ella", "02", P256);
    token.holds("paul", "03", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]);
    let module = token.module.display().to_string();
    let listed = token.run(&["identity", "tokens", "--token", &module, "--json"]).json();
    let listed = listed.as_array().expect("a list");
    assert_eq!(listed.len(), 3, "{listed:?}");
    for key in listed {
        let (name, address) = (key["name"].as_str().expect("a name"), key["address"].as_str().expect("an address"));
        let output = format!("{name}.pdf");
        // The address names the module itself.
        let ran = token.run(&["export", "report.json", "-o", &output, "--sign", address, "--passphrase-file", "pin"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let verdict = token.bench.done(&format!("verify {output} --trust {name}.pem --json")).json();
        assert_eq!((&verdict["bottom_line"], &verdict["signatures"][0]["trusted"]), (&"sound".into(), &"trusted".into()), "{verdict}");
        judged_by_pyhanko(&token.bench.path(&output), &token.bench.path(&format!("{name}.pem")));
    }
    // A file and a token, one after the other in one file.
    token.bench.sample("sec-h9-summary");
    token.bench.identity("Ada");
    let rita = ["--sign", "pkcs11:object=rita", "--passphrase-file", "pin", "--token", &module];
    let ada = ["--sign", "Ada.p12", "--passphrase-file", "pass"];
    assert_eq!(token.run(&[&["export", "report.json", "-o", "both.pdf"], &rita[..], &ada[..]].concat()).code, 0);
    assert_eq!(token.bench.done("verify both.pdf --json").json()["signatures"].as_array().map(Vec::len), Some(2));
    token.bench.sample("rfo");
    token.bench.done("export report.json -o plain.pdf");
    assert_eq!(token.run(&[&["sign", "plain.pdf", "-o", "later.pdf"], &rita[..]].concat()).code, 0);
}

fn judged_by_pyhanko(pdf: &Path, trusted: &Path) {
    let mut command = Command::new(std::env::var_os("RAPPORTEUR_PYHANKO").unwrap_or_else(|| "pyhanko".into()));
    command.args(["sign", "validate", "--pretty-print", "--no-revocation-check", "--trust"]).args([trusted, pdf]);
    let said = match command.output() {
        Ok(said) => said,
        Err(fault) => return println!("left out: pyHanko's judgement, because it does not run ({fault})"),
    };
    assert!(String::from_utf8_lossy(&said.stdout).contains("The signature is judged VALID."), "{said:?}");
}

#[test]
fn a_wrong_pin_is_counted_and_no_key_is_guessed() {
    let Some(token) = Softhsm::new() else { return };
    token.bench.sample("rfo");
    token.holds("rita", "01", RSA);
    token.holds("ella", "02", P256);
    token.bench.write("wrong", "000000\n");
    let wrong = token.export("pkcs11:object=rita", "wrong", "a.pdf");
    wrong.refused(1, "the PIN is wrong; few tries are left before the token locks itself");
    for (address, clue) in [
        ("pkcs11:token=Bo%27s%20card", "there is no such token here; is it plugged in? (“Ada's card”, serial number "),
        ("pkcs11:object=nobody", "the token holds no key with a certificate that is meant here"),
        ("pkcs11:token=Ada%27s%20card", "several keys on the token are meant; choose one: pkcs11:token=Ada%27s%20card;id=%"),
        ("pkcs11:slot-id=1", "“slot-id” in the address is not known here"),
        ("pkcs11:object=rita?pin-value=271828", "a PIN has no place in an address"),
    ] {
        token.export(address, "pin", "a.pdf").refused(1, clue);
    }
    assert!(!token.bench.path("a.pdf").exists());
    assert_eq!(token.export("pkcs11:object=rita", "pin", "a.pdf").code, 0);
}

#[test]
fn a_pin_is_tried_on_no_token_where_several_are_meant() {
    let Some(token) = Softhsm::new() else { return };
    token.bench.sample("rfo");
    token.holds("rita", "01", RSA);
    token.tool("softhsm2-util", &["--init-token", "--free", "--label", "Bo's card", "--so-pin", "314159", "--pin", "161803"]);
    token.export("pkcs11:object=rita", "pin", "a.pdf").refused(1, "several tokens are meant");
    assert_eq!(token.export("pkcs11:token=Ada%27s%20card", "pin", "a.pdf").code, 0);
}

/// A module that does this when it is begun.
fn module(bench: &Bench, name: &str, body: &str) -> Option<String> {
    let source = bench.write(
        &format!("{name}.c"),
        format!("#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\nint C_GetFunctionList(void **list) {{ {body} }}\n"),
    );
    let library = bench.path(&format!("{name}.so"));
    match Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status() {
        Ok(status) => assert!(status.success()),
        Err(fault) => {
            println!("left out: modules that do harm, because cc does not run ({fault})");
            return None;
        }
    }
    Some(library.display().to_string())
}

#[test]
fn a_module_that_crashes_hangs_or_is_none_is_a_sentence() {
    let bench = Bench::new();
    bench.sample("rfo");
    bench.write("pin", PIN);
    let noisy = "puts(\"{} rapporteur-token nonsense\"); fflush(stdout);";
    let cases = [
        ("aborts", format!("{noisy} abort();"), "the module for the token crashed (signal: 6"),
        ("crashes", "*(volatile int *)0 = 1; return 0;".to_owned(), "the module for the token crashed (signal: 11"),
        ("leaves", "_exit(3);".to_owned(), "the module for the token crashed (exit status: 3"),
        ("hangs", format!("{noisy} for (;;) sleep(1);"), "the module for the token did not answer within 2 seconds"),
        ("refuses", "return 5;".to_owned(), "the module for the token cannot be used"),
    ];
    for (name, body, clue) in cases {
        let Some(module) = module(&bench, name, &body) else { return };
        let export = [
            "export",
            "report.json",
            "-o",
            "a.pdf",
            "--sign",
            "pkcs11:",
            "--passphrase-file",
            "pin",
            "--token",
            &module,
            "--token-wait",
            "2",
        ];
        Ran::of(&bench.command(&export).output().expect("it runs")).refused(1, clue);
    }
    bench.run("export report.json -o a.pdf --sign pkcs11: --passphrase-file pin --token gone.so").refused(1, "cannot be used: gone.so");
    assert!(!bench.path("a.pdf").exists());
}
