//! The roles of the screen, once: `each_role!` hands them to a macro. The build and the tests share this file.

macro_rules! each_role {
    ($then:ident) => {
        $then! {
            /// What is read.
            text
            /// What may be overlooked.
            muted
            /// The lines around and between.
            border
            /// The border of what takes the keys.
            border_focused
            /// What names a thing, and what should be found first.
            title
            /// The heading of a section.
            heading
            /// The line that keys act on.
            selected
            /// The same line, while the keys go elsewhere.
            selected_unfocused
            /// The letters that a query found.
            matched
            /// What is marked for a comparison, and the step of a ladder that the page is about.
            marked
            /// The sign of a bookmark.
            star
            /// A code by its class: 1xx.
            provisional
            /// 2xx.
            success
            /// 3xx.
            redirection
            /// 4xx.
            request_failure
            /// 5xx.
            server_failure
            /// 6xx.
            global_failure
            /// MUST, SHOULD and their kin.
            must
            /// Where something is said.
            citation
            /// What leads elsewhere.
            link
            /// The link that Enter follows.
            link_selected
            /// A message as it goes on the wire.
            message
            /// The sign of a row whose values differ.
            differs
            /// A key, and the name of a header field.
            key
            /// What stands before the line that is typed.
            prompt
            /// What has happened.
            notice
            /// What has failed.
            error
        }
    };
}

pub(crate) use each_role;
