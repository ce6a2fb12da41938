//! What services do with DynamoDB: with a guard that declares it, the answers are those without one.

mod items;
mod pages;
mod policy;
mod scans;
mod several;
mod statements;
mod steps;

use policy::Names;
use steps::Steps;

use crate::{
    client::Either,
    store::{Counted, Embedded, Moto, Store},
};

/// What a store has of the statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartiQl {
    All,
    /// Reads of a table, one by one.
    Reads,
}

#[tokio::test]
async fn dynoxide_answers_a_guarded_client_as_a_bare_one() {
    let store = Embedded::start().await;
    let steps = same_answers(&store, PartiQl::All).await;
    println!("dynoxide: {steps} steps, the same answers with a guard");
}

#[tokio::test]
async fn moto_answers_a_guarded_client_as_a_bare_one() {
    let Some(store) = Moto::start().await else {
        return;
    };
    let steps = same_answers(&store, PartiQl::Reads).await;
    println!(
        "moto: {steps} steps, the same answers with a guard (skipped are statements that write, \
         that are on an index and that are in batches: moto has them in part or not at all)"
    );
}

/// Does the same work by both clients, and answers how many steps it had.
async fn same_answers(store: &impl Store, partiql: PartiQl) -> usize {
    let names = Names::of("bare");
    names.create(&store.bare()).await;
    let bare = work(Either::Bare(store.bare()), names, partiql).await;

    let names = Names::of("guarded");
    names.create(&store.bare()).await;
    let counted = Counted::default();
    let client = store.guarded(names.policy(), &counted, policy::TENANT);
    let guarded = work(Either::Guarded(client), names, partiql).await;
    assert!(counted.requests() >= guarded.len());

    for (bare, guarded) in bare.iter().zip(&guarded) {
        assert_eq!(guarded, bare);
    }
    assert_eq!(guarded.len(), bare.len());
    bare.len()
}

async fn work(client: Either, names: Names, partiql: PartiQl) -> Vec<String> {
    let mut steps = Steps::new(client, names);
    // The futures of calls are large ones.
    Box::pin(items::work(&mut steps)).await;
    Box::pin(pages::work(&mut steps)).await;
    Box::pin(several::batches(&mut steps)).await;
    Box::pin(several::transactions(&mut steps)).await;
    Box::pin(statements::reads(&mut steps)).await;
    if partiql == PartiQl::All {
        Box::pin(statements::indexed(&mut steps)).await;
        Box::pin(statements::writes(&mut steps)).await;
        Box::pin(statements::several(&mut steps)).await;
    }
    Box::pin(scans::work(&mut steps)).await;
    steps.answers
}
