//! The key pair. It is never printed, and it is wiped from memory when dropped.

use crate::invalid::Invalid;
use base16ct::lower::encode_string;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use std::fmt;
use std::rc::Rc;
use zeroize::Zeroizing;

/// More stack than hashing a key uses, in bytes.
const STACK_TO_WIPE: usize = 8192;

/// Overwrites the part of the stack that the functions called before it have used, because hashing a key
/// leaves copies of it there.
#[inline(never)]
pub fn wipe_stack() {
    let zeros = [0_u8; STACK_TO_WIPE];
    // Keeps the compiler from removing the unused array.
    std::hint::black_box(&zeros);
}

/// The algorithm that signs the tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC-SHA-512, which Upbit recommends.
    #[default]
    Hs512,
    /// HMAC-SHA-256, which Upbit's SDKs use.
    Hs256,
}

impl Algorithm {
    /// Parses `HS512` or `HS256`.
    ///
    /// # Errors
    /// `Invalid` for any other text, including `none`.
    pub fn from_name(name: &str) -> Result<Self, Invalid> {
        match name {
            "HS512" => Ok(Self::Hs512),
            "HS256" => Ok(Self::Hs256),
            _ => Err(Invalid::new("algorithm", "must be \"HS512\" or \"HS256\"")),
        }
    }

    /// The `alg` of a JWT header.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hs512 => "HS512",
            Self::Hs256 => "HS256",
        }
    }
}

/// HMAC keyed with the secret. The secret itself is not kept.
///
/// This state is enough to sign, so it is wiped like the secret. It lives in a `Box` because a moved
/// value leaves a copy behind.
#[derive(Clone)]
enum KeyedMac {
    Hs512(Hmac<Sha512>),
    Hs256(Hmac<Sha256>),
}

/// An access key with the keyed HMAC of its secret key.
///
/// Both are overwritten with zeros on drop.
pub struct Credentials {
    access_key: Rc<Zeroizing<String>>,
    mac: Box<KeyedMac>,
}

impl Credentials {
    /// Takes a key pair. The secret key is used as its raw bytes: Upbit's secret keys look like Base64 but
    /// are not to be decoded.
    ///
    /// # Errors
    /// `Invalid` if a key is empty.
    pub fn new(
        access_key: Zeroizing<String>,
        secret_key: &[u8],
        algorithm: Algorithm,
    ) -> Result<Self, Invalid> {
        const EMPTY: &str = "must not be empty; if it comes from an environment variable, check that the variable is set";
        if access_key.is_empty() {
            return Err(Invalid::new("accessKey", EMPTY));
        }
        if secret_key.is_empty() {
            return Err(Invalid::new("secretKey", EMPTY));
        }
        let mac = keyed_mac(secret_key, algorithm);
        wipe_stack();
        match mac {
            Some(mac) => Ok(Self {
                access_key: Rc::new(access_key),
                mac,
            }),
            None => Err(Invalid::new("secretKey", "must be a valid HMAC key")),
        }
    }

    /// The access key. A request in flight keeps it, to mask it if the response repeats it.
    #[must_use]
    pub fn access_key(&self) -> &Rc<Zeroizing<String>> {
        &self.access_key
    }

    /// Identifies the account at a base URL without revealing the key: a SHA-512 in hexadecimal digits.
    #[must_use]
    pub fn account_digest(&self, base_url: &str) -> String {
        let digest = self.hash_with(base_url);
        wipe_stack();
        digest
    }

    #[inline(never)]
    fn hash_with(&self, base_url: &str) -> String {
        let mut hash = Sha512::new();
        for part in ["upbit-cancel-order", &self.access_key, base_url] {
            hash.update(part);
            hash.update([0]);
        }
        encode_string(&hash.finalize())
    }

    /// The algorithm of [`sign`](Self::sign).
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match *self.mac {
            KeyedMac::Hs512(_) => Algorithm::Hs512,
            KeyedMac::Hs256(_) => Algorithm::Hs256,
        }
    }

    /// The HMAC of a message: 64 bytes for HS512, 32 for HS256. Leaves copies of the key on the stack; see
    /// [`wipe_stack`].
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match (*self.mac).clone() {
            KeyedMac::Hs512(mac) => mac.chain_update(message).finalize().into_bytes().to_vec(),
            KeyedMac::Hs256(mac) => mac.chain_update(message).finalize().into_bytes().to_vec(),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials { .. }")
    }
}

/// HMAC takes keys of any length, so this is always `Some`.
#[inline(never)]
fn keyed_mac(secret_key: &[u8], algorithm: Algorithm) -> Option<Box<KeyedMac>> {
    let mac = match algorithm {
        Algorithm::Hs512 => KeyedMac::Hs512(Hmac::new_from_slice(secret_key).ok()?),
        Algorithm::Hs256 => KeyedMac::Hs256(Hmac::new_from_slice(secret_key).ok()?),
    };
    Some(Box::new(mac))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials(secret: &[u8], algorithm: Algorithm) -> Credentials {
        Credentials::new(Zeroizing::new("access".to_owned()), secret, algorithm).unwrap()
    }

    fn mac(secret: &[u8], algorithm: Algorithm, message: &[u8]) -> String {
        use std::fmt::Write;
        let bytes = credentials(secret, algorithm).sign(message);
        bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    }

    /// Key, message, HMAC-SHA-256 and HMAC-SHA-512 of RFC 4231, test cases 1 to 4, 6 and 7
    /// (case 5 is about truncation, which tokens do not have).
    #[test]
    fn rfc_4231() {
        let counting: Vec<u8> = (1..=25).collect();
        let vectors = include_str!("../tests/vectors/rfc4231.txt");
        let macs: Vec<&str> = vectors
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .collect();
        let inputs: [(&[u8], &[u8]); 6] = [
            (&[0x0b; 20], b"Hi There"),
            (b"Jefe", b"what do ya want for nothing?"),
            (&[0xaa; 20], &[0xdd; 50]),
            (&counting, &[0xcd; 50]),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
            ),
            (
                &[0xaa; 131],
                b"This is a test using a larger than block-size key and a larger than \
                  block-size data. The key needs to be hashed before being used by the \
                  HMAC algorithm.",
            ),
        ];
        assert_eq!(macs.len(), 2 * inputs.len());
        for (index, ((key, message), expected)) in inputs.iter().zip(macs.chunks(2)).enumerate() {
            let found = [
                mac(key, Algorithm::Hs256, message),
                mac(key, Algorithm::Hs512, message),
            ];
            assert_eq!(found.as_slice(), expected, "vector {index}");
        }
    }

    #[test]
    fn empty_keys_are_refused() {
        let refused = |access: &str, secret: &[u8]| {
            Credentials::new(Zeroizing::new(access.to_owned()), secret, Algorithm::Hs512)
                .unwrap_err()
                .field()
                .to_owned()
        };
        assert_eq!(refused("", b"secret"), "accessKey");
        assert_eq!(refused("access", b""), "secretKey");
    }

    #[test]
    fn only_signing_algorithms_have_names() {
        assert_eq!(Algorithm::from_name("HS512"), Ok(Algorithm::Hs512));
        assert_eq!(Algorithm::from_name("HS256"), Ok(Algorithm::Hs256));
        for name in ["none", "None", "hs512", "HS384", "RS256", ""] {
            assert_eq!(Algorithm::from_name(name).unwrap_err().field(), "algorithm");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let shown = format!("{:?}", credentials(b"secret", Algorithm::Hs512));
        assert_eq!(shown, "Credentials { .. }");
    }
}
