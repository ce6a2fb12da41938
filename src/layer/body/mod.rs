mod collect;
mod pace;
mod replay;
mod response;

pub(super) use collect::{Collected, is_length_limit};
pub(super) use pace::Pace;
pub use replay::ReplayBody;
pub use response::ResponseBody;
