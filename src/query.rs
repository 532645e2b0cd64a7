//! The query string, in the two forms that Upbit compares.

use crate::hex::{lower_hex, lower_pair};
use crate::order_ref::OrderRef;
use alloc::string::String;
use alloc::vec::Vec;
use sha2::{Digest, Sha512};

/// The query of one cancellation: fixed once, sent and signed in every attempt.
///
/// Upbit hashes the text that is *not* percent-encoded and reads the encoded one; see
/// [Authentication](https://global-docs.upbit.com/reference/auth).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    wire: String,
    hash: String,
}

impl Query {
    /// The query that names one order.
    #[must_use]
    pub fn of(order: &OrderRef) -> Self {
        let (name, value) = order.parameter();
        let hash = Sha512::new()
            .chain_update(name)
            .chain_update("=")
            .chain_update(value)
            .finalize();
        Self {
            wire: [name, "=", &percent_encoded(value)].concat(),
            hash: lower_hex(&hash),
        }
    }

    /// Percent-encoded, as it stands in the URL.
    #[must_use]
    pub fn wire(&self) -> &str {
        &self.wire
    }

    /// SHA-512 of the decoded query, in lowercase hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Everything is escaped but the characters about whose spelling no client or server disagrees.
fn percent_encoded(text: &str) -> String {
    let mut encoded = Vec::with_capacity(3 * text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(byte);
        } else {
            encoded.push(b'%');
            encoded.extend(lower_pair(byte).map(|digit| digit.to_ascii_uppercase()));
        }
    }
    // All that is left of the text is ASCII.
    String::from_utf8(encoded).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identifier(value: &str) -> Query {
        Query::of(&OrderRef::Identifier(value.to_owned()))
    }

    fn sha512(text: &str) -> String {
        lower_hex(&Sha512::digest(text))
    }

    #[test]
    fn uuid_reads_the_same_in_both_forms() {
        let uuid = "cdd92199-2897-4e14-9448-f923320408ad";
        let query = Query::of(&OrderRef::Uuid(uuid.to_owned()));
        assert_eq!(query.wire(), format!("uuid={uuid}"));
        assert_eq!(query.hash(), sha512(query.wire()));
    }

    #[test]
    fn wire_is_escaped_and_hash_is_not() {
        let cases = [
            ("a-b_c.1~", "a-b_c.1~"),
            ("a b", "a%20b"),
            ("a+b", "a%2Bb"),
            ("a%b", "a%25b"),
            ("a&b=c", "a%26b%3Dc"),
            ("#?/\"'", "%23%3F%2F%22%27"),
            ("주문", "%EC%A3%BC%EB%AC%B8"),
            ("🛑", "%F0%9F%9B%91"),
            ("\0\r\n", "%00%0D%0A"),
        ];
        for (value, encoded) in cases {
            let query = identifier(value);
            assert_eq!(query.wire(), format!("identifier={encoded}"));
            assert_eq!(query.hash(), sha512(&format!("identifier={value}")));
        }
    }

    /// FIPS 180-4, SHA-512 of the one-block message "abc".
    #[test]
    fn sha512_fips_180_4_abc() {
        assert_eq!(
            sha512("abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        );
    }

    /// FIPS 180-4, SHA-512 of the two-block message.
    #[test]
    fn sha512_fips_180_4_two_blocks() {
        let message = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn\
                       hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
        assert_eq!(
            sha512(message),
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018\
             501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
        );
    }
}
