//! What ends a call from outside.

use crate::failure::StopReason;
use futures_channel::oneshot;
use futures_util::FutureExt;
use futures_util::future::{Either, Shared, select, select_all};
use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;

/// Something that happens once. Any number of futures can wait for it, and none is kept when it is dropped.
#[derive(Debug)]
pub struct Event {
    /// Dropping it ends the receiver.
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

    /// Ends when it happens.
    pub fn fired(&self) -> impl Future<Output = ()> + use<> {
        self.receiver.clone().map(|_| ())
    }
}

/// What ends a call from outside, in the order in which it is told.
#[derive(Clone)]
pub struct Interrupts {
    /// The caller's signal: ends a request under way too.
    pub aborted: std::rc::Rc<Event>,
    /// The client was closed: ends waits, and lets a request come to its end.
    pub closed: std::rc::Rc<Event>,
    /// The batch has ended: likewise.
    pub stopped: std::rc::Rc<Event>,
}

impl Interrupts {
    fn events(&self) -> [(&Event, StopReason); 3] {
        [
            (&self.aborted, StopReason::Aborted),
            (&self.closed, StopReason::Closed),
            (&self.stopped, StopReason::BatchStopped),
        ]
    }

    /// Whether the call may go on.
    pub fn check(&self) -> Result<(), StopReason> {
        let fired = self
            .events()
            .into_iter()
            .find(|(event, _)| event.has_fired());
        fired.map_or(Ok(()), |(_, halt)| Err(halt))
    }

    /// Runs a wait until it ends or is interrupted.
    pub async fn cut_short<F: Future>(&self, wait: F) -> Result<F::Output, StopReason> {
        match select(pin!(self.fired()), pin!(wait)).await {
            Either::Left((reason, _)) => Err(reason),
            Either::Right((output, _)) => Ok(output),
        }
    }

    async fn fired(&self) -> StopReason {
        select_all(self.events().map(|(event, _)| event.fired())).await;
        self.check().err().unwrap_or(StopReason::BatchStopped)
    }
}
