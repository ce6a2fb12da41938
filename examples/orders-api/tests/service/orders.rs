use axum::Router;
use serde_json::{Value, json};

use crate::{Answer, call, get, hardened, post, request};

async fn patch(app: &Router, path: &str, body: &str) -> Answer {
    call(app, request("PATCH", path, Some(body))).await
}

async fn page(app: &Router, query: &str) -> (Vec<String>, Option<String>) {
    let answer = get(app, &format!("/orders{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    let ids = answer.body["orders"].as_array().expect("orders");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    (
        ids.iter().filter_map(|order| text(&order["id"])).collect(),
        text(&answer.body["cursor"]),
    )
}

#[tokio::test]
async fn an_order_is_kept_found_and_changed() {
    let (app, _store) = hardened().await;
    let body = r#"{"sku":"LAMP-1","quantity":2,"note":"ring\ntwice","callback":"https://hooks.example.com/"}"#;
    let created = post(&app, "/orders", body).await;
    assert_eq!(created.status, 201);
    let path = format!("/orders/{}", created.body["id"].as_str().expect("an id"));
    assert_eq!(get(&app, &path).await.body, created.body);

    let changed = patch(&app, &path, r#"{"quantity":3,"status":"shipped"}"#).await;
    assert_eq!(changed.status, 200);
    let mut expected = created.body;
    expected["quantity"] = json!(3);
    expected["status"] = json!("shipped");
    assert_eq!(changed.body, expected);

    assert_eq!(patch(&app, &path, "{}").await.status, 422);
}

#[tokio::test]
async fn an_order_that_is_not_there_is_not_found() {
    let (app, _store) = hardened().await;
    let path = "/orders/01a20bbb-5265-774d-818b-82c622431269";
    assert_eq!(get(&app, path).await.status, 404);
    assert_eq!(patch(&app, path, r#"{"quantity":3}"#).await.status, 404);
    assert_eq!(get(&app, "/orders/1").await.status, 422);
}

#[tokio::test]
async fn the_list_goes_on_where_it_ended() {
    let (app, _store) = hardened().await;
    post(&app, "/notes", r#"{"text":"a note"}"#).await;
    post(&app, "/webhooks", r#"{"url":"https://hooks.example.com/"}"#).await;

    let (all, cursor) = page(&app, "").await;
    assert_eq!((all.len(), cursor), (3, None));
    let (first, cursor) = page(&app, "?limit=2").await;
    let (second, _) = page(
        &app,
        &format!("?limit=2&cursor={}", cursor.expect("there is more")),
    )
    .await;
    assert_eq!([first, second].concat(), all);
}

#[tokio::test]
async fn the_list_is_narrowed_by_status() {
    let (app, _store) = hardened().await;
    let (all, _) = page(&app, "").await;
    patch(
        &app,
        &format!("/orders/{}", all[1]),
        r#"{"status":"shipped"}"#,
    )
    .await;

    assert_eq!(page(&app, "?status=shipped").await.0, [all[1].clone()]);
    let (first, cursor) = page(&app, "?status=open&limit=1").await;
    let cursor = cursor.expect("there is more");
    let (second, _) = page(&app, &format!("?status=open&limit=1&cursor={cursor}")).await;
    let mut open = [first, second].concat();
    open.sort();
    assert_eq!(open, [all[0].clone(), all[2].clone()]);
}
