//! Keys and certificates made by OpenSSL: an authority, three signers and a time-stamp authority. Made once for all tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use seal::{Certificate, Identity, Passphrase, TimeStampAuthority};

use crate::tools::{find, run};

/// The passphrase of every file in here.
pub const PASSPHRASE: &str = "correct horse";

const CONFIG: &str = "
[req]
distinguished_name=dn
[dn]
[ca]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
[leaf]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature,nonRepudiation
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
[tsa]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
subjectKeyIdentifier=hash
[server]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
[responder]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=OCSPSigning
subjectKeyIdentifier=hash
[t]
serial=./serial
crypto_device=builtin
signer_cert=./tsa.pem
certs=./ca.pem
signer_key=./tsa.key
default_policy=1.2.3.4.1
signer_digest=sha256
digests=sha256,sha384,sha512
ess_cert_id_alg=sha256
";

/// The folder with everything in it.
pub struct Pki {
    folder: PathBuf,
}

/// None, with the reason printed, where OpenSSL is missing.
pub fn pki() -> Option<&'static Pki> {
    static MADE: LazyLock<Option<Pki>> =
        LazyLock::new(|| find("openssl", "everything with certificates of an authority").map(|_| Pki::make()));
    MADE.as_ref()
}

impl Pki {
    fn make() -> Self {
        // A static value is never dropped, so the folder has a fixed name and is made afresh instead of removed.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seal-pki");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder is made");
        let pki = Self { folder };
        fs::write(pki.path("pki.cnf"), CONFIG).expect("the configuration is written");
        pki.issue("ca", "rsa:3072", "/CN=Example Authority/O=Example", "ca");
        pki.issue("author", "rsa:3072", "/CN=Anna Author/O=Example", "leaf");
        pki.issue("approver", "P-256", "/CN=Paul Approver/O=Example", "leaf");
        pki.issue("auditor", "P-384", "/CN=Audrey Auditor/O=Example", "leaf");
        pki.issue("tsa", "rsa:2048", "/CN=Example Time", "tsa");
        pki.issue("server", "P-256", "/CN=www.example.com", "server");
        pki.issue("second", "P-256", "/CN=Sam Second/O=Example", "leaf");
        pki.issue("frail", "rsa:1024", "/CN=Frank Frail/O=Example", "leaf");
        pki.issue("edward", "ed25519", "/CN=Edward Curve/O=Example", "leaf");
        pki.issue("responder", "P-256", "/CN=Example Responder", "responder");
        for name in ["author", "approver", "auditor"] {
            pki.bundle(name, name, &[]);
        }
        pki.bundle("author", "author-legacy", &["-legacy"]);
        pki.forge();
        pki
    }

    fn issue(&self, name: &str, key: &str, subject: &str, section: &str) {
        let (key_file, request, certificate) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let curved = key.starts_with("P-");
        let key_kind: &[&str] = if curved { &["-newkey", "ec", "-pkeyopt"] } else { &["-newkey", key] };
        let curve = format!("ec_paramgen_curve:{key}");
        let mut new =
            self.openssl(&["req", "-config", "pki.cnf", "-utf8", "-nodes", "-subj", subject, "-keyout", &key_file, "-out", &request]);
        new.args(key_kind);
        if curved {
            new.arg(curve);
        }
        run(&mut new);
        let issuer: &[&str] =
            if name == "ca" { &["-signkey", "ca.key"] } else { &["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"] };
        let mut sign = self.openssl(&[
            "x509",
            "-req",
            "-sha256",
            "-days",
            "3650",
            "-extfile",
            "pki.cnf",
            "-extensions",
            section,
            "-in",
            &request,
            "-out",
            &certificate,
        ]);
        run(sign.args(issuer));
    }

    /// A certificate with a key on P-256 and these extensions, issued by another of the tests'.
    pub fn issue_under(&self, issuer: &str, name: &str, subject: &str, extensions: &str) {
        self.issue_with(issuer, name, "P-256", subject, extensions, "-sha256");
    }

