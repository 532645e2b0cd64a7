//! The public half of a key pair, in the two forms that a request needs.

use crate::json::write_text;
use alloc::string::String;
use core::fmt;
use zeroize::Zeroizing;

/// An access key. It names an account, so it is wiped like a secret.
pub struct AccessKey {
    text: Zeroizing<String>,
    json: Zeroizing<String>,
}

impl AccessKey {
    /// The key as it stands in every token of its account.
    #[must_use]
    pub fn new(text: Zeroizing<String>) -> Self {
        // Room for a key of escapes alone: a text that grows leaves a copy behind.
        let mut json = Zeroizing::new(String::with_capacity(2 + 6 * text.len()));
        write_text(&text, &mut json);
        Self { text, json }
    }

    /// As the account's owner gave it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// As a JSON string, with its quotation marks.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AccessKey { .. }")
    }
}
