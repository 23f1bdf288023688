//! Explorers that share a file, or cannot save it.

use super::*;

#[test]
fn two_explorers_keep_each_others_notes_and_show_them() -> Result<()> {
    let home = home();
    let (mut one, mut two) = (start(terminal(&home))?, start(terminal(&home))?);
    type_in(&mut one, "486\t", &["┌ 486 Busy", LISTING])?;
    type_in(&mut two, "600\t", &["┌ 600 Busy", LISTING])?;
    type_in(&mut one, "e", &["Note for 486"])?;
    type_in(&mut two, "e", &["Note for 600"])?;
    type_in(&mut one, "of one\r", &["★ of one", "note saved"])?;
    type_in(&mut two, "of two\r", &["★ of two", "note saved"])?;
    let notes = || -> Vec<_> {
        let kept = kept(home.path()).into_values();
        kept.map(|bookmark| bookmark.note).collect()
    };
    // A slow disk holds up no key, so the screen may be ahead of the file.
    wait_until("both notes are saved", || {
        notes() == [Some("of one".into()), Some("of two".into())]
    });
    // The second saw the first when it saved; the first sees the second on a key.
    type_in(&mut two, "486\t", &["┌ 486 Busy", "★ of one"])?;
    type_in(&mut one, "r", &["read anew"])?;
    type_in(&mut one, "600\t", &["┌ 600 Busy", "★ of two"])?;
    // And on the focus.
    type_in(&mut two, "e", &["Note for 486"])?;
    type_in(&mut two, " and two\r", &["★ of one and two"])?;
    type_in(&mut one, "486\t", &["┌ 486 Busy", "★ of one"])?;
    one.send_str("\x1b[I")?;
    wait_for(&mut one, "★ of one and two")?;
    quit(one)?;
    quit(two)
}

#[test]
fn what_cannot_be_saved_is_kept_and_said_until_it_can_be() -> Result<()> {
    for obstacle in ["a directory", "a file of a newer version"] {
        let home = home();
        let path = home.path().join("bookmarks.toml");
        if obstacle == "a directory" {
            fs::create_dir(&path)?;
        } else {
            fs::write(&path, "version = 99\n")?;
        }
        let mut explorer = start_warned(&home)?;
        type_in(&mut explorer, "486\t", &["┌ 486 Busy", LISTING])?;
        type_in(
            &mut explorer,
            "b",
            &["not saved, kept until it can be", "bookmarks.toml"],
        )?;
        type_in(&mut explorer, "j", &[LISTING, " not saved"])?;
        type_in(&mut explorer, "k", &["★ bookmarked"])?;
        type_in(&mut explorer, "r", &["not saved, kept until it can be"])?;
        if obstacle == "a directory" {
            fs::remove_dir(&path)?;
        } else {
            fs::remove_file(&path)?;
        }
        type_in(&mut explorer, "r", &["bookmarks read anew"])?;
        explorer.send_str("k")?;
        explorer.wait_until(|screen| screen.contains(LISTING) && !screen.contains("not saved"))?;
        wait_until("it is saved", || kept(home.path()).len() == 1);
        quit(explorer)?;
    }
    Ok(())
}

/// Starts the explorer where a warning stands in the place of the foot.
fn start_warned(home: &TempDir) -> Result<termlens::Terminal> {
    let mut explorer = terminal(home).spawn(SIPDEX)?;
    wait_for(&mut explorer, "bookmarks.toml")?;
    Ok(explorer)
}

#[test]
fn what_is_lost_in_the_end_is_said_with_what_to_type() -> Result<()> {
    for (signal, status) in [(None, "status 1"), (Some(Signal::TERM), "status 143")] {
        let home = home();
        fs::create_dir(home.path().join("bookmarks.toml"))?;
        let script = r#"
            sh -c 'echo $$ >"$SIPDEX_CONFIG_DIR/pid"; exec "$0"' "$0"
            echo "status $?"
            read -r enter"#;
        let mut shell = terminal(&home)
            .args(["-c", script, SIPDEX])
            .spawn("/bin/sh")?;
        wait_for(&mut shell, "is not a file")?;
        type_in(&mut shell, "486\t", &["┌ 486 Busy", LISTING])?;
        type_in(&mut shell, "e", &["Note for 486"])?;
        type_in(&mut shell, "it's busy\r", &["not saved"])?;
        if let Some(signal) = signal {
            let pid = fs::read_to_string(home.path().join("pid"))?;
            let pid = pid.trim().parse().ok().and_then(Pid::from_raw);
            kill_process(pid.expect("a process"), signal).map_err(std::io::Error::from)?;
        } else {
            shell.send_str("q")?;
        }
        let to_type = r"sipdex bookmarks add 486 --note 'it'\''s busy'";
        shell.wait_until(|screen| screen.contains(status) && screen.contains(to_type))?;
        shell.send_str("\r")?;
        shell.wait_exit()?;
    }
    Ok(())
}
