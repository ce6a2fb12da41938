use super::AddressClass;
use crate::Code;

/// What was found in a value that may not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// A metadata service or platform endpoint.
    Metadata,
    /// Anything else that is not public.
    Internal,
    /// Something that two readers may read as two hosts.
    Ambiguous,
    /// A host that is not one of the only ones.
    Unlisted,
    /// A scheme that is not allowed.
    Scheme,
    /// A port that is not allowed.
    Port,
}

impl Finding {
    /// What is wrong with a class, if anything is.
    pub(super) fn of(class: AddressClass) -> Option<Self> {
        match class {
            AddressClass::Public => None,
            AddressClass::Metadata => Some(Self::Metadata),
            _ => Some(Self::Internal),
        }
    }

    pub(crate) fn code(self) -> Code {
        match self {
            Self::Metadata => Code::AddressMetadata,
            Self::Internal => Code::AddressInternal,
            Self::Ambiguous => Code::AddressAmbiguous,
            Self::Unlisted => Code::AddressUnlisted,
            Self::Scheme => Code::AddressScheme,
            Self::Port => Code::AddressPort,
        }
    }
}
