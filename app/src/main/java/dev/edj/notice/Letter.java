package dev.edj.notice;

import dev.edj.notice.NoticeMessage.Execution;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A message as people get it by e-mail.
///
/// @param subject in one line
/// @param lines one for each thing
/// @param link to its page in the portal
record Letter(String subject, List<String> lines, @Nullable String link) {

  static Letter of(NoticeMessage message) {
    Execution execution = message.data().execution();
    return new Letter(
        message.data().text(),
        MessageLines.of(execution),
        execution == null ? null : execution.link());
  }

  /// As it is kept until it was sent.
  String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }

  static Letter parse(String json) {
    return JsonMapper.shared().readValue(json, Letter.class);
  }

  String text() {
    StringBuilder text = new StringBuilder(subject).append("\n\n");
    lines.forEach(line -> text.append(line).append('\n'));
    if (link != null) {
      text.append('\n').append(link).append('\n');
    }
    return text.toString();
  }

  /// What a server wrote is a text in it, whatever it looks like.
  String html() {
    StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html><body>\n");
    html.append("<p><strong>").append(escaped(subject)).append("</strong></p>\n");
    lines.forEach(line -> html.append("<p>").append(escaped(line)).append("</p>\n"));
    if (link != null) {
      html.append("<p><a href=\"%s\">%s</a></p>\n".formatted(escaped(link), escaped(link)));
    }
    return html.append("</body></html>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
