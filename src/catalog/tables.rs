//! The static tables, as `build.rs` wrote them.
#![allow(clippy::unreadable_literal)]

use super::vocabulary::{DialogEffect, Kin, Place, Status, Strength, Travels, Verdict};
use super::{
    Advice, Cause, Citation, ClassRule, Clause, Dialog, Family, FamilyDifference, Fix, Forking,
    HeaderField, Http, Isdn, Mapping, Mistake, Related, Response, Retry, Section, Sender, Standing,
    StatusCode, Step, Vendor, Warning,
};

include!(concat!(env!("OUT_DIR"), "/reference.rs"));
