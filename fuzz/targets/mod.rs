//! What the fuzzers assert: one function for each target, which takes any bytes and panics when
//! something is wrong. The tests of the crate call the same functions with the saved corpus.

pub mod answers;
pub mod base_urls;
pub mod headers;
pub mod json;
pub mod orders;
pub mod tokens;

mod judge;

type Target = fn(&[u8]);

/// Name and function of every target.
pub const ALL: [(&str, Target); 6] = [
    ("answers", answers::run),
    ("base_urls", base_urls::run),
    ("headers", headers::run),
    ("json", json::run),
    ("orders", orders::run),
    ("tokens", tokens::run),
];

/// Input as lines of text: the first ones as fields, the rest as it is.
fn fields<const N: usize>(data: &[u8]) -> Option<[&str; N]> {
    let mut lines = std::str::from_utf8(data).ok()?.splitn(N, '\n');
    let mut fields = [""; N];
    fields.fill_with(|| lines.next().unwrap_or_default());
    Some(fields)
}
