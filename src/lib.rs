//! Every SIP response code, explained in the terminal, with the proof beside it.

pub mod app;
pub mod bookmarks;
pub mod calls;
pub mod catalog;
pub mod choices;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod config;
pub mod document;
pub mod explain;
pub mod files;
pub mod keymap;
pub mod ledger;
pub mod message;
pub mod output;
pub mod search;
pub mod store;
pub mod tally;
pub mod text;
pub mod theme;
pub mod trace;
pub mod tui;
pub mod view;