    /// The same with another kind of key, signed with this digest.
    pub fn issue_with(&self, issuer: &str, name: &str, key: &str, subject: &str, extensions: &str, digest: &str) {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let serial = format!("0x7700{:04x}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let file = |ending: &str| format!("{name}.{ending}");
        self.write(&file("ext"), extensions.as_bytes());
        let curve = format!("ec_paramgen_curve:{key}");
        let salted = ["rsa_pss_keygen_md:sha384", "rsa_pss_keygen_mgf1_md:sha384", "rsa_pss_keygen_saltlen:48"];
        let kind: Vec<&str> = match key {
            "rsa-pss" => vec!["-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"],
            "rsa-pss sha384" => {
                let options = ["rsa_keygen_bits:2048"].into_iter().chain(salted).flat_map(|option| ["-pkeyopt", option]);
                ["-newkey", "rsa-pss"].into_iter().chain(options).collect()
            }
            curved if curved.starts_with("P-") || curved.starts_with("brainpool") => vec!["-newkey", "ec", "-pkeyopt", &curve],
            other => vec!["-newkey", other],
        };
        let new = ["req", "-config", "pki.cnf", "-nodes", "-subj", subject];
        run(self.openssl(&new).args(kind).args(["-keyout", &file("key"), "-out", &file("csr")]));
        let sign = ["x509", "-req", digest, "-days", "30", "-set_serial", &serial];
        let by = ["-CA", &format!("{issuer}.pem"), "-CAkey", &format!("{issuer}.key")];
        run(self.openssl(&sign).args(by).args(["-extfile", &file("ext"), "-in", &file("csr"), "-out", &file("pem")]));
    }

    /// `forged.p12`: the auditor's key with a certificate issued by the approver, who is no authority.
    fn forge(&self) {
        let issuer = ["-CA", "approver.pem", "-CAkey", "approver.key", "-CAcreateserial"];
        run(self.openssl(&["x509", "-req", "-sha256", "-days", "30", "-in", "auditor.csr", "-out", "forged.pem"]).args(issuer));
        let pass = format!("pass:{PASSPHRASE}");
        let bundle = ["-inkey", "auditor.key", "-in", "forged.pem", "-certfile", "approver.pem", "-out", "forged.p12"];
        run(self.openssl(&["pkcs12", "-export", "-passout", &pass]).args(bundle));
    }

    /// `FILE.p12` with a key of the tests, its certificate and the authority's.
    pub fn bundle(&self, name: &str, file: &str, more: &[&str]) {
        let (key, certificate, out, pass) =
            (format!("{name}.key"), format!("{name}.pem"), format!("{file}.p12"), format!("pass:{PASSPHRASE}"));
        let mut export = self.openssl(&[
            "pkcs12",
            "-export",
            "-inkey",
            &key,
            "-in",
            &certificate,
            "-certfile",
            "ca.pem",
            "-out",
            &out,
            "-passout",
            &pass,
        ]);
        run(export.args(more));
    }

    /// OpenSSL, started in the folder.
    pub fn openssl(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(find("openssl", "certificates").expect("found before"));
        command.current_dir(&self.folder).args(arguments);
        command
    }

    /// A file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file into the folder for a tool to read.
    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("the file is written");
        path
    }

    /// The bytes of `NAME.p12`.
    pub fn p12(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(&format!("{name}.p12"))).expect("the file was made")
    }

    /// The identity in `NAME.p12`.
    pub fn identity(&self, name: &str) -> Identity {
        Identity::open(&self.p12(name), &Passphrase::new(PASSPHRASE.into())).expect("the identity opens")
    }

    /// The authority's certificate, as one would trust it.
    pub fn trusted(&self) -> Vec<Certificate> {
        Certificate::from_pem_or_der(&fs::read(self.path("ca.pem")).expect("the file was made")).expect("a certificate")
    }

    /// The authority's certificate file.
    pub fn ca(&self) -> PathBuf {
        self.path("ca.pem")
    }

    /// A time-stamp authority that works.
    pub fn authority(&self) -> OpensslAuthority<'_> {
        OpensslAuthority { folder: &self.folder, pki: self }
    }
}

/// `openssl ts` as a time-stamp authority.
pub struct OpensslAuthority<'a> {
    folder: &'a Path,
    pki: &'a Pki,
}

impl TimeStampAuthority for OpensslAuthority<'_> {
    fn stamp(&self, request: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        // One at a time: `openssl ts` reads and rewrites its serial number in a file, and refuses where it finds it half written.
        static ASKED: Mutex<u32> = Mutex::new(0);
        let mut number = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        *number += 1;
        let (query, reply) = (format!("{number}.tsq"), format!("{number}.tsr"));
        fs::write(self.folder.join(&query), request)?;
        run(&mut self.pki.openssl(&["ts", "-reply", "-config", "pki.cnf", "-section", "t", "-queryfile", &query, "-out", &reply]));
        Ok(fs::read(self.folder.join(&reply))?)
    }
}
