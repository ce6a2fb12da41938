use std::{error::Error, fmt::Debug, pin::Pin};

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use tower_harden::dynamodb::{AccessDenied, AccessDeniedKind, denied};

use super::shop::{OTHER, SECRET};

/// What came of a call.
#[derive(Debug)]
pub(crate) struct Came {
    /// The error of the store, if there was one.
    pub(crate) code: Option<String>,
    /// Everything that it tells.
    pub(crate) text: String,
    pub(crate) denied: Option<AccessDenied>,
}

/// A call on its way.
pub(crate) type Coming = Pin<Box<dyn Future<Output = Came>>>;

impl Came {
    pub(crate) fn tells_secret(&self) -> bool {
        self.text.contains(SECRET)
    }

    pub(crate) fn tells_other(&self) -> bool {
        self.text.contains(OTHER)
    }

    pub(crate) fn kind(&self) -> Option<AccessDeniedKind> {
        self.denied.as_ref().map(AccessDenied::kind)
    }
}

/// Tells what comes of a call, by what `show` says of its answer.
pub(crate) fn told<T, E>(
    call: impl Future<Output = Result<T, SdkError<E>>> + 'static,
    show: impl FnOnce(T) -> String + 'static,
) -> Coming
where
    E: ProvideErrorMetadata + Error + 'static,
{
    Box::pin(async {
        match call.await {
            Ok(answer) => Came {
                code: None,
                text: show(answer),
                denied: None,
            },
            Err(error) => {
                let denied = denied(&error).cloned();
                let code = error.code().map(str::to_owned);
                let text = match error.as_service_error() {
                    Some(cause) => format!("{cause:?}"),
                    None => DisplayErrorContext(&error).to_string(),
                };
                assert!(code.is_some() || denied.is_some(), "{text}");
                Came { code, text, denied }
            }
        }
    })
}

/// Tells the whole answer.
pub(crate) fn whole<T: Debug, E>(
    call: impl Future<Output = Result<T, SdkError<E>>> + 'static,
) -> Coming
where
    E: ProvideErrorMetadata + Error + 'static,
{
    told(call, |answer| format!("{answer:?}"))
}
