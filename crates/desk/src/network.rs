//! What ever leaves this machine: a hash, to a time-stamp authority whose address a person gave (RFC 3161, section 3.4); and, where a person
//! asks for proofs, the number of a certificate to the addresses that it names (RFC 6960, appendix A; RFC 5280, section 4.2.1.13).
//! Always true: what comes back is small, in time, and of the type asked for; no other address is followed to; what failed is said in a
//! sentence of ours, and what the system called it lies below. Deliberately absent: everything else.

use crate::ports::Network;
use std::error::Error;
use std::time::Duration;

/// An answer of an authority is a few kilobytes.
const LARGEST_ANSWER: u64 = 256 << 10;
/// Lists of revoked certificates are long where an authority is large.
const LARGEST_LIST: u64 = 16 << 20;
const PATIENCE: Duration = Duration::from_secs(20);

/// An authority at an address.
pub(crate) struct Authority<'a> {
    pub(crate) network: &'a dyn Network,
    pub(crate) url: &'a str,
}

impl seal::TimeStampAuthority for Authority<'_> {
    fn stamp(&self, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.network.ask_time(self.url, request)
    }
}

/// The authorities at these addresses, asked in this order until one answers.
pub(crate) struct Authorities<'a>(pub(crate) Vec<Authority<'a>>);

impl<'a> Authorities<'a> {
    pub(crate) fn at(network: &'a dyn Network, urls: &'a [String]) -> Self {
        Self(urls.iter().map(|url| Authority { network, url }).collect())
    }

    /// None where none was named: the signature is then made by this computer's clock, as was wanted.
    pub(crate) fn asked(&self) -> Option<&dyn seal::TimeStampAuthority> {
        (!self.0.is_empty()).then_some(self)
    }
}

impl seal::TimeStampAuthority for Authorities<'_> {
    fn stamp(&self, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let each: Vec<&dyn seal::TimeStampAuthority> = self.0.iter().map(|one| one as &dyn seal::TimeStampAuthority).collect();
        seal::InTurn(&each).stamp(request)
    }
}

/// The addresses that certificates name.
pub(crate) struct Proofs<'a>(pub(crate) &'a dyn Network);

impl seal::ProofSource for Proofs<'_> {
    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.0.fetch(url)
    }

    fn ask(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.0.ask_standing(url, request)
    }
}

