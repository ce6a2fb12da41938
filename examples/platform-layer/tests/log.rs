//! What the log gets of a request, in a process of its own: the first subscriber that is asked of an event
//! decides for all threads whether it is wanted.

use std::{
    io,
    sync::{Arc, Mutex},
};

use acme_hardening::{RouterExt, hardening};
use axum::{Router, body::Body, http::Request, routing::get};
use tower::ServiceExt;
use tower_harden::{Field, Policy, RouteSchema};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn it_tells_routes_and_outcomes_and_no_value_of_a_client() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let name = RouteSchema::new().path("name", Field::string().max_length(20));
    let policy = Policy::builder().get("/hello/{name}", name);
    let broken = async || -> &'static str { panic!("swordfish") };
    let app: Router = Router::new()
        .route("/hello/{name}", get(broken))
        .hardened(hardening(policy).expect("a policy"));

    for (method, path) in [
        ("GET", "/hello/swordfish"),
        ("GET", "/hello/a?swordfish=1"),
        ("GET", "/swordfish"),
        ("SWORDFISH", "/hello/swordfish"),
    ] {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("x-fish", "swordfish");
        let answer = app
            .clone()
            .oneshot(request.body(Body::empty()).expect("a request"));
        answer.await.expect("it cannot fail");
    }

    let told = String::from_utf8_lossy(&log.0.lock().expect("no panic")).into_owned();
    assert!(!told.to_ascii_lowercase().contains("swordfish"), "{told}");
    for part in [
        r#"request{http.route="/hello/{name}" http.request.method="GET"}"#,
        "a handler panicked",
        "classification=Status code: 500",
        "query.unknown",
        r#"http.request.method="_OTHER""#,
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
