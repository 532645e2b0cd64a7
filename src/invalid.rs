//! The error for an invalid argument.

use std::fmt;

/// An invalid argument. Its text names the argument and what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    message: String,
}

impl Invalid {
    /// `must` completes the sentence that begins with the name of the field: "must not be empty".
    #[must_use]
    pub fn new(field: &str, must: &str) -> Self {
        Self {
            message: ["`", field, "` ", must].concat(),
        }
    }

    /// An unknown option. The text suggests the most similar known one.
    #[must_use]
    pub fn unknown_option(name: &str, known: &[&str]) -> Self {
        let suggestion = match closest(name, known) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("the options are {}", distinct(known).join(", ")),
        };
        Self::new(name, &format!("is not an option here; {suggestion}"))
    }

    /// The name of the field in JavaScript.
    #[cfg(test)]
    #[must_use]
    pub fn field(&self) -> &str {
        self.message.split('`').nth(1).unwrap_or_default()
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// Names that differ by more edits than this are not suggested.
const MAX_EDITS: usize = 3;

/// Each name once. A call accepts some options of its client, so they occur twice.
fn distinct<'a>(known: &[&'a str]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for name in known {
        if !names.contains(name) {
            names.push(*name);
        }
    }
    names
}

/// The known name that contains the given one (`timeout`: `timeoutMs`) or is contained in it (`abortSignal`: `signal`),
/// or the one with the fewest edits.
fn closest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let given = given.to_ascii_lowercase();
    let contains = |name: &&&str| {
        let name = name.to_ascii_lowercase();
        !given.is_empty() && (name.contains(&given) || given.contains(&name))
    };
    let edits = |name: &str| strsim::osa_distance(&given, &name.to_ascii_lowercase());
    let fewest_edits = || known.iter().min_by_key(|name| edits(name));
    known
        .iter()
        .find(contains)
        .or_else(|| fewest_edits().filter(|name| edits(name) <= MAX_EDITS))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_option_suggests_a_similar_one() {
        let known = [
            "timeoutMs",
            "maxRetries",
            "baseUrl",
            "accessKey",
            "signal",
            "timeoutMs",
        ];
        for (given, meant) in [
            ("timeout", Some("timeoutMs")),
            ("retries", Some("maxRetries")),
            ("baseURL", Some("baseUrl")),
            ("base_url", Some("baseUrl")),
            ("acessKey", Some("accessKey")),
            ("abortSignal", Some("signal")),
            ("proxy", None),
            ("", None),
        ] {
            let text = Invalid::unknown_option(given, &known).to_string();
            match meant {
                Some(name) => assert!(text.contains(&format!("did you mean `{name}`")), "{text}"),
                None => assert!(
                    text.ends_with("are timeoutMs, maxRetries, baseUrl, accessKey, signal"),
                    "{text}"
                ),
            }
        }
    }
}
