//! What a person can do, one file per act. The window and the command line both stand on it.
//! Always true: an act either is done or says why not and leaves everything as it was. Deliberately absent: windows, dialogs, SQL.

mod because;
pub mod checking;
pub mod demo;
pub mod documents;
pub mod export;
pub mod fault;
pub mod filing;
pub mod identities;
pub mod library;
pub mod ports;
pub mod printing;
pub mod settings;
pub mod signing;
pub mod verification;
pub mod view;

pub use fault::{Fault, FaultCode};
