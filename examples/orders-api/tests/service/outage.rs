use std::time::{Duration, Instant};

use crate::{get, hardened};

#[tokio::test]
async fn a_store_that_is_down_is_told_of_and_not_hung_on() {
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
    assert_eq!(answer.status, 503);
    assert_eq!(answer.body["status"], 503);
    assert_eq!(get(&app, "/healthz").await.status, 200);
}
