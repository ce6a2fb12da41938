//! Whom a call works for, and who has a say in it.

use aws_sdk_dynamodb::{
    config::{Builder, ConfigBag, Intercept, RuntimeComponents},
    operation::get_item::{GetItemInput, builders::GetItemFluentBuilder},
    types::AttributeValue,
};
use aws_smithy_runtime_api::{
    box_error::BoxError, client::interceptors::context::BeforeSerializationInterceptorContextMut,
};
use tower_harden::dynamodb::{GuardedClient, Operation, Principal, TablePolicy};

use crate::guarded::{Guarded, declare, id};

/// A table whose items belong to tenants.
fn tenants() -> TablePolicy {
    declare(|policy| {
        policy.table("Orders", |table| {
            table
                .allow([Operation::GetItem, Operation::Query])
                .partition_key("tenant")
                .read_all()
        })
    })
}

/// A call for an item of a tenant.
fn get(client: &GuardedClient, tenant: &str) -> GetItemFluentBuilder {
    let tenant = AttributeValue::S(tenant.to_owned());
    let get = client.get_item().table_name("Orders");
    get.key("tenant", tenant).key("id", id())
}

#[tokio::test]
async fn the_principal_of_a_client_has_its_own_items() {
    let guarded = Guarded::by(tenants());
    let acme = guarded.client.with_principal(Principal::new("acme"));
    assert_eq!(guarded.outcome(get(&acme, "acme").send()).await, "passed");
    for other in ["globex", "", "Acme", "acme ", "acme#", "acm"] {
        let outcome = guarded.outcome(get(&acme, other).send()).await;
        assert_eq!(outcome, "key GetItem Orders", "{other:?}");
    }
    // A client that is made of it is another's.
    let globex = acme.with_principal(Principal::new("globex"));
    let outcome = guarded.outcome(get(&globex, "acme").send()).await;
    assert_eq!(outcome, "key GetItem Orders");
    assert_eq!(
        guarded.outcome(get(&globex, "globex").send()).await,
        "passed"
    );
}

#[tokio::test]
async fn one_call_cannot_be_made_for_another_principal() {
    let guarded = Guarded::by(tenants());
    let acme = guarded.client.with_principal(Principal::new("acme"));
    for (tenant, outcome) in [("globex", "key GetItem Orders"), ("acme", "passed")] {
        let other = || Principal::new("globex").interceptor();
        let call = get(&acme, tenant).customize().interceptor(other());
        assert_eq!(guarded.outcome(call.send()).await, outcome, "{tenant}");
        let call = get(&acme, tenant).customize();
        let call = call.config_override(Builder::new().interceptor(other()));
        assert_eq!(guarded.outcome(call.send()).await, outcome, "{tenant}");
    }
}

#[tokio::test]
async fn a_call_without_a_principal_is_denied() {
    let guarded = Guarded::by(tenants());
    let call = get(&guarded.client, "acme");
    let outcome = guarded.outcome(call.send()).await;
    assert_eq!(outcome, "principal GetItem Orders");
    let nobody = guarded.client.with_principal(Principal::new(""));
    let outcome = guarded.outcome(get(&nobody, "acme").send()).await;
    assert_eq!(outcome, "principal GetItem Orders");
}

#[tokio::test]
async fn the_principal_of_a_call_is_that_of_one_call() {
    let guarded = Guarded::by(tenants());
    let acme = || Principal::new("acme").interceptor();
    for (tenant, outcome) in [("acme", "passed"), ("globex", "key GetItem Orders")] {
        let call = get(&guarded.client, tenant).customize();
        let call = call.interceptor(acme());
        assert_eq!(guarded.outcome(call.send()).await, outcome, "{tenant}");
    }
    let next = get(&guarded.client, "acme");
    let outcome = guarded.outcome(next.send()).await;
    assert_eq!(outcome, "principal GetItem Orders");
}

/// Puts the key of another tenant into a `GetItem`.
#[derive(Debug)]
struct OtherKey;

impl Intercept for OtherKey {
    fn name(&self) -> &'static str {
        "OtherKey"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input_mut().downcast_mut::<GetItemInput>();
        let key = &mut input.expect("a GetItem").key;
        let globex = AttributeValue::S("globex".to_owned());
        key.as_mut()
            .expect("a key")
            .insert("tenant".to_owned(), globex);
        Ok(())
    }
}

#[tokio::test]
async fn the_key_that_is_sent_is_the_one_that_is_judged() {
    let guarded = Guarded::by(tenants());
    let acme = guarded.client.with_principal(Principal::new("acme"));
    let call = get(&acme, "acme").customize().interceptor(OtherKey);
    let outcome = guarded.outcome(call.send()).await;
    assert_eq!(outcome, "key GetItem Orders");
}

#[tokio::test]
async fn the_value_of_a_key_may_stand_on_either_side() {
    let guarded = Guarded::by(tenants());
    let acme = guarded.client.with_principal(Principal::new("acme"));
    for (condition, tenant, outcome) in [
        ("tenant = :tenant", "acme", "passed"),
        (":tenant = tenant", "acme", "passed"),
        (":tenant = tenant", "globex", "key Query Orders"),
        (":tenant <= tenant", "acme", "key Query Orders"),
        (":tenant = id", "acme", "key Query Orders"),
        (":tenant", "acme", "expression Query Orders"),
        (":tenant = :tenant", "acme", "expression Query Orders"),
    ] {
        let query = acme
            .query()
            .table_name("Orders")
            .key_condition_expression(condition)
            .expression_attribute_values(":tenant", AttributeValue::S(tenant.to_owned()));
        let told = guarded.outcome(query.send()).await;
        assert_eq!(told, outcome, "{condition} of {tenant}");
    }
}
