use std::{collections::BTreeMap, fmt, sync::Arc};

use http::Method;

use super::Endpoint;
use crate::text::Dictionary;

/// The declared routes by their pattern.
#[derive(Default)]
pub(crate) struct Routes {
    patterns: Dictionary,
    /// By the place of their pattern.
    routes: Vec<(Arc<str>, Route)>,
}

/// The declared methods of a route.
#[derive(Default)]
pub(crate) struct Route {
    methods: Vec<(Method, Arc<Endpoint>)>,
}

/// What is declared for a method of a route.
pub(crate) enum Lookup<'a> {
    Found(&'a Arc<Endpoint>),
    /// The route has other methods.
    MethodUnknown(&'a Route),
    RouteUnknown,
}

impl Routes {
    pub(super) fn new(by_pattern: BTreeMap<Arc<str>, Route>) -> Self {
        Self {
            patterns: Dictionary::new(by_pattern.keys().map(|pattern| &**pattern)),
            routes: by_pattern.into_iter().collect(),
        }
    }

    /// Every declared method of every route.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Method, &Arc<Endpoint>)> {
        self.routes.iter().flat_map(|(pattern, route)| {
            let methods = route.methods.iter();
            methods.map(move |(method, endpoint)| (pattern, method, endpoint))
        })
    }

    /// HEAD is answered by what answers GET, unless it is declared itself (RFC 9110 §9.3.2).
    pub(crate) fn find(&self, pattern: Option<&str>, method: &Method) -> Lookup<'_> {
        let place = pattern.and_then(|pattern| self.patterns.find(pattern.as_bytes(), 0));
        let Some((_, route)) = place.and_then(|place| self.routes.get(place)) else {
            return Lookup::RouteUnknown;
        };
        let as_get = || {
            (*method == Method::HEAD)
                .then(|| route.endpoint(&Method::GET))
                .flatten()
        };
        match route.endpoint(method).or_else(as_get) {
            Some(endpoint) => Lookup::Found(endpoint),
            None => Lookup::MethodUnknown(route),
        }
    }
}

impl Route {
    /// Adds a method, and says whether it is new.
    pub(super) fn add(&mut self, method: Method, endpoint: Endpoint) -> bool {
        let new = self.endpoint(&method).is_none();
        self.methods.push((method, Arc::new(endpoint)));
        new
    }

    fn endpoint(&self, method: &Method) -> Option<&Arc<Endpoint>> {
        self.methods
            .iter()
            .find(|(declared, _)| declared == method)
            .map(|(_, endpoint)| endpoint)
    }

    /// The value of `Allow` (RFC 9110 §10.2.1).
    pub(crate) fn allow(&self) -> String {
        let mut names: Vec<&str> = self
            .methods
            .iter()
            .map(|(method, _)| method.as_str())
            .collect();
        if names.contains(&"GET") && !names.contains(&"HEAD") {
            names.push("HEAD");
        }
        names.join(", ")
    }
}

impl fmt::Debug for Routes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(
                self.routes
                    .iter()
                    .map(|(pattern, route)| (pattern, route.allow())),
            )
            .finish()
    }
}
