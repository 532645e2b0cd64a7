//! Order references: a UUID and an identifier as a caller gives them, and a list of identifiers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha512};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::query::{Query, wire_length};

fuzz_target!(|input: (Option<String>, Option<String>, Vec<String>)| {
    let (uuid, identifier, others) = input;
    chosen(uuid, identifier);
    encoded(&others);
});

fn chosen(uuid: Option<String>, identifier: Option<String>) {
    let empty = identifier.as_deref() == Some("");
    match OrderRef::new(uuid.clone(), identifier.clone()) {
        Ok(OrderRef::Uuid(taken)) => assert!(Some(&taken) == uuid.as_ref() && is_uuid(&taken)),
        Ok(OrderRef::Identifier(taken)) => {
            assert!(!empty && uuid.is_none() && Some(taken) == identifier);
        }
        Err(_) if uuid.is_none() => assert!(empty || identifier.is_none()),
        Err(_) => assert!(empty || !uuid.is_some_and(|uuid| is_uuid(&uuid))),
    }
}

fn encoded(identifiers: &[String]) {
    let query = Query::new(
        identifiers
            .iter()
            .map(|one| ("identifiers[]", one.as_str())),
    );
    let lengths = identifiers
        .iter()
        .map(|one| wire_length("identifiers[]", one) + 1);
    assert_eq!(query.wire().len(), lengths.sum::<usize>().saturating_sub(1));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%=&[]".contains(&byte);
    assert!(query.wire().bytes().all(plain));
    let url = format!("https://example.com/v1/orders/uuids?{}", query.wire());
    let parsed = url::Url::parse(&url).unwrap();
    assert_eq!(parsed.as_str(), url);
    let values: Vec<_> = parsed
        .query_pairs()
        .map(|(_, value)| value.into_owned())
        .collect();
    assert_eq!(values, identifiers);
    let pairs: Vec<_> = identifiers
        .iter()
        .map(|one| format!("identifiers[]={one}"))
        .collect();
    let hash = Sha512::digest(pairs.join("&"));
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(query.hash(), digits);
}

/// A UUID in the form 8-4-4-4-12, checked in another way than in the crate.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let digits = groups.concat();
    lengths == [8, 4, 4, 4, 12] && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
