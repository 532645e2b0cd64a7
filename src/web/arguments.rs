//! Reads JavaScript arguments into Rust types. Errors name the wrong field.

use crate::base_url::{BaseUrl, ParsedUrl};
use crate::credentials::{Algorithm, Credentials};
use crate::failure::Failure;
use crate::filter::{CancelOpenArguments, CancelOpenFilter, OrderFilter};
use crate::invalid::Invalid;
use crate::order_ref::OrderRef;
use crate::settings::{Settings, requests_per_second};
use js_sys::{Array, Function, JsString, Reflect, Symbol, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Url;
use zeroize::Zeroizing;

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsValue) -> Uint8Array;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn array_from(iterable: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn own_names(object: &JsValue) -> Result<Array, JsValue>;
}

/// Options of a client.
pub const CLIENT_OPTIONS: &[&str] = &[
    "accessKey",
    "secretKey",
    "region",
    "baseUrl",
    "algorithm",
    "timeoutMs",
    "maxRetries",
    "requestsPerSecond",
];

/// Options of a call without confirmation.
pub const CALL_OPTIONS: &[&str] = &["signal", "timeoutMs", "maxRetries"];

/// Options of a call that cancels one order.
pub const CANCEL_OPTIONS: &[&str] = &["signal", "timeoutMs", "maxRetries", "confirmMs"];

/// Options of a batch.
pub const BATCH_OPTIONS: &[&str] = &[
    "signal",
    "timeoutMs",
    "maxRetries",
    "confirmMs",
    "onProgress",
];

const MUST_BE_WELL_FORMED: &str = "must be well-formed Unicode";

/// The options of a client.
pub struct ClientArguments {
    pub credentials: Credentials,
    pub base_url: BaseUrl,
    pub settings: Settings,
    pub requests_per_second: u32,
}

/// The options of a call.
pub struct CallArguments {
    pub settings: Settings,
    pub signal: Option<JsValue>,
    pub on_progress: Option<Function>,
}

/// The entries of a batch.
pub struct Entries {
    /// The entries as the caller passed them.
    pub values: Vec<JsValue>,
    /// The order that each entry names, or why it is invalid.
    pub orders: Vec<Result<OrderRef, Failure>>,
}

/// Reads an `OrderRef`.
pub fn order_ref(order: &JsValue) -> Result<OrderRef, Invalid> {
    const MUST: &str = "must be an object with a `uuid` or an `identifier`";
    let invalid = |_| Invalid::new("order", MUST);
    let order = Fields::of(order, "order").map_err(invalid)?;
    OrderRef::new(order.text("uuid")?, order.text("identifier")?)
}

/// Whether a value is an iterable object: orders, and not an order or a string.
pub fn is_iterable(value: &JsValue) -> bool {
    let iterate = Reflect::get(value, &Symbol::iterator());
    value.is_object() && iterate.is_ok_and(|method| method.is_function())
}

/// Reads the entries of a batch. Only fails if they are not iterable.
pub fn entries(orders: &JsValue) -> Result<Entries, Invalid> {
    let invalid = || Invalid::new("orders", "must be an iterable of orders, such as an array");
    if !is_iterable(orders) {
        return Err(invalid());
    }
    let values: Vec<_> = array_from(orders).map_err(|_| invalid())?.iter().collect();
    let orders = values
        .iter()
        .map(|order| order_ref(order).map_err(Failure::from))
        .collect();
    Ok(Entries { values, orders })
}

/// Reads an `OrderFilter`.
pub fn order_filter(filter: &JsValue) -> Result<OrderFilter, Invalid> {
    let filter = Fields::with_known_names(filter, "filter", &[&["markets", "side", "states"]])?;
    list_filter(&filter)
}

/// Reads a `CancelFilter`.
pub fn cancel_filter(filter: &JsValue) -> Result<OrderFilter, Invalid> {
    let filter = Fields::with_known_names(
        filter,
        "filter",
        &[&["markets", "side", "states", "everything"]],
    )?;
    list_filter(&filter)?.for_cancellation(filter.flag("everything")?)
}

