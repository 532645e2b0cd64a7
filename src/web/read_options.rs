//! From JavaScript's arguments to Rust's types, naming the field that is wrong.

use super::abort::CallerSignal;
use super::account::{Account, Shared};
use super::batch::Entry;
use super::object;
use crate::base_url::{BaseUrl, ParsedUrl};
use crate::credentials::{Algorithm, Credentials};
use crate::failure::Invalid;
use crate::order_ref::OrderRef;
use crate::settings::Settings;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use js_sys::{Array, Function, JsString, Reflect, Symbol, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Url;
use zeroize::Zeroizing;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn array_from(iterable: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsValue) -> Uint8Array;
}

/// What a single call may set.
pub struct CallOptions {
    pub settings: Settings,
    pub signal: Option<CallerSignal>,
}

/// Which order to cancel.
pub fn order_ref(order: &JsValue) -> Result<OrderRef, Invalid> {
    let order = Fields::of(order, "order")?;
    OrderRef::new(order.text("uuid")?, order.text("identifier")?)
}

/// The entries of a batch; a wrong one is kept with what is wrong about it.
pub fn entries(orders: &JsValue) -> Result<Vec<Entry>, Invalid> {
    let wrong = |_| Invalid::new("orders", "must be an iterable of orders");
    let iterate = Reflect::get(orders, &Symbol::iterator()).map_err(wrong)?;
    if !iterate.is_function() {
        return Err(wrong(JsValue::NULL));
    }
    let given = array_from(orders).map_err(wrong)?;
    let entry = |given: JsValue| {
        let order = order_ref(&given).map_err(Into::into);
        Entry { given, order }
    };
    Ok(given.iter().map(entry).collect())
}

/// Keys, place and limits of a client.
pub fn account(options: &JsValue, shared: &Shared) -> Result<Account, Invalid> {
    let options = Fields::of(options, "options")?;
    let access_key = options.secret("accessKey")?;
    let secret_key = options.secret("secretKey")?;
    let algorithm = match options.text("algorithm")? {
        Some(name) => Algorithm::from_name(&name)?,
        None => Algorithm::default(),
    };
    let access_key = core::str::from_utf8(&access_key)
        .map(|text| Zeroizing::new(text.to_owned()))
        .map_err(|_| Invalid::new("accessKey", ILL_FORMED))?;
    let credentials = Credentials::new(access_key, &secret_key, algorithm)?;
    let settings = options.settings(Settings::default())?;
    let base_url = base_url(&options)?;
    Ok(Account::new(credentials, base_url, settings, shared))
}

/// Limits and signal of one call.
pub fn call_options(options: &JsValue, defaults: Settings) -> Result<CallOptions, Invalid> {
    if options.is_undefined() {
        return Ok(CallOptions {
            settings: defaults,
            signal: None,
        });
    }
    let options = Fields::of(options, "options")?;
    Ok(CallOptions {
        settings: options.settings(defaults)?,
        signal: options.signal()?,
    })
}

/// The callback that is told of every finished entry.
pub fn on_progress(options: &JsValue) -> Result<Option<Function>, Invalid> {
    const NAME: &str = "onProgress";
    if options.is_undefined() {
        return Ok(None);
    }
    let callback = Fields::of(options, "options")?.value(NAME)?;
    let function = callback.map(JsValue::dyn_into::<Function>).transpose();
    function.map_err(|_| Invalid::new(NAME, "must be a function"))
}

fn base_url(options: &Fields<'_>) -> Result<BaseUrl, Invalid> {
    let region = options.text("region")?;
    let written = options.text("baseUrl")?;
    let given = written.as_deref().map(|text| (text, parse_url(text)));
    BaseUrl::choose(region.as_deref(), given)
}

fn parse_url(text: &str) -> Option<ParsedUrl> {
    let url = Url::new(text).ok()?;
    Some(ParsedUrl {
        protocol: url.protocol(),
        hostname: url.hostname(),
        host: url.host(),
        pathname: url.pathname(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
    })
}

const ILL_FORMED: &str = "must be well-formed Unicode";

/// An object of the caller's. Getters and proxies may do what they like: each field is read once,
/// and a failure to read it is a wrong argument.
struct Fields<'a>(&'a JsValue);

impl<'a> Fields<'a> {
    fn of(value: &'a JsValue, name: &'static str) -> Result<Self, Invalid> {
        if value.is_object() {
            Ok(Self(value))
        } else {
            Err(Invalid::new(name, "must be an object"))
        }
    }

    fn value(&self, name: &'static str) -> Result<Option<JsValue>, Invalid> {
        let value =
            object::get(self.0, name).map_err(|_| Invalid::new(name, "could not be read"))?;
        Ok((!value.is_undefined()).then_some(value))
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, Invalid> {
        let Some(value) = self.value(name)? else {
            return Ok(None);
        };
        let text = value
            .as_string()
            .ok_or(Invalid::new(name, "must be a string"))?;
        if text
            .chars()
            .any(|character| character == char::REPLACEMENT_CHARACTER)
        {
            require_well_formed(&value, name)?;
        }
        Ok(Some(text))
    }

    /// The UTF-8 of a text that must leave no copy behind: it takes no part in Rust's growing and
    /// moving of strings, and the intermediate array is wiped.
    fn secret(&self, name: &'static str) -> Result<Zeroizing<Vec<u8>>, Invalid> {
        let value = self
            .value(name)?
            .filter(JsValue::is_string)
            .ok_or(Invalid::new(name, "must be a string"))?;
        require_well_formed(&value, name)?;
        let array = TextEncoder::new().encode(&value);
        let bytes = Zeroizing::new(array.to_vec());
        array.fill(0, 0, array.length());
        Ok(bytes)
    }

    fn number(&self, name: &'static str) -> Result<Option<f64>, Invalid> {
        let Some(value) = self.value(name)? else {
            return Ok(None);
        };
        let number = value.as_f64();
        number
            .map(Some)
            .ok_or(Invalid::new(name, "must be a number"))
    }

    fn settings(&self, defaults: Settings) -> Result<Settings, Invalid> {
        defaults.with(self.number("timeoutMs")?, self.number("maxRetries")?)
    }

    /// By its parts and not by its class: each realm has an `AbortSignal` of its own.
    fn signal(&self) -> Result<Option<CallerSignal>, Invalid> {
        let value = self.value("signal")?;
        value.map(CallerSignal::try_from).transpose()
    }
}

fn require_well_formed(text: &JsValue, name: &'static str) -> Result<(), Invalid> {
    if text.unchecked_ref::<JsString>().is_valid_utf16() {
        Ok(())
    } else {
        Err(Invalid::new(name, ILL_FORMED))
    }
}
