//! JavaScript objects by the names of their members.

use js_sys::Object;
use wasm_bindgen::prelude::*;

// Like those of `js_sys::Reflect`, but for names that are texts of Rust's.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect)]
    pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect)]
    pub fn has(object: &JsValue, name: &str) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect)]
    fn set(object: &JsValue, name: &str, value: JsValue) -> bool;
}

/// An object with these members.
pub fn object<const N: usize>(members: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in members {
        set(&object, name, value);
    }
    object
}

/// A member of something that may not even be an object; `undefined` if there is none to be had.
pub fn property(value: &JsValue, name: &str) -> JsValue {
    if value.is_object() {
        get(value, name).unwrap_or_default()
    } else {
        JsValue::UNDEFINED
    }
}
