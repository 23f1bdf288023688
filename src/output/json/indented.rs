//! JSON with a line for each value.

/// What a step to the right is.
const STEP: &str = "  ";

/// Returns JSON with each value in its line, two blanks further in than what holds it, and with a line end. What stood
/// between the values does not matter; an empty list or object stays in one line.
pub(super) fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 2);
    let mut depth = 0;
    let mut rest = json.trim_start();
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '"' => string(rest),
            '{' | '[' | '}' | ']' | ',' | ':' => 1,
            _ => rest.find([',', '}', ']', ' ', '\n']).unwrap_or(rest.len()),
        };
        let (part, behind) = rest.split_at(length);
        rest = behind.trim_start();
        let is_empty = matches!(sign, '{' | '[') && rest.starts_with(['}', ']']);
        match sign {
            '{' | '[' if is_empty => {
                out += part;
                out += &rest[..1];
                rest = rest[1..].trim_start();
            }
            '{' | '[' => {
                depth += 1;
                out += part;
                next_line(&mut out, depth);
            }
            '}' | ']' => {
                depth -= 1;
                next_line(&mut out, depth);
                out += part;
            }
            ',' => {
                out += part;
                next_line(&mut out, depth);
            }
            ':' => out += ": ",
            _ => out += part,
        }
    }
    out + "\n"
}

fn next_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str(STEP);
    }
}

/// Returns how long the string is with which a text begins, with its quotation marks.
fn string(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 1;
    while let Some(byte) = bytes.get(end) {
        end += match byte {
            b'"' => return end + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn json_is_indented_as_serde_does_it() {
        for value in [
            json!({"a": [1, -2.5e3, {"b": null, "c": {}}, [], [[]], ["x"]], "d\\": "e \" {[,: ]} \u{e9}\n"}),
            json!([]),
            json!({}),
            json!("a"),
            json!(true),
            Value::Null,
        ] {
            let pretty = serde_json::to_string_pretty(&value).expect("JSON");
            for written in [&pretty, &value.to_string()] {
                assert_eq!(indented(written), format!("{pretty}\n"));
            }
        }
    }
}
