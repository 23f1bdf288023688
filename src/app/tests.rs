//! What a user may do, without a terminal.

use super::action::{ColumnCommand, Edit, Insert, Move, PaneCommand, ReadingCommand};
use super::*;
use crate::bookmarks::Change;
use crate::compare::Compared;

fn open(opening: &Opening) -> App {
    App::new(Bookmarks::new(), opening, Start::Search, true)
}

fn app() -> App {
    open(&Opening::Nothing)
}

fn code(code: u16) -> StatusCode {
    StatusCode::new(code).expect("a code")
}

fn shown(app: &App) -> u16 {
    let code = app.shown().expect("a page").code();
    code.expect("a code").get()
}

fn type_in(app: &mut App, text: &str) {
    for letter in text.chars() {
        app.update(&Action::Insert(Insert::Letter(letter)));
    }
}

#[test]
fn typing_finds_and_shows_at_once() {
    let mut app = app();
    assert_eq!(app.mode(), Mode::Search);
    type_in(&mut app, "busy");
    assert_eq!(shown(&app), 486);
    assert!(app.list().hits().len() >= 2);
    assert!(app.document().title.contains("Busy Here"));
}

#[test]
fn escape_goes_one_step_back_and_never_quits() {
    let mut app = app();
    type_in(&mut app, "busy");
    app.update(&Action::Open);
    assert_eq!(app.mode(), Mode::Detail);
    assert_eq!(app.update(&Action::Back), None);
    assert_eq!(app.mode(), Mode::List);
    assert_eq!(app.update(&Action::Back), None);
    app.update(&Action::Reading(ReadingCommand::Search));
    app.update(&Action::Back);
    assert_eq!(app.query().text(), "");
    app.update(&Action::Back);
    assert_eq!((app.mode(), app.update(&Action::Back)), (Mode::List, None));
}

#[test]
fn a_chosen_code_stays_selected_while_it_is_listed() {
    let mut app = app();
    type_in(&mut app, "48");
    for _ in 0..6 {
        app.update(&Action::Move(Move::Down));
    }
    assert_eq!(shown(&app), 486);
    app.update(&Action::Edit(Edit::DeleteLeft));
    assert_eq!(shown(&app), 486, "still listed among 4xx");
    app.update(&Action::Edit(Edit::DeleteLeft));
    type_in(&mut app, "5");
    assert_eq!(shown(&app), 500, "no longer listed");
}

#[test]
fn what_is_typed_without_choosing_shows_the_best_hit() {
    let mut app = app();
    type_in(&mut app, "4");
    assert_eq!(shown(&app), 400);
    type_in(&mut app, "86");
    assert_eq!(shown(&app), 486);
}

#[test]
fn a_digit_in_the_list_begins_a_new_query() {
    let mut app = app();
    type_in(&mut app, "busy");
    app.update(&Action::Reading(ReadingCommand::NextPane));
    app.update(&Action::Insert(Insert::Letter('6')));
    assert_eq!((app.mode(), app.query().text()), (Mode::Search, "6"));
}

#[test]
fn a_query_without_a_hit_offers_the_nearest() {
    let mut app = app();
    type_in(&mut app, "forbodoon");
    assert_eq!(shown(&app), 403);
    assert_eq!(app.query().text(), "forbodoon");
}

#[test]
fn links_are_followed_and_backspace_walks_back() {
    let mut app = app();
    type_in(&mut app, "486");
    app.update(&Action::Open);
    app.panes.reader.select(0);
    app.update(&Action::Open);
    assert_eq!(shown(&app), 600);
    app.update(&Action::Reading(ReadingCommand::Return));
    assert_eq!((shown(&app), app.query().text()), (486, "486"));
    assert_eq!(app.reader().link(), Some(0));
}

#[test]
fn a_number_without_a_name_has_a_page_too() {
    let mut app = app();
    type_in(&mut app, "431");
    assert_eq!(shown(&app), 431);
}

#[test]
fn marks_are_compared_and_survive_a_new_query() {
    let mut app = app();
    type_in(&mut app, "486");
    app.update(&Action::Open);
    app.update(&Action::Pane(PaneCommand::Mark));
    app.update(&Action::Reading(ReadingCommand::Search));
    app.update(&Action::Back);
    type_in(&mut app, "600");
    app.update(&Action::Open);
    app.update(&Action::Pane(PaneCommand::Mark));
    app.update(&Action::Pane(PaneCommand::Compare));
    let codes: Vec<_> = app.columns().expect("a comparison").responses().to_vec();
    assert_eq!(
        codes.iter().map(|r| r.code.get()).collect::<Vec<_>>(),
        [486, 600]
    );
    app.update(&Action::Back);
    assert_eq!((app.mode(), app.marks().len()), (Mode::Detail, 2));
}

#[test]
fn without_marks_a_code_is_compared_with_what_it_is_confused_with() {
    let mut app = app();
    type_in(&mut app, "486");
    app.update(&Action::Pane(PaneCommand::Compare));
    let codes: Vec<_> = app.columns().expect("a comparison").responses().to_vec();
    assert_eq!(codes[1].code.get(), 600);
}

