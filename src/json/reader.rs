//! From text to `Json`, by recursive descent.

use super::Json;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// Deeper than any answer, and no trouble for the stack.
const DEEPEST: usize = 128;

pub fn read(text: &str) -> Option<Json<'_>> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Json<'a>> {
        self.skip_space();
        match self.rest.as_bytes().first()? {
            b'{' if depth < DEEPEST => self.object(depth + 1),
            b'[' if depth < DEEPEST => self.array(depth + 1),
            b'"' => self.text().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.literal(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json<'a>> {
        let members = self.list('{', '}', |reader| {
            reader.skip_space();
            let name = reader.text()?;
            reader.skip_space();
            reader.take(':')?;
            Some((name, reader.value(depth)?))
        })?;
        Some(Json::Object(members))
    }

    fn array(&mut self, depth: usize) -> Option<Json<'a>> {
        let elements = self.list('[', ']', |reader| reader.value(depth))?;
        Some(Json::Array(elements))
    }

    fn list<T>(
        &mut self,
        open: char,
        close: char,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.take(open)?;
        self.skip_space();
        let mut items = Vec::new();
        if self.take(close).is_some() {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            self.skip_space();
            if self.take(close).is_some() {
                return Some(items);
            }
            self.take(',')?;
        }
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let before = self.rest;
        let _ = self.take('-');
        if self.take('0').is_none() {
            self.digits()?;
        }
        if self.take('.').is_some() {
            self.digits()?;
        }
        if self.take_any(&['e', 'E']).is_some() {
            let _ = self.take_any(&['+', '-']);
            self.digits()?;
        }
        let length = before.len() - self.rest.len();
        before.get(..length).map(Json::Number)
    }

    fn digits(&mut self) -> Option<()> {
        let after = self
            .rest
            .trim_start_matches(|digit: char| digit.is_ascii_digit());
        let found = after.len() < self.rest.len();
        self.rest = after;
        found.then_some(())
    }

    fn literal(&mut self) -> Option<Json<'a>> {
        ["null", "true", "false"].into_iter().find_map(|literal| {
            self.rest = self.rest.strip_prefix(literal)?;
            Some(Json::Literal(literal))
        })
    }

    /// A text; borrowed where nothing in it is escaped.
    fn text(&mut self) -> Option<Cow<'a, str>> {
        self.take('"')?;
        let mut text = Cow::Borrowed("");
        loop {
            let (plain, after) = self.rest.split_at_checked(plain_length(self.rest)?)?;
            self.rest = after;
            if text.is_empty() {
                text = Cow::Borrowed(plain);
            } else {
                text.to_mut().push_str(plain);
            }
            if self.take('"').is_some() {
                return Some(text);
            }
            self.take('\\')?;
            text.to_mut().push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let escape = self.rest.chars().next()?;
        self.take(escape)?;
        Some(match escape {
            '"' | '\\' | '/' => escape,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.utf16()?,
            _ => return None,
        })
    }

    /// A code unit, or two that make one character. Half a pair alone becomes U+FFFD: no text in
    /// Rust can hold it.
    fn utf16(&mut self) -> Option<char> {
        let first = self.code_unit()?;
        let before = self.rest;
        let pair = self.second_code_unit().and_then(|second| {
            char::decode_utf16([first, second])
                .next()?
                .ok()
                .filter(|found| found.len_utf16() == 2)
        });
        if pair.is_some() {
            return pair;
        }
        self.rest = before;
        Some(char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn second_code_unit(&mut self) -> Option<u16> {
        self.rest = self.rest.strip_prefix("\\u")?;
        self.code_unit()
    }

    fn code_unit(&mut self) -> Option<u16> {
        let (digits, after) = self.rest.split_at_checked(4)?;
        self.rest = after;
        digits.chars().try_fold(0, |unit, digit| {
            let digit = u16::try_from(digit.to_digit(16)?).ok()?;
            Some(unit * 16 + digit)
        })
    }

    fn take(&mut self, expected: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn take_any(&mut self, expected: &[char]) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }
}

/// How far a text goes without an escape or its end. `None`: it holds a raw control character, or
/// does not end.
fn plain_length(text: &str) -> Option<usize> {
    let stops = |byte: u8| byte == b'"' || byte == b'\\' || byte < b' ';
    let length = text.bytes().position(stops)?;
    (text.as_bytes().get(length)? >= &b' ').then_some(length)
}