/// Reads what both filters of `GET /v1/orders/open` have in common.
fn list_filter(filter: &Fields<'_>) -> Result<OrderFilter, Invalid> {
    OrderFilter::new(
        filter.texts("markets")?,
        filter.text("side")?.as_deref(),
        filter.texts("states")?,
    )
}

/// Reads a `CancelOpenFilter`.
pub fn cancel_open_filter(filter: &JsValue) -> Result<CancelOpenFilter, Invalid> {
    const NAMES: &[&str] = &[
        "side",
        "pairs",
        "quoteCurrencies",
        "excludedPairs",
        "count",
        "orderBy",
        "everything",
    ];
    let filter = Fields::with_known_names(filter, "filter", &[NAMES])?;
    CancelOpenFilter::try_from(CancelOpenArguments {
        side: filter.text("side")?,
        pairs: filter.texts("pairs")?,
        quote_currencies: filter.texts("quoteCurrencies")?,
        excluded_pairs: filter.texts("excludedPairs")?,
        count: filter.number("count")?,
        order_by: filter.text("orderBy")?,
        everything: filter.flag("everything")?,
    })
}

/// Reads the options of a client. `known`: the names of all options that are allowed.
pub fn client(options: &JsValue, known: &[&[&str]]) -> Result<ClientArguments, Invalid> {
    let options = Fields::with_known_names(options, "options", known)?;
    let access_key = options.secret("accessKey")?;
    let secret_key = options.secret("secretKey")?;
    let algorithm = match options.text("algorithm")? {
        Some(name) => Algorithm::from_name(&name)?,
        None => Algorithm::default(),
    };
    let access_key = std::str::from_utf8(&access_key)
        .map(|text| Zeroizing::new(text.to_owned()))
        .map_err(|_| Invalid::new("accessKey", MUST_BE_WELL_FORMED))?;
    Ok(ClientArguments {
        credentials: Credentials::new(access_key, &secret_key, algorithm)?,
        settings: options.settings(Settings::default())?,
        requests_per_second: requests_per_second(options.number("requestsPerSecond")?)?,
        base_url: base_url(&options)?,
    })
}

/// Reads the options of a call. `known`: the names of all options that are allowed.
pub fn call(
    options: &JsValue,
    known: &[&[&str]],
    defaults: Settings,
) -> Result<CallArguments, Invalid> {
    if options.is_undefined() {
        return Ok(CallArguments {
            settings: defaults,
            signal: None,
            on_progress: None,
        });
    }
    let options = Fields::with_known_names(options, "options", known)?;
    let callback = options.value("onProgress")?;
    let on_progress = callback.map(JsValue::dyn_into::<Function>).transpose();
    Ok(CallArguments {
        settings: options.settings(defaults)?,
        signal: options.value("signal")?,
        on_progress: on_progress.map_err(|_| Invalid::new("onProgress", "must be a function"))?,
    })
}

fn base_url(options: &Fields<'_>) -> Result<BaseUrl, Invalid> {
    let region = options.text("region")?;
    let base_url = options.text("baseUrl")?;
    let base_url = base_url.as_deref().map(|text| (text, parse_url(text)));
    BaseUrl::choose(region.as_deref(), base_url)
}

fn parse_url(text: &str) -> Option<ParsedUrl> {
    let url = Url::new(text).ok()?;
    Some(ParsedUrl {
        protocol: url.protocol(),
        hostname: url.hostname(),
        host: url.host(),
        port: url.port(),
        pathname: url.pathname(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
    })
}

/// An object that the caller passed. It may have getters or be a proxy, so each field is read only once. A
/// field that throws is an invalid argument.
struct Fields<'a>(&'a JsValue);

impl<'a> Fields<'a> {
    fn of(value: &'a JsValue, name: &'static str) -> Result<Self, Invalid> {
        if value.is_object() {
            Ok(Self(value))
        } else {
            let must = if value.is_undefined() {
                "must be an object, but is undefined"
            } else {
                "must be an object"
            };
            Err(Invalid::new(name, must))
        }
    }

