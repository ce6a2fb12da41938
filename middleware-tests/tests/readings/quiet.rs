//! A word that a client writes, and that nobody may hear of.

use middleware_tests::{Answer, log::Log};
use proptest::strategy::Strategy;
use tower_harden::Rejection;

/// A word that no text of the library has.
pub(crate) fn marker() -> impl Strategy<Value = String> {
    "zq[a-z]{6}"
}

/// Panics where a refusal tells the word: in its headers, its body, its extension or the log.
pub(crate) fn assert_unheard(marker: &str, answer: &Answer, log: &Log) {
    let rejection = answer.parts.extensions.get::<std::sync::Arc<Rejection>>();
    let rejection = rejection.expect("a refusal by the layer");
    let heard = [
        format!("{:?}", answer.parts.headers),
        String::from_utf8_lossy(&answer.body).into_owned(),
        format!("{rejection} {rejection:?}"),
        log.take().join("\n"),
    ];
    for text in heard {
        assert!(!text.contains(marker), "{marker} is in {text}");
    }
}
