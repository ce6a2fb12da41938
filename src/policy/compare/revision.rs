use std::{fmt, iter::once};

use super::surface::{self, What};
use crate::{Limits, fact::Fact, fingerprint::Fingerprint, policy::Compiled, schema::Shapes};

/// A number of what a policy says, in 16 hexadecimal digits.
///
/// It is a hash of 64 bits (FNV-1a) and tells policies apart that nobody made alike. It is no signature.
/// What one version of the library hashes, another one may hash differently.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Revision([u8; 16]);

impl Revision {
    /// The 16 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // They are ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn new(number: u64) -> Self {
        Self(std::array::from_fn(|place| {
            let digit = number >> (60 - 4 * place) & 0xf;
            b"0123456789abcdef"[usize::try_from(digit).unwrap_or(0)]
        }))
    }
}

impl Revision {
    /// That of a policy that is not complete.
    pub(in crate::policy) const NONE: Self = Self([b'0'; 16]);

    /// Reads through everything that a policy says, once for all nodes that say the same.
    pub(in crate::policy) fn of(policy: &Compiled) -> Self {
        let endpoints = || once(&policy.fallback).chain(policy.routes.iter().map(|(_, _, it)| it));
        let schemas = endpoints().flat_map(|endpoint| {
            let fields = surface::fields(endpoint).into_iter();
            fields.filter_map(|field| field.what.schema())
        });
        let shapes = Shapes::of(&policy.program, schemas);

        let mut print = Fingerprint::new();
        for (name, addresses) in surface::addresses(policy) {
            print.text(&name);
            addresses.facts(&mut |rule, fact| print.fact(rule, &fact));
        }
        let mut limits = LastLimits::default();
        for (name, endpoint) in
            once(("policy".into(), &policy.fallback)).chain(surface::routes(policy))
        {
            print.text(&name);
            surface::facts_but_limits(endpoint, &mut |rule, fact| print.fact(rule, &fact));
            print.number(limits.number(endpoint.limits));
            for field in surface::fields(endpoint) {
                print.text(field.part);
                print.text(field.name);
                print.number(field.required.into());
                match field.what {
                    What::Schema(id) => print.number(shapes.number(id)),
                    What::File(file) => {
                        surface::file(file, &mut |rule, fact| print.fact(rule, &fact));
                    }
                }
            }
        }
        Self::new(print.value())
    }
}

/// The limits that were looked at last, and their number: most routes have those of the policy.
#[derive(Default)]
struct LastLimits(Option<(Limits, u64)>);

impl LastLimits {
    fn number(&mut self, limits: Limits) -> u64 {
        if let Some((_, number)) = self.0.filter(|(last, _)| *last == limits) {
            return number;
        }
        let mut print = Fingerprint::new();
        for (rule, fact) in limits.facts() {
            print.fact(rule, &fact);
        }
        self.0 = Some((limits, print.value()));
        print.value()
    }
}

impl Fingerprint {
    fn fact(&mut self, rule: &str, fact: &Fact) {
        self.text(rule);
        self.shown(fact);
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_sixteen_digits() {
        assert_eq!(Revision::new(0).to_string(), "0000000000000000");
        assert_eq!(
            Revision::new(0x0123_4567_89ab_cdef).as_str(),
            "0123456789abcdef"
        );
        assert_eq!(format!("{:?}", Revision::new(u64::MAX)), "ffffffffffffffff");
    }
}
