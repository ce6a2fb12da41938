//! The service's calls, each with something else in one place than was meant to be there.

use aws_sdk_dynamodb::{
    operation::{
        get_item::builders::GetItemFluentBuilder, query::builders::QueryFluentBuilder,
        update_item::builders::UpdateItemFluentBuilder,
    },
    types::{
        AttributeValue, ComparisonOperator, Condition, ConditionCheck, KeysAndAttributes,
        ReturnValue, ReturnValuesOnConditionCheckFailure, Select, TransactWriteItem, Update,
    },
};

use super::{
    came::{Coming, told, whole},
    shop::{STATEMENT, TENANT},
};
use crate::{
    client::Either,
    items::{Item, all_shown, item, number, text},
};

const ACME_ARN: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/Users";

fn key(tenant: &str) -> Item {
    item([("tenant", tenant), ("id", "u1")])
}

fn meant_get(client: &Either) -> GetItemFluentBuilder {
    client
        .get_item()
        .table_name("Users")
        .set_key(Some(key(TENANT)))
        .projection_expression("id, nick")
}

fn meant_query(client: &Either) -> QueryFluentBuilder {
    client
        .query()
        .table_name("Users")
        .key_condition_expression("tenant = :tenant")
        .expression_attribute_values(":tenant", text(TENANT))
        .projection_expression("id, nick")
        .limit(10)
}

fn meant_update(client: &Either) -> UpdateItemFluentBuilder {
    client
        .update_item()
        .table_name("Users")
        .set_key(Some(key(TENANT)))
        .update_expression("SET nick = :nick")
        .expression_attribute_values(":nick", text("anne"))
}

fn found(query: QueryFluentBuilder) -> Coming {
    told(query.send(), |answer| {
        format!("{} {}", answer.count(), all_shown(answer.items()))
    })
}

fn got(get: GetItemFluentBuilder) -> Coming {
    told(get.send(), |answer| {
        all_shown(&answer.item.into_iter().collect::<Vec<_>>())
    })
}

pub(super) fn get(client: &Either) -> Coming {
    got(meant_get(client))
}

pub(super) fn query(client: &Either) -> Coming {
    found(
        meant_query(client)
            .filter_expression("nick = :nick")
            .expression_attribute_values(":nick", text("ann")),
    )
}

pub(super) fn update(client: &Either) -> Coming {
    told(meant_update(client).send(), |answer| {
        format!("{:?}", answer.attributes)
    })
}

pub(super) fn statement(client: &Either) -> Coming {
    let execute = client
        .execute_statement()
        .statement(STATEMENT)
        .parameters(text(TENANT))
        .parameters(text("u1"))
        .limit(10);
    told(execute.send(), |answer| all_shown(answer.items()))
}

pub(super) fn table(client: &Either) -> Coming {
    got(client
        .get_item()
        .table_name("Admins")
        .set_key(Some(item([("tenant", "globex"), ("id", "root")]))))
}

pub(super) fn arn(client: &Either) -> Coming {
    got(meant_get(client).table_name("arn:aws:dynamodb:us-east-1:666666666666:table/Users"))
}

pub(super) fn index(client: &Either) -> Coming {
    found(
        client
            .query()
            .table_name("Users")
            .index_name("by_role")
            .key_condition_expression("#key = :role")
            .expression_attribute_names("#key", "role")
            .expression_attribute_values(":role", text("admin"))
            .projection_expression("id, nick")
            .limit(10),
    )
}

pub(super) fn partition(client: &Either) -> Coming {
    got(meant_get(client).set_key(Some(key("globex"))))
}

pub(super) fn projected_name(client: &Either) -> Coming {
    got(meant_get(client)
        .projection_expression("id, #field")
        .expression_attribute_names("#field", "pw"))
}

pub(super) fn projection(client: &Either) -> Coming {
    let field = "pw";
    got(meant_get(client).projection_expression(format!("id, {field}")))
}

pub(super) fn filter(client: &Either) -> Coming {
    found(
        meant_query(client)
            .filter_expression("begins_with(pw, :guess)")
            .expression_attribute_values(":guess", text("hunter2-a")),
    )
}

pub(super) fn count(client: &Either) -> Coming {
    found(
        client
            .query()
            .table_name("Users")
            .key_condition_expression("tenant = :tenant")
            .expression_attribute_values(":tenant", text(TENANT))
            .filter_expression("begins_with(pw, :guess)")
            .expression_attribute_values(":guess", text("hunter2-a"))
            .select(Select::Count)
            .limit(10),
    )
}

pub(super) fn structure(client: &Either) -> Coming {
    let nick = ":nick OR attribute_exists(nick)";
    found(
        meant_query(client)
            .filter_expression(format!("nick = {nick}"))
            .expression_attribute_values(":nick", text("nobody")),
    )
}

pub(super) fn scan(client: &Either) -> Coming {
    let scan = client
        .scan()
        .table_name("Users")
        .filter_expression("tenant <> :tenant")
        .expression_attribute_values(":tenant", text(TENANT))
        .projection_expression("id, nick")
        .limit(10);
    told(scan.send(), |answer| all_shown(answer.items()))
}

pub(super) fn updated_name(client: &Either) -> Coming {
    whole(
        client
            .update_item()
            .table_name("Users")
            .set_key(Some(key(TENANT)))
            .update_expression("SET #field = :value")
            .expression_attribute_names("#field", "role")
            .expression_attribute_values(":value", text("admin"))
            .send(),
    )
}

