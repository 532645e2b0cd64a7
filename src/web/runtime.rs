//! What the standard library would bring: memory, and an end for panics.
//!
//! Nothing in the crate panics on purpose, and no panic is reachable from JavaScript; the handler
//! has to exist all the same. It says nothing, so the messages are not linked.

use core::arch::wasm32::unreachable;
use core::panic::PanicInfo;
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unreachable()
}
