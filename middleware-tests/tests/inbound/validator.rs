//! Documents that do not come with a request.

use tower_harden::{AddressPolicy, Code, Field, Limits, Schema, Validator};

#[test]
fn a_document_is_judged_as_a_body_is() {
    let schema = Schema::object()
        .required("id", Field::uuid())
        .optional("text", Field::string());
    let limits = Limits::default().max_violations(4);
    let validator =
        Validator::new(schema, AddressPolicy::deny_internal(), limits).expect("a schema");
    assert_eq!(
        validator.check(br#"{"id":"550e8400-e29b-41d4-a716-446655440000"}"#),
        Ok(())
    );

    let violations = validator
        .check(br#"{"id":"","text":"http://127.0.0.1"}"#)
        .expect_err("two violations");
    let codes: Vec<_> = violations
        .iter()
        .map(tower_harden::Violation::code)
        .collect();
    assert_eq!(codes, [Code::Format, Code::AddressInternal]);
    assert_eq!(violations[1].to_string(), "address.internal at body #/text");
    assert_eq!(
        validator.check(b"").expect_err("nothing")[0].code(),
        Code::BodyMalformed
    );
}

#[test]
fn a_mistake_in_a_schema_is_told_with_its_place() {
    let schema = Schema::object().required("id", Field::string().pattern("["));
    let error = Validator::new(schema, AddressPolicy::deny_internal(), Limits::default())
        .expect_err("a mistake");
    assert_eq!(
        error.to_string(),
        "schema: body #/id: pattern: unclosed character class at character 1"
    );
}
