use super::{Compiled, Endpoint};
use crate::{
    Code, Location,
    json::{Bounds, Halt, Progress, Reader, SyntaxError},
    location::Pointer,
    schema::{Judge, JudgeState, NodeId},
    violations::Violations,
};

/// Judges a JSON body while it arrives.
#[derive(Debug)]
pub(crate) struct BodyJudge {
    reader: Reader,
    state: JudgeState,
}

impl BodyJudge {
    /// For an endpoint that declares a JSON body.
    pub(crate) fn new(endpoint: &Endpoint) -> Self {
        let limits = &endpoint.limits;
        let bounds = Bounds {
            depth: limits.depth,
            string: limits.string,
            number: limits.number,
        };
        Self {
            reader: Reader::new(bounds),
            state: JudgeState::new(endpoint.json.unwrap_or(NodeId::ANY)),
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
        let mut judge = Judge::new(
            bytes,
            &policy.program,
            &policy.addresses,
            &endpoint.limits,
            violations,
            &mut self.state,
        );
        match self.reader.read(bytes, last, &mut judge) {
            Ok(Progress::More) => true,
            Ok(Progress::Done) | Err(Halt::Stopped) => false,
            Err(Halt::Syntax(error)) => {
                violations.add(Location::Body(Pointer::default()), code(error));
                false
            }
        }
    }
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
