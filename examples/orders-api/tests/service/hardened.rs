use axum::{body::Body, http::Request};
use orders_api::tries;

use crate::{by, call, get, hardened, post, request, store};

#[tokio::test]
async fn what_is_printed_to_try_is_true() {
    for receivers in [vec![], vec!["127.0.0.1".to_owned()]] {
        let store = store(false).await;
        let app = orders_api::app(store.database.clone(), &receivers).expect("a service");
        for each in tries::with_receivers(&receivers) {
            let request = request(each.method, each.path, each.body);
            let request = match each.token {
                Some(token) => by(token, request),
                None => request,
            };
            let answer = call(&app, request).await;
            assert_eq!(answer.status, each.status, "{}", each.shows);
            let code = answer.body["errors"][0]["code"].as_str();
            assert_eq!(code, each.code, "{}", each.shows);
        }
    }
}

#[tokio::test]
async fn the_metadata_service_is_refused_in_every_spelling() {
    let (app, _store) = hardened().await;
    for host in [
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0xA9.0xFE.0xA9.0xFE",
        "0251.0376.0251.0376",
        "169.254.43518",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[64:ff9b::a9fe:a9fe]",
        "[fd00:ec2::254]",
        "\u{ff11}\u{ff16}\u{ff19}.\u{ff12}\u{ff15}\u{ff14}.\u{ff11}\u{ff16}\u{ff19}.\u{ff12}\u{ff15}\u{ff14}",
        "169\u{3002}254\u{3002}169\u{3002}254",
        "metadata.google.internal",
    ] {
        let answer = post(&app, "/webhooks", &format!(r#"{{"url":"http://{host}/"}}"#)).await;
        assert_eq!(answer.status, 422, "{host}");
        assert_eq!(answer.errors(), ["address.metadata #/url"], "{host}");
    }
}

#[tokio::test]
async fn bodies_that_are_read_in_two_ways_are_refused() {
    let (app, _store) = hardened().await;
    for (body, status, error) in [
        (r#"["http://169.254.169.254"]"#, 422, "type #"),
        (
            r#"{"url":"https://a.example","url":"https://b.example"}"#,
            400,
            "body.duplicate_member #/url",
        ),
        (
            r#"{"url":"https://a.example","\u0075rl":"https://b.example"}"#,
            400,
            "body.duplicate_member #/url",
        ),
        (
            r#"{"$serde_json::private::RawValue":"{}"}"#,
            400,
            "body.reserved_member #",
        ),
        (
            r#"{"url":"https://a.example","more":1}"#,
            422,
            "body.unknown_member #",
        ),
        (r#"{"url":"https://a.example"} x"#, 400, "body.malformed #"),
        ("", 400, "body.missing #"),
    ] {
        let answer = post(&app, "/webhooks", body).await;
        assert_eq!(answer.status, status, "{body}");
        assert_eq!(answer.errors(), [error], "{body}");
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let (app, _store) = hardened().await;
    for media_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let mut request = Request::post("/notes");
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        let request = request
            .body(Body::from(r#"{"text":"a"}"#))
            .expect("a request");
        assert_eq!(call(&app, request).await.status, 415, "{media_type:?}");
    }
}

#[tokio::test]
async fn a_body_of_three_megabytes_is_refused() {
    let (app, _store) = hardened().await;
    let body = format!(r#"{{"text":"{}"}}"#, "a".repeat(3_000_000));
    let answer = post(&app, "/notes", &body).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.errors(), ["body.too_large #"]);
}

#[tokio::test]
async fn what_has_no_route_is_not_found() {
    let (app, _store) = hardened().await;
    assert_eq!(get(&app, "/nothing").await.status, 404);
    assert_eq!(
        call(&app, request("DELETE", "/orders", None)).await.status,
        405
    );
}

#[tokio::test]
async fn the_guard_denies_what_the_layer_lets_through() {
    let (app, _store) = hardened().await;
    for table in ["Admins", "orders", "Order", "Orders2"] {
        let answer = get(&app, &format!("/tables/{table}")).await;
        assert_eq!(answer.status, 403, "{table}");
        assert!(!answer.body.to_string().contains(table), "{table}");
    }
    assert_eq!(get(&app, "/tables/Orders").await.status, 200);
}
