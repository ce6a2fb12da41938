//! What kinds of rules there are, so that each can have a mode.

use std::{fmt, str::FromStr};

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal;)+) => {
        /// A class of rules, for `rule_mode` of a policy or of a route.
        ///
        /// Each code belongs to one, and its `class` says to which.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum RuleClass {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl RuleClass {
            /// Every class.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in policy files, events and metrics.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

classes! {
    /// `route`: the request is for a route and a method that the policy declares. For what is not, nothing
    /// else is declared, so that nothing else of it is judged.
    Route = "route";
    /// `undeclared`: it has nothing that its route does not declare: parameters, fields, members, media
    /// types, bodies. Of a body that is not declared nobody knows how it is read: where this class is only
    /// reported, nothing else is judged of such a body.
    Undeclared = "undeclared";
    /// `reading`: it is well-formed, and two readers read it alike. What is not is not judged further:
    /// where this class is only reported, the schema of such a body holds nothing.
    Reading = "reading";
    /// `schema`: what it has is what the schemas say.
    Schema = "schema";
    /// `address`: it names no address that the policy refuses.
    Address = "address";
    /// `limit`: it has no more of anything than the limits say. The size of the body and the time that it
    /// takes to arrive hold in every mode but [`Off`](crate::Mode::Off) of a whole route.
    Limit = "limit";
}

impl fmt::Display for RuleClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a name as [`as_str`](RuleClass::as_str) writes it.
impl FromStr for RuleClass {
    type Err = crate::ConfigError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.iter().copied();
        all.find(|class| class.as_str() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|class| class.as_str()).collect();
            let told = format!("is no class of rules: they are {}", names.join(", "));
            crate::ConfigError::one(format!("{name:?}"), told)
        })
    }
}
