//! What a refusal may say: the words of the library and the names of the policy.

use http::{
    StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use tower_harden::Code;

use crate::{Answer, ProblemError};

/// The parts of a request that a refusal may name, and the headers among them.
const PARTS: &[&str] = &[
    "request", "path", "query", "header", "cookie", "form", "body",
];

/// Panics unless the answer is a problem with one of the statuses, in which every text is one of the
/// library or one of the declared `names`.
pub(super) fn assert_quiet(answer: &Answer, statuses: &[u16], names: &[&str]) {
    let status = answer.status();
    assert!(statuses.contains(&status.as_u16()), "{status}");
    let mut headers = answer.parts.headers.keys();
    assert!(headers.all(|name| [CONTENT_TYPE, CONTENT_LENGTH].contains(name)));

    let problem = answer.problem();
    assert_eq!(problem.status, status.as_u16());
    assert_eq!(Some(problem.title.as_str()), status.canonical_reason());
    assert!(!problem.errors.is_empty(), "a refusal without a reason");
    for error in &problem.errors {
        assert!(
            is_quiet(error, names),
            "a text that is not declared: {error}"
        );
    }
    let statuses: Vec<StatusCode> = problem
        .errors
        .iter()
        .map(|error| code(error).status())
        .collect();
    assert!(statuses.contains(&status), "{status} for {statuses:?}");
}

fn is_quiet(error: &ProblemError, names: &[&str]) -> bool {
    let step = |step: &str| names.contains(&step) || step.bytes().all(|byte| byte.is_ascii_digit());
    let pointer = error.pointer.as_deref().map(|pointer| pointer.split('/'));
    PARTS.contains(&error.r#in.as_str())
        && error.detail == code(error).detail()
        && error
            .parameter
            .as_deref()
            .is_none_or(|name| names.contains(&name))
        && pointer.is_none_or(|mut steps| steps.next() == Some("#") && steps.all(step))
}

fn code(error: &ProblemError) -> Code {
    let known = Code::ALL.iter().find(|code| code.as_str() == error.code);
    *known.unwrap_or_else(|| panic!("an unknown code in {error}"))
}
