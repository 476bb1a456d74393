//! Trusted time over the network: a real authority (`openssl ts`) behind a real socket, and one that is not there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[test]
fn a_signature_gets_its_time_from_an_authority() {
    let Some(room) = Room::new() else { return };
    let url = authority(room.path("tsa"));
    let exported = room.export(&url);
    assert!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    assert_eq!(room.levels(), ["B-T"]);
}

#[test]
fn an_authority_that_is_not_there_costs_the_level_and_not_the_signature() {
    let Some(room) = Room::new() else { return };
    let exported = room.export("http://127.0.0.1:1/");
    assert!(exported.status.success());
    let said = String::from_utf8_lossy(&exported.stderr);
    assert!(said.starts_with("rapporteur: signed with this computer’s clock (PAdES B-B)") && said.lines().count() == 1, "{said}");
    assert_eq!(room.levels(), ["B-B"]);
}

/// A folder with a finished report, an identity and an authority.
struct Room(tempfile::TempDir);

impl Room {
    /// None, and the reason on standard error, where there is no OpenSSL.
    fn new() -> Option<Self> {
        if Command::new("openssl").arg("version").output().is_err() {
            eprintln!("left out: openssl is not installed, so there is no time-stamp authority to ask");
            return None;
        }
        let room = Self(tempfile::tempdir().expect("a folder"));
        assert!(rapporteur(&["demo", &room.path("demo").display().to_string()]).status.success());
        std::fs::write(room.path("secret"), "a passphrase\n").expect("it writes");
        let (identity, secret) = (room.text("me.p12"), room.text("secret"));
        assert!(rapporteur(&["identity", "new", "--name", "Ada Byron", "-o", &identity, "--passphrase-file", &secret]).status.success());
        make_authority(&room.path("tsa"));
        Some(room)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn export(&self, url: &str) -> Output {
        let (report, pdf, identity, secret) =
            (self.text("demo/report.json"), self.text("out.pdf"), self.text("me.p12"), self.text("secret"));
        rapporteur(&["export", &report, "-o", &pdf, "--sign", &identity, "--passphrase-file", &secret, "--timestamp", url])
    }

    fn levels(&self) -> Vec<String> {
        let verified = rapporteur(&["verify", &self.text("out.pdf"), "--json"]);
        let verdict: serde_json::Value = serde_json::from_slice(&verified.stdout).expect("JSON");
        assert_eq!(verdict["bottom_line"], "sound");
        verdict["signatures"].as_array().expect("signatures").iter().map(|s| s["level"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

fn rapporteur(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).output().expect("it runs")
}

const SETTINGS: &str = "[tsa]\ndefault_tsa=t\n[t]\nserial=./serial\ncrypto_device=builtin\nsigner_cert=./tsa.pem\nsigner_key=./tsa.key\n\
    default_policy=1.2.3.4.1\nsigner_digest=sha256\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n\
    [req]\ndistinguished_name=dn\n[dn]\n[x]\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n";

fn make_authority(folder: &Path) {
    std::fs::create_dir(folder).expect("a folder");
    std::fs::write(folder.join("tsa.cnf"), SETTINGS).expect("it writes");
    std::fs::write(folder.join("serial"), "01\n").expect("it writes");
    let made = Command::new("openssl")
        .current_dir(folder)
        .args(
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Specimen-Time -config tsa.cnf -extensions x -keyout tsa.key -out tsa.pem"
                .split(' '),
        )
        .output()
        .expect("openssl runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// Answers one request over HTTP, as RFC 3161 section 3.4 has it.
fn authority(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a caller");
        let mut reader = BufReader::new(stream);
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
        let replied = Command::new("openssl")
            .current_dir(&folder)
            .args("ts -reply -config tsa.cnf -section t -queryfile request -out reply".split(' '))
            .output()
            .expect("openssl runs");
        assert!(replied.status.success(), "{}", String::from_utf8_lossy(&replied.stderr));
        let reply = std::fs::read(folder.join("reply")).expect("a reply");
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            reply.len()
        );
        let mut stream = reader.into_inner();
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&reply)).expect("it answers");
    });
    format!("http://{address}/")
}
