//! A wrong argument: which one, and what it must be.

use std::fmt;

/// A wrong argument. Its text is a sentence that begins with the argument's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    field: String,
    must: String,
}

impl Invalid {
    /// Names a field and what it must be, as the end of a sentence that begins with the field.
    #[must_use]
    pub fn new(field: impl Into<String>, must: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            must: must.into(),
        }
    }

    /// An option that does not exist. Names the one that was probably meant.
    #[must_use]
    pub fn unknown_option(given: &str, known: &[&str]) -> Self {
        let must = closest(given, known).map_or_else(
            || {
                format!(
                    "is not an option here; the options are {}",
                    known.join(", ")
                )
            },
            |meant| format!("is not an option here; did you mean `{meant}`?"),
        );
        Self::new(given, must)
    }

    /// The field as it is called in JavaScript.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` {}", self.field, self.must)
    }
}

/// More changes of a letter than this make another word.
const MOST_TYPING_ERRORS: usize = 3;

/// A part of a name counts as the name (`timeout`: `timeoutMs`), and so does a name with typing errors.
fn closest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let given = given.to_ascii_lowercase();
    let part = |name: &&&str| !given.is_empty() && name.to_ascii_lowercase().contains(&given);
    let errors = |name: &str| strsim::damerau_levenshtein(&given, &name.to_ascii_lowercase());
    let nearest = || known.iter().min_by_key(|name| errors(name));
    let close = |name: &&&str| errors(name) <= MOST_TYPING_ERRORS;
    known
        .iter()
        .find(part)
        .or_else(|| nearest().filter(close))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_option_names_the_one_that_is_meant() {
        let known = ["timeoutMs", "maxRetries", "baseUrl", "accessKey"];
        for (given, meant) in [
            ("timeout", Some("timeoutMs")),
            ("retries", Some("maxRetries")),
            ("baseURL", Some("baseUrl")),
            ("base_url", Some("baseUrl")),
            ("acessKey", Some("accessKey")),
            ("proxy", None),
            ("", None),
        ] {
            let text = Invalid::unknown_option(given, &known).to_string();
            match meant {
                Some(name) => assert!(text.contains(&format!("did you mean `{name}`")), "{text}"),
                None => assert!(text.contains("the options are"), "{text}"),
            }
        }
    }
}
