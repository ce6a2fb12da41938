//! The declaration of the DynamoDB guard as an IAM policy: what AWS would decide by it, next to what the
//! guard decides, and what is told of policies that say something else.

mod aws;
mod calls;
mod checked;
mod decisions;
mod declared;
mod edited;
mod facts;
mod faults;
mod guarded;
mod parliament;
mod written;
