//! The [`Endpoint`] trait: everything that differs between the endpoints of Upbit's API.

use crate::json_value::JsonValue;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// HTTP method of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads orders.
    Get,
    /// Cancels orders.
    Delete,
}

impl Method {
    /// The method's name in a request.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to one endpoint, with its parameters.
pub trait Endpoint {
    /// HTTP method.
    const METHOD: Method;
    /// Path below the base URL.
    const PATH: &'static str;
    /// The rate group that Upbit counts the request in.
    const GROUP: RateGroup;
    /// Whether sending the request twice has the same effect as sending it once. If not, it is retried
    /// after a 429 only.
    const IDEMPOTENT: bool;
    /// The parsed body of a successful response.
    type Output<J: JsonValue>;

    /// The query string. It is the same for every attempt.
    fn query(&self) -> Query;

    /// Parses the body of a 2xx response.
    ///
    /// # Errors
    /// `BadResponse` if the body does not answer this request.
    fn accept<J: JsonValue>(&self, body: J) -> Result<Self::Output<J>, BadResponse>;
}
