use aws_sdk_dynamodb::{
    Client,
    operation::{
        describe_table::builders::DescribeTableFluentBuilder,
        get_item::builders::GetItemFluentBuilder, put_item::builders::PutItemFluentBuilder,
        query::builders::QueryFluentBuilder, update_item::builders::UpdateItemFluentBuilder,
    },
};
use tower_harden::dynamodb::{GuardedClient, Principal};

use crate::session::Session;

/// A client with or without guard. The calls are the same: both hand out the builders of the SDK.
#[derive(Clone, Debug)]
pub enum Database {
    /// Does what the policy declares.
    Guarded(GuardedClient),
    /// Does anything.
    Bare(Client),
}

impl Database {
    /// The client for one session: the guard binds keys to its tenant, the bare client binds nothing.
    pub(super) fn of(&self, session: Session) -> Self {
        match self {
            Self::Guarded(client) => {
                Self::Guarded(client.with_principal(Principal::new(session.tenant())))
            }
            Self::Bare(client) => Self::Bare(client.clone()),
        }
    }
}

macro_rules! forward {
    ($($method:ident -> $builder:ty;)+) => {
        impl Database {
            $(
                pub(super) fn $method(&self) -> $builder {
                    match self {
                        Self::Guarded(client) => client.$method(),
                        Self::Bare(client) => client.$method(),
                    }
                }
            )+
        }
    };
}

forward! {
    describe_table -> DescribeTableFluentBuilder;
    get_item -> GetItemFluentBuilder;
    put_item -> PutItemFluentBuilder;
    query -> QueryFluentBuilder;
    update_item -> UpdateItemFluentBuilder;
}
