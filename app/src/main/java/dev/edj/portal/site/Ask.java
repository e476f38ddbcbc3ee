package dev.edj.portal.site;

/// A question before something that cannot be undone. The template `ask` shows it as a page, which
/// comes up as a dialog where scripts run: a link to it is `<a data-dialog th:href="…">`.
///
/// @param title what is about to happen: `Stop execution …?`
/// @param sentence what it does and what it leaves
/// @param action where the answer yes is posted
/// @param yes what the button says: `Stop it`
/// @param back where no leads
public record Ask(String title, String sentence, PagePath action, String yes, PagePath back) {}
