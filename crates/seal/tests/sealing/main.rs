//! Signing and judging whole files, checked against tools we did not write: OpenSSL, pyHanko and poppler's pdfsig.
//! A tool that is not installed is named, with what was left out because of it; nothing is skipped silently.

mod chain;
mod document;
mod forge;
mod message;
mod pki;
mod tools;

mod agreement;
mod branches;
mod encrypted;
mod extend;
mod foreign;
mod further;
mod hostile;
mod identity;
mod kinds;
mod pages;
mod revoked;
mod signing;
mod sizes;
mod structure;
mod tampering;
mod time;
mod trust;
mod updates;
mod verdict;
mod wishes;
