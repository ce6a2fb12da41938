//! A connection that leads nowhere.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard},
};

use aws_smithy_runtime_api::{
    client::{
        http::{
            HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings,
            SharedHttpConnector,
        },
        orchestrator::{HttpRequest, HttpResponse},
        runtime_components::RuntimeComponents,
    },
    http::StatusCode,
};
use aws_smithy_types::{body::SdkBody, byte_stream::ByteStream};

/// Keeps the requests that it is to send, and answers them itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stub(Arc<Mutex<Exchange>>);

#[derive(Debug, Default)]
struct Exchange {
    sent: Vec<Sent>,
    answers: VecDeque<(u16, &'static str)>,
}

/// A request that would have left this machine.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) uri: String,
    pub(crate) target: String,
    /// As it was read to its end, whatever it claimed to be.
    pub(crate) body: String,
}

impl Stub {
    /// Answers with these statuses and bodies first, and with an empty success from then on.
    pub(crate) fn answering(answers: &[(u16, &'static str)]) -> Self {
        let stub = Self::default();
        stub.exchange().answers.extend(answers);
        stub
    }

    /// The requests so far.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.exchange().sent.clone()
    }

    fn exchange(&self) -> MutexGuard<'_, Exchange> {
        self.0.lock().expect("no test panicked while it sent")
    }

    async fn answer(self, mut request: HttpRequest) -> HttpResponse {
        let body = ByteStream::new(request.take_body()).collect().await;
        let body = body.expect("a body that ends").to_vec();
        let target = request.headers().get("x-amz-target");
        let sent = Sent {
            uri: request.uri().to_owned(),
            target: target.unwrap_or_default().to_owned(),
            body: String::from_utf8(body).expect("a body of text"),
        };
        let mut exchange = self.exchange();
        exchange.sent.push(sent);
        let (status, body) = exchange.answers.pop_front().unwrap_or((200, "{}"));
        let status = StatusCode::try_from(status).expect("a status");
        HttpResponse::new(status, SdkBody::from(body))
    }
}

impl HttpConnector for Stub {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let stub = self.clone();
        HttpConnectorFuture::new(async move { Ok(stub.answer(request).await) })
    }
}

impl HttpClient for Stub {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
