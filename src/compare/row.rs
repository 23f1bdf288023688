//! One fact of each response, side by side.

use std::borrow::Cow;

#[derive(Debug)]
pub struct Row {
    pub name: &'static str,
    pub values: Vec<Cow<'static, str>>,
    pub differs: bool,
}
