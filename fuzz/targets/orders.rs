//! From an order's reference to the query: what is sent is read back by a URL parser, and what is
//! hashed is the text itself.
//!
//! First line: the UUID, or `-` for none; the rest is the identifier.

use super::fields;
use sha2::{Digest, Sha512};
use upbit_cancel_order::order_ref::OrderRef;
use upbit_cancel_order::query::Query;

pub fn run(data: &[u8]) {
    let Some([uuid, identifier]) = fields(data) else {
        return;
    };
    let uuid = Some(uuid).filter(|uuid| *uuid != "-");
    both(uuid, identifier);
    alone(&OrderRef::Identifier(identifier.to_owned()));
    if let Some(uuid) = uuid {
        assert_eq!(
            OrderRef::new(Some(uuid.to_owned()), None).is_ok(),
            is_uuid(uuid)
        );
    }
}

fn both(uuid: Option<&str>, identifier: &str) {
    let order = OrderRef::new(uuid.map(str::to_owned), Some(identifier.to_owned()));
    match order {
        Ok(OrderRef::Uuid(taken)) => {
            assert!(Some(taken.as_str()) == uuid && is_uuid(&taken));
            let query = Query::of(&OrderRef::Uuid(taken.clone()));
            assert_eq!(query.wire(), format!("uuid={taken}"));
        }
        Ok(OrderRef::Identifier(taken)) => assert!(uuid.is_none() && taken == identifier),
        Err(invalid) if identifier.is_empty() => assert_eq!(invalid.field(), "identifier"),
        Err(invalid) => {
            assert_eq!(invalid.field(), "uuid");
            assert!(!uuid.is_some_and(is_uuid));
        }
    }
}

fn alone(order: &OrderRef) {
    let query = Query::of(order);
    let (name, value) = order.parameter();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%=".contains(&byte);
    assert!(query.wire().bytes().all(plain));
    let url = format!("https://example.com/v1/order?{}", query.wire());
    let parsed = url::Url::parse(&url).unwrap();
    assert_eq!(parsed.as_str(), url);
    let pairs: Vec<_> = parsed.query_pairs().collect();
    assert_eq!(pairs, [(name.into(), value.into())]);
    let hash = Sha512::digest(format!("{name}={value}"));
    let digits: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(query.hash(), digits.concat());
}

/// 8-4-4-4-12 hexadecimal digits, said in another way.
fn is_uuid(text: &str) -> bool {
    let hexadecimal = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.into_iter().all(hexadecimal)
}
