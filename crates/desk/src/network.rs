//! The one thing that ever leaves this machine: a hash, to a time-stamp authority whose address a person gave (RFC 3161, section 3.4).
//! Always true: what comes back is small, in time, and of the type asked for; no other address is followed to. Deliberately absent: everything else.

use crate::ports::Network;
use std::error::Error;
use std::time::Duration;

/// An answer of an authority is a few kilobytes.
const LARGEST_ANSWER: u64 = 256 << 10;
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

/// The machine's network.
pub(crate) struct Internet;

impl Network for Internet {
    fn ask_time(&self, url: &str, request: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build().into();
        let mut answer = agent.post(url).header("content-type", "application/timestamp-query").send(request)?;
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        if !kind.starts_with("application/timestamp-reply") {
            return Err(format!("the answer is of the type “{kind}”, not a time-stamp").into());
        }
        Ok(answer.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec()?)
    }
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

    #[test]
    fn only_a_time_stamp_is_taken_for_one() {
        let page = server(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi");
        assert!(Internet.ask_time(&page, b"q").expect_err("a page is no stamp").to_string().contains("text/html"));
        let reply = server(b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: 3\r\n\r\nyes");
        assert_eq!(Internet.ask_time(&reply, b"q").expect("it is taken"), b"yes");
        let elsewhere = server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        assert!(Internet.ask_time(&elsewhere, b"q").is_err());
        assert!(Internet.ask_time("http://127.0.0.1:1/", b"q").is_err());
    }
}
