use std::sync::Arc;

/// The parameters of the path, decoded once: for services whose routes no axum router matched.
///
/// A plain tower service that routes by itself puts them into the request's extensions, next to the
/// route that [`HardenLayer::route_by`](crate::HardenLayer::route_by) reads. Under axum the
/// parameters that the router decoded are read instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathParams(Vec<(Arc<str>, Arc<str>)>);

impl PathParams {
    /// The values by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }
}

impl<N: Into<Arc<str>>, V: Into<Arc<str>>> FromIterator<(N, V)> for PathParams {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(parameters: T) -> Self {
        Self(
            parameters
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}
