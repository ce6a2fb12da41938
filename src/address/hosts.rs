//! Hosts that a configuration names.

use std::collections::HashSet;

use super::{host, name::ends_with, net::Net};

/// Names, and suffixes below which every name is meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    names: Vec<Box<str>>,
    /// Each with the dot before it.
    suffixes: Vec<Box<str>>,
}

impl Hosts {
    /// Adds `hooks.example.com`, or all names below a suffix: `*.example.com`. It is answered as DNS
    /// has it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn add(&mut self, pattern: &str) -> Result<String, &'static str> {
        const NO_NAME: &str = "is not a host name such as hooks.example.com or *.example.com";
        const ADDRESS: &str = "is an address and no host name: allow_net(..) lets addresses pass";

        let (list, dot, name) = match pattern.strip_prefix("*.") {
            Some(suffix) => (&mut self.suffixes, ".", suffix),
            None => (&mut self.names, "", pattern),
        };
        let told = || {
            if Net::parse(pattern).is_ok() {
                ADDRESS
            } else {
                NO_NAME
            }
        };
        let name = host::registrable(name).ok_or_else(told)?;
        let known = format!("{dot}{name}");
        list.push(known.clone().into());
        Ok(known)
    }

    /// As they are written in a configuration.
    pub(super) fn patterns(&self) -> impl Iterator<Item = String> {
        let names = self.names.iter().map(ToString::to_string);
        names.chain(self.suffixes.iter().map(|suffix| format!("*{suffix}")))
    }

    /// Whether all that is among the other ones is among these.
    pub(super) fn hold(&self, others: &Self) -> bool {
        let names: HashSet<&str> = self.names.iter().map(|name| &**name).collect();
        let suffixes: HashSet<&str> = self.suffixes.iter().map(|suffix| &**suffix).collect();
        // All of them are in lower case. Of `a.b.c`, the suffixes are `.b.c` and `.c`.
        let is_below = |name: &str| {
            let mut dots = name.match_indices('.');
            dots.any(|(at, _)| suffixes.contains(&name[at..]))
        };
        let mut other_names = others.names.iter();
        let mut other_suffixes = others.suffixes.iter();
        other_names.all(|name| names.contains(&**name) || is_below(name))
            && other_suffixes.all(|suffix| is_below(suffix))
    }

    /// Whether a name without trailing dot is among them, in any case.
    pub(super) fn contain(&self, name: &[u8]) -> bool {
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        self.names.iter().any(|known| is(known))
            || self
                .suffixes
                .iter()
                .any(|suffix| ends_with(name, suffix.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_whole_labels() {
        let mut hosts = Hosts::default();
        for pattern in ["Hooks.Example.com", "*.partner.example", "*.bücher.example"] {
            assert!(hosts.add(pattern).is_ok(), "{pattern}");
        }
        for name in [
            "hooks.example.com",
            "HOOKS.EXAMPLE.COM",
            "a.partner.example",
            "a.b.partner.example",
            "a.xn--bcher-kva.example",
        ] {
            assert!(hosts.contain(name.as_bytes()), "{name}");
        }
        for name in [
            "",
            "example.com",
            "a.hooks.example.com",
            "partner.example",
            ".partner.example",
            "apartner.example",
            "partner.example.com",
        ] {
            assert!(!hosts.contain(name.as_bytes()), "{name}");
        }
        for pattern in [
            "",
            "*",
            "*.",
            "*.*.a",
            "a.*",
            "*a.example",
            "10.0.0.1",
            "*.1",
            "https://a.b",
        ] {
            assert!(hosts.add(pattern).is_err(), "{pattern}");
        }
    }
}
