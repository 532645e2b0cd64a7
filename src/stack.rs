//! The stack, on which every function leaves behind what it had in its variables.

/// More than hashing a key leaves behind.
const SIZE: usize = 8192;

/// Overwrites the part of the stack that the functions called before have used: hashes are taken
/// of keys, and the words that they are made of lie there until something else does.
#[inline(never)]
pub fn wipe() {
    let below = [0_u8; SIZE];
    // Nothing reads it, so without this the compiler would leave it out.
    core::hint::black_box(&below);
}
