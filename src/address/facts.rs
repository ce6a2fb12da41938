//! What an address policy says, rule by rule, and whether one lets pass what another one does not.

use std::collections::{BTreeSet, HashSet};

use super::{AddressPolicy, net::Net, policy::Nested};
use crate::fact::Fact;

impl AddressPolicy {
    /// What is said of each rule. What is not said is as in [`deny_internal`](Self::deny_internal).
    pub(crate) fn facts(&self, tell: &mut dyn FnMut(&'static str, Fact)) {
        let mut opened = |rule, patterns: BTreeSet<String>| {
            if !patterns.is_empty() {
                tell(rule, Fact::Opened(patterns));
            }
        };
        opened("allow_host", self.allowed.patterns().collect());
        opened(
            "allow_net",
            self.nets.iter().map(ToString::to_string).collect(),
        );
        if let Some(only) = &self.only {
            tell("only_hosts", Fact::Only(only.patterns().collect()));
        }
        if let Some(ports) = &self.ports {
            let ports = ports.iter().map(ToString::to_string);
            tell("only_ports", Fact::Only(ports.collect()));
        }
        if self.https_only {
            tell("https_only", Fact::Demand("yes".into()));
        }
        let text = match self.nested {
            Nested::Everywhere => "refused in text and urls",
            Nested::InText => "refused in text",
            Nested::Nowhere => "ignored",
        };
        tell("nested_urls", Fact::Openness(self.nested.level(), text));
        if !self.translators.is_empty() {
            // The first one that an address is of decides.
            let translators: Vec<String> =
                self.translators.iter().map(ToString::to_string).collect();
            tell("nat64", Fact::Other(translators.join(", ")));
        }
        if self.metadata {
            tell("allow_metadata", Fact::Openness(1, "yes"));
        }
    }

    /// The rules by which something may pass that does not pass by `base`. What cannot be shown to be
    /// refused is one.
    pub(crate) fn looser_than(&self, base: &Self) -> Vec<&'static str> {
        let nets: HashSet<&Net> = base.nets.iter().collect();
        let mut own_nets = self.nets.iter();
        let nets = own_nets.all(|own| own.around().any(|net| nets.contains(&net)));
        let only = match (&self.only, &base.only) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(base)) => base.hold(own),
        };
        let ports = match (&self.ports, &base.ports) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(base)) => {
                let base: BTreeSet<&u16> = base.iter().collect();
                own.iter().all(|port| base.contains(port))
            }
        };
        let rules = [
            ("allow_host", base.allowed.hold(&self.allowed)),
            ("allow_net", nets),
            ("only_hosts", only),
            ("only_ports", ports),
            ("https_only", self.https_only || !base.https_only),
            ("nested_urls", self.nested.level() <= base.nested.level()),
            ("nat64", self.translators == base.translators),
            ("allow_metadata", base.metadata || !self.metadata),
        ];
        let looser = rules.into_iter().filter(|(_, within)| !within);
        looser.map(|(rule, _)| rule).collect()
    }
}

impl Nested {
    /// How much passes.
    const fn level(self) -> u8 {
        match self {
            Self::Everywhere => 0,
            Self::InText => 1,
            Self::Nowhere => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ConfigError;

    #[test]
    fn each_rule_is_looser_one_way_alone() -> Result<(), ConfigError> {
        let new = AddressPolicy::deny_internal;
        for (rule, loose, tight) in [
            (
                "allow_host",
                new().allow_host("*.internal.example")?,
                new().allow_host("a.internal.example")?,
            ),
            ("allow_host", new().allow_host("a.internal")?, new()),
            (
                "allow_net",
                new().allow_net("10.0.0.0/8")?,
                new().allow_net("10.1.0.0/16")?,
            ),
            ("only_hosts", new(), new().only_hosts(["a.example"])?),
            (
                "only_hosts",
                new().only_hosts(["*.example.com"])?,
                new().only_hosts(["*.a.example.com", "b.example.com"])?,
            ),
            (
                "only_ports",
                new().only_ports([80, 443]),
                new().only_ports([443]),
            ),
            ("https_only", new(), new().https_only()),
            ("nested_urls", new(), new().nested_urls()),
            ("nested_urls", new().dangerous().ignore_nested_urls(), new()),
            ("allow_metadata", new().dangerous().allow_metadata(), new()),
        ] {
            assert_eq!(loose.looser_than(&tight), [rule], "{loose:?}");
            assert_eq!(tight.looser_than(&loose), [""; 0], "{tight:?}");
        }
        let (one, other) = (new().nat64("64:ff9b:1::/96")?, new());
        assert_eq!(one.looser_than(&other), ["nat64"]);
        assert_eq!(other.looser_than(&one), ["nat64"]);
        Ok(())
    }

    #[test]
    fn facts_are_those_that_were_said() -> Result<(), ConfigError> {
        let facts = |policy: &AddressPolicy| {
            let mut facts = Vec::new();
            policy.facts(&mut |rule, fact| facts.push(format!("{rule}: {fact}")));
            facts
        };
        let nested = "nested_urls: refused in text";
        assert_eq!(facts(&AddressPolicy::deny_internal()), [nested]);
        let policy = AddressPolicy::deny_internal()
            .allow_host("Hooks.internal")?
            .allow_net("10.1.0.0/16")?
            .only_ports([443, 80])
            .https_only();
        assert_eq!(
            facts(&policy),
            [
                "allow_host: hooks.internal",
                "allow_net: 10.1.0.0/16",
                "only_ports: 443, 80",
                "https_only: yes",
                nested
            ]
        );
        Ok(())
    }
}
