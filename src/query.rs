//! The query string and its hash.

use base16ct::lower::encode_string;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha512};

/// Everything except the unreserved characters of RFC 3986 is escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The query of one request. All attempts send and sign the same one.
///
/// The URL has the percent-encoded query, but the hash is that of the query *before* encoding; see
/// [Authentication](https://global-docs.upbit.com/reference/auth). The brackets in the name of an array
/// parameter are never encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    wire: String,
    hash: String,
}

impl Query {
    /// The query of these parameters, in this order.
    #[must_use]
    pub fn new<'a>(parameters: impl IntoIterator<Item = (&'static str, &'a str)>) -> Self {
        let mut wire = String::new();
        let mut hash = Sha512::new();
        for (name, value) in parameters {
            let separator = if wire.is_empty() { "" } else { "&" };
            for part in [separator, name, "="] {
                wire.push_str(part);
                hash.update(part);
            }
            wire.extend(utf8_percent_encode(value, ESCAPED));
            hash.update(value);
        }
        Self {
            wire,
            hash: encode_string(&hash.finalize()),
        }
    }

    /// The percent-encoded query, for the URL.
    #[must_use]
    pub fn wire(&self) -> &str {
        &self.wire
    }

    /// SHA-512 of the query before encoding, in lowercase hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// The length of one encoded parameter in bytes, with its `=`.
#[must_use]
pub fn wire_length(name: &str, value: &str) -> usize {
    let escaped: usize = utf8_percent_encode(value, ESCAPED).map(str::len).sum();
    name.len() + escaped + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identifier(value: &str) -> Query {
        Query::new([("identifier", value)])
    }

    fn sha512(text: &str) -> String {
        encode_string(&Sha512::digest(text))
    }

    #[test]
    fn a_uuid_is_not_changed_by_encoding() {
        let query = Query::new([("uuid", "cdd92199-2897-4e14-9448-f923320408ad")]);
        assert_eq!(query.wire(), "uuid=cdd92199-2897-4e14-9448-f923320408ad");
        assert_eq!(query.hash(), sha512(query.wire()));
    }

    #[test]
    fn arrays_repeat_the_name_with_plain_brackets() {
        let query = Query::new([("identifiers[]", "a&b c"), ("identifiers[]", "d")]);
        assert_eq!(query.wire(), "identifiers[]=a%26b%20c&identifiers[]=d");
        assert_eq!(query.hash(), sha512("identifiers[]=a&b c&identifiers[]=d"));
    }

    #[test]
    fn commas_are_encoded_in_the_url_and_not_in_the_hash() {
        let query = Query::new([("cancel_side", "bid"), ("pairs", "SGD-BTC,SGD-ETH")]);
        assert_eq!(query.wire(), "cancel_side=bid&pairs=SGD-BTC%2CSGD-ETH");
        assert_eq!(
            query.hash(),
            sha512("cancel_side=bid&pairs=SGD-BTC,SGD-ETH")
        );
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
            assert_eq!(wire_length("identifier", value), query.wire().len());
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
