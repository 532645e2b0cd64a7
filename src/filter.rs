//! Filters for open orders, and the checks on what the caller gave.
//!
//! For Upbit, an empty filter means the newest 20 orders of every market. Here, a filter that cancels
//! orders must name a market or a side, or say `everything: true`.

use crate::invalid::Invalid;

/// How many pairs Upbit takes in one parameter.
const MAX_PAIRS: usize = 20;

/// How many orders Upbit cancels in one request.
const MAX_ORDERS: f64 = 300.0;

/// The side of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `ask`: sell.
    Sell,
    /// `bid`: buy.
    Buy,
}

impl Side {
    /// Parses `ask` or `bid`.
    ///
    /// # Errors
    /// `Invalid` for any other text.
    pub fn from_name(name: &str) -> Result<Self, Invalid> {
        match name {
            "ask" => Ok(Self::Sell),
            "bid" => Ok(Self::Buy),
            _ => Err(Invalid::new("side", "must be \"ask\" or \"bid\"")),
        }
    }

    /// Upbit's name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sell => "ask",
            Self::Buy => "bid",
        }
    }
}

/// Which open orders to list, or to cancel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Empty for every market.
    pub markets: Vec<String>,
    /// `None` for both.
    pub side: Option<Side>,
    /// `wait`, `watch` or both. Empty for both.
    pub states: Vec<String>,
}

impl OrderFilter {
    /// Checks a filter.
    ///
    /// # Errors
    /// `Invalid` for an empty list, a market that is not `QUOTE-BASE`, or an unknown side or state.
    pub fn new(
        markets: Option<Vec<String>>,
        side: Option<&str>,
        states: Option<Vec<String>>,
    ) -> Result<Self, Invalid> {
        let states = not_empty("states", states)?;
        if states
            .iter()
            .any(|state| !matches!(state.as_str(), "wait" | "watch"))
        {
            return Err(Invalid::new(
                "states",
                "must contain only \"wait\" or \"watch\"",
            ));
        }
        Ok(Self {
            markets: checked_markets("markets", markets)?,
            side: side.map(Side::from_name).transpose()?,
            states: without_duplicates(states),
        })
    }

    /// Checks that the filter is specific enough to cancel orders.
    ///
    /// # Errors
    /// `Invalid` if it names neither a market nor a side and `everything` is not set, or if it names a
    /// market and `everything` is set.
    pub fn for_cancellation(self, everything: Option<bool>) -> Result<Self, Invalid> {
        let markets = [("markets", !self.markets.is_empty())];
        check_intent(everything, self.side, &markets)?;
        Ok(self)
    }

    /// The states to request from Upbit.
    #[must_use]
    pub fn states(&self) -> Vec<&str> {
        if self.states.is_empty() {
            vec!["wait", "watch"]
        } else {
            self.states.iter().map(String::as_str).collect()
        }
    }
}

/// Which orders come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrderBy {
    /// `desc`.
    #[default]
    NewestFirst,
    /// `asc`.
    OldestFirst,
}

impl OrderBy {
    /// Upbit's name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NewestFirst => "desc",
            Self::OldestFirst => "asc",
        }
    }
}

/// The filter of `cancelOpen`, as the caller gave it.
#[derive(Debug, Clone, Default)]
pub struct CancelOpenArguments {
    /// `ask` or `bid`.
    pub side: Option<String>,
    /// Markets to cancel in.
    pub pairs: Option<Vec<String>>,
    /// Quote currencies of the markets to cancel in.
    pub quote_currencies: Option<Vec<String>>,
    /// Markets to leave out.
    pub excluded_pairs: Option<Vec<String>>,
    /// Maximum number of orders to cancel.
    pub count: Option<f64>,
    /// `asc` or `desc`.
    pub order_by: Option<String>,
    /// Whether to cancel in every market.
    pub everything: Option<bool>,
}

/// The filter of `cancelOpen`, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOpenFilter {
    /// `None` for both.
    pub side: Option<Side>,
    /// Empty for no restriction.
    pub pairs: Vec<String>,
    /// Empty for no restriction.
    pub quote_currencies: Vec<String>,
    /// Empty for none.
    pub excluded_pairs: Vec<String>,
    /// 1 to 300.
    pub count: usize,
    /// Which orders are canceled first.
    pub order_by: OrderBy,
}

impl TryFrom<CancelOpenArguments> for CancelOpenFilter {
    type Error = Invalid;

