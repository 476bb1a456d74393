//! Whole acts through the desk and the command line, each test one journey of a person.
