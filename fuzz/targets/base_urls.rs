//! Which URLs may see a token. The URL parser is not the runtime's, but follows the same standard.
//!
//! First line: the base URL; second: the region, or `-` for none; the rest is the identifier.

use super::fields;
use upbit_cancel_order::base_url::{BaseUrl, ParsedUrl};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::query::Query;
use url::{Host, Url};

const REGIONS: [&str; 4] = ["sg", "id", "th", "kr"];

pub fn run(data: &[u8]) {
    let Some([written, region, identifier]) = fields(data) else {
        return;
    };
    let region = Some(region).filter(|region| *region != "-");
    let url = Url::parse(written).ok();
    let given = || Some((written, url.as_ref().map(parsed)));
    assert_eq!(
        BaseUrl::choose(region, None).is_ok(),
        region.is_some_and(|code| REGIONS.contains(&code))
    );
    if region.is_some() {
        assert!(BaseUrl::choose(region, given()).is_err());
    }
    match BaseUrl::choose(None, given()) {
        Ok(base) => allowed(&base, written, &url.unwrap(), identifier),
        Err(invalid) => {
            assert_eq!(invalid.field(), "baseUrl");
            assert!(!url.is_some_and(|url| is_safe(&url)));
        }
    }
}

/// In the words of JavaScript's `URL`.
fn parsed(url: &Url) -> ParsedUrl {
    use url::quirks;
    ParsedUrl {
        protocol: quirks::protocol(url).to_owned(),
        hostname: quirks::hostname(url).to_owned(),
        host: quirks::host(url).to_owned(),
        pathname: quirks::pathname(url).to_owned(),
        has_credentials: !url.username().is_empty()
            || url.password().is_some_and(|word| !word.is_empty()),
    }
}

fn is_safe(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let encrypted = url.scheme() == "https" || url.scheme() == "http" && loopback;
    let bare = url.username().is_empty() && url.password().is_none();
    encrypted && bare && url.query().is_none() && url.fragment().is_none()
}

fn allowed(base: &BaseUrl, written: &str, url: &Url, identifier: &str) {
    assert!(is_safe(url), "{written}");
    let query = Query::of(&OrderRef::Identifier(identifier.to_owned()));
    let text = base.endpoint(&query);
    let endpoint = Url::parse(&text).expect("an endpoint is a URL");
    assert_eq!(endpoint.as_str(), text, "nothing is left to be normalized");
    assert_eq!(endpoint.origin(), url.origin());
    assert!(is_safe(&without_query(&endpoint)));
    assert_eq!(
        endpoint.path(),
        format!("{}/v1/order", url.path().trim_end_matches('/'))
    );
    assert_eq!(endpoint.query(), Some(query.wire()));
    assert!(text.contains(base.host()));
}

fn without_query(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url
}