    fn try_from(given: CancelOpenArguments) -> Result<Self, Invalid> {
        let filter = Self {
            side: given.side.as_deref().map(Side::from_name).transpose()?,
            pairs: at_most_20("pairs", checked_markets("pairs", given.pairs)?)?,
            quote_currencies: checked_currencies(given.quote_currencies)?,
            excluded_pairs: at_most_20(
                "excludedPairs",
                checked_markets("excludedPairs", given.excluded_pairs)?,
            )?,
            count: checked_count(given.count)?,
            order_by: match given.order_by.as_deref() {
                None | Some("desc") => OrderBy::NewestFirst,
                Some("asc") => OrderBy::OldestFirst,
                Some(_) => return Err(Invalid::new("orderBy", "must be \"asc\" or \"desc\"")),
            },
        };
        let by_pair = !filter.pairs.is_empty();
        let by_currency = !filter.quote_currencies.is_empty();
        if by_pair && by_currency {
            return Err(Invalid::new(
                "pairs",
                "must not be given together with `quoteCurrencies`",
            ));
        }
        let markets = [("pairs", by_pair), ("quoteCurrencies", by_currency)];
        check_intent(given.everything, filter.side, &markets)?;
        Ok(filter)
    }
}

/// `markets`: the fields that name markets, and whether the filter has them.
fn check_intent(
    everything: Option<bool>,
    side: Option<Side>,
    markets: &[(&str, bool)],
) -> Result<(), Invalid> {
    let given = markets.iter().find(|(_, is_given)| *is_given);
    match (everything, given) {
        (Some(false), _) => Err(Invalid::new("everything", "must be true or left out")),
        (Some(true), Some((field, _))) => Err(Invalid::new(
            "everything",
            &format!("must not be given together with `{field}`: choose one of the two"),
        )),
        (None, None) if side.is_none() => {
            let fields: Vec<_> = markets
                .iter()
                .map(|(field, _)| format!("`{field}`"))
                .collect();
            let fields = fields.join(", ");
            Err(Invalid::new(
                "filter",
                &format!("must name {fields} or `side`, or say `everything: true`"),
            ))
        }
        _ => Ok(()),
    }
}

fn not_empty(field: &'static str, list: Option<Vec<String>>) -> Result<Vec<String>, Invalid> {
    match list {
        Some(list) if list.is_empty() => Err(Invalid::new(
            field,
            "must not be empty: leave it out instead",
        )),
        list => Ok(list.unwrap_or_default()),
    }
}

fn checked_markets(
    field: &'static str,
    markets: Option<Vec<String>>,
) -> Result<Vec<String>, Invalid> {
    let markets = not_empty(field, markets)?;
    if markets.iter().all(|market| is_market(market)) {
        Ok(without_duplicates(markets))
    } else {
        Err(Invalid::new(
            field,
            "must contain markets as QUOTE-BASE in capitals, such as \"SGD-BTC\"",
        ))
    }
}

fn checked_currencies(currencies: Option<Vec<String>>) -> Result<Vec<String>, Invalid> {
    let currencies = not_empty("quoteCurrencies", currencies)?;
    if currencies.iter().all(|code| is_code(code)) {
        Ok(without_duplicates(currencies))
    } else {
        Err(Invalid::new(
            "quoteCurrencies",
            "must contain currency codes in capitals, such as \"SGD\"",
        ))
    }
}

fn at_most_20(field: &'static str, pairs: Vec<String>) -> Result<Vec<String>, Invalid> {
    if pairs.len() > MAX_PAIRS {
        return Err(Invalid::new(field, "must contain at most 20 markets"));
    }
    Ok(pairs)
}

fn checked_count(count: Option<f64>) -> Result<usize, Invalid> {
    let count = count.unwrap_or(MAX_ORDERS);
    if count.fract() == 0.0 && (1.0..=MAX_ORDERS).contains(&count) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 1 to 300"
        )]
        return Ok(count as usize);
    }
    Err(Invalid::new(
        "count",
        "must be a whole number from 1 to 300",
    ))
}

