//! How a caller names an order.

use crate::invalid::Invalid;
use uuid::Uuid;

/// Length of a UUID in the form 8-4-4-4-12.
const HYPHENATED_LENGTH: usize = 36;

/// The UUID or identifier of an order.
///
/// Upbit takes either, and ignores the identifier if it gets both. So only one is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum OrderRef {
    /// Upbit's UUID, as the caller wrote it.
    Uuid(String),
    /// The identifier that the client chose when it placed the order.
    Identifier(String),
}

impl OrderRef {
    /// Checks the values that the caller gave.
    ///
    /// # Errors
    /// `Invalid` if neither is given, if the UUID is not in the form 8-4-4-4-12, or if the identifier is
    /// empty.
    pub fn new(uuid: Option<String>, identifier: Option<String>) -> Result<Self, Invalid> {
        if identifier.as_deref() == Some("") {
            return Err(Invalid::new("identifier", "must not be empty"));
        }
        match (uuid, identifier) {
            (Some(uuid), _) if is_hyphenated(&uuid) => Ok(Self::Uuid(uuid)),
            (Some(_), _) => Err(Invalid::new(
                "uuid",
                "must be 32 hexadecimal digits in groups of 8-4-4-4-12",
            )),
            (None, Some(identifier)) => Ok(Self::Identifier(identifier)),
            (None, None) => Err(Invalid::new("order", "needs a `uuid` or an `identifier`")),
        }
    }

    /// Name and value of the query parameter for one order.
    #[must_use]
    pub fn parameter(&self) -> (&'static str, &str) {
        match self {
            Self::Uuid(uuid) => ("uuid", uuid),
            Self::Identifier(identifier) => ("identifier", identifier),
        }
    }

    /// Name and value of the query parameter in a list of orders.
    #[must_use]
    pub fn array_parameter(&self) -> (&'static str, &str) {
        match self {
            Self::Uuid(uuid) => ("uuids[]", uuid),
            Self::Identifier(identifier) => ("identifiers[]", identifier),
        }
    }

    /// Converts a UUID to lowercase, so that equal names compare equal.
    #[must_use]
    pub fn normalized(&self) -> Self {
        match self {
            Self::Uuid(uuid) => Self::Uuid(uuid.to_ascii_lowercase()),
            Self::Identifier(_) => self.clone(),
        }
    }
}

/// The parser also takes other forms (braced, URN, no hyphens). They have another length.
fn is_hyphenated(text: &str) -> bool {
    text.len() == HYPHENATED_LENGTH && Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "cdd92199-2897-4e14-9448-f923320408ad";

    fn new(uuid: Option<&str>, identifier: Option<&str>) -> Result<OrderRef, Invalid> {
        OrderRef::new(uuid.map(str::to_owned), identifier.map(str::to_owned))
    }

    #[test]
    fn uuid_wins_over_identifier() {
        let order = new(Some(UUID), Some("mine")).unwrap();
        assert_eq!(order.parameter(), ("uuid", UUID));
    }

    #[test]
    fn identifier_is_any_text() {
        let order = new(None, Some(" 주문 #1 ")).unwrap();
        assert_eq!(order.parameter(), ("identifier", " 주문 #1 "));
    }

    #[test]
    fn case_of_a_uuid_is_kept() {
        let upper = UUID.to_uppercase();
        assert_eq!(new(Some(&upper), None), Ok(OrderRef::Uuid(upper.clone())));
    }

    #[test]
    fn wrong_values_name_their_field() {
        let braced = format!("{{{UUID}}}");
        let spaced = format!("{UUID} ");
        let cases = [
            (None, None, "order"),
            (Some(""), None, "uuid"),
            (Some("cdd9219928974e149448f923320408ad"), None, "uuid"),
            (Some(&braced), None, "uuid"),
            (Some(&spaced), None, "uuid"),
            (Some("cdd92199-2897-4e14-9448-f923320408ag"), None, "uuid"),
            (Some("cdd92199-28974-e14-9448-f923320408ad"), None, "uuid"),
            (None, Some(""), "identifier"),
            (Some(UUID), Some(""), "identifier"),
        ];
        for (uuid, identifier, field) in cases {
            assert_eq!(new(uuid, identifier).unwrap_err().field(), field);
        }
    }
}
