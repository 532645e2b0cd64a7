//! Base URLs: a URL, a region and an identifier. The URL parser is not that of a JavaScript runtime, but follows
//! the same standard.
#![no_main]

use libfuzzer_sys::fuzz_target;
use upbit_cancel_order::base_url::{BaseUrl, ParsedUrl};
use upbit_cancel_order::query::Query;
use url::{Host, Url, quirks};

const REGIONS: [&str; 4] = ["sg", "id", "th", "kr"];

fuzz_target!(|input: (&str, Option<&str>, &str)| {
    let (written, region, identifier) = input;
    let url = Url::parse(written).ok();
    let given = || Some((written, url.as_ref().map(parsed)));
    let known = region.is_some_and(|code| REGIONS.contains(&code));
    assert_eq!(BaseUrl::choose(region, None).is_ok(), known);
    assert!(region.is_none() || BaseUrl::choose(region, given()).is_err());
    match BaseUrl::choose(None, given()) {
        Ok(base) => allowed(&base, written, &url.unwrap(), identifier),
        Err(_) => assert!(!url.is_some_and(|url| is_safe(&url) && url.port().is_none())),
    }
});

/// The fields of JavaScript's `URL`.
fn parsed(url: &Url) -> ParsedUrl {
    ParsedUrl {
        protocol: quirks::protocol(url).to_owned(),
        hostname: quirks::hostname(url).to_owned(),
        host: quirks::host(url).to_owned(),
        pathname: quirks::pathname(url).to_owned(),
        port: quirks::port(url).to_owned(),
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
    let query = Query::new([("identifier", identifier)]);
    let text = base.request_url("/v1/order", &query);
    let endpoint = Url::parse(&text).expect("an endpoint is a URL");
    assert_eq!(endpoint.as_str(), text, "nothing is left to be normalized");
    assert_eq!(endpoint.origin(), url.origin());
    let path = url.path().trim_end_matches('/');
    assert_eq!(endpoint.path(), format!("{path}/v1/order"));
    assert_eq!(endpoint.query(), Some(query.wire()));
    assert_eq!((endpoint.username(), endpoint.fragment()), ("", None));
    assert!(text.contains(base.host()));
}
