//! `PartiQL`.

use aws_sdk_dynamodb::{
    error::BuildError,
    types::{AttributeValue, BatchStatementRequest, ParameterizedStatement},
};

use super::{
    policy::{MOST, TENANT},
    steps::Steps,
};
use crate::items::{all_shown, number, shown, sorted, text};

fn parameters(id: &str) -> [AttributeValue; 2] {
    [text(TENANT), text(id)]
}

pub(super) async fn reads(steps: &mut Steps) {
    let statements = steps.names.statements();
    for id in ["o1", "none"] {
        select(steps, &statements.select, parameters(id)).await;
    }
}

pub(super) async fn indexed(steps: &mut Steps) {
    let statements = steps.names.statements();
    select(steps, &statements.select_by_status, parameters("open")).await;
}

async fn select(steps: &mut Steps, statement: &str, parameters: [AttributeValue; 2]) {
    let execute = steps
        .client
        .execute_statement()
        .statement(statement)
        .set_parameters(Some(parameters.into()))
        .limit(MOST);
    steps
        .take("select", execute.send(), |answer| sorted(answer.items()))
        .await;
}

pub(super) async fn writes(steps: &mut Steps) {
    let statements = steps.names.statements();
    let mut insert = parameters("p1").to_vec();
    insert.extend([text("CHAIR-1"), number(4)]);
    let mut update = vec![number(5)];
    update.extend(parameters("p1"));
    let execute = |steps: &Steps, statement: &str, parameters: &[AttributeValue]| {
        let execute = steps.client.execute_statement().statement(statement);
        execute.set_parameters(Some(parameters.to_vec()))
    };
    for (statement, parameters) in [
        (&statements.insert, insert.as_slice()),
        (&statements.update, &update),
    ] {
        let execute = execute(steps, statement, parameters);
        steps
            .take("write", execute.send(), |answer| all_shown(answer.items()))
            .await;
    }
    let again = execute(steps, &statements.insert, &insert);
    let duplicate = "DuplicateItemException";
    steps.refused("insert again", again.send(), duplicate).await;
    select(steps, &statements.select, parameters("p1")).await;
    let delete = execute(steps, &statements.delete, &parameters("p1"));
    steps
        .take("delete", delete.send(), |answer| all_shown(answer.items()))
        .await;
    select(steps, &statements.select, parameters("p1")).await;
}

/// In batches and transactions.
pub(super) async fn several(steps: &mut Steps) {
    let statements = steps.names.statements();
    let batched = |statement: &str, id| -> Result<_, BuildError> {
        BatchStatementRequest::builder()
            .statement(statement)
            .set_parameters(Some(parameters(id).into()))
            .build()
    };
    let batch = [
        batched(&statements.select, "o1"),
        batched(&statements.select, "o2"),
    ];
    let batch = batch.map(|statement| statement.expect("a whole statement"));
    let execute = steps
        .client
        .batch_execute_statement()
        .set_statements(Some(batch.into()));
    steps
        .take("statements", execute.send(), |answer| {
            let answers = answer.responses().iter();
            let answers: Vec<_> = answers
                .map(|answer| answer.item.as_ref().map_or("none".to_owned(), shown))
                .collect();
            answers.join(" ")
        })
        .await;
    let within = |statement: &str, parameters: Vec<AttributeValue>| {
        let statement = ParameterizedStatement::builder()
            .statement(statement)
            .set_parameters(Some(parameters));
        statement.build().expect("a whole statement")
    };
    let mut update = vec![number(7)];
    update.extend(parameters("o2"));
    let execute = steps
        .client
        .execute_transaction()
        .transact_statements(within(&statements.update, update))
        .transact_statements(within(&statements.delete, parameters("o4").into()));
    steps
        .take("statements together", execute.send(), |_| "done".to_owned())
        .await;
    for id in ["o2", "o4"] {
        select(steps, &statements.select, parameters(id)).await;
    }
}
