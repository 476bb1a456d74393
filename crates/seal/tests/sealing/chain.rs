//! An authority with a root above it, which answers about its certificates and lists those it revoked: `openssl ocsp` and `openssl ca` behind
//! the addresses that the certificates name. Made once; each test works on a copy, because each revokes as it likes.

use std::{
    cell::RefCell,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use seal::{Certificate, Identity, Passphrase, ProofSource, TimeStampAuthority};

use crate::{
    pki::PASSPHRASE,
    tools::{find, run},
};

const CONFIG: &str = "
[req]
distinguished_name=dn
[dn]
[root]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[issuing]
basicConstraints=critical,CA:true,pathlen:0
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
authorityInfoAccess=caIssuers;URI:http://pki.example/root.der
crlDistributionPoints=URI:http://pki.example/root.crl
[leaf]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature,nonRepudiation
authorityKeyIdentifier=keyid
authorityInfoAccess=OCSP;URI:http://pki.example/ocsp,caIssuers;URI:http://pki.example/issuing.der
crlDistributionPoints=URI:http://pki.example/issuing.crl
[mute]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature,nonRepudiation
authorityInfoAccess=caIssuers;URI:http://pki.example/issuing.der
[tsa]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
crlDistributionPoints=URI:http://pki.example/root.crl
[responder]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=OCSPSigning
1.3.6.1.5.5.7.48.1.5=ASN1:NULL
[t]
serial=./serial
crypto_device=builtin
signer_cert=./tsa.pem
certs=./root.pem
signer_key=./tsa.key
default_policy=1.2.3.4.1
signer_digest=sha256
digests=sha256,sha384,sha512
ess_cert_id_alg=sha256
[ca-root]
database=root.index
certificate=root.pem
private_key=root.key
default_md=sha256
[ca-issuing]
database=issuing.index
certificate=issuing.pem
private_key=issuing.key
default_md=sha256
";

/// The authority, in a folder of its own.
pub struct Chain {
    folder: tempfile::TempDir,
    /// Addresses that hold nothing now.
    pub silent: RefCell<Vec<&'static str>>,
    /// What was asked for, in order.
    pub asked: RefCell<Vec<String>>,
}

/// A chain with the signers Ada and Bo, and Max whose certificate names no place to ask. None, with the reason printed, where OpenSSL is missing.
pub fn chain() -> Option<Chain> {
    let made = made()?;
    let chain = Chain { folder: tempfile::tempdir().expect("a folder"), silent: RefCell::default(), asked: RefCell::default() };
    for file in fs::read_dir(made).expect("it was made") {
        let file = file.expect("an entry").path();
        fs::copy(&file, chain.path(&file.file_name().expect("a name").to_string_lossy())).expect("it is copied");
    }
    Some(chain)
}

/// The folder with every key and certificate.
pub fn made() -> Option<&'static Path> {
    static MADE: LazyLock<Option<tempfile::TempDir>> = LazyLock::new(|| {
        find("openssl", "everything with proofs of an authority")?;
        let chain = Chain { folder: tempfile::tempdir().expect("a folder"), silent: RefCell::default(), asked: RefCell::default() };
        chain.make();
        Some(chain.folder)
    });
    MADE.as_ref().map(tempfile::TempDir::path)
}

