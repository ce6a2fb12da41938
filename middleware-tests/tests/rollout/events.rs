//! The events, and how many there are.

use middleware_tests::{answer, by_path, get, log::Log, policy};
use tower_harden::{Field, HardenLayer, Policy, RouteSchema};

fn layer() -> HardenLayer {
    by_path(policy(Policy::builder().get(
        "/",
        RouteSchema::new().query("limit", Field::integer(1..)),
    )))
}

#[tokio::test]
async fn a_flood_is_told_in_few_events_and_counted() {
    let layer = layer().max_events_per_second(3);
    let log = Log::record();
    for _ in 0..1000 {
        assert_eq!(answer(&layer, get("/?limit=0")).await.status(), 422);
    }
    let first = log.take();
    assert!(first.len() < 1000, "{}", first.len());
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    answer(&layer, get("/?limit=0")).await;
    let dropped = |event: &String| {
        let (_, behind) = event.split_once("harden.dropped=")?;
        behind.split(' ').next()?.parse::<usize>().ok()
    };
    let events = [first, log.take()].concat();
    let told: usize = events.iter().filter_map(dropped).sum();
    assert_eq!(events.len() + told, 1001);
}

#[tokio::test]
async fn without_events_requests_are_refused_all_the_same() {
    let layer = layer().max_events_per_second(0);
    let log = Log::record();
    assert_eq!(answer(&layer, get("/?limit=0")).await.status(), 422);
    assert_eq!(log.take(), [""; 0]);
}
