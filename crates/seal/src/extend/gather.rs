//! Finding, for each certificate up to a self-issued one, its issuer and the issuer's word on whether it was revoked.
//! Always true: nothing is kept that the issuer did not sign; each address is asked once, and no more of them than any honest file names.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Gap, Lacking, Sources};
use crate::{
    Certificate,
    revocation::{Idle, Place, Revocations, request},
    verify::{
        level::{LONGEST_CHAIN, Need, issuer_of},
        store::Store,
    },
};

/// What is new, in DER.
#[derive(Default)]
pub(super) struct Proofs {
    pub(super) certificates: Vec<Certificate>,
    pub(super) lists: Vec<Vec<u8>>,
    pub(super) answers: Vec<Vec<u8>>,
}

impl Proofs {
    pub(super) fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.lists.is_empty() && self.answers.is_empty()
    }
}

pub(super) struct Gathered<'a> {
    sources: &'a Sources<'a>,
    now: DateTime<Utc>,
    /// What the file keeps already.
    kept: &'a Store,
    new: Proofs,
    /// What the file keeps already, and what is new.
    known: Revocations,
    /// What each address held.
    fetched: BTreeMap<String, Vec<u8>>,
    /// How often anybody was asked. A file that names addresses without end is not followed without end.
    asked: usize,
    /// Addresses that gave nothing: they are not asked again.
    silent: BTreeSet<String>,
    /// By certificate, so that two signatures by one person name one gap.
    gaps: BTreeMap<Vec<u8>, Gap>,
}

/// More questions than the certificates of any honest file give rise to.
const MOST_QUESTIONS: usize = 64;

impl<'a> Gathered<'a> {
    pub(super) fn new(sources: &'a Sources<'a>, kept: &'a Store, now: DateTime<Utc>) -> Self {
        Self {
            sources,
            now,
            kept,
            new: Proofs::default(),
            known: kept.revocations.clone(),
            fetched: BTreeMap::new(),
            asked: 0,
            silent: BTreeSet::new(),
            gaps: BTreeMap::new(),
        }
    }

    pub(super) fn finish(self) -> (Proofs, Vec<Gap>) {
        (self.new, self.gaps.into_values().collect())
    }

    /// Finds what a certificate needs, and its issuers.
    pub(super) fn settle(&mut self, need: &Need) {
        let mut certificate = need.certificate.clone();
        for _ in 0..LONGEST_CHAIN {
            self.keep(&certificate);
            if !certificate.is_valid_at(need.at) {
                return self.lacks(&certificate, Lacking::Expired { not_after: certificate.facts().not_after });
            }
            if certificate.is_issued_by(&certificate) {
                return;
            }
            let Some(issuer) = self.issuer(&certificate, &need.carried) else {
                return self.lacks(&certificate, Lacking::Issuer);
            };
            if let Err(lacking) = self.word_on(&certificate, &issuer, need) {
                self.lacks(&certificate, lacking);
            }
            certificate = issuer;
        }
        self.lacks(&need.certificate, Lacking::End);
    }

    fn keep(&mut self, certificate: &Certificate) {
        if !self.kept.certificates.contains(certificate) && !self.new.certificates.contains(certificate) {
            self.new.certificates.push(certificate.clone());
        }
    }

    fn lacks(&mut self, certificate: &Certificate, lacking: Lacking) {
        self.gaps.insert(certificate.der().to_vec(), Gap { whose: certificate.facts().name, lacking });
    }

    fn issuer(&mut self, certificate: &Certificate, carried: &[Certificate]) -> Option<Certificate> {
        let at_hand = carried.iter().chain(&self.kept.certificates).chain(&self.new.certificates).chain(self.sources.certificates);
        if let Some(issuer) = issuer_of(certificate, at_hand) {
            return Some(issuer.clone());
        }
        certificate.issuer_addresses().iter().find_map(|url| {
            let there = Certificate::from_pem_or_der(&self.fetch(url).ok()?).ok()?;
            issuer_of(certificate, &there).cloned()
        })
    }

