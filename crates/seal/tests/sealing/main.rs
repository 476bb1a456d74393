//! Signing and judging whole files, checked against tools we did not write: OpenSSL, pyHanko and poppler's pdfsig.
//! A tool that is not installed is named, with what was left out because of it; nothing is skipped silently.

mod document;
mod forge;
mod pki;
mod tools;

mod agreement;
mod foreign;
mod hostile;
mod identity;
mod signing;
mod structure;
mod tampering;
mod trust;
mod updates;
mod verdict;
