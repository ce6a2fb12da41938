//! What was wrong with a request: a place and a code, and no room for the value.

use std::fmt;

use http::StatusCode;

use crate::{Location, RuleClass};

/// One rule that a request broke.
///
/// A violation has a [`Location`] and a [`Code`] and nothing else. It cannot hold the value that
/// broke the rule, so neither a response nor a log line made from it can repeat what a client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    location: Location,
    code: Code,
}

impl Violation {
    pub(crate) fn new(location: Location, code: Code) -> Self {
        Self { location, code }
    }

    /// Where in the request the rule was broken.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Which rule was broken.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.code, self.location)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal, $class:ident, $status:ident, $detail:literal;)+) => {
        /// The rule that a request broke, as a stable dotted name.
        ///
        /// The names are part of the public interface: dashboards and clients may match on them.
        /// Each code also decides the status of a response that has no other reason.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                $(#[doc = $doc])+
                #[doc = concat!("\n\n`", $text, "`, answered with ", stringify!($status), ".")]
                #[doc = concat!("Its class is [`RuleClass::", stringify!($class), "`].")]
                $variant,
            )+
        }

        impl Code {
            /// Every code, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable dotted name, such as `body.duplicate_member`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// One sentence for people, the same for every request.
            #[must_use]
            pub const fn detail(self) -> &'static str {
                match self {
                    $(Self::$variant => $detail,)+
                }
            }

            /// The class of the rule, for which a policy may have a mode of its own.
            #[must_use]
            pub const fn class(self) -> RuleClass {
                match self {
                    $(Self::$variant => RuleClass::$class,)+
                }
            }

            /// The status of a response that this code alone is the reason for.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$variant => StatusCode::$status,)+
                }
            }
        }
    };
}

