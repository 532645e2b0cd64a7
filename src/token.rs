//! The signed JWT of one request.
//!
//! Its claims are those of Upbit's [Authentication](https://global-docs.upbit.com/reference/auth) page:
//! the access key, a nonce and the query hash, but no `iat` or `exp`.

use crate::credentials::{Algorithm, Credentials, wipe_stack};
use crate::query::Query;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use uuid::Builder;
use zeroize::Zeroizing;

/// Upbit's default for `query_hash_alg`.
const QUERY_HASH_ALGORITHM: &str = "SHA512";

/// The claims of a token.
#[derive(Debug, Serialize)]
pub struct Claims<'a> {
    /// The access key.
    pub access_key: &'a str,
    /// A UUID that is new in every request.
    pub nonce: String,
    /// [`Query::hash`].
    pub query_hash: &'a str,
    /// The algorithm of `query_hash`.
    pub query_hash_alg: &'static str,
}

impl<'a> Claims<'a> {
    /// The claims for a request with this query. The nonce is a version 4 UUID made of `random`.
    #[must_use]
    pub fn new(credentials: &'a Credentials, query: &'a Query, random: [u8; 16]) -> Self {
        Self {
            access_key: credentials.access_key(),
            nonce: Builder::from_random_bytes(random).into_uuid().to_string(),
            query_hash: query.hash(),
            query_hash_alg: QUERY_HASH_ALGORITHM,
        }
    }

    /// Signs the claims. Returns the value of the `Authorization` header: `Bearer` and the JWT.
    #[must_use]
    pub fn authorization(&self, credentials: &Credentials) -> Zeroizing<String> {
        let authorization = self.sign(credentials);
        wipe_stack();
        authorization
    }

    #[inline(never)]
    fn sign(&self, credentials: &Credentials) -> Zeroizing<String> {
        let claims = self.json();
        // `Bearer ` has 7 bytes, the header 36, the dots 2 and the signature 86.
        let capacity = 131 + claims.len().div_ceil(3) * 4;
        let mut text = Zeroizing::new(String::with_capacity(capacity));
        text.push_str(SCHEME);
        text.push_str(header(credentials.algorithm()));
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(&*claims, &mut text);
        let token = text.get(SCHEME.len()..).unwrap_or_default();
        let signature = credentials.sign(token.as_bytes());
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut text);
        text
    }

    /// Allocates the final capacity at once: a vector that grows leaves a copy of the key behind.
    fn json(&self) -> Zeroizing<Vec<u8>> {
        // A character takes up to 6 bytes when escaped. The rest of the JSON is shorter than 300 bytes.
        let capacity = 300 + 6 * self.access_key.len();
        let mut json = Zeroizing::new(Vec::with_capacity(capacity));
        // Writing strings to memory cannot fail.
        let _ = serde_json::to_writer(&mut *json, self);
        json
    }
}

const SCHEME: &str = "Bearer ";

/// Base64url of `{"alg":"HS512","typ":"JWT"}`, or the same with HS256.
fn header(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Hs512 => "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9",
        Algorithm::Hs256 => "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn decoded(part: &str) -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    fn signed(access_key: &str, algorithm: Algorithm) -> (Zeroizing<String>, Credentials, Query) {
        let access_key = Zeroizing::new(access_key.to_owned());
        let credentials = Credentials::new(access_key, b"secret", algorithm).unwrap();
        let query = Query::new([("identifier", "내 주문")]);
        let authorization =
            Claims::new(&credentials, &query, [0xff; 16]).authorization(&credentials);
        let token = authorization.strip_prefix("Bearer ").unwrap().to_owned();
        (token.into(), credentials, query)
    }

    #[test]
    fn a_token_is_header_claims_and_signature() {
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
