//! What a person can do, one file per act. The window and the command line both stand on it.
//! Always true: an act either is done or says why not and leaves everything as it was. Deliberately absent: windows, dialogs, SQL.

mod accepting;
pub mod agenda;
pub mod autosave;
mod because;
pub mod bin;
pub mod checking;
pub mod clocks;
pub mod demo;
pub mod desk;
pub mod documents;
pub mod editing;
pub mod evidence;
pub mod export;
pub mod extending;
pub mod fault;
pub mod filing;
pub mod forms;
pub mod further;
pub mod handing;
pub mod identities;
pub mod intake;
pub mod keyring;
pub mod library;
pub mod naming;
mod network;
pub mod outgoing;
pub mod place;
pub mod ports;
pub mod preview;
pub mod printing;
pub mod saving;
pub mod searching;
pub mod sending;
pub mod session;
pub mod settings;
pub mod signers;
pub mod signing;
mod undrawn;
pub mod verification;
pub mod versions;
pub mod view;

pub use desk::Desk;
pub use fault::{Fault, FaultCode};
pub use session::{Named, Sitting};
pub use store::FILE_NAME as LIBRARY_FILE;
