package dev.edj.portal.content;

import static java.util.Objects.requireNonNullElse;

import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.portal.site.Typed;

/// A content, or a new version of one, as it was typed.
///
/// @param base the version that the text was made of; 0 for a new content
record ContentForm(String name, String text, String comment, Integer base) {

  static final ContentForm NOTHING = new ContentForm("", "", "", 0);

  ContentForm {
    name = requireNonNullElse(name, "").strip();
    text = Typed.lines(text);
    comment = requireNonNullElse(comment, "");
    base = requireNonNullElse(base, 0);
  }

  ContentForm on(int version) {
    return new ContentForm(name, text, comment, version);
  }

  NewContent newContent() {
    return new NewContent(name, text, comment);
  }

  NewContentVersion newVersion() {
    return new NewContentVersion(text, comment, base);
  }
}
