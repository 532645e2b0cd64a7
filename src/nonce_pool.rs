//! Random bytes for nonces, fetched for many at a time: asking the runtime costs the same for few
//! bytes as for many, and as much as half of a signature.

use crate::token::Nonce;

/// Bytes of one nonce.
const NONCE: usize = 16;

/// Bytes that are fetched at a time.
const POOL: usize = 128 * NONCE;

/// Random bytes of which none is used twice.
#[derive(Debug)]
pub struct NoncePool {
    bytes: [u8; POOL],
    left: usize,
}

impl Default for NoncePool {
    fn default() -> Self {
        Self {
            bytes: [0; POOL],
            left: 0,
        }
    }
}

impl NoncePool {
    /// A nonce of bytes that were not in one before. `fill` puts random bytes in place of all that
    /// it is given, and is called when none are left.
    ///
    /// # Errors
    /// That of `fill`.
    pub fn take<E>(&mut self, fill: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Result<Nonce, E> {
        if self.left == 0 {
            fill(&mut self.bytes)?;
            self.left = POOL;
        }
        self.left -= NONCE;
        let mut nonce = [0; NONCE];
        let unused = self.bytes.iter().skip(self.left);
        nonce
            .iter_mut()
            .zip(unused)
            .for_each(|(to, from)| *to = *from);
        Ok(Nonce::from_random(nonce))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Fills with numbers that go on from where they were.
    fn counting(next: &mut u16) -> impl FnOnce(&mut [u8]) -> Result<(), ()> {
        |bytes| {
            for pair in bytes.chunks_mut(2) {
                pair.copy_from_slice(&next.to_be_bytes());
                *next += 1;
            }
            Ok(())
        }
    }

    #[test]
    fn no_byte_is_used_twice() {
        let (mut pool, mut next) = (NoncePool::default(), 0);
        let nonces: HashSet<_> = (0..1000)
            .map(|_| format!("{:?}", pool.take(counting(&mut next)).unwrap()))
            .collect();
        assert_eq!(nonces.len(), 1000);
        // Eight numbers for each, but for what is still left of the last filling.
        assert_eq!(
            usize::from(next),
            (1000_usize * NONCE).next_multiple_of(POOL) / 2
        );
    }

    #[test]
    fn without_random_bytes_there_is_no_nonce() {
        let mut pool = NoncePool::default();
        assert_eq!(pool.take(|_| Err("none")), Err("none"));
        let mut next = 0;
        assert!(pool.take(counting(&mut next)).is_ok());
        assert!(pool.take(|_| Err("none")).is_ok(), "bytes are left");
    }
}
