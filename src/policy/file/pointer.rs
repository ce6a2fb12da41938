//! Steps of JSON Pointers (RFC 6901).

use crate::input;

/// The name that a step of a pointer stands for (§4).
pub(super) fn name(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The name that a step of a pointer in the fragment of a URI stands for (§6).
pub(super) fn name_in_uri(step: &str) -> String {
    name(&input::decode_uri(step).unwrap_or(step.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_unescaped_once() {
        assert_eq!(name_in_uri("a~1b~0c~01%20%C3%A9"), "a/b~c~1 é");
        assert_eq!(name_in_uri("100%"), "100%");
        assert_eq!(name("a~1b%20"), "a/b%20");
    }
}
