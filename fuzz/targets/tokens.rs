//! Keys and tokens: whatever the keys are, the token is a JWT that says what it should, signed
//! as RFC 2104 says, and nothing that can be printed shows the keys.
//!
//! First line: the access key; second: the algorithm; third: the nonce's bytes; the rest is the secret.

use super::fields;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};
use upbit_cancel_order::credentials::{Algorithm, Credentials};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::query::Query;
use upbit_cancel_order::token::{Claims, Nonce};
use zeroize::Zeroizing;

pub fn run(data: &[u8]) {
    let Some([access_key, algorithm, random, secret]) = fields(data) else {
        return;
    };
    let algorithm = match Algorithm::from_name(algorithm) {
        Ok(algorithm) => algorithm,
        Err(invalid) => {
            assert!(!["HS256", "HS512"].contains(&algorithm) && invalid.field() == "algorithm");
            Algorithm::default()
        }
    };
    let owned = Zeroizing::new(access_key.to_owned());
    match Credentials::new(owned, secret.as_bytes(), algorithm) {
        Ok(credentials) => signs(&credentials, access_key, secret, random),
        Err(invalid) => {
            let empty = if access_key.is_empty() {
                "accessKey"
            } else {
                "secretKey"
            };
            assert!(access_key.is_empty() || secret.is_empty());
            assert_eq!(invalid.field(), empty);
        }
    }
}

fn signs(credentials: &Credentials, access_key: &str, secret: &str, random: &str) {
    assert_eq!(format!("{credentials:?}"), "Credentials { .. }");
    let query = Query::of(&OrderRef::Identifier(random.to_owned()));
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(random.bytes())
        .for_each(|(byte, given)| *byte = given);
    let claims = Claims::new(credentials, &query, Nonce::from_random(bytes));
    let nonce = claims.nonce.clone();
    let token = claims.sign(credentials);
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("a token has three parts");
    };
    let name = credentials.algorithm().name();
    assert_eq!(decoded(header), json!({"alg": name, "typ": "JWT"}));
    let expected = json!({
        "access_key": access_key,
        "nonce": nonce,
        "query_hash": query.hash(),
        "query_hash_alg": "SHA512",
    });
    assert_eq!(decoded(payload), expected);
    assert_nonce(&nonce);
    let message = [header, ".", payload].concat();
    let mac = match credentials.algorithm() {
        Algorithm::Hs256 => hmac::<Sha256>(secret.as_bytes(), message.as_bytes(), 64),
        Algorithm::Hs512 => hmac::<Sha512>(secret.as_bytes(), message.as_bytes(), 128),
    };
    assert_eq!(signature, URL_SAFE_NO_PAD.encode(mac));
}

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
