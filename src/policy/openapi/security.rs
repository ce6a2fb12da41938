//! Security schemes that are fields of a request.

use serde_json::{Map, Value, json};

use super::{import::Importer, node::Node, parameters::declare};

/// The longest API key in a query, in characters.
const LONGEST_KEY: usize = 4096;

impl<'d> Importer<'d> {
    /// Declares the API keys that may stand in the query, which is refused with undeclared parameters.
    /// Whether a key is there and right, the service says.
    pub(super) fn api_keys(&mut self, operation: &Node<'d>, route: &mut Map<String, Value>) {
        let security = operation.member("security");
        let Some(security) = security.or_else(|| self.root.member("security")) else {
            return;
        };
        if !security.value.is_array() {
            self.report
                .mistake(&security, "is no list of security requirements");
        }
        for requirement in security.items() {
            if !self.report.take(&requirement) {
                return;
            }
            for (name, scopes) in requirement.members() {
                if !self.report.take(&scopes) {
                    return;
                }
                if let Some(name) = self.query_key(name, &scopes)
                    && !is_declared(route, name)
                {
                    let key = json!({ "type": "string", "maxLength": LONGEST_KEY });
                    declare(route, "query", false, name.to_owned(), key);
                }
            }
        }
    }

    /// The query parameter of a scheme, if it has one.
    fn query_key(&mut self, name: &str, requirement: &Node<'d>) -> Option<&'d str> {
        let steps = ["components", "securitySchemes", name].map(str::to_owned);
        let Some(scheme) = self.root.at(&steps) else {
            let told = "is none of components/securitySchemes";
            self.report.mistake(requirement, told);
            return None;
        };
        let scheme = self.resolve(&scheme)?;
        if (scheme.text("type"), scheme.text("in")) != (Some("apiKey"), Some("query")) {
            return None;
        }
        if scheme.text("name").is_none() {
            self.report
                .mistake_in(&scheme, "name", "is not there as text");
        }
        scheme.text("name")
    }
}

fn is_declared(route: &Map<String, Value>, name: &str) -> bool {
    ["query", "required_query"].iter().any(|place| {
        route
            .get(*place)
            .and_then(|fields| fields.get(name))
            .is_some()
    })
}
