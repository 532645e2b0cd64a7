//! The base URL of the requests: a region's host, or a URL that is safe to send a token to.

use crate::invalid::Invalid;
use crate::query::Query;

/// Error text for an unknown region code.
const REGION_CODES: &str = "must be one of \"sg\", \"id\", \"th\", \"kr\"";

/// A country with its own Upbit exchange. A key only works in the region that issued it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// Singapore.
    Singapore,
    /// Indonesia.
    Indonesia,
    /// Thailand.
    Thailand,
    /// Korea.
    Korea,
}

impl Region {
    /// Parses `sg`, `id`, `th` or `kr`.
    ///
    /// # Errors
    /// `Invalid` for any other text.
    pub fn from_code(code: &str) -> Result<Self, Invalid> {
        match code {
            "sg" => Ok(Self::Singapore),
            "id" => Ok(Self::Indonesia),
            "th" => Ok(Self::Thailand),
            "kr" => Ok(Self::Korea),
            _ => Err(Invalid::new("region", REGION_CODES)),
        }
    }

    fn origin(self) -> &'static str {
        match self {
            Self::Singapore => "https://sg-api.upbit.com",
            Self::Indonesia => "https://id-api.upbit.com",
            Self::Thailand => "https://th-api.upbit.com",
            Self::Korea => "https://api.upbit.com",
        }
    }
}

/// A parsed URL, with the fields of the WHATWG URL standard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedUrl {
    /// Scheme with its colon, such as `https:`.
    pub protocol: String,
    /// Host without the port.
    pub hostname: String,
    /// Host with the port, unless it is the scheme's default port.
    pub host: String,
    /// Path with its leading slash.
    pub pathname: String,
    /// Port, or empty for the scheme's default port.
    pub port: String,
    /// Whether the URL contains a user name or a password.
    pub has_credentials: bool,
}

/// Ports that `fetch` blocks: <https://fetch.spec.whatwg.org/#port-blocking>.
const BLOCKED_PORTS: [u16; 82] = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
    103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465,
    512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993,
    995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
    6669, 6679, 6697, 10080,
];

/// A URL that is safe to send a token to. The path of the endpoint is appended to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: String,
    host: String,
    is_loopback: bool,
}

impl BaseUrl {
    /// The base URL of a client that was given a region or a URL. The URL comes with its parsed form, or
    /// `None` if it could not be parsed.
    ///
    /// # Errors
    /// `Invalid` if both or neither are given, or if the given one is not allowed.
    pub fn choose(
        region: Option<&str>,
        base_url: Option<(&str, Option<ParsedUrl>)>,
    ) -> Result<Self, Invalid> {
        match (region, base_url) {
            (Some(code), None) => Region::from_code(code).map(Self::from),
            (None, Some((text, parsed))) => Self::check(text, parsed),
            (Some(_), Some(_)) => Err(Invalid::new(
                "region",
                "must not be given together with `baseUrl`: choose one of the two",
            )),
            (None, None) => Err(Invalid::new(
                "region",
                "or `baseUrl` is needed: there is no default region",
            )),
        }
    }

    /// Host with the port, unless it is the scheme's default port.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether the host is a loopback address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// The URL with its path prefix and without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The URL of a request.
    #[must_use]
    pub fn request_url(&self, path: &str, query: &Query) -> String {
        [&self.url, path, "?", query.wire()].concat()
    }

    fn check(text: &str, parsed: Option<ParsedUrl>) -> Result<Self, Invalid> {
        let refuse = |must| Err(Invalid::new("baseUrl", must));
        let Some(parsed) = parsed else {
            return refuse("must be an absolute URL, such as https://example.com/upbit");
        };
        if parsed.has_credentials {
            return refuse("must not contain a user name or password");
        }
        // A URL parser drops the `?` of an empty query, so this checks the text.
        if text.contains(['?', '#']) {
            return refuse("must not contain a query or a fragment");
        }
        let is_loopback = is_loopback(&parsed.hostname);
        let is_safe = match parsed.protocol.as_str() {
            "https:" => true,
            "http:" => is_loopback,
            _ => false,
        };
        if !is_safe {
            return refuse(
                "must be https:, or http: on this machine (localhost, 127.0.0.1, [::1])",
            );
        }
        let port = parsed.port.parse();
        if port.is_ok_and(|port| BLOCKED_PORTS.contains(&port)) {
            return refuse("must not use a port that `fetch` blocks, such as a mail or IRC port");
        }
        let path = parsed.pathname.trim_end_matches('/');
        Ok(Self {
            url: [&parsed.protocol, "//", &parsed.host, path].concat(),
            host: parsed.host,
            is_loopback,
        })
    }
}

