//! What differs between the endpoints of Upbit's API.

use crate::json_value::JsonValue;
use crate::problem::BadResponse;
use crate::query::Query;
use crate::rate_budget::RateGroup;

/// HTTP method of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Cancels.
    Delete,
}

impl Method {
    /// As it stands in a request.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Delete => "DELETE",
        }
    }
}

/// Whether a request may be sent again after an answer that was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterLostAnswer {
    /// Sending it twice has the effect of sending it once.
    Repeat,
    /// A second one would do something else.
    Stop,
}

/// One endpoint with the parameters of one request.
pub trait Endpoint {
    /// HTTP method. `DELETE` cancels, `GET` reads.
    const METHOD: Method;
    /// Path below the base URL.
    const PATH: &'static str;
    /// The group in which Upbit counts its requests.
    const GROUP: RateGroup;
    /// What a lost answer means for a repeat.
    const AFTER_LOST_ANSWER: AfterLostAnswer;
    /// What a success tells.
    type Answer<J: JsonValue>;

    /// The query, fixed for all attempts.
    fn query(&self) -> Query;

    /// Reads the body of a 2xx answer.
    ///
    /// # Errors
    /// `BadResponse` if it is not an answer to this request.
    fn accept<J: JsonValue>(&self, body: J) -> Result<Self::Answer<J>, BadResponse>;
}
