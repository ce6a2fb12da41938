//! How properties run, and how often they saw either outcome.

use std::cell::Cell;

use middleware_tests::readings::Outcome;
use proptest::test_runner::{Config, RngSeed};

/// The same cases in each run, unless the environment asks for others.
pub(crate) fn config() -> Config {
    let config = Config {
        failure_persistence: None,
        max_global_rejects: 1 << 20,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    Config {
        cases: 512,
        rng_seed: RngSeed::Fixed(0),
        ..config
    }
}

/// Counts outcomes: a property that only ever sees one of them says nothing.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    read: Cell<u32>,
    refused: Cell<u32>,
    no_request: Cell<u32>,
}

impl Tally {
    pub(crate) fn add(&self, outcome: &Outcome) {
        let count = match outcome {
            Outcome::Read => &self.read,
            Outcome::Refused(_) => &self.refused,
            Outcome::NoRequest => &self.no_request,
        };
        count.set(count.get() + 1);
    }

    /// Panics unless one case in ten was read and one in ten was refused.
    pub(crate) fn assert_both(&self) {
        println!("{self:?}");
        let (read, refused) = (self.read.get(), self.refused.get());
        let all = read + refused + self.no_request.get();
        assert!(read * 10 >= all && refused * 10 >= all, "{self:?}");
    }
}
