//! How much memory what is read may take, and what each part of it takes.
//! Why: a value of two bytes in a file takes a hundred in memory, so that a small file could fill it.

use lopdf::Object;

/// A value, wherever it is kept.
pub(super) const VALUE: usize = size_of::<Object>();
/// What a dictionary takes beyond itself, and each of its entries beyond its value: the key, its hash and its place.
pub(super) const DICTIONARY: usize = 64;
pub(super) const KEY: usize = 96;
/// What the letters of a text or name take beyond their number, in a place of their own.
pub(super) const TEXT: usize = 32;
/// What an object takes beyond its value, in the tree that it hangs in.
pub(super) const OBJECT: usize = 80;
/// An entry of the cross-references, in its section, among the newest, and among the places of all.
pub(super) const ENTRY: usize = 112;

/// For everything, of a small file; of a larger one, what the program takes and `TIMES` its size. A report of ten thousand rows is five
/// megabytes of marks, each an object of its own, and takes fourteen times its size.
const WHOLE: usize = 64 << 20;
const TIMES: usize = 16;
/// What the program takes before it has read anything, and what judging takes that is not counted here.
const REST: usize = 20 << 20;
/// For what is read of a file of `length` bytes, which is in memory itself.
pub(super) fn allowed(length: usize) -> usize {
    let whole = WHOLE.max(length.saturating_mul(TIMES).saturating_add(REST));
    whole.saturating_sub(REST).saturating_sub(length)
}

/// For an earlier revision of it, beside one that took `taken`: a file that was signed more than once is held twice, as it is and as it was, and
/// an honest one was not larger then.
pub(super) fn allowed_beside(length: usize, taken: usize) -> usize {
    allowed(length).saturating_sub(taken).max(taken)
}
