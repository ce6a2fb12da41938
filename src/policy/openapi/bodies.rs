//! The bodies of requests.

use serde_json::{Map, Value};

use super::{import::Importer, node::Node, paths::Operation};
use crate::input::essence;

const OF_BODIES: &[&str] = &["content", "description", "required"];

const OF_MEDIA_TYPES: &[&str] = &["encoding", "example", "examples", "schema"];

impl<'d> Importer<'d> {
    pub(super) fn request_body(
        &mut self,
        operation: &Operation<'d>,
        route: &mut Map<String, Value>,
    ) {
        let Some(body) = operation.node.member("requestBody") else {
            return;
        };
        let ignored = match operation.method {
            "trace" => Some("TRACE has no body (RFC 9110 §9.3.8)"),
            "delete" | "get" | "head" if self.is_3_0() => {
                Some("OpenAPI 3.0 ignores it with this method, and 3.1 does not")
            }
            _ => None,
        };
        if let Some(why) = ignored {
            let told = format!("is not taken, so that requests with a body are refused: {why}");
            return self.report.note(&body, told);
        }
        let (true, Some(body)) = (self.report.take(&body), self.resolve(&body)) else {
            return;
        };
        self.report.only(&body, "a request body", OF_BODIES);
        if !self.report.flag(&body, "required") {
            route.insert("optional_body".into(), true.into());
        }
        match body.member("content") {
            Some(content) if content.members().next().is_some() => {
                for (media_type, node) in content.members() {
                    self.content(media_type, &node, route);
                }
            }
            _ => {
                let told = "is not there as an object with a member for each media type";
                self.report.mistake_in(&body, "content", told);
            }
        }
    }

    /// A body of one media type.
    fn content(&mut self, media_type: &str, node: &Node<'d>, route: &mut Map<String, Value>) {
        if !self.report.take(node) {
            return;
        }
        self.report.only(node, "a media type", OF_MEDIA_TYPES);
        let essence = essence(media_type).map(str::to_ascii_lowercase);
        let kind = match essence.as_deref() {
            Some("application/json") => "json",
            Some("application/x-www-form-urlencoded") => "form",
            Some("multipart/form-data") => "multipart",
            _ => {
                let told = "is a media type that is not judged: those that are, are \
                            application/json, application/x-www-form-urlencoded and \
                            multipart/form-data; without(..) leaves the operation out";
                return self.report.mistake(node, told);
            }
        };
        let Some(schema) = node.member("schema") else {
            let told = "is not there: without it any body would pass";
            return self.report.mistake_in(node, "schema", told);
        };
        let encoding = node.member("encoding");
        let declared = match kind {
            "json" => self.schema(&schema),
            "form" => self.form(&schema, encoding.as_ref()),
            _ => self.multipart(&schema, encoding.as_ref()),
        };
        if route.insert(kind.into(), declared).is_some() {
            let told = "is a media type that the body has already, in another spelling";
            self.report.mistake(node, told);
        }
    }
}
