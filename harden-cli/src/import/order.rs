//! The order in which people read the keys of a policy file.

/// Keys of policies, routes and schemas: first what something is, then its bounds, then its parts. Others
/// stand behind them, by their names.
const KEYS: &[&str] = &[
    "version",
    "mode",
    "rules",
    "may_loosen",
    "limits",
    "addresses",
    "host_headers",
    "schemas",
    "routes",
    "path",
    "required_query",
    "query",
    "required_header",
    "header",
    "required_cookie",
    "cookie",
    "json",
    "form",
    "multipart",
    "optional_body",
    "$ref",
    "type",
    "format",
    "x-harden",
    "const",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "required",
    "properties",
    "patternProperties",
    "additionalProperties",
    "prefixItems",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "of",
    "max_bytes",
    "max_files",
];

/// Keys whose members have the names that a document gives them.
const NAMED: &[&str] = &[
    "schemas",
    "path",
    "query",
    "required_query",
    "header",
    "required_header",
    "cookie",
    "required_cookie",
    "required",
    "optional",
    "required_file",
    "optional_file",
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
];

/// Whether the members of what a key holds are named by the document.
pub(super) fn names_members(key: &str) -> bool {
    NAMED.contains(&key)
}

/// What keys are sorted by.
pub(super) fn rank(key: &str) -> usize {
    let place = KEYS.iter().position(|known| *known == key);
    place.unwrap_or(KEYS.len())
}

/// What routes are sorted by: their pattern, and their methods as people list them.
pub(super) fn route(name: &str) -> (&str, usize) {
    const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let (method, pattern) = name.split_once(' ').unwrap_or(("", name));
    let place = METHODS.iter().position(|known| *known == method);
    (pattern, place.unwrap_or(METHODS.len()))
}
