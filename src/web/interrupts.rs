//! The events that end a call early.

use crate::failure::StopReason;
use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::{Either, Shared, select, select_all};
use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;

/// An event that fires at most once. Any number of futures can wait for it.
#[derive(Debug)]
pub struct Event {
    /// Dropped to fire the event.
    sender: RefCell<Option<oneshot::Sender<()>>>,
    receiver: Shared<oneshot::Receiver<()>>,
}

impl Default for Event {
    fn default() -> Self {
        let (sender, receiver) = oneshot::channel();
        Self {
            sender: RefCell::new(Some(sender)),
            receiver: receiver.shared(),
        }
    }
}

impl Event {
    pub fn fire(&self) {
        self.sender.take();
    }

    pub fn has_fired(&self) -> bool {
        self.sender.borrow().is_none()
    }

    /// Waits until the event has fired.
    pub fn fired(&self) -> impl Future<Output = ()> + use<> {
        self.receiver.clone().map(|_| ())
    }
}

/// The events that end a call early. If several have fired, the first one in this order is reported.
#[derive(Clone)]
pub struct Interrupts {
    /// The caller's signal was aborted. This also ends a request in flight.
    pub aborted: Rc<Event>,
    /// The client was closed. A request in flight still completes.
    pub closed: Rc<Event>,
    /// The batch was stopped. A request in flight still completes.
    pub stopped: Rc<Event>,
}

impl Interrupts {
    fn events(&self) -> [(&Event, StopReason); 3] {
        [
            (&self.aborted, StopReason::Aborted),
            (&self.closed, StopReason::Closed),
            (&self.stopped, StopReason::BatchStopped),
        ]
    }

    /// Fails if the call may not continue.
    pub fn check(&self) -> Result<(), StopReason> {
        let fired = self
            .events()
            .into_iter()
            .find(|(event, _)| event.has_fired());
        fired.map_or(Ok(()), |(_, reason)| Err(reason))
    }

    /// Runs a future until it completes or an event fires.
    pub async fn interruptible<F: Future>(&self, future: F) -> Result<F::Output, StopReason> {
        match select(pin!(self.fired()), pin!(future)).await {
            Either::Left((reason, _)) => Err(reason),
            Either::Right((output, _)) => Ok(output),
        }
    }

    /// Waits until one of the events has fired.
    async fn fired(&self) -> StopReason {
        select_all(self.events().map(|(event, _)| event.fired())).await;
        self.check().err().unwrap_or(StopReason::BatchStopped)
    }
}