    /// Fails if the object has a member with another name. A member that is `undefined` counts as absent.
    fn with_known_names(
        value: &'a JsValue,
        name: &'static str,
        known: &[&[&str]],
    ) -> Result<Self, Invalid> {
        let fields = Self::of(value, name)?;
        let unreadable = |_| Invalid::new(name, "could not be read");
        for key in own_names(value).map_err(unreadable)?.iter() {
            let key_text = key.as_string().unwrap_or_default();
            let is_known = known.iter().any(|names| names.contains(&key_text.as_str()));
            if !is_known
                && !Reflect::get(value, &key)
                    .map_err(unreadable)?
                    .is_undefined()
            {
                return Err(Invalid::unknown_option(&key_text, &known.concat()));
            }
        }
        Ok(fields)
    }

    fn value(&self, name: &'static str) -> Result<Option<JsValue>, Invalid> {
        let value = Reflect::get(self.0, &name.into());
        let value = value.map_err(|_| Invalid::new(name, "could not be read"))?;
        Ok((!value.is_undefined()).then_some(value))
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, Invalid> {
        let value = self.value(name)?;
        value
            .map(|value| text(&value, name, "must be a string"))
            .transpose()
    }

    fn texts(&self, name: &'static str) -> Result<Option<Vec<String>>, Invalid> {
        const MUST: &str = "must be an array of strings";
        let Some(value) = self.value(name)? else {
            return Ok(None);
        };
        if !Array::is_array(&value) {
            return Err(Invalid::new(name, MUST));
        }
        let entries = array_from(&value).map_err(|_| Invalid::new(name, MUST))?;
        entries
            .iter()
            .map(|entry| text(&entry, name, MUST))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Reads a key as UTF-8 without leaving a copy of it in memory: the `Uint8Array` is wiped, and the
    /// vector is never reallocated.
    fn secret(&self, name: &'static str) -> Result<Zeroizing<Vec<u8>>, Invalid> {
        let value = self.value(name)?.ok_or_else(|| {
            Invalid::new(
                name,
                "must be a string, but is undefined; if it comes from an environment variable, check that the variable is set",
            )
        })?;
        if !value.is_string() {
            return Err(Invalid::new(name, "must be a string"));
        }
        require_well_formed(&value, name)?;
        let array = TextEncoder::new().encode(&value);
        let bytes = Zeroizing::new(array.to_vec());
        array.fill(0, 0, array.length());
        Ok(bytes)
    }

    fn number(&self, name: &'static str) -> Result<Option<f64>, Invalid> {
        let number = |value: JsValue| {
            value
                .as_f64()
                .ok_or_else(|| Invalid::new(name, "must be a number"))
        };
        self.value(name)?.map(number).transpose()
    }

    fn flag(&self, name: &'static str) -> Result<Option<bool>, Invalid> {
        let flag = |value: JsValue| {
            value
                .as_bool()
                .ok_or_else(|| Invalid::new(name, "must be true or left out"))
        };
        self.value(name)?.map(flag).transpose()
    }

    fn settings(&self, defaults: Settings) -> Result<Settings, Invalid> {
        defaults.with(
            self.number("timeoutMs")?,
            self.number("maxRetries")?,
            self.number("confirmMs")?,
        )
    }
}

fn text(value: &JsValue, name: &'static str, must: &'static str) -> Result<String, Invalid> {
    let text = value.as_string().ok_or_else(|| Invalid::new(name, must))?;
    if text.contains(char::REPLACEMENT_CHARACTER) {
        require_well_formed(value, name)?;
    }
    Ok(text)
}

fn require_well_formed(text: &JsValue, name: &'static str) -> Result<(), Invalid> {
    if text.unchecked_ref::<JsString>().is_valid_utf16() {
        Ok(())
    } else {
        Err(Invalid::new(name, MUST_BE_WELL_FORMED))
    }
}