/// Why an authority gave nothing, in words that go on from "The time-stamp authority could not be used:".
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoTime {
    #[error("the address is not one of an authority")]
    BadAddress(#[source] ureq::Error),
    #[error("the authority cannot be reached from here")]
    Unreachable(#[source] ureq::Error),
    #[error("the authority did not answer in time")]
    TooLate(#[source] ureq::Error),
    #[error("the certificate of the authority’s address is not accepted")]
    Certificate(#[source] ureq::Error),
    #[error("the authority refused the request (HTTP {0})")]
    Refused(u16),
    #[error("what answered at that address is not a time-stamp authority")]
    SomethingElse(#[source] Box<dyn Error + Send + Sync>),
}

impl NoTime {
    /// The same of an address that a certificate names, in words that go on from the address.
    pub(crate) fn of_address(&self) -> String {
        match self {
            Self::BadAddress(_) => "is no address".to_owned(),
            Self::Unreachable(_) => "cannot be reached from here".to_owned(),
            Self::TooLate(_) => "did not answer in time".to_owned(),
            Self::Certificate(_) => "has a certificate that is not accepted".to_owned(),
            Self::Refused(status) => format!("refused the request (HTTP {status})"),
            Self::SomethingElse(_) => "holds something else".to_owned(),
        }
    }
}

impl From<ureq::Error> for NoTime {
    fn from(fault: ureq::Error) -> Self {
        use std::io::ErrorKind;
        match fault {
            ureq::Error::StatusCode(status) => Self::Refused(status),
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => Self::BadAddress(fault),
            ureq::Error::Timeout(_) => Self::TooLate(fault),
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Self::Certificate(fault),
            // rustls reports what it refuses as data that is not valid.
            ureq::Error::Io(ref below) if below.kind() == ErrorKind::InvalidData => Self::Certificate(fault),
            ureq::Error::Io(ref below) if below.kind() == ErrorKind::TimedOut => Self::TooLate(fault),
            ureq::Error::Io(_) | ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => Self::Unreachable(fault),
            _ => Self::SomethingElse(fault.into()),
        }
    }
}

/// The machine's network.
pub(crate) struct Internet;

impl Network for Internet {
    fn ask_time(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(ask(url, request, &TIME, PATIENCE)?)
    }

    fn ask_standing(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(ask(url, request, &STANDING, PATIENCE)?)
    }

    fn fetch(&self, url: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(fetch(url, PATIENCE)?)
    }
}

fn agent(patience: Duration) -> ureq::Agent {
    ureq::Agent::config_builder().timeout_global(Some(patience)).max_redirects(0).build().into()
}

/// The media types of a question and of its answer.
struct Types {
    question: &'static str,
    answer: &'static str,
}

/// RFC 3161, section 3.4.
const TIME: Types = Types { question: "application/timestamp-query", answer: "application/timestamp-reply" };
/// RFC 6960, appendix A.1.
const STANDING: Types = Types { question: "application/ocsp-request", answer: "application/ocsp-response" };

fn ask(url: &str, request: &[u8], types: &Types, patience: Duration) -> Result<Vec<u8>, NoTime> {
    let mut answer = agent(patience).post(url).header("content-type", types.question).send(request)?;
    if answer.status() != 200 {
        return Err(NoTime::Refused(answer.status().as_u16()));
    }
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    if !kind.starts_with(types.answer) {
        return Err(NoTime::SomethingElse(format!("the answer is of the type “{kind}”, not {}", types.answer).into()));
    }
    Ok(answer.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec()?)
}

fn fetch(url: &str, patience: Duration) -> Result<Vec<u8>, NoTime> {
    let mut answer = agent(patience).get(url).call()?;
    // What is no success is no list either, whatever it holds; a redirection is not followed.
    if answer.status() != 200 {
        return Err(NoTime::Refused(answer.status().as_u16()));
    }
    Ok(answer.body_mut().with_config().limit(LARGEST_LIST).read_to_vec()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    /// Answers one request with those bytes and gives the address.
    fn server(answer: &'static [u8]) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a caller");
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer);
        });
        format!("http://{address}/")
    }

    fn asked(url: &str) -> Result<Vec<u8>, NoTime> {
        ask(url, b"q", &TIME, Duration::from_millis(500))
    }

    #[test]
    fn only_a_time_stamp_is_taken_for_one() {
        let page = server(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi");
        assert!(matches!(asked(&page), Err(NoTime::SomethingElse(below)) if below.to_string().contains("text/html")));
        let reply = server(b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: 3\r\n\r\nyes");
        assert_eq!(asked(&reply).expect("it is taken"), b"yes");
        let elsewhere = server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        assert!(asked(&elsewhere).is_err());
    }

    #[test]
    fn a_list_is_taken_only_where_it_lies() {
        let here = server(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlist");
        assert_eq!(fetch(&here, Duration::from_millis(500)).expect("it is taken"), b"list");
        let elsewhere = server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        let refused = fetch(&elsewhere, Duration::from_millis(500)).expect_err("it is not followed");
        assert_eq!(refused.of_address(), "refused the request (HTTP 302)");
        let gone = fetch("http://127.0.0.1:1/", Duration::from_millis(500)).expect_err("nobody is there");
        assert_eq!(gone.of_address(), "cannot be reached from here");
    }

    #[test]
    fn each_way_to_fail_has_its_sentence() {
        let words = |url: &str| asked(url).expect_err("nobody stamps there").to_string();
        assert_eq!(words("http://127.0.0.1:1/"), "the authority cannot be reached from here");
        assert_eq!(words("http:///"), "the address is not one of an authority");
        let refusing = server(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(words(&refusing), "the authority refused the request (HTTP 403)");
        // It takes the call and keeps silent.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = silent.local_addr().expect("an address");
        assert_eq!(words(&format!("http://{address}/")), "the authority did not answer in time");
        // What answers speaks no TLS at all.
        let plain = server(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").replace("http:", "https:");
        assert_eq!(words(&plain), "the certificate of the authority’s address is not accepted");
    }
}