#[test]
fn no_more_than_four_are_marked() {
    let mut app = app();
    for text in ["480", "486", "600", "603", "487"] {
        app.update(&Action::Reading(ReadingCommand::Search));
        app.update(&Action::Edit(Edit::DeleteToStart));
        type_in(&mut app, text);
        app.update(&Action::Pane(PaneCommand::Mark));
    }
    assert_eq!(app.marks().len(), 4);
    assert!(app.notice().is_some_and(|notice| notice.is_error));
}

#[test]
fn columns_are_swapped_chosen_added_and_removed() {
    let opening = Opening::Compare(Compared::of(&[480, 486].map(code)).expect("two codes"));
    let mut app = open(&opening);
    let codes = |app: &App| -> Vec<u16> {
        app.columns()
            .expect("a comparison")
            .responses()
            .iter()
            .map(|r| r.code.get())
            .collect()
    };
    app.update(&Action::Column(ColumnCommand::Swap));
    assert_eq!(codes(&app), [486, 480]);
    app.update(&Action::Column(ColumnCommand::AddColumn));
    type_in(&mut app, "603");
    app.update(&Action::Open);
    assert_eq!(codes(&app), [486, 480, 603]);
    app.update(&Action::Insert(Insert::Letter('6')));
    type_in(&mut app, "00");
    app.update(&Action::Open);
    assert_eq!(codes(&app), [486, 480, 600]);
    app.update(&Action::Column(ColumnCommand::RemoveColumn));
    assert_eq!(codes(&app), [486, 480]);
    app.update(&Action::Column(ColumnCommand::RemoveColumn));
    assert_eq!(codes(&app), [486, 480], "two at the least");
    app.update(&Action::Column(ColumnCommand::AddColumn));
    type_in(&mut app, "486");
    app.update(&Action::Open);
    assert_eq!(codes(&app), [486, 480], "none twice");
}

#[test]
fn from_a_comparison_to_a_page_and_back_to_the_same_place() {
    let opening = Opening::Compare(Compared::of(&[480, 486].map(code)).expect("two codes"));
    let mut app = open(&opening);
    app.update(&Action::Reading(ReadingCommand::NextPane));
    app.update(&Action::Open);
    assert_eq!((app.mode(), shown(&app)), (Mode::Detail, 486));
    app.update(&Action::Reading(ReadingCommand::Return));
    assert_eq!(app.columns().expect("the comparison").column, 1);
}

#[test]
fn a_bookmark_is_saved_at_once_and_comes_back_with_its_note() {
    let mut app = app();
    type_in(&mut app, "486");
    app.update(&Action::Pane(PaneCommand::EditNote));
    type_in(&mut app, "no credit");
    let saved = app.update(&Action::Open);
    let note = Change::Note(code(486), Some("no credit".into()));
    assert_eq!(saved, Some(Effect::Save(note.clone())));
    assert_eq!(
        app.update(&Action::Pane(PaneCommand::Bookmark)),
        Some(Effect::Save(Change::Remove(code(486))))
    );
    assert!(app.kept().bookmarks.is_empty());
    assert_eq!(
        app.update(&Action::Pane(PaneCommand::Bookmark)),
        Some(Effect::Save(note))
    );
}

#[test]
fn a_page_has_the_note_of_its_bookmark_as_it_is_by_now() {
    let mut app = app();
    type_in(&mut app, "486");
    app.update(&Action::Open);
    app.panes.reader.select(1);
    let note = |app: &App| app.document().note.clone();
    assert_eq!(note(&app), None);
    app.update(&Action::Pane(PaneCommand::Bookmark));
    assert_eq!(note(&app).as_deref(), Some("bookmarked"));
    let mut bookmarks = Bookmarks::new();
    Change::Note(code(486), Some("no credit".into())).apply(&mut bookmarks);
    app.reloaded(bookmarks);
    assert_eq!(note(&app).as_deref(), Some("no credit"));
    assert_eq!(app.reader().link(), Some(1), "the reader stays where it is");
    app.carry_out(Step::Follow(catalog::response(code(600)).into()));
    app.update(&Action::Reading(ReadingCommand::Return));
    assert_eq!(note(&app).as_deref(), Some("no credit"));
    app.update(&Action::Pane(PaneCommand::Bookmark));
    assert_eq!(note(&app), None);
}

#[test]
fn a_note_that_was_left_is_there_at_the_next_visit() {
    let mut app = app();
    type_in(&mut app, "486");
    app.update(&Action::Pane(PaneCommand::EditNote));
    type_in(&mut app, "half a");
    app.update(&Action::Back);
    assert!(app.kept().bookmarks.is_empty());
    app.update(&Action::Pane(PaneCommand::EditNote));
    let Some(Overlay::Note(editor)) = app.overlays().last() else {
        panic!("no editor")
    };
    assert_eq!(editor.line.text(), "half a");
    let draft = Change::Note(code(486), Some("half a".into()));
    let drafts = std::slice::from_ref(&draft);
    assert_eq!(app.drafts(), drafts, "also while it is open");
    assert_eq!(app.update(&Action::Open), Some(Effect::Save(draft)));
    assert_eq!(app.drafts(), []);
}

