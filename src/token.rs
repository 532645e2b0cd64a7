//! The signed token of one request.
//!
//! A JWT as Upbit's [Authentication](https://global-docs.upbit.com/reference/auth) page wants it:
//! no times, a nonce that is never used again, and the hash of the query.

use crate::access_key::AccessKey;
use crate::credentials::{Algorithm, Credentials};
use crate::query::Query;
use crate::stack;
use alloc::borrow::ToOwned;
use alloc::string::String;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Builder;
use uuid::fmt::Hyphenated;
use zeroize::Zeroizing;

/// How the query is hashed; Upbit allows others and this is its default.
const QUERY_HASH_ALGORITHM: &str = "SHA512";

/// A value that Upbit accepts once for a key: a random UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nonce(Hyphenated);

impl Nonce {
    /// Makes a version 4 UUID of random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(Builder::from_random_bytes(bytes).into_uuid().hyphenated())
    }
}

/// What a token says.
#[derive(Debug)]
pub struct Claims<'a> {
    /// The public half of the key pair.
    pub access_key: &'a AccessKey,
    /// New in every request.
    pub nonce: String,
    /// Of the query that is not percent-encoded.
    pub query_hash: &'a str,
    /// How the query is hashed.
    pub query_hash_alg: &'static str,
}

impl<'a> Claims<'a> {
    /// The claims of a request with this query.
    #[must_use]
    pub fn new(credentials: &'a Credentials, query: &'a Query, nonce: Nonce) -> Self {
        Self {
            access_key: credentials.access_key(),
            nonce: nonce
                .0
                .encode_lower(&mut [0; Hyphenated::LENGTH])
                .to_owned(),
            query_hash: query.hash(),
            query_hash_alg: QUERY_HASH_ALGORITHM,
        }
    }

    /// Signs the claims: header, claims and signature in Base64url, joined by dots.
    #[must_use]
    pub fn sign(&self, credentials: &Credentials) -> Zeroizing<String> {
        let token = self.signed(credentials);
        stack::wipe();
        token
    }

    #[inline(never)]
    fn signed(&self, credentials: &Credentials) -> Zeroizing<String> {
        let claims = self.json();
        // Besides the claims: header 36, signature 86, dots 2.
        let room = 128 + claims.len().div_ceil(3) * 4;
        let mut token = Zeroizing::new(String::with_capacity(room));
        token.push_str(header(credentials.algorithm()));
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims.as_bytes(), &mut token);
        let signature = credentials.sign(token.as_bytes());
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        token
    }

    fn json(&self) -> Zeroizing<String> {
        let json = [
            "{\"access_key\":",
            self.access_key.json(),
            ",\"nonce\":\"",
            &self.nonce,
            "\",\"query_hash\":\"",
            self.query_hash,
            "\",\"query_hash_alg\":\"",
            self.query_hash_alg,
            "\"}",
        ];
        json.concat().into()
    }
}

/// Base64url of `{"alg":"HS512","typ":"JWT"}` and of the same with HS256.
fn header(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Hs512 => "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9",
        Algorithm::Hs256 => "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order_ref::OrderRef;
    use serde_json::{Value, json};

    fn decoded(part: &str) -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    fn signed(access_key: &str, algorithm: Algorithm) -> (Zeroizing<String>, Credentials, Query) {
        let access_key = Zeroizing::new(access_key.to_owned());
        let credentials = Credentials::new(access_key, b"secret", algorithm).unwrap();
        let query = Query::of(&OrderRef::Identifier("내 주문".to_owned()));
        let token = Claims::new(&credentials, &query, Nonce::from_random([0xff; 16]));
        (token.sign(&credentials), credentials, query)
    }

    #[test]
    fn header_claims_and_signature_are_where_they_belong() {
        for algorithm in [Algorithm::Hs512, Algorithm::Hs256] {
            let (token, credentials, query) = signed("access", algorithm);
            let (message, signature) = token.rsplit_once('.').unwrap();
            let (header, claims) = message.split_once('.').unwrap();
            assert_eq!(
                decoded(header),
                json!({"alg": algorithm.name(), "typ": "JWT"})
            );
            assert_eq!(
                decoded(claims),
                json!({
                    "access_key": "access",
                    "nonce": "ffffffff-ffff-4fff-bfff-ffffffffffff",
                    "query_hash": query.hash(),
                    "query_hash_alg": "SHA512",
                })
            );
            let expected = credentials.sign(message.as_bytes());
            assert_eq!(URL_SAFE_NO_PAD.decode(signature).unwrap(), expected);
        }
    }

    #[test]
    fn odd_access_keys_are_escaped_in_the_claims() {
        for key in ["\"", "\\", "a\"},{\"b", "\u{0}\n\u{1f}", "키🔑", "\u{2028}"] {
            let (token, ..) = signed(key, Algorithm::Hs512);
            let claims = decoded(token.split('.').nth(1).unwrap());
            assert_eq!(claims["access_key"], key);
        }
    }

    /// RFC 7515, appendix A.1: the message and the key of its example, signed with HS256.
    #[test]
    fn signature_of_rfc_7515_a_1() {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
                       eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let secret = URL_SAFE_NO_PAD.decode(key).unwrap();
        let access_key = Zeroizing::new("access".to_owned());
        let credentials = Credentials::new(access_key, &secret, Algorithm::Hs256).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(credentials.sign(message.as_bytes())),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }
}
