//! The key pair: never printed, wiped from memory when dropped.

use crate::invalid::Invalid;
use base16ct::lower::encode_string;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use std::fmt;
use std::rc::Rc;
use zeroize::Zeroizing;

/// More of the stack than hashing a key uses.
const STACK_OF_A_HASH: usize = 8192;

/// Overwrites the part of the stack that the functions called before have used. The words of a key
/// lie there after it was hashed, until something else does.
#[inline(never)]
pub fn wipe_stack() {
    let below = [0_u8; STACK_OF_A_HASH];
    // Nothing reads it, so without this the compiler would leave it out.
    std::hint::black_box(&below);
}

/// How tokens are signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-512, which Upbit recommends.
    #[default]
    Hs512,
    /// HMAC with SHA-256, which Upbit's own SDKs use.
    Hs256,
}

impl Algorithm {
    /// Reads the name that stands in a token's header. `none` is not one of them.
    ///
    /// # Errors
    /// `Invalid` names `algorithm` for any text but `HS512` and `HS256`.
    pub fn from_name(name: &str) -> Result<Self, Invalid> {
        match name {
            "HS512" => Ok(Self::Hs512),
            "HS256" => Ok(Self::Hs256),
            _ => Err(Invalid::new("algorithm", "must be \"HS512\" or \"HS256\"")),
        }
    }

    /// The name that stands in a token's header.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hs512 => "HS512",
            Self::Hs256 => "HS256",
        }
    }
}

/// A signing state into which the secret has gone; the secret itself is not kept. The state signs as
/// well as the secret does, so it stays in one place: what is moved leaves a copy behind.
#[derive(Clone)]
enum KeyedMac {
    Hs512(Hmac<Sha512>),
    Hs256(Hmac<Sha256>),
}

/// An access key and the state that signs for it.
///
/// Both are overwritten with zeros when the value is dropped.
pub struct Credentials {
    access_key: Rc<Zeroizing<String>>,
    mac: Box<KeyedMac>,
}

impl Credentials {
    /// Takes a key pair. The secret is used as the raw bytes that it is written with: Upbit's
    /// secrets look like Base64 and are not.
    ///
    /// # Errors
    /// `Invalid` names the key that is empty.
    pub fn new(
        access_key: Zeroizing<String>,
        secret_key: &[u8],
        algorithm: Algorithm,
    ) -> Result<Self, Invalid> {
        if access_key.is_empty() {
            return Err(Invalid::new("accessKey", "must not be empty"));
        }
        if secret_key.is_empty() {
            return Err(Invalid::new("secretKey", "must not be empty"));
        }
        let mac = keyed(secret_key, algorithm);
        wipe_stack();
        match mac {
            Some(mac) => Ok(Self {
                access_key: Rc::new(access_key),
                mac,
            }),
            None => Err(Invalid::new("secretKey", "must be a key for HMAC")),
        }
    }

    /// The public half of the pair; an answer may repeat it, so a request under way keeps it.
    #[must_use]
    pub fn access_key(&self) -> &Rc<Zeroizing<String>> {
        &self.access_key
    }

    /// Names the account at a base URL without telling the key: SHA-512 in hexadecimal digits.
    #[must_use]
    pub fn account_digest(&self, base_url: &str) -> String {
        let digest = self.hashed_with(base_url);
        wipe_stack();
        digest
    }

    #[inline(never)]
    fn hashed_with(&self, base_url: &str) -> String {
        let mut hash = Sha512::new();
        for part in ["upbit-cancel-order", &self.access_key, base_url] {
            hash.update(part);
            hash.update([0]);
        }
        encode_string(&hash.finalize())
    }

    /// What `sign` signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match *self.mac {
            KeyedMac::Hs512(_) => Algorithm::Hs512,
            KeyedMac::Hs256(_) => Algorithm::Hs256,
        }
    }

    /// HMAC of a message: 64 bytes under HS512, 32 under HS256. Leaves copies of the state on the stack.
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

/// HMAC takes keys of any length, so the result is always there.
#[inline(never)]
fn keyed(secret_key: &[u8], algorithm: Algorithm) -> Option<Box<KeyedMac>> {
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
    fn empty_keys_are_named() {
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
