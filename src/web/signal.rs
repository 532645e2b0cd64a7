//! Something that happens once, and futures that wait for it.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::task::{Context, Poll, Waker};

/// A flag that is raised once. Clones are the same flag.
#[derive(Clone, Default)]
pub struct Signal(Rc<State>);

#[derive(Default)]
struct State {
    fired: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Signal {
    pub fn fire(&self) {
        self.0.fired.set(true);
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }

    pub fn is_fired(&self) -> bool {
        self.0.fired.get()
    }

    /// Ends when the flag is raised.
    pub fn fired(&self) -> impl Future<Output = ()> {
        poll_fn(|context| self.poll(context))
    }

    /// Whether the flag is raised; if not, the task is woken when it is.
    pub fn poll(&self, context: &Context<'_>) -> Poll<()> {
        if self.is_fired() {
            return Poll::Ready(());
        }
        let mut waiting = self.0.waiting.borrow_mut();
        // The calls of a batch are one task: it has to be woken once.
        if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            waiting.push(context.waker().clone());
        }
        Poll::Pending
    }
}
