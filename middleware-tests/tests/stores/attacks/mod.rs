//! What a service could be made to do by its input, with and without a guard.

mod calls;
mod came;
mod shop;
mod table;

use came::Came;
use shop::Shop;
use table::{ATTACKS, Attack, Bare};
use tower_harden::dynamodb::AccessDeniedKind;

use crate::{client::Either, store::Counted};

#[tokio::test]
async fn legitimate_calls_pass_with_and_without_shapes() {
    for (name, call) in table::LEGITIMATE {
        let bare = Shop::open().await;
        let came = call(&Either::Bare(bare.bare())).await;
        assert_eq!(came.code, None, "{name}: {}", came.text);
        assert!(!came.tells_secret() && !came.tells_other(), "{name}");
        for policy in [shop::policy(), shop::policy_with_shapes()] {
            let guarded = Shop::open().await;
            let client = guarded.guarded(policy, &Counted::default());
            let same = call(&Either::Guarded(client)).await;
            assert_eq!(same.denied, None, "{name}");
            assert_eq!(same.text, came.text, "{name}");
            assert_eq!(guarded.state().await, bare.state().await, "{name}");
        }
    }
}

#[tokio::test]
async fn attacks_take_effect_without_a_guard() {
    let mut effective = 0;
    for attack in ATTACKS {
        let shop = Shop::open().await;
        let before = shop.state().await;
        let came = (attack.call)(&Either::Bare(shop.bare())).await;
        let bare = Bare {
            code: came.code.as_deref(),
            secret: came.tells_secret(),
            other: came.tells_other(),
            changes: shop.state().await != before,
        };
        assert_eq!(bare, attack.bare, "{attack}: {}", came.text);
        effective += usize::from(bare.code.is_none() || bare.secret);
    }
    println!(
        "attacks: {effective} of {} take effect with the bare client",
        ATTACKS.len()
    );
    assert_eq!(effective, 24);
}

#[tokio::test]
async fn every_attack_is_denied_where_expressions_are_declared() {
    let mut denied = 0;
    for attack in ATTACKS {
        let came = guarded(attack, shop::policy_with_shapes()).await;
        assert_eq!(came.kind(), Some(attack.kind), "{attack}: {}", came.text);
        denied += 1;
    }
    println!("attacks: {denied} of {} denied", ATTACKS.len());
    assert_eq!(denied, 30);
}

#[tokio::test]
async fn attacks_on_the_structure_alone_need_declared_expressions() {
    let mut denied = 0;
    for attack in ATTACKS {
        let came = guarded(attack, shop::policy()).await;
        // What it reads is declared: only its shape is not.
        let structure = attack.kind == AccessDeniedKind::Expression;
        let kind = Some(attack.kind).filter(|_| !structure);
        assert_eq!(came.kind(), kind, "{attack}: {}", came.text);
        denied += usize::from(kind.is_some());
    }
    println!(
        "attacks: {denied} of {} denied without declared expressions",
        ATTACKS.len()
    );
    assert_eq!(denied, 29);
}

/// What came of an attack on a guarded client. A denied one has sent nothing and changed nothing.
async fn guarded(attack: &Attack, policy: tower_harden::dynamodb::TablePolicy) -> Came {
    let shop = Shop::open().await;
    let before = shop.state().await;
    let counted = Counted::default();
    let client = shop.guarded(policy, &counted);
    let came = (attack.call)(&Either::Guarded(client)).await;
    if came.denied.is_some() {
        assert_eq!(counted.requests(), 0, "{attack}");
        assert_eq!(shop.state().await, before, "{attack}");
    }
    came
}