fn is_market(text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(quote, base)| is_code(quote) && is_code(base))
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn without_duplicates(list: Vec<String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::with_capacity(list.len());
    for text in list {
        if !unique.contains(&text) {
            unique.push(text);
        }
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn intended(
        markets: Option<&[&str]>,
        side: Option<&str>,
        everything: Option<bool>,
    ) -> Result<OrderFilter, Invalid> {
        OrderFilter::new(markets.map(list), side, None)?.for_cancellation(everything)
    }

    #[test]
    fn a_filter_that_cancels_must_be_explicit() {
        assert!(intended(Some(&["SGD-BTC"]), None, None).is_ok());
        assert!(intended(None, Some("ask"), None).is_ok());
        assert!(intended(None, None, Some(true)).is_ok());
        assert!(intended(None, Some("bid"), Some(true)).is_ok());
        for (markets, side, everything, field) in [
            (None, None, None, "filter"),
            (None, None, Some(false), "everything"),
            (Some(["SGD-BTC"].as_slice()), None, Some(true), "everything"),
            (Some(&[]), None, Some(true), "markets"),
            (Some(&["BTC"]), None, None, "markets"),
            (Some(&["sgd-btc"]), None, None, "markets"),
            (Some(&["SGD-BTC-ETH"]), None, None, "markets"),
            (Some(&["SGD-BTC,SGD-ETH"]), None, None, "markets"),
            (None, Some("buy"), None, "side"),
            (None, Some(""), None, "side"),
        ] {
            let wrong = intended(markets, side, everything);
            assert_eq!(wrong.unwrap_err().field(), field);
        }
    }

    #[test]
    fn states_alone_are_not_enough_to_cancel() {
        let filter = OrderFilter::new(None, None, Some(list(&["watch"]))).unwrap();
        assert_eq!(filter.states(), ["watch"]);
        assert_eq!(filter.for_cancellation(None).unwrap_err().field(), "filter");
        for wrong in [list(&[]), list(&["done"])] {
            let error = OrderFilter::new(None, None, Some(wrong)).unwrap_err();
            assert_eq!(error.field(), "states");
        }
    }

    /// A valid filter with a change.
    fn with(change: impl FnOnce(&mut CancelOpenArguments)) -> Result<CancelOpenFilter, Invalid> {
        let mut given = CancelOpenArguments {
            side: Some("bid".to_owned()),
            ..CancelOpenArguments::default()
        };
        change(&mut given);
        CancelOpenFilter::try_from(given)
    }

    #[test]
    fn cancel_open_reads_every_field() {
        let filter = with(|given| {
            given.pairs = Some(list(&["SGD-BTC", "SGD-BTC"]));
            given.count = Some(3.0);
            given.order_by = Some("asc".to_owned());
        });
        let filter = filter.unwrap();
        assert_eq!((filter.pairs.len(), filter.count), (1, 3));
        assert_eq!(filter.order_by, OrderBy::OldestFirst);
        assert_eq!(with(|_| ()).unwrap().count, 300);
    }

    #[test]
    fn cancel_open_refuses_ambiguous_or_invalid_filters() {
        let many = || Some((0..21).map(|number| format!("SGD-A{number}")).collect());
        let pairs = || Some(list(&["SGD-BTC"]));
        let currencies = || Some(list(&["SGD"]));
        let refused = [
            (with(|given| given.side = None), "filter"),
            (
                with(|given| (given.side, given.excluded_pairs) = (None, pairs())),
                "filter",
            ),
            (
                with(|given| (given.everything, given.pairs) = (Some(true), pairs())),
                "everything",
            ),
            (
                with(|given| {
                    (given.everything, given.quote_currencies) = (Some(true), currencies());
                }),
                "everything",
            ),
            (
                with(|given| (given.pairs, given.quote_currencies) = (pairs(), currencies())),
                "pairs",
            ),
            (with(|given| given.pairs = Some(Vec::new())), "pairs"),
            (with(|given| given.pairs = many()), "pairs"),
            (with(|given| given.excluded_pairs = many()), "excludedPairs"),
            (
                with(|given| given.quote_currencies = pairs()),
                "quoteCurrencies",
            ),
            (with(|given| given.count = Some(0.0)), "count"),
            (with(|given| given.count = Some(301.0)), "count"),
            (with(|given| given.count = Some(1.5)), "count"),
            (with(|given| given.count = Some(f64::NAN)), "count"),
            (
                with(|given| given.order_by = Some("newest".to_owned())),
                "orderBy",
            ),
            (with(|given| given.side = Some("all".to_owned())), "side"),
            (with(|given| given.everything = Some(false)), "everything"),
        ];
        for (wrong, field) in refused {
            assert_eq!(wrong.unwrap_err().field(), field);
        }
    }
}
