//! What a person can do, one file per act. The window and the command line both stand on it.
//! Always true: an act either is done or says why not and leaves everything as it was. Deliberately absent: windows, dialogs, SQL.

pub mod fault;
pub mod filing;
pub mod library;
pub mod settings;
pub mod view;

pub use fault::{Fault, FaultCode};
