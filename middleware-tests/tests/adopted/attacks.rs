//! What the two lines refuse.

use crate::served::{CUSTOMER, FORM, JSON, ORDER, Served};

/// The line, the headers and the body.
type Request = (String, &'static [&'static str], Vec<u8>);

const METADATA: &str = "http%3A%2F%2F169.254.169.254%2F";

fn sent(line: &str, headers: &'static [&'static str], body: &str) -> Request {
    (line.to_owned(), headers, body.to_owned().into_bytes())
}

fn get(target: &str) -> Request {
    sent(&format!("GET {target}"), &[], "")
}

/// An order of which a part is another one.
fn order(from: &str, to: &str) -> Request {
    let body = ORDER.replace(from, to);
    assert_ne!(body, ORDER, "{from}");
    sent("POST /v1/orders", &[JSON], &body)
}

fn hook(url: &str) -> Request {
    let body = format!(r#"{{"url":"{url}"}}"#);
    sent("POST /v1/orders/webhooks", &[JSON], &body)
}

fn log_in(body: &str) -> Request {
    sent("POST /login", &[FORM], body)
}

fn labelled(label: &str) -> Request {
    let body = format!(r#"{{"email":"a@example.com","labels":{{{label}}}}}"#);
    sent(&format!("PUT {CUSTOMER}"), &[JSON], &body)
}

/// Metadata services and the like, in each place that a string can stand in.
fn addresses() -> Vec<(Request, &'static str)> {
    vec![
        (
            hook("http://169.254.169.254/latest/meta-data/"),
            "address.metadata",
        ),
        (hook("http://0xa9fea9fe/"), "address.metadata"),
        (hook("http://[::ffff:a9fe:a9fe]/"), "address.metadata"),
        (hook("http://metadata.google.internal/"), "address.metadata"),
        (
            hook(r"http:\u002f\u002f169.254.169.254"),
            "address.metadata",
        ),
        (hook("http://10.0.0.1:6379/"), "address.internal"),
        (hook("file:///etc/passwd"), "string.format"),
        (
            order("soon", "see http://169.254.169.254/"),
            "address.metadata",
        ),
        (
            order("soon", "http://127.0.0.1:8080/admin"),
            "address.internal",
        ),
        (
            order(r#":"t""#, r#":"http://169.254.169.254/""#),
            "address.metadata",
        ),
        (
            labelled(r#""a":"http://169.254.169.254/""#),
            "address.metadata",
        ),
        (
            labelled(r#""http://169.254.169.254/":"a""#),
            "address.metadata",
        ),
        (
            get(&format!("/v1/orders?text={METADATA}")),
            "address.metadata",
        ),
        (
            sent(
                &format!("POST /login?next={METADATA}"),
                &[FORM],
                "user=a&password=b",
            ),
            "address.metadata",
        ),
        (
            log_in(&format!("user={METADATA}&password=b")),
            "address.metadata",
        ),
    ]
}

fn undeclared() -> Vec<(Request, &'static str)> {
    vec![
        (
            order(r#""note""#, r#""admin":true,"note""#),
            "body.unknown_member",
        ),
        (
            order(r#""sku""#, r#""price":0,"sku""#),
            "body.unknown_member",
        ),
        (get("/v1/orders?admin=true"), "query.unknown"),
        (log_in("user=a&password=b&admin=1"), "form.unknown"),
        (get("/admin"), "route.unknown"),
        (get("/v1/orders/1/lines"), "route.unknown"),
        (
            sent("PUT /v1/orders/1", &[JSON], ORDER),
            "method.not_allowed",
        ),
        (sent("TRACE /health", &[], ""), "method.not_allowed"),
        (sent("GET /health", &[JSON], "{}"), "body.unexpected"),
    ]
}

/// What two readers read differently.
fn twofold() -> Vec<(Request, &'static str)> {
    vec![
        (
            order(r#""note""#, r#""status":"paid","note""#),
            "body.duplicate_member",
        ),
        (
            order(r#""quantity":1"#, r#""quantity":1,"quantity":100"#),
            "body.duplicate_member",
        ),
        (get("/v1/orders?limit=1&limit=100"), "query.repeated"),
        (log_in("user=a&user=b&password=b"), "form.repeated"),
        (order(r#"{"lines""#, "\u{feff}{\"lines\""), "body.malformed"),
        (
            sent("POST /v1/orders", &["content-type: text/plain"], ORDER),
            "body.media_type",
        ),
    ]
}

/// What breaks its schema, and what is larger than anything that is needed.
fn broken() -> Vec<(Request, &'static str)> {
    vec![
        (order(r#""quantity":1"#, r#""quantity":"1""#), "type"),
        (
            order(r#""quantity":1"#, r#""quantity":101"#),
            "number.maximum",
        ),
        (
            order(r#""quantity":1"#, r#""quantity":-1"#),
            "number.minimum",
        ),
        (
            order("DESK-9", "'; DROP TABLE orders; --"),
            "string.pattern",
        ),
        (order("open", "lost"), "enum"),
        (order("[{", "[{},{"), "required"),
        (get("/v1/orders?limit=101"), "number.maximum"),
        (get("/v1/orders/%2e%2e%2fetc"), "type"),
        (get("/v1/orders/-1"), "number.minimum"),
        (get("/v1/customers/1"), "string.format"),
        (order("soon", "a\\u0000b"), "string.control"),
        (order("soon", &"a".repeat(501)), "string.max_length"),
        (order("soon", &"a".repeat(1 << 21)), "body.too_large"),
        (
            sent("POST /v1/orders", &[JSON], &"[".repeat(10_000)),
            "type",
        ),
    ]
}

#[tokio::test]
async fn attacks_are_refused() {
    let hardened = Served::hardened().await;
    let unhardened = Served::unhardened().await;
    let attacks = [addresses(), undeclared(), twofold(), broken()].concat();
    let (mut passed, mut wrong) = (0, Vec::new());
    for ((line, headers, body), code) in &attacks {
        let (status, answer) = hardened.send(line, headers, body).await;
        if !(400..500).contains(&status) || !answer.contains(&format!("\"code\":\"{code}\"")) {
            let body = String::from_utf8_lossy(&body[..body.len().min(200)]);
            wrong.push(format!("{line} {body}: {code}, and is {status} {answer}"));
        }
        let (status, _) = unhardened.send(line, headers, body).await;
        passed += u32::from(status < 400);
    }
    println!(
        "attacks adopted: {} refused, {passed} of which the project answers without the two lines",
        attacks.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(passed >= 20, "{passed}");
}
