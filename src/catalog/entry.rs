//! What the reference has a page of.

use super::{Citation, Response, StatusCode};

/// What has a page: what a query finds, a row of the list stands for and a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Response(&'static Response),
}

impl Entry {
    /// Returns the response, where it is one.
    pub fn response(self) -> Option<&'static Response> {
        match self {
            Self::Response(response) => Some(response),
        }
    }

    /// Returns the status code, where it has one.
    pub fn code(self) -> Option<StatusCode> {
        self.response().map(|response| response.code)
    }

    /// Returns what it is called, without its code.
    pub fn name(self) -> &'static str {
        match self {
            Self::Response(response) => response.phrase(),
        }
    }

    /// Returns what stands at the head of its page, and in a list.
    pub fn title(self) -> String {
        match self {
            Self::Response(response) => response.title(),
        }
    }

    /// Returns the section that defines it.
    pub fn defined(self) -> Option<Citation> {
        match self {
            Self::Response(response) => response.defined(),
        }
    }
}

impl From<&'static Response> for Entry {
    fn from(response: &'static Response) -> Self {
        Self::Response(response)
    }
}
