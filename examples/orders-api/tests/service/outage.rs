use std::time::{Duration, Instant};

use axum::Router;

use crate::{Answer, get, hardened};

/// The service over a store that is gone, and what it answers when it asks for orders.
pub(crate) async fn without_store() -> (Router, Answer) {
    let (app, store) = hardened().await;
    drop(store);

    // The embedded store first answers what it has begun with.
    let deadline = Instant::now() + Duration::from_secs(30);
    let answer = loop {
        let answer = get(&app, "/orders").await;
        if answer.status != 200 || Instant::now() > deadline {
            break answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    (app, answer)
}

#[tokio::test]
async fn a_store_that_is_down_is_told_of_and_not_hung_on() {
    let (app, answer) = without_store().await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.body["status"], 503);
    assert_eq!(get(&app, "/healthz").await.status, 200);
}
