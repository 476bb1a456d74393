//! The library as those who use it see it: real files, real SQLite, two and more at a time.

mod fixture;

mod backups;
mod conflicts;
mod damage;
mod erasing;
mod evidence;
mod full_disk;
mod history;
mod opening;
mod searching;
mod working_copies;