impl Chain {
    fn make(&self) {
        fs::write(self.path("pki.cnf"), CONFIG).expect("it is written");
        self.issue("root", "/CN=Example Root/O=Example", "root", "root");
        self.issue("issuing", "/CN=Example Issuing/O=Example", "issuing", "root");
        self.issue("responder", "/CN=Example Answers/O=Example", "responder", "issuing");
        self.issue("tsa", "/CN=Example Time/O=Example", "tsa", "root");
        self.issue("ada", "/CN=Ada Author/O=Example", "leaf", "issuing");
        self.issue("bo", "/CN=Bo Approver/O=Example", "leaf", "issuing");
        self.issue("max", "/CN=Max Mute/O=Example", "mute", "issuing");
        self.list_as_valid("root", &["issuing", "tsa"]);
        self.list_as_valid("issuing", &["ada", "bo", "max"]);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn openssl(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(find("openssl", "certificates").expect("found before"));
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    fn issue(&self, name: &str, subject: &str, section: &str, by: &str) {
        let file = |ending: &str| format!("{name}.{ending}");
        let new = ["req", "-config", "pki.cnf", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", subject];
        run(self.openssl(&new).args(["-keyout", &file("key"), "-out", &file("csr")]));
        let mut sign = self.openssl(&["x509", "-req", "-sha256", "-days", "30", "-extfile", "pki.cnf", "-extensions", section]);
        sign.args(["-in", &file("csr"), "-out", &file("pem")]);
        let (issuer, key) = (format!("{by}.pem"), format!("{by}.key"));
        if name == by {
            run(sign.args(["-signkey", &key]))
        } else {
            run(sign.args(["-CA", &issuer, "-CAkey", &key, "-CAcreateserial"]))
        };
    }

    /// The database of an authority: which certificates it knows, all of them good.
    fn list_as_valid(&self, authority: &str, names: &[&str]) {
        let line = |name: &&str| format!("V\t491231235959Z\t\t{}\tunknown\t/CN={name}\n", self.serial(name));
        let lines: String = names.iter().map(line).collect();
        fs::write(self.path(&format!("{authority}.index")), lines).expect("it is written");
    }

    /// Notes in the database that a certificate was revoked a day ago.
    pub fn revoke(&self, authority: &str, name: &str) {
        self.revoke_after(authority, name, "", chrono::TimeDelta::days(-1));
    }

    /// The same, so long from now and with a reason, if it is not empty.
    pub fn revoke_after(&self, authority: &str, name: &str, reason: &str, from_now: chrono::TimeDelta) {
        let index = self.path(&format!("{authority}.index"));
        let serial = self.serial(name);
        let then = (chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()) + from_now).format("%y%m%d%H%M%SZ");
        let then = if reason.is_empty() { then.to_string() } else { format!("{then},{reason}") };
        let all = fs::read_to_string(&index).expect("it is there");
        let changed = all.lines().map(|line| match line.contains(&serial) {
            true => line.replacen("V\t491231235959Z\t\t", &format!("R\t491231235959Z\t{then}\t"), 1) + "\n",
            false => format!("{line}\n"),
        });
        fs::write(&index, changed.collect::<String>()).expect("it is written");
    }

    /// Takes a certificate out of the database, as if the authority had never issued it.
    pub fn forget(&self, authority: &str, name: &str) {
        let index = self.path(&format!("{authority}.index"));
        let serial = self.serial(name);
        let all = fs::read_to_string(&index).expect("it is there");
        let kept = all.lines().filter(|line| !line.contains(&serial)).map(|line| format!("{line}\n"));
        fs::write(&index, kept.collect::<String>()).expect("it is written");
    }

    fn serial(&self, name: &str) -> String {
        let said = run(&mut self.openssl(&["x509", "-in", &format!("{name}.pem"), "-noout", "-serial"]));
        said.trim().trim_start_matches("serial=").to_owned()
    }

    /// The identity of a signer; its file holds the signer's certificate and no other.
    pub fn identity(&self, name: &str) -> Identity {
        let (key, certificate, out) = (format!("{name}.key"), format!("{name}.pem"), format!("{name}.p12"));
        let pass = format!("pass:{PASSPHRASE}");
        run(&mut self.openssl(&["pkcs12", "-export", "-inkey", &key, "-in", &certificate, "-out", &out, "-passout", &pass]));
        let bytes = fs::read(self.path(&out)).expect("it was made");
        Identity::open(&bytes, &Passphrase::new(PASSPHRASE.into())).expect("the identity opens")
    }

    /// The root, as one would trust it.
    pub fn root(&self) -> Vec<Certificate> {
        Certificate::from_pem_or_der(&fs::read(self.path("root.pem")).expect("it was made")).expect("a certificate")
    }

    /// What an authority lists as revoked, in DER.
    pub fn list(&self, authority: &str, times: &[&str]) -> Vec<u8> {
        let (section, list) = (format!("ca-{authority}"), format!("{authority}.crl"));
        run(self.openssl(&["ca", "-config", "pki.cnf", "-name", &section, "-gencrl", "-out", &list]).args(times));
        let der = format!("{authority}.crl.der");
        run(&mut self.openssl(&["crl", "-in", &list, "-outform", "DER", "-out", &der]));
        fs::read(self.path(&der)).expect("it was made")
    }

    /// An answer about a certificate, in DER.
    pub fn answer_about(&self, name: &str) -> Vec<u8> {
        let certificate = format!("{name}.pem");
        run(&mut self.openssl(&["ocsp", "-issuer", "issuing.pem", "-cert", &certificate, "-no_nonce", "-reqout", "request.der"]));
        self.answer()
    }

    /// The answer to the request at hand.
    fn answer(&self) -> Vec<u8> {
        let who = ["ocsp", "-index", "issuing.index", "-CA", "issuing.pem", "-rsigner", "responder.pem", "-rkey", "responder.key"];
        run(self.openssl(&who).args(["-ndays", "7", "-reqin", "request.der", "-respout", "answer.der"]));
        fs::read(self.path("answer.der")).expect("it was made")
    }

    fn certificate(&self, name: &str) -> Vec<u8> {
        let der = format!("{name}.der");
        run(&mut self.openssl(&["x509", "-in", &format!("{name}.pem"), "-outform", "DER", "-out", &der]));
        fs::read(self.path(&der)).expect("it was made")
    }

    fn answers_at(&self, url: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.asked.borrow_mut().push(url.to_owned());
        if self.silent.borrow().iter().any(|end| url.ends_with(end)) { Err("nobody answers there".into()) } else { Ok(()) }
    }
}

impl ProofSource for Chain {
    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.answers_at(url)?;
        Ok(match url.strip_prefix("http://pki.example/").unwrap_or_default() {
            "root.der" => self.certificate("root"),
            "issuing.der" => self.certificate("issuing"),
            "root.crl" => self.list("root", &["-crldays", "7"]),
            "issuing.crl" => self.list("issuing", &["-crldays", "7"]),
            _ => return Err(format!("nothing is at {url}").into()),
        })
    }

    fn ask(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.answers_at(url)?;
        fs::write(self.path("request.der"), request)?;
        Ok(self.answer())
    }
}

impl TimeStampAuthority for Chain {
    fn stamp(&self, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        fs::write(self.path("query.tsq"), request)?;
        run(&mut self.openssl(&["ts", "-reply", "-config", "pki.cnf", "-section", "t", "-queryfile", "query.tsq", "-out", "reply.tsr"]));
        Ok(fs::read(self.path("reply.tsr"))?)
    }
}

/// An authority that is never there.
pub struct Nobody;

impl TimeStampAuthority for Nobody {
    fn stamp(&self, _: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Err("nobody is there".into())
    }
}

/// An authority that is there and grants nothing.
pub struct Refuses;

impl TimeStampAuthority for Refuses {
    fn stamp(&self, _: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02])
    }
}
