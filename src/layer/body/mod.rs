mod collect;
mod replay;
mod response;

pub(super) use collect::{Collected, is_length_limit};
pub use replay::ReplayBody;
pub use response::ResponseBody;
