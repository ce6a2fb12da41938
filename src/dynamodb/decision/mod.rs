//! Whether a serialized request is one that the policy declares: a pure function of the two.
//!
//! The request is read once. What stands in one call of it is kept until the call ends, since the table,
//! the names and the values of an expression may stand behind the expression, and then held to the rules.

mod call;
mod judge;
mod request;
mod rules;
mod sink;
mod value;

use super::{AccessDenied, AccessDeniedKind, Operation, Principal, TablePolicy};
use crate::json::{Bounds, Halt, Progress, Reader};
pub(super) use call::Call;
use judge::Judge;
pub(super) use request::Listener;
use request::Request;

/// Items may be nested 32 levels deep, and each level is two objects on the wire.
const BOUNDS: Bounds = Bounds {
    depth: Bounds::DEEPEST,
    string: usize::MAX,
    number: 64,
};

/// Decides on a request by the name of its operation and its body.
pub(super) fn decide(
    policy: &TablePolicy,
    principal: Option<&Principal>,
    operation: &str,
    body: &[u8],
) -> Result<Operation, AccessDenied> {
    let Some(operation) = Operation::parse(operation) else {
        return Err(AccessDenied::new(AccessDeniedKind::Operation, None));
    };
    let denied = |kind| AccessDenied::new(kind, Some(operation));
    let judge = Judge::new(policy, principal, operation);
    let mut request = Request::new(operation, judge);
    match Reader::new(BOUNDS).read(body, true, &mut request) {
        Ok(Progress::Done) => match request.conclude() {
            None => Ok(operation),
            Some(denied) => Err(denied),
        },
        Ok(Progress::More) | Err(Halt::Syntax(_)) => Err(denied(AccessDeniedKind::Unreadable)),
        Err(Halt::Stopped) => Err(request
            .denied()
            .unwrap_or_else(|| denied(AccessDeniedKind::Unreadable))),
    }
}

/// Lets a listener hear the calls of a request.
pub(super) fn observe(operation: Operation, body: &[u8], listener: impl Listener) {
    let mut request = Request::new(operation, listener);
    // Calls that came before something unreadable were heard.
    let _ = Reader::new(BOUNDS).read(body, true, &mut request);
}
