//! The commands: each one act of `desk`, by the name the window knows it. Deliberately absent: anything an act does not do itself.

pub mod batch;
pub mod bin;
pub mod clocks;
pub mod editing;
pub mod files;
pub mod filing;
pub mod intake;
pub mod library;
pub mod place;
