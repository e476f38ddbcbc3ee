package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.content.ContentVersion;
import dev.edj.portal.site.Typed;

/// The script of a step: an existing content, perhaps with a changed text, or a new one.
///
/// @param source `new` or `existing`
/// @param version of the existing content; empty means the newest at each start
/// @param loaded of which content and version the text in the editor was, before it was changed
/// @param name of the new content; empty means that of the job
/// @param comment on the version that is made
record ScriptForm(
    String source,
    String content,
    String version,
    String loaded,
    String name,
    String text,
    String comment) {

  static final String NEW = "new";
  static final String EXISTING = "existing";
  static final ScriptForm NOTHING = new ScriptForm(NEW, "", "", "", "", "", "");

  ScriptForm {
    source = NEW.equals(source) ? NEW : EXISTING;
    content = requireNonNullElse(content, "").strip();
    version = requireNonNullElse(version, "").strip();
    loaded = requireNonNullElse(loaded, "");
    name = requireNonNullElse(name, "").strip();
    text = Typed.lines(text);
    comment = requireNonNullElse(comment, "");
  }

  static ScriptForm existing(String content, String version) {
    return new ScriptForm(EXISTING, content, version, "", "", "", "");
  }

  public boolean isNew() {
    return source.equals(NEW);
  }

  /// Whether the editor shows the text of what is chosen, or one that was made of it.
  boolean isLoaded() {
    return Loaded.parse(loaded).filter(text -> text.isOf(this)).isPresent();
  }

  /// With the text of what is chosen in the editor.
  ScriptForm showing(ContentVersion shown) {
    return new ScriptForm(
        EXISTING,
        content,
        version,
        new Loaded(content, version, shown.version()).toString(),
        name,
        requireNonNullElse(shown.text(), ""),
        "");
  }

  /// The same text as one that was made of this version.
  ScriptForm madeOf(int number) {
    String of = new Loaded(content, version, number).toString();
    return new ScriptForm(source, content, version, of, name, text, comment);
  }

  /// After its text became this version.
  ScriptForm saved(ContentVersion made) {
    String chosen = version.isEmpty() ? "" : Integer.toString(made.version());
    return existing(made.content(), chosen).showing(made);
  }
}