pub(super) fn update_clause(client: &Either) -> Coming {
    let nick = ":nick, #role = :nick";
    whole(
        meant_update(client)
            .update_expression(format!("SET nick = {nick}"))
            .expression_attribute_names("#role", "role")
            .send(),
    )
}

pub(super) fn mass_assignment(client: &Either) -> Coming {
    let put = client
        .put_item()
        .table_name("Users")
        .set_item(Some(key(TENANT)));
    whole(
        put.item("nick", text("ann"))
            .item("role", text("admin"))
            .send(),
    )
}

pub(super) fn returned(client: &Either) -> Coming {
    whole(
        meant_update(client)
            .return_values(ReturnValue::AllOld)
            .send(),
    )
}

pub(super) fn returned_on_failure(client: &Either) -> Coming {
    whole(
        meant_update(client)
            .condition_expression("nick = :other")
            .expression_attribute_values(":other", text("nobody"))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send(),
    )
}

pub(super) fn legacy(client: &Either) -> Coming {
    let condition = |operator, value| {
        let condition = Condition::builder().comparison_operator(operator);
        let condition = condition.attribute_value_list(text(value));
        condition.build().expect("a whole condition")
    };
    found(
        client
            .query()
            .table_name("Users")
            .key_conditions("tenant", condition(ComparisonOperator::Eq, TENANT))
            .query_filter("pw", condition(ComparisonOperator::Ne, "x"))
            .attributes_to_get("pw")
            .limit(10),
    )
}

pub(super) fn injected_statement(client: &Either) -> Coming {
    let nick = "ann' OR tenant <> '";
    let execute = client.execute_statement().statement(format!(
        r#"SELECT * FROM "Users" WHERE tenant = '{TENANT}' AND nick = '{nick}'"#
    ));
    told(execute.limit(10).send(), |answer| all_shown(answer.items()))
}

fn keys(keys: impl IntoIterator<Item = Item>) -> KeysAndAttributes {
    let keys = KeysAndAttributes::builder().set_keys(Some(keys.into_iter().collect()));
    keys.projection_expression("id, nick")
        .build()
        .expect("whole keys")
}

pub(super) fn batch_table(client: &Either) -> Coming {
    let root = item([("tenant", "globex"), ("id", "root")]);
    let admins = KeysAndAttributes::builder().keys(root);
    whole(
        client
            .batch_get_item()
            .request_items("Users", keys([key(TENANT)]))
            .request_items("Admins", admins.build().expect("whole keys"))
            .send(),
    )
}

pub(super) fn batch_key(client: &Either) -> Coming {
    whole(
        client
            .batch_get_item()
            .request_items("Users", keys([key(TENANT), key("globex")]))
            .send(),
    )
}

/// The transaction goes on where the guess is right.
pub(super) fn check(client: &Either) -> Coming {
    let update = Update::builder()
        .table_name("Users")
        .set_key(Some(key(TENANT)))
        .update_expression("SET nick = :nick")
        .expression_attribute_values(":nick", text("anne"));
    let check = ConditionCheck::builder()
        .table_name("Admins")
        .set_key(Some(item([("tenant", "globex"), ("id", "root")])))
        .condition_expression("begins_with(pw, :guess)")
        .expression_attribute_values(":guess", text("hunter2-r"));
    let update = update.build().expect("a whole update");
    let check = check.build().expect("a whole check");
    let item = TransactWriteItem::builder;
    whole(
        client
            .transact_write_items()
            .transact_items(item().update(update).build())
            .transact_items(item().condition_check(check).build())
            .send(),
    )
}

pub(super) fn cursor(client: &Either) -> Coming {
    found(meant_query(client).set_exclusive_start_key(Some(key("globex"))))
}

pub(super) fn limit(client: &Either) -> Coming {
    found(meant_query(client).limit(1_000_000))
}

pub(super) fn key_type(client: &Either) -> Coming {
    let mut key = key(TENANT);
    key.insert("tenant".to_owned(), number(1));
    got(meant_get(client).set_key(Some(key)))
}

/// The expression is the meant one; whether another tenant has such a user is told.
pub(super) fn value(client: &Either) -> Coming {
    let value = AttributeValue::S("globex".to_owned());
    found(
        client
            .query()
            .table_name("Users")
            .key_condition_expression("tenant = :tenant AND id = :id")
            .expression_attribute_values(":tenant", value)
            .expression_attribute_values(":id", text("u1"))
            .projection_expression("id")
            .limit(10),
    )
}

pub(super) fn tables(client: &Either) -> Coming {
    told(client.list_tables().send(), |answer| {
        assert!(!answer.table_names().is_empty());
        answer.table_names().join(" ")
    })
}

pub(super) fn describe(client: &Either) -> Coming {
    whole(client.describe_table().table_name("Users").send())
}

pub(super) fn export(client: &Either) -> Coming {
    let export = client.export_table_to_point_in_time().table_arn(ACME_ARN);
    whole(export.s3_bucket("evil").send())
}

pub(super) fn resource_policy(client: &Either) -> Coming {
    let put = client.put_resource_policy().resource_arn(ACME_ARN);
    whole(put.policy("{}").send())
}

pub(super) fn search(client: &Either) -> Coming {
    whole(
        client
            .search_vectors()
            .table_name("Users")
            .index_name("by_nick")
            .search_vector(number(1))
            .top_k(10)
            .projection_expression("id, nick")
            .send(),
    )
}

pub(super) fn delete_table(client: &Either) -> Coming {
    told(client.delete_table().table_name("Users").send(), |_| {
        String::new()
    })
}
