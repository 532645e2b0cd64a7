//! The budgets of all accounts in this process, shared by all clients of an account.

use super::clock;
use super::timer::Timer;
use crate::budget::{Budget, Ticket, Turn};
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::time::Duration;
use sha2::{Digest, Sha512};

/// An access key at a host, as a digest: no key stays in memory for the sake of counting.
type AccountId = [u8; 64];

type Shared = Rc<RefCell<Budget>>;

/// The budgets of all accounts that are in use.
#[derive(Clone, Default)]
pub struct Budgets(Rc<RefCell<Vec<(AccountId, Shared)>>>);

impl Budgets {
    /// Looks an account up, and forgets those that are neither used nor still counting.
    pub fn of_account(&self, access_key: &str, host: &str) -> SharedBudget {
        let digest = Sha512::new()
            .chain_update(host)
            .chain_update([0])
            .chain_update(access_key);
        let id = AccountId::from(digest.finalize());
        let now = clock::now();
        let mut budgets = self.0.borrow_mut();
        budgets.retain(|(_, budget)| Rc::strong_count(budget) > 1 || !budget.borrow().is_idle(now));
        if let Some((_, known)) = budgets.iter().find(|(account, _)| *account == id) {
            return SharedBudget(known.clone());
        }
        let budget = Shared::default();
        budgets.push((id, budget.clone()));
        SharedBudget(budget)
    }
}

/// The budget of one account at one host.
#[derive(Clone)]
pub struct SharedBudget(Shared);

/// A request that the budget has let go.
pub struct Slot {
    budget: SharedBudget,
    ticket: Ticket,
}

impl SharedBudget {
    /// Waits until a request may be sent, in the order of asking.
    pub async fn slot(&self) -> Slot {
        let place = Place {
            budget: self.clone(),
            ticket: self.0.borrow_mut().join(),
        };
        while let Turn::After(wait) = self.ask(place.ticket) {
            Timer::start(wait).signal().fired().await;
        }
        Slot {
            budget: self.clone(),
            ticket: place.ticket,
        }
    }

    fn ask(&self, ticket: Ticket) -> Turn {
        self.0.borrow_mut().ask(ticket, clock::now())
    }
}

impl Slot {
    /// Tells that the answer came, or never will.
    pub fn answered(self, remaining: Option<u32>) {
        let mut budget = self.budget.0.borrow_mut();
        budget.answered(self.ticket, clock::now(), remaining);
    }

    /// Tells that the account was refused, and sends nothing for it for a while.
    pub fn refused(self, wait: Duration) {
        let mut budget = self.budget.0.borrow_mut();
        budget.refused(self.ticket, clock::now(), wait);
    }
}

/// A place in the queue, given up when dropped.
struct Place {
    budget: SharedBudget,
    ticket: Ticket,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.budget.0.borrow_mut().leave(self.ticket);
    }
}