#[test]
fn a_note_that_is_as_it_was_is_no_change_whatever_the_file_says_by_now() {
    let mut app = app();
    let with_note = |note: &str| {
        let mut bookmarks = Bookmarks::new();
        Change::Note(code(486), Some(note.into())).apply(&mut bookmarks);
        bookmarks
    };
    app.reloaded(with_note("one\ntwo"));
    type_in(&mut app, "486");
    app.update(&Action::Pane(PaneCommand::EditNote));
    app.reloaded(with_note("newer"));
    assert_eq!(app.update(&Action::Open), None);
    // One that is changed counts, and says what it replaces.
    app.update(&Action::Pane(PaneCommand::EditNote));
    type_in(&mut app, "!");
    app.reloaded(with_note("newest"));
    let note = Change::Note(code(486), Some("newer!".into()));
    assert_eq!(app.update(&Action::Open), Some(Effect::Save(note)));
    let notice = app.notice().expect("a notice");
    assert!(notice.text.ends_with(": newest"), "{}", notice.text);
}

#[test]
fn only_bookmarks_are_shown_on_request() {
    let mut app = app();
    app.update(&Action::Pane(PaneCommand::OnlyBookmarks));
    assert!(app.notice().is_some(), "there are none yet");
    type_in(&mut app, "486");
    app.update(&Action::Pane(PaneCommand::Bookmark));
    app.update(&Action::Edit(Edit::DeleteToStart));
    app.update(&Action::Pane(PaneCommand::OnlyBookmarks));
    assert_eq!(app.list().hits().len(), 1);
    app.update(&Action::Pane(PaneCommand::OnlyBookmarks));
    assert_eq!(app.list().hits().len(), 75);
}

#[test]
fn the_next_class_is_one_key_away() {
    let mut app = app();
    app.update(&Action::Reading(ReadingCommand::NextPane));
    app.update(&Action::Pane(PaneCommand::NextClass));
    assert_eq!(shown(&app), 200);
    app.update(&Action::Pane(PaneCommand::NextClass));
    app.update(&Action::Pane(PaneCommand::PreviousClass));
    assert_eq!(shown(&app), 200);
}

#[test]
fn a_question_mark_helps_in_an_empty_line_and_is_text_elsewhere() {
    let mut app = app();
    app.update(&Action::Insert(Insert::Letter('?')));
    assert_eq!(app.mode(), Mode::Help);
    app.update(&Action::Back);
    type_in(&mut app, "a?");
    assert_eq!(app.query().text(), "a?");
}

#[test]
fn a_pasted_text_is_a_query_and_no_command() {
    let mut app = app();
    app.update(&Action::Reading(ReadingCommand::NextPane));
    app.update(&Action::Insert(Insert::Text(
        "SIP/2.0 486 Busy Here".into(),
    )));
    assert_eq!((app.mode(), app.shown()), (Mode::Search, None));
    assert_eq!(app.document().title, "486 Busy Here");
    app.update(&Action::Move(Move::Down));
    assert_eq!((app.mode(), shown(&app)), (Mode::Search, 486));
}

#[test]
fn a_pasted_message_is_read_whole() {
    let mut app = app();
    let vias = "Via: SIP/2.0/UDP 10.0.0.200:5060\r\n".repeat(400);
    let message = format!("SIP/2.0 503 Service Unavailable\r\n{vias}Reason: Q.850;cause=34\r\n");
    app.update(&Action::Insert(Insert::pasted(&message)));
    let hits: Vec<String> = app
        .list()
        .hits()
        .iter()
        .map(|hit| hit.entry.short())
        .collect();
    assert_eq!(hits, ["503", "cause 34"]);
    assert_eq!(
        app.query().text().lines().count(),
        402,
        "its line ends are kept"
    );
    type_in(&mut app, " ");
    assert_eq!(app.list().hits().len(), 2);
}

#[test]
fn among_bookmarks_the_same_key_brings_one_back() {
    let mut bookmarks = Bookmarks::new();
    for number in [480, 486, 503] {
        Change::Add(code(number)).apply(&mut bookmarks);
    }
    let mut app = App::new(bookmarks, &Opening::Nothing, Start::Search, true);
    app.update(&Action::Pane(PaneCommand::OnlyBookmarks));
    app.update(&Action::Move(Move::Down));
    for kept in [2, 3] {
        app.update(&Action::Pane(PaneCommand::Bookmark));
        assert_eq!((shown(&app), app.kept().bookmarks.len()), (486, kept));
        let saved = app.kept().bookmarks.clone();
        app.reloaded(saved);
        assert_eq!(shown(&app), 486);
    }
}
