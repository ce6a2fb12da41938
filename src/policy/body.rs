use super::{Compiled, Endpoint};
use crate::{
    Code, Location, RuleClass,
    json::{Bounds, Halt, Progress, Reader, SyntaxError},
    location::Pointer,
    schema::{Judge, JudgeState, NodeId},
    violations::{Mark, Violations},
};

/// Judges a JSON body while it arrives.
#[derive(Debug)]
pub(crate) struct BodyJudge {
    reader: Reader,
    state: JudgeState,
    /// What was found before the body.
    before: Option<Mark>,
    /// Whether limits of the reader are passed that refuse nothing.
    unbounded: bool,
}

impl BodyJudge {
    /// For an endpoint that declares a JSON body.
    pub(crate) fn new(endpoint: &Endpoint) -> Self {
        let limits = &endpoint.limits;
        Self {
            reader: Reader::new(Bounds {
                depth: limits.depth,
                string: limits.string,
                number: limits.number,
            }),
            state: JudgeState::new(root(endpoint)),
            before: None,
            unbounded: false,
        }
    }

    /// Reads on. `bytes` is the body as far as it has arrived, from its first byte. Answers whether
    /// the rest of it is still of interest.
    pub(crate) fn read(
        &mut self,
        bytes: &[u8],
        last: bool,
        policy: &Compiled,
        endpoint: &Endpoint,
        violations: &mut Violations,
    ) -> bool {
        let before = *self.before.get_or_insert_with(|| violations.mark());
        let mut judge = Judge::new(
            bytes,
            &policy.program,
            &policy.addresses,
            &endpoint.limits,
            violations,
            &mut self.state,
        );
        let code = match self.reader.read(bytes, last, &mut judge) {
            Ok(Progress::More) => return true,
            Ok(Progress::Done) | Err(Halt::Stopped) => return false,
            Err(Halt::Syntax(error)) => code(error),
        };
        let body = Location::Body(Pointer::default());
        if code.class() != RuleClass::Limit || self.unbounded || !violations.hides(code) {
            violations.add(body, code);
            return false;
        }
        // It is reported, and what stands behind it may refuse: once more from the beginning, without.
        violations.rewind(before);
        violations.add(body, code);
        *self = Self {
            reader: Reader::new(Bounds::WIDEST),
            state: JudgeState::new(root(endpoint)),
            before: Some(violations.mark()),
            unbounded: true,
        };
        self.read(bytes, last, policy, endpoint, violations)
    }
}

fn root(endpoint: &Endpoint) -> NodeId {
    endpoint.json.unwrap_or(NodeId::ANY)
}

fn code(error: SyntaxError) -> Code {
    match error {
        SyntaxError::Malformed => Code::BodyMalformed,
        SyntaxError::NotUtf8 => Code::BodyNotUtf8,
        SyntaxError::TooDeep => Code::TooDeep,
        SyntaxError::StringTooLarge => Code::StringTooLarge,
        SyntaxError::NumberTooLarge => Code::NumberTooLarge,
    }
}
