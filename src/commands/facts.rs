//! What no command line says of itself: the manual page and the README tell it from here.

/// A heading, and terms with what they mean.
pub struct Facts {
    pub heading: &'static str,
    pub rows: &'static [(&'static str, &'static str)],
}

pub const FACTS: [Facts; 3] = [
    Facts {
        heading: "FILES",
        rows: &[
            (
                "config.toml",
                "theme, mouse, borders, start and keys; nothing has to be in it, and sipdex writes only the theme into it, when asked",
            ),
            (
                "bookmarks.toml",
                "bookmarks and their notes, written when the first is kept; sipdex paths says where both are",
            ),
        ],
    },
    Facts {
        heading: "ENVIRONMENT",
        rows: &[
            (
                "SIPDEX_CONFIG_DIR",
                "the directory of both files, instead of the one of the system",
            ),
            (
                "NO_COLOR",
                "if set, the explorer starts in the theme without colour, and plain text has no styles",
            ),
            (
                "COLORFGBG",
                "the colours of the terminal, from which the theme auto knows a light one",
            ),
            (
                "CLICOLOR_FORCE, CLICOLOR",
                "plain text has styles in a pipe too if the first is set and not 0, and none if the second is 0",
            ),
            (
                "SIPDEX_PAGER, PAGER",
                "what shows plain text and Markdown longer than the terminal, less if none is set; none if it is empty or cat",
            ),
            (
                "LESS, LV",
                "where they are not set, the pager gets FRX and -c",
            ),
            (
                "LC_ALL, LC_CTYPE, LANG",
                "without UTF-8, borders and marks are ASCII",
            ),
            (
                "BROWSER",
                "what opens a section of an RFC, where DISPLAY or WAYLAND_DISPLAY is set",
            ),
        ],
    },
    Facts {
        heading: "EXIT STATUS",
        rows: &[
            (
                "0",
                "done; also a reader that closes the pipe, and a number that is not in IANA's list",
            ),
            ("1", "nothing found, or not read or written"),
            (
                "2",
                "wrong usage, a number that is no response code, no terminal for the explorer",
            ),
            (
                "3",
                "explain --check found no message; 0 is clean, 1 says that a rule is broken",
            ),
            (
                "128 + n",
                "ended by signal n, after giving the terminal back",
            ),
        ],
    },
];
