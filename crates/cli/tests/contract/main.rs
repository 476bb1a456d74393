//! The command line as scripts depend on it: what each command prints, where, and with which exit code.
//! Everything is asked of the built program, as a script would.

mod answers;
mod bits;
mod checking;
mod clocks;
mod edited;
mod exporting;
mod forms;
mod identities;
mod importing;
mod inputs;
mod nonsense;
mod outputs;
mod pictures;
mod program;
mod situations;
mod streams;
mod tokens;
mod verifying;
