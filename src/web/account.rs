//! The keys and the place of one account: what a client holds on to.

use super::budgets::{Budgets, SharedBudget};
use super::fetch::METHOD;
use super::nonces::Nonces;
use super::object::object;
use super::signal::Signal;
use crate::access_key::AccessKey;
use crate::base_url::BaseUrl;
use crate::cancellation::Halt;
use crate::credentials::Credentials;
use crate::query::Query;
use crate::settings::Settings;
use crate::stack;
use crate::token::Claims;
use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

/// What all accounts of the process have in common.
#[derive(Default)]
pub struct Shared {
    budgets: Budgets,
    nonces: Nonces,
}

/// One key pair at one host. The keys are gone, and overwritten, once it is closed.
pub struct Account {
    credentials: RefCell<Option<Credentials>>,
    base_url: BaseUrl,
    /// Fired when the keys are gone.
    pub closed: Signal,
    pub budget: SharedBudget,
    nonces: Nonces,
    pub settings: Settings,
}

/// A signed request. The token in it is good for one use.
pub struct SignedRequest {
    pub url: String,
    pub token: Zeroizing<String>,
    pub access_key: Rc<AccessKey>,
}

impl Account {
    pub fn new(
        credentials: Credentials,
        base_url: BaseUrl,
        settings: Settings,
        shared: &Shared,
    ) -> Self {
        let budget = shared
            .budgets
            .of_account(credentials.access_key().text(), base_url.host());
        stack::wipe();
        Self {
            credentials: RefCell::new(Some(credentials)),
            base_url,
            closed: Signal::default(),
            budget,
            nonces: shared.nonces.clone(),
            settings,
        }
    }

    pub fn close(&self) {
        drop(self.credentials.take());
        self.closed.fire();
    }

    pub fn is_closed(&self) -> bool {
        self.closed.is_fired()
    }

    /// Signs the query with a fresh nonce.
    pub fn sign(&self, query: &Query) -> Result<SignedRequest, Halt> {
        self.with_claims(query, |claims, credentials| SignedRequest {
            url: self.base_url.endpoint(query),
            token: claims.sign(credentials),
            access_key: credentials.access_key().clone(),
        })
    }

    /// Method, URL and claims of a request, as a plain JavaScript object.
    pub fn preview(&self, query: &Query) -> Result<JsValue, Halt> {
        self.with_claims(query, |claims, _| {
            let claims = object([
                ("access_key", claims.access_key.text().into()),
                ("nonce", claims.nonce.into()),
                ("query_hash", claims.query_hash.into()),
                ("query_hash_alg", claims.query_hash_alg.into()),
            ]);
            object([
                ("method", METHOD.into()),
                ("url", self.base_url.endpoint(query).into()),
                ("claims", claims),
            ])
        })
    }

    fn with_claims<T>(
        &self,
        query: &Query,
        make: impl FnOnce(Claims<'_>, &Credentials) -> T,
    ) -> Result<T, Halt> {
        let credentials = self.credentials.borrow();
        let credentials = credentials.as_ref().ok_or(Halt::Closed)?;
        let nonce = self.nonces.next().ok_or(Halt::NoRandomness)?;
        let claims = Claims::new(credentials, query, nonce);
        Ok(make(claims, credentials))
    }
}
