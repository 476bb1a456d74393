//! Foreign text in, a report out. Always true: every word of the source is placed, waits in the tray, or is listed as dropped.
//! Deliberately absent: files, the network, windows.

pub mod outgoing;
pub mod read;
pub mod source;
