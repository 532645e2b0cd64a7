//! The endpoints of Upbit's API that cancel orders or read them.

pub mod cancel_by_ids;
pub mod cancel_open;
pub mod cancel_order;
pub mod get_order;
pub mod list_open_orders;
pub mod list_orders_by_ids;
