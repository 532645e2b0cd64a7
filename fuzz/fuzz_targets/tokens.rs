//! Tokens: an access key, a secret key, an algorithm and the random bytes of the nonce. For any keys, the token is
//! a JWT with the right claims and the HMAC of RFC 2104, and `Debug` shows no key.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};
use upbit_cancel_order::credentials::{Algorithm, Credentials};
use upbit_cancel_order::query::Query;
use upbit_cancel_order::token::Claims;
use zeroize::Zeroizing;

fuzz_target!(|input: (&str, &[u8], bool, [u8; 16])| {
    let (access_key, secret, long, random) = input;
    let algorithm = if long {
        Algorithm::Hs512
    } else {
        Algorithm::Hs256
    };
    let key = Zeroizing::new(access_key.to_owned());
    let Ok(credentials) = Credentials::new(key, secret, algorithm) else {
        return assert!(access_key.is_empty() || secret.is_empty());
    };
    assert_eq!(format!("{credentials:?}"), "Credentials { .. }");
    let query = Query::new([("uuid", access_key)]);
    let claims = Claims::new(&credentials, &query, random);
    assert_nonce(&claims.nonce);
    let authorization = claims.authorization(&credentials);
    let token = authorization.strip_prefix("Bearer ").unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = message.split_once('.').unwrap();
    let (name, mac) = if long {
        ("HS512", hmac::<Sha512>(secret, message.as_bytes(), 128))
    } else {
        ("HS256", hmac::<Sha256>(secret, message.as_bytes(), 64))
    };
    assert_eq!(decoded(header), json!({"alg": name, "typ": "JWT"}));
    let expected = json!({
        "access_key": access_key,
        "nonce": claims.nonce,
        "query_hash": query.hash(),
        "query_hash_alg": "SHA512",
    });
    assert_eq!(decoded(payload), expected);
    assert_eq!(signature, URL_SAFE_NO_PAD.encode(mac));
});

fn decoded(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// A UUID of version 4 in its canonical form.
fn assert_nonce(nonce: &str) {
    let form = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    assert_eq!(nonce.len(), form.len());
    for (found, place) in nonce.chars().zip(form.chars()) {
        assert!(match place {
            'x' => matches!(found, '0'..='9' | 'a'..='f'),
            'y' => matches!(found, '8' | '9' | 'a' | 'b'),
            fixed => found == fixed,
        });
    }
}

/// RFC 2104, over a hash with blocks of this size.
fn hmac<D: Digest>(key: &[u8], message: &[u8], block: usize) -> Vec<u8> {
    let mut padded = if key.len() > block {
        D::digest(key).to_vec()
    } else {
        key.to_vec()
    };
    padded.resize(block, 0);
    let masked = |mask: u8| padded.iter().map(|byte| byte ^ mask).collect::<Vec<u8>>();
    let inner = D::new()
        .chain_update(masked(0x36))
        .chain_update(message)
        .finalize();
    D::new()
        .chain_update(masked(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}