    /// Sees to it that the issuer's word on the certificate is known: an answer, which is small, else a list.
    fn word_on(&mut self, certificate: &Certificate, issuer: &Certificate, need: &Need) -> Result<(), Lacking> {
        let mut lacking = Lacking::Address;
        let answers = certificate.answer_addresses().into_iter().map(|url| (url, true));
        let mut ways = answers.chain(certificate.list_addresses().into_iter().map(|url| (url, false)));
        while !self.tells_of(certificate, issuer, need) {
            let Some((url, is_answer)) = ways.next() else { return Err(lacking) };
            let held = if is_answer { self.ask(&url, certificate, issuer) } else { self.fetch(&url) };
            let useless = match held {
                Ok(der) => match self.take(&der, is_answer, certificate, issuer, need) {
                    Ok(()) => continue,
                    Err(useless) => useless(url),
                },
                Err(fault) => Lacking::Answer { url, fault },
            };
            // What an authority itself says is more than that another address gave nothing.
            if !matches!(lacking, Lacking::Refusal { .. } | Lacking::NotKnown { .. } | Lacking::Ahead { .. }) {
                lacking = useless;
            }
        }
        match self.known.of(certificate, issuer) {
            Some(revoked) => Err(Lacking::Revoked { at: revoked.at }),
            None => Ok(()),
        }
    }

    fn tells_of(&self, certificate: &Certificate, issuer: &Certificate, need: &Need) -> bool {
        self.known.tell_of(certificate, issuer, need.at) || need.revocations.tell_of(certificate, issuer, need.at)
    }

    /// Keeps a list or an answer, if it is the issuer's word on the certificate; else says what it is.
    fn take(&mut self, der: &[u8], is_answer: bool, certificate: &Certificate, issuer: &Certificate, need: &Need) -> Result<(), Useless> {
        let mut found = Revocations::default();
        if is_answer {
            found.add_answer(der, Place::Store)
        } else {
            found.add_list(der, Place::Store)
        }
        let found = found.known_at(self.now);
        if found.is_ahead() {
            return Err(Box::new(|url| Lacking::Ahead { url }));
        }
        if found.idle_on(certificate, issuer).iter().any(|idle| matches!(idle, Idle::NotKnown { .. })) {
            return Err(Box::new(|url| Lacking::NotKnown { url }));
        }
        if let Some(status) = Revocations::refusal(der).filter(|_| is_answer) {
            return Err(Box::new(move |url| Lacking::Refusal { url, status }));
        }
        if !found.tell_of(certificate, issuer, need.at) {
            return Err(Box::new(|url| Lacking::Word { url }));
        }
        self.known.add_all(&found);
        found.certificates().for_each(|answering| self.keep(answering));
        if is_answer {
            self.new.answers.push(der.to_vec())
        } else {
            self.new.lists.push(der.to_vec())
        }
        Ok(())
    }

    fn ask(&mut self, url: &str, certificate: &Certificate, issuer: &Certificate) -> Held {
        let request = request::about(certificate, issuer)?;
        let proofs = self.sources.proofs;
        self.once(url, || proofs.ask(url, &request))
    }

    /// Asks an address, unless it gave nothing before or enough was asked.
    fn once(&mut self, url: &str, ask: impl FnOnce() -> Held) -> Held {
        if self.silent.contains(url) {
            return Err("it gave nothing before".into());
        }
        if self.asked >= MOST_QUESTIONS {
            return Err("the file names more addresses than are asked".into());
        }
        self.asked += 1;
        let held = ask();
        if held.is_err() {
            self.silent.insert(url.to_owned());
        }
        held
    }

    fn fetch(&mut self, url: &str) -> Held {
        if let Some(there) = self.fetched.get(url) {
            return Ok(there.clone());
        }
        let proofs = self.sources.proofs;
        let there = self.once(url, || proofs.fetch(url))?;
        self.fetched.insert(url.to_owned(), there.clone());
        Ok(there)
    }
}

/// What an address lacks that held something of no use.
type Useless = Box<dyn FnOnce(String) -> Lacking>;

type Held = Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