impl From<Region> for BaseUrl {
    fn from(region: Region) -> Self {
        let url = region.origin();
        Self {
            url: url.to_owned(),
            host: url.strip_prefix("https://").unwrap_or(url).to_owned(),
            is_loopback: false,
        }
    }
}

/// Whether the hostname of a parsed URL is a loopback address without asking DNS.
fn is_loopback(hostname: &str) -> bool {
    matches!(hostname, "localhost" | "[::1]")
        || hostname.starts_with("127.")
            // The parser rejects a host of digits and dots that is not an IPv4 address, unless it ends
            // in two dots: then it is a name.
            && hostname
                .bytes()
                .all(|byte| byte == b'.' || byte.is_ascii_digit())
            && !hostname.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(protocol: &str, host: &str, pathname: &str) -> ParsedUrl {
        ParsedUrl {
            protocol: protocol.to_owned(),
            hostname: host.split(":8").next().unwrap().to_owned(),
            host: host.to_owned(),
            pathname: pathname.to_owned(),
            port: String::new(),
            has_credentials: false,
        }
    }

    fn given(url: ParsedUrl) -> Result<BaseUrl, Invalid> {
        BaseUrl::choose(None, Some(("written", Some(url))))
    }

    fn endpoint(base: &BaseUrl) -> String {
        base.request_url("/v1/order", &Query::new([("identifier", "a")]))
    }

    #[test]
    fn regions_have_their_hosts() {
        let hosts = [
            ("sg", "https://sg-api.upbit.com"),
            ("id", "https://id-api.upbit.com"),
            ("th", "https://th-api.upbit.com"),
            ("kr", "https://api.upbit.com"),
        ];
        for (code, origin) in hosts {
            let base = BaseUrl::choose(Some(code), None).unwrap();
            assert_eq!(endpoint(&base), format!("{origin}/v1/order?identifier=a"));
            assert_eq!(format!("https://{}", base.host()), origin);
        }
    }

    #[test]
    fn exactly_one_of_region_and_base_url() {
        let url = parsed("https:", "example.com", "/");
        let both = BaseUrl::choose(Some("sg"), Some(("https://example.com", Some(url))));
        for wrong in [
            both,
            BaseUrl::choose(None, None),
            BaseUrl::choose(Some("SG"), None),
            BaseUrl::choose(Some(""), None),
        ] {
            assert_eq!(wrong.unwrap_err().field(), "region");
        }
    }

    #[test]
    fn a_path_prefix_is_kept() {
        for pathname in ["/relay/sg", "/relay/sg/"] {
            let base = given(parsed("http:", "127.0.0.1:8787", pathname)).unwrap();
            assert_eq!(
                endpoint(&base),
                "http://127.0.0.1:8787/relay/sg/v1/order?identifier=a"
            );
            assert_eq!(base.host(), "127.0.0.1:8787");
        }
        let base = given(parsed("https:", "example.com", "/")).unwrap();
        assert_eq!(endpoint(&base), "https://example.com/v1/order?identifier=a");
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        for host in ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"] {
            assert!(given(parsed("http:", host, "/")).is_ok(), "{host}");
        }
        for host in [
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "127.example.com",
            "127..",
            "127.0.0.1..",
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
        ] {
            assert!(given(parsed("http:", host, "/")).is_err(), "{host}");
        }
        assert!(given(parsed("ftp:", "localhost", "/")).is_err());
        assert!(given(parsed("file:", "", "/tmp")).is_err());
    }

    #[test]
    fn queries_fragments_and_credentials_are_refused() {
        let mut url = parsed("https:", "example.com", "/");
        for written in [
            "https://example.com/?",
            "https://example.com/#",
            "https://example.com/?a=b",
        ] {
            let wrong = BaseUrl::choose(None, Some((written, Some(url.clone()))));
            assert_eq!(wrong.unwrap_err().field(), "baseUrl");
        }
        url.has_credentials = true;
        assert_eq!(given(url).unwrap_err().field(), "baseUrl");
        let unreadable = BaseUrl::choose(None, Some(("nonsense", None)));
        assert_eq!(unreadable.unwrap_err().field(), "baseUrl");
    }

    #[test]
    fn ports_that_fetch_refuses_are_refused_before_anything_is_sent() {
        for (port, allowed) in [("6667", false), ("22", false), ("8788", true), ("", true)] {
            let mut url = parsed("http:", "127.0.0.1", "/");
            port.clone_into(&mut url.port);
            assert_eq!(given(url).is_ok(), allowed, "{port}");
        }
    }

    #[test]
    fn only_this_machine_is_loopback() {
        assert!(
            given(parsed("http:", "localhost", "/"))
                .unwrap()
                .is_loopback()
        );
        assert!(
            !given(parsed("https:", "example.com", "/"))
                .unwrap()
                .is_loopback()
        );
        assert!(!BaseUrl::from(Region::Korea).is_loopback());
    }
}
