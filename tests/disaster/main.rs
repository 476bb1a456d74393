//! The worst moments: killed while typing, a disk that fills up, every write failing in turn, no permission.

mod failing;
mod full;
mod killed;
mod permission;
mod small_disk;
mod two_processes;