codes! {
    /// No schema is declared for the matched route, or no route was matched at all.
    RouteUnknown = "route.unknown", Route, NOT_FOUND, "no such route is declared";
    /// The route is declared, the method is not.
    MethodNotAllowed = "method.not_allowed", Route, METHOD_NOT_ALLOWED, "the method is not declared for this route";
    /// `Host` is repeated, or names another authority than the request target (RFC 9112 §3.2).
    HostAmbiguous = "header.host", Reading, BAD_REQUEST, "the request names more than one host";

    /// A path parameter is not UTF-8 once decoded, or the router did not provide the parameters.
    PathUnreadable = "path.unreadable", Reading, BAD_REQUEST, "the path parameters cannot be read in one way";
    /// The query holds a malformed percent escape or is not UTF-8 once decoded.
    QueryMalformed = "query.malformed", Reading, BAD_REQUEST, "the query string is not well-formed";
    /// A parameter that the route does not declare.
    QueryUnknown = "query.unknown", Undeclared, UNPROCESSABLE_ENTITY, "the query has a parameter that is not declared";
    /// A parameter that may stand once stands more often.
    QueryRepeated = "query.repeated", Reading, UNPROCESSABLE_ENTITY, "the parameter is repeated";
    /// A declared header stands more than once.
    HeaderRepeated = "header.repeated", Reading, BAD_REQUEST, "the header is repeated";
    /// A declared header holds something else than visible ASCII and spaces (RFC 9110 §5.5), or one
    /// of `host_headers` names no host.
    HeaderMalformed = "header.malformed", Reading, BAD_REQUEST, "the header is not well-formed";
    /// A declared cookie stands more than once.
    CookieRepeated = "cookie.repeated", Reading, BAD_REQUEST, "the cookie is repeated";
    /// A declared cookie has no value, or one that readers do not agree on (RFC 6265 §4.1.1).
    CookieMalformed = "cookie.malformed", Reading, BAD_REQUEST, "the cookie is not well-formed";
    /// The form holds a malformed percent escape or is not UTF-8 once decoded, or its parts are not
    /// divided and described as browsers do (RFC 7578).
    FormMalformed = "form.malformed", Reading, BAD_REQUEST, "the form is not well-formed";
    /// A field that the form does not declare.
    FormUnknown = "form.unknown", Undeclared, UNPROCESSABLE_ENTITY, "the form has a field that is not declared";
    /// A field that may stand once stands more often.
    FormRepeated = "form.repeated", Reading, UNPROCESSABLE_ENTITY, "the field is repeated";
    /// A file is longer than declared.
    FileTooLarge = "file.too_large", Limit, PAYLOAD_TOO_LARGE, "the file is too large";
    /// A file is announced as another media type than declared.
    FileMediaType = "file.media_type", Undeclared, UNSUPPORTED_MEDIA_TYPE, "the media type of the file is not declared";
    /// The name of a file is a path, or one that no file can have.
    FileName = "file.name", Schema, UNPROCESSABLE_ENTITY, "the name of the file is not accepted";

    /// The body, announced or read, is longer than the limit.
    BodyTooLarge = "body.too_large", Limit, PAYLOAD_TOO_LARGE, "the body is too large";
    /// The body arrived too slowly (RFC 9110 §15.5.9).
    BodyTimeout = "body.timeout", Limit, REQUEST_TIMEOUT, "the body did not arrive in time";
    /// The connection failed or closed before the body ended.
    BodyUnreadable = "body.unreadable", Reading, BAD_REQUEST, "the body could not be read to its end";
    /// The route declares a body and the request has none.
    BodyMissing = "body.missing", Schema, BAD_REQUEST, "a body is required";
    /// The route declares no body and the request has one.
    BodyUnexpected = "body.unexpected", Undeclared, BAD_REQUEST, "no body is declared for this route";
    /// The `Content-Type` is missing, repeated, malformed or not declared (RFC 9110 §8.3).
    MediaType = "body.media_type", Undeclared, UNSUPPORTED_MEDIA_TYPE, "the media type of the body is not declared";
    /// A `Content-Encoding` other than `identity` (RFC 9110 §8.4).
    ContentEncoding = "body.encoding", Reading, UNSUPPORTED_MEDIA_TYPE, "content encodings are not accepted";
    /// The body is not JSON (RFC 8259).
    BodyMalformed = "body.malformed", Reading, BAD_REQUEST, "the body is not well-formed JSON";
    /// The body is not UTF-8 (RFC 8259 §8.1).
    BodyNotUtf8 = "body.not_utf8", Reading, BAD_REQUEST, "the body is not valid UTF-8";
    /// An object has two members of one name, after unescaping (RFC 8259 §4).
    DuplicateMember = "body.duplicate_member", Reading, BAD_REQUEST, "an object has two members of one name";
    /// An object has a member name that JSON decoders keep for themselves.
    ReservedMember = "body.reserved_member", Reading, BAD_REQUEST, "an object has a member name that is reserved by decoders";
    /// A member that the schema does not declare.
    UnknownMember = "body.unknown_member", Undeclared, UNPROCESSABLE_ENTITY, "the object has a member that is not declared";

    /// Arrays and objects are nested deeper than the limit.
    TooDeep = "limit.depth", Limit, BAD_REQUEST, "the body is nested too deeply";
    /// An object has more members than the limit.
    TooManyMembers = "limit.members", Limit, BAD_REQUEST, "an object has too many members";
    /// An array has more items than the limit.
    TooManyItems = "limit.items", Limit, BAD_REQUEST, "an array has too many items";
    /// A string is longer than the limit.
    StringTooLarge = "limit.string", Limit, BAD_REQUEST, "a string is too long";
    /// A number has more characters than the limit, or no `f64` can hold it.
    NumberTooLarge = "limit.number", Limit, BAD_REQUEST, "a number is out of range";
    /// The query or the form has more parameters than the limit.
    TooManyParameters = "limit.parameters", Limit, BAD_REQUEST, "the request has too many parameters";

    /// A required field is absent.
    Required = "required", Schema, UNPROCESSABLE_ENTITY, "the field is required";
    /// The value breaks a rule that looks at all of it, such as `oneOf` of a JSON Schema.
    Schema = "schema", Schema, UNPROCESSABLE_ENTITY, "the value does not match its schema";
    /// The value has another type than the schema says.
    Type = "type", Schema, UNPROCESSABLE_ENTITY, "the value has the wrong type";
    /// The value is not one of the declared ones.
    Enum = "enum", Schema, UNPROCESSABLE_ENTITY, "the value is not one of the declared ones";
    /// Fewer characters than declared.
    MinLength = "string.min_length", Schema, UNPROCESSABLE_ENTITY, "the string is too short";
    /// More characters than declared.
    MaxLength = "string.max_length", Schema, UNPROCESSABLE_ENTITY, "the string is too long";
    /// The declared pattern does not match.
    Pattern = "string.pattern", Schema, UNPROCESSABLE_ENTITY, "the string does not match the declared pattern";
    /// The value does not have the declared format.
    Format = "string.format", Schema, UNPROCESSABLE_ENTITY, "the string does not have the declared format";
    /// A control or bidirectional formatting character.
    ControlCharacter = "string.control", Schema, UNPROCESSABLE_ENTITY, "the string holds a control character";
    /// The number is below the declared range.
    Minimum = "number.minimum", Schema, UNPROCESSABLE_ENTITY, "the number is too small";
    /// The number is no multiple of the declared one.
    MultipleOf = "number.multiple_of", Schema, UNPROCESSABLE_ENTITY, "the number is not a multiple of the declared one";
    /// The number is above the declared range.
    Maximum = "number.maximum", Schema, UNPROCESSABLE_ENTITY, "the number is too large";
    /// The array has fewer items than declared.
    MinItems = "array.min_items", Schema, UNPROCESSABLE_ENTITY, "the array has too few items";
    /// The array has more items than declared.
    MaxItems = "array.max_items", Schema, UNPROCESSABLE_ENTITY, "the array has too many items";

    /// The object has fewer members than declared.
    MinMembers = "object.min_members", Schema, UNPROCESSABLE_ENTITY, "the object has too few members";
    /// The object has more members than declared.
    MaxMembers = "object.max_members", Schema, UNPROCESSABLE_ENTITY, "the object has too many members";

    /// The value names a cloud metadata service or platform endpoint.
    AddressMetadata = "address.metadata", Address, UNPROCESSABLE_ENTITY, "the value names a metadata service";
    /// The value names an address or host that is not public.
    AddressInternal = "address.internal", Address, UNPROCESSABLE_ENTITY, "the value names an internal address";
    /// The value names a host that two readers may read in two ways.
    AddressAmbiguous = "address.ambiguous", Address, UNPROCESSABLE_ENTITY, "the value names a host that cannot be read in one way";
    /// The value names a host that is not one of the only ones that the policy lets pass.
    AddressUnlisted = "address.unlisted", Address, UNPROCESSABLE_ENTITY, "the value names a host that is not allowed";
    /// The value names a scheme that the policy does not let pass.
    AddressScheme = "address.scheme", Address, UNPROCESSABLE_ENTITY, "the value names a scheme that is not allowed";
    /// The value names a port that the policy does not let pass.
    AddressPort = "address.port", Address, UNPROCESSABLE_ENTITY, "the value names a port that is not allowed";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
