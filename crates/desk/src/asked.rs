//! Who was asked over the network for one act, for what, and whether an answer came: what leaves this machine is told to the person.
//! Always true: each address is told of before it is asked; once the person stops the act, nobody else is asked.

use crate::ports::Network;
use serde::Serialize;
use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use ts_rs::TS;

/// One question that left this machine.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Asked {
    /// The address.
    pub address: String,
    /// What for.
    pub purpose: Purpose,
    /// The bytes that came back; none where nothing came, or not yet.
    pub bytes: Option<usize>,
}

/// What an address is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Purpose {
    /// A time-stamp: it is sent a fingerprint.
    Time,
    /// Whether a certificate was revoked: it is sent the certificate's number.
    Standing,
    /// A certificate, or a list of revoked ones: it is sent nothing.
    File,
}

type Tell = dyn Fn(&Asked) + Send + Sync;
type Answer = Result<Vec<u8>, Box<dyn Error + Send + Sync>>;

/// The network, with a record of what it was asked.
pub(crate) struct Watched {
    network: Arc<dyn Network>,
    asked: Mutex<Vec<Asked>>,
    tell: Box<Tell>,
    stop: Arc<AtomicBool>,
}

impl Watched {
    /// `tell` hears of each address before it is asked; `stop` ends the asking.
    pub(crate) fn over(network: Arc<dyn Network>, tell: Box<Tell>, stop: Arc<AtomicBool>) -> Self {
        Self { network, asked: Mutex::default(), tell, stop }
    }

    /// All that was asked, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn ask(&self, address: &str, purpose: Purpose, ask: impl FnOnce(&dyn Network) -> Answer) -> Answer {
        if self.stop.load(Ordering::SeqCst) {
            return Err("it was cancelled".into());
        }
        let mut asked = Asked { address: address.to_owned(), purpose, bytes: None };
        (self.tell)(&asked);
        let answer = ask(self.network.as_ref());
        asked.bytes = answer.as_ref().ok().map(Vec::len);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        answer
    }
}

impl Network for Watched {
    fn ask_time(&self, url: &str, request: &[u8]) -> Answer {
        self.ask(url, Purpose::Time, |network| network.ask_time(url, request))
    }

    fn ask_standing(&self, url: &str, request: &[u8]) -> Answer {
        self.ask(url, Purpose::Standing, |network| network.ask_standing(url, request))
    }

    fn fetch(&self, url: &str) -> Answer {
        self.ask(url, Purpose::File, |network| network.fetch(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Half;
    impl Network for Half {
        fn ask_time(&self, _: &str, _: &[u8]) -> Answer {
            Ok(vec![0; 7])
        }
        fn ask_standing(&self, _: &str, _: &[u8]) -> Answer {
            Err("nobody is there".into())
        }
        fn fetch(&self, _: &str) -> Answer {
            Ok(Vec::new())
        }
    }

    #[test]
    fn each_question_is_told_before_and_recorded_after_and_none_follows_a_stop() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let hear = told.clone();
        let tell = Box::new(move |asked: &Asked| hear.lock().expect("it is heard").push(asked.address.clone()));
        let network = Watched::over(Arc::new(Half), tell, stop.clone());
        assert!(network.ask_time("http://a/", b"q").is_ok());
        assert!(network.ask_standing("http://b/", b"q").is_err());
        stop.store(true, Ordering::SeqCst);
        assert_eq!(network.fetch("http://c/").expect_err("it is stopped").to_string(), "it was cancelled");
        assert_eq!(*told.lock().expect("it is heard"), ["http://a/", "http://b/"]);
        let asked = network.asked();
        assert_eq!(
            asked.iter().map(|one| (one.purpose, one.bytes)).collect::<Vec<_>>(),
            [(Purpose::Time, Some(7)), (Purpose::Standing, None)]
        );
    }
}
