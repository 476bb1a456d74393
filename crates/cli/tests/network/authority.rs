//! An authority of certificates, of time and of answers, as OpenSSL makes it, behind a real socket on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

const SETTINGS: &str = "[t]\nserial=./serial\ncrypto_device=builtin\nsigner_cert=./tsa.pem\nsigner_key=./tsa.key\ncerts=./root.pem\n\
    default_policy=1.2.3.4.1\nsigner_digest=sha256\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n\
    [req]\ndistinguished_name=dn\n[dn]\n\
    [root]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n\
    [leaf]\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n\
    authorityInfoAccess=OCSP;URI:HERE/ocsp,caIssuers;URI:HERE/root.der\n\
    [tsa]\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n\
    crlDistributionPoints=URI:HERE/root.crl\n\
    [ca]\ndatabase=index\ncertificate=root.pem\nprivate_key=root.key\ndefault_md=sha256\n";

/// What a signer's identity file is locked with.
pub const PASSPHRASE: &str = "a passphrase";

/// An authority at an address. It answers until the test ends.
pub struct Authority {
    folder: PathBuf,
    /// `http://127.0.0.1:PORT`; time is stamped at `/time`.
    pub address: String,
}

impl Authority {
    /// Makes the keys and certificates in a folder, those of `signers` among them, and begins to answer. None, and the reason on standard
    /// error, where there is no OpenSSL.
    pub fn in_folder(folder: PathBuf, signers: &[&str]) -> Option<Self> {
        if Command::new("openssl").arg("version").output().is_err() {
            eprintln!("left out: openssl is not installed, so there is no authority to ask");
            return None;
        }
        std::fs::create_dir(&folder).expect("a folder");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        std::fs::write(folder.join("authority.cnf"), SETTINGS.replace("HERE", &address)).expect("it writes");
        std::fs::write(folder.join("serial"), "01\n").expect("it writes");
        let authority = Self { folder, address };
        for name in [&["root", "tsa"], signers].concat() {
            authority.issue(name);
        }
        let known = [&["tsa"], signers].concat();
        let lines: String =
            known.iter().map(|name| format!("V\t491231235959Z\t\t{}\tunknown\t/CN={name}\n", authority.serial(name))).collect();
        std::fs::write(authority.folder.join("index"), lines).expect("it writes");
        let folder = authority.folder.clone();
        std::thread::spawn(move || listener.incoming().flatten().for_each(|caller| answer(&folder, caller)));
        Some(authority)
    }

    fn issue(&self, name: &str) {
        let section = if ["root", "tsa"].contains(&name) { name } else { "leaf" };
        let (key, request, certificate) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let subject = format!("/CN=Specimen {name}/O=Specimen");
        let new = ["req", "-config", "authority.cnf", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", &subject];
        openssl(&self.folder, &[&new[..], &["-keyout", &key, "-out", &request]].concat());
        let by: &[&str] =
            if name == "root" { &["-signkey", "root.key"] } else { &["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial"] };
        let sign = ["x509", "-req", "-sha256", "-days", "2", "-extfile", "authority.cnf", "-extensions", section, "-in", &request];
        openssl(&self.folder, &[&sign[..], &["-out", &certificate], by].concat());
        if section == "leaf" {
            let (bundle, pass) = (format!("{name}.p12"), format!("pass:{PASSPHRASE}"));
            openssl(&self.folder, &["pkcs12", "-export", "-inkey", &key, "-in", &certificate, "-out", &bundle, "-passout", &pass]);
        }
    }

    fn serial(&self, name: &str) -> String {
        let said = openssl(&self.folder, &["x509", "-in", &format!("{name}.pem"), "-noout", "-serial"]);
        said.trim().trim_start_matches("serial=").to_owned()
    }

    /// The identity file of a signer.
    pub fn identity(&self, name: &str) -> String {
        self.folder.join(format!("{name}.p12")).display().to_string()
    }

    /// The certificate to trust.
    pub fn root(&self) -> String {
        self.folder.join("root.pem").display().to_string()
    }

    /// Where it stamps time.
    pub fn time(&self) -> String {
        format!("{}/time", self.address)
    }
}

/// Runs OpenSSL in the folder and gives what it printed.
fn openssl(folder: &Path, arguments: &[&str]) -> String {
    let ran = Command::new("openssl").current_dir(folder).args(arguments).output().expect("openssl runs");
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// Answers one request: RFC 3161 section 3.4, RFC 6960 appendix A, RFC 5280 section 4.2.1.13.
fn answer(folder: &Path, caller: TcpStream) {
    let mut reader = BufReader::new(caller);
    let mut asked = String::new();
    reader.read_line(&mut asked).expect("a request");
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a head");
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut request = vec![0; length];
    reader.read_exact(&mut request).expect("a body");
    std::fs::write(folder.join("request"), request).expect("it writes");
    let (kind, made) = match asked.split_whitespace().nth(1).unwrap_or_default() {
        "/time" => {
            openssl(folder, &["ts", "-reply", "-config", "authority.cnf", "-section", "t", "-queryfile", "request", "-out", "answer"]);
            ("application/timestamp-reply", "answer")
        }
        "/ocsp" => {
            let who = ["ocsp", "-index", "index", "-CA", "root.pem", "-rsigner", "root.pem", "-rkey", "root.key", "-ndays", "7"];
            openssl(folder, &[&who[..], &["-reqin", "request", "-respout", "answer"]].concat());
            ("application/ocsp-response", "answer")
        }
        "/root.crl" => {
            openssl(folder, &["ca", "-config", "authority.cnf", "-name", "ca", "-gencrl", "-crldays", "7", "-out", "root.crl"]);
            openssl(folder, &["crl", "-in", "root.crl", "-outform", "DER", "-out", "answer"]);
            ("application/pkix-crl", "answer")
        }
        _ => {
            openssl(folder, &["x509", "-in", "root.pem", "-outform", "DER", "-out", "answer"]);
            ("application/pkix-cert", "answer")
        }
    };
    let body = std::fs::read(folder.join(made)).expect("an answer");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let mut caller = reader.into_inner();
    caller.write_all(&[head.as_bytes(), &body].concat()).expect("it is heard");
}
