//! Hexadecimal digits.

use alloc::string::String;
use alloc::vec::Vec;

/// Two digits for each byte, in lower case.
#[must_use]
pub fn lower_hex(bytes: &[u8]) -> String {
    let digits: Vec<u8> = bytes.iter().copied().flat_map(lower_pair).collect();
    // Digits are ASCII.
    String::from_utf8(digits).unwrap_or_default()
}

/// The two digits of a byte, in lower case.
#[must_use]
pub fn lower_pair(byte: u8) -> [u8; 2] {
    [lower_digit(byte >> 4), lower_digit(byte & 15)]
}

fn lower_digit(nibble: u8) -> u8 {
    match nibble {
        0..=9 => b'0' + nibble,
        _ => b'a' - 10 + nibble,
    }
}
