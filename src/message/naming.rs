//! Header fields and parameters: which of them name somebody, and which have numbers that only count.

/// Fields with versions, which look like addresses.
pub(super) const PRODUCTS: &[&str] = &["Server", "User-Agent"];
/// Fields whose numbers say how long, how many or which one.
pub(super) const NUMBERS: &[&str] = &[
    "CSeq",
    "RSeq",
    "RAck",
    "Max-Forwards",
    "Content-Length",
    "Expires",
    "Min-Expires",
    "Session-Expires",
    "Min-SE",
    "Retry-After",
    "Timestamp",
];
/// Fields that name calls.
pub(super) const CALLS: &[&str] = &[
    "Call-ID",
    "In-Reply-To",
    "Replaces",
    "Join",
    "Target-Dialog",
];
/// Fields that hold addresses, even such as are written wrongly.
pub(super) const ADDRESSES: &[&str] = &[
    "From",
    "To",
    "Contact",
    "P-Asserted-Identity",
    "P-Preferred-Identity",
    "Remote-Party-ID",
    "Diversion",
    "Referred-By",
    "Refer-To",
    "Reply-To",
    "Route",
    "Record-Route",
    "Permission-Missing",
    "Trigger-Consent",
];
/// Fields that somebody wrote, or that say where somebody is.
pub(super) const WRITTEN: &[&str] = &["Subject", "Organization", "P-Visited-Network-ID"];
/// Parameters, and what their values name.
pub(super) const PARAMETERS: &[(&str, &str)] = &[
    ("received", "host"),
    ("maddr", "host"),
    ("icid-generated-at", "host"),
    ("orig-ioi", "host"),
    ("term-ioi", "host"),
    ("phone-context", "host"),
    ("realm", "realm"),
    ("username", "user"),
    ("gr", "device"),
    ("cname", "user"),
    ("cgi-3gpp", "place"),
    ("utran-cell-id-3gpp", "place"),
    ("dsl-location", "place"),
    ("tag", ""),
    ("branch", ""),
    ("rport", ""),
];
/// Fields that say nothing in words: when, what proves something, and ways.
pub(super) const WORDLESS: &[&str] = &[
    "Via",
    "Date",
    "Identity",
    "Authorization",
    "Proxy-Authorization",
    "Authentication-Info",
    "Proxy-Authentication-Info",
    "WWW-Authenticate",
    "Proxy-Authenticate",
    "P-Access-Token",
    "SIP-ETag",
    "SIP-If-Match",
];
/// Attributes of a session description that say nothing in words.
pub(super) const ATTRIBUTES: &[&str] = &[
    "rtpmap",
    "fmtp",
    "candidate",
    "remote-candidates",
    "crypto",
    "fingerprint",
    "tls-id",
    "ice-ufrag",
    "ice-pwd",
    "ice-options",
    "ssrc",
    "msid",
    "mid",
    "extmap",
    "rtcp",
    "rtcp-fb",
];
