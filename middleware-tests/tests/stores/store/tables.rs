use aws_sdk_dynamodb::{
    Client,
    error::BuildError,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
        Projection, ProjectionType, ScalarAttributeType,
    },
};

/// A table to create: its name, its keys and its indexes with theirs. All keys are strings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    pub(crate) name: &'a str,
    pub(crate) keys: [&'a str; 2],
    pub(crate) indexes: &'a [Index<'a>],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Index<'a> {
    pub(crate) name: &'a str,
    pub(crate) keys: [&'a str; 2],
}

impl Table<'_> {
    pub(crate) async fn create(&self, client: &Client) {
        let create = self.request(client).expect("a whole request");
        let created = create.send().await;
        created.unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
    }

    fn request(
        &self,
        client: &Client,
    ) -> Result<
        aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder,
        BuildError,
    > {
        let mut names: Vec<_> = self.keys.into();
        names.extend(self.indexes.iter().flat_map(|index| index.keys));
        names.sort_unstable();
        names.dedup();
        let mut create = client
            .create_table()
            .table_name(self.name)
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(Some(schema(self.keys)?));
        for name in names {
            let definition = AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S);
            create = create.attribute_definitions(definition.build()?);
        }
        let all = Projection::builder().projection_type(ProjectionType::All);
        for index in self.indexes {
            let index = GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(Some(schema(index.keys)?))
                .projection(all.clone().build());
            create = create.global_secondary_indexes(index.build()?);
        }
        Ok(create)
    }
}

fn schema([partition, sort]: [&str; 2]) -> Result<Vec<KeySchemaElement>, BuildError> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(kind)
                .build()
        })
        .collect()
}
