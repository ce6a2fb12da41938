use std::fmt;
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Revision;
impl Revision {
    pub fn as_str(&self) -> &str {
        "tmp"
    }
    pub(super) fn of(_: &super::Compiled) -> Self {
        Self
    }
}
pub struct PolicyDiff;
impl fmt::Display for PolicyDiff {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
impl super::Policy {
    pub fn revision(&self) -> Revision {
        Revision
    }
    pub fn diff(&self, _: &Self) -> PolicyDiff {
        PolicyDiff
    }
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loosening {
    Routes,
}
impl fmt::Display for Loosening {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
pub struct Loosened;
impl Loosened {
    pub fn kind(&self) -> Loosening {
        Loosening::Routes
    }
    pub fn place(&self) -> &str {
        ""
    }
    pub fn told(&self) -> &str {
        ""
    }
}
pub(super) fn loosenings(_: &super::Compiled, _: &super::Compiled) -> Vec<Loosened> {
    vec![]
}
