//! The entries of a batch, and how they name their orders.

use super::exchange::{Exchange, uuid};
use proptest::prelude::*;
use upbit_cancel_order::batch::Request;
use upbit_cancel_order::failure::Failure;
use upbit_cancel_order::invalid::Invalid;
use upbit_cancel_order::order_ref::OrderRef;

/// How an entry names its order.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    Uuid(usize),
    UpperUuid(usize),
    Identifier(usize),
    /// An order that the exchange does not have.
    Unknown(usize),
    /// An invalid entry.
    Wrong,
}

pub type Entry = Result<OrderRef, Failure>;

pub fn entry(exchange: &Exchange, named: Named) -> Entry {
    let known = |number: usize| &exchange.orders[number % exchange.orders.len()];
    match named {
        Named::Uuid(number) => Ok(OrderRef::Uuid(known(number).uuid.clone())),
        Named::UpperUuid(number) => Ok(OrderRef::Uuid(known(number).uuid.to_uppercase())),
        Named::Identifier(number) => {
            let order = known(number);
            let name = order.identifier.clone().map(OrderRef::Identifier);
            Ok(name.unwrap_or_else(|| OrderRef::Uuid(order.uuid.clone())))
        }
        Named::Unknown(number) => Ok(OrderRef::Uuid(uuid(200 + number % 10))),
        Named::Wrong => Err(Invalid::new("uuid", "must be one").into()),
    }
}

pub fn named() -> impl Strategy<Value = Named> {
    prop_oneof![
        6 => (0_usize..40).prop_map(Named::Uuid),
        1 => (0_usize..40).prop_map(Named::UpperUuid),
        4 => (0_usize..40).prop_map(Named::Identifier),
        1 => (0_usize..10).prop_map(Named::Unknown),
        1 => Just(Named::Wrong),
    ]
}

/// The orders that a request names.
pub fn names(request: &Request) -> Vec<OrderRef> {
    match request {
        Request::Cancel { order, .. } | Request::Lookup(order, _) => vec![order.normalized()],
        Request::CancelByIds(names) | Request::LookupByIds(names, _) => {
            names.iter().map(OrderRef::normalized).collect()
        }
    }
}
