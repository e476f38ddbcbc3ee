package dev.edj.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.edj.notice.NoticeMessage.Execution;
import dev.edj.secrecy.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Messages as webhooks send them.
final class Bodies {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .addModule(Withheld.always())
          .build();

  private Bodies() {}

  static String of(NoticeMessage message, WebhookFormat format) {
    return JSON.writeValueAsString(
        switch (format) {
          case Json -> message;
          case Slack -> Map.of("text", slack(message));
          case Teams -> teams(message);
        });
  }

  private static String slack(NoticeMessage message) {
    List<String> lines = new ArrayList<>();
    lines.add("*" + escaped(message.data().text()) + "*");
    MessageLines.of(message.data().execution()).forEach(line -> lines.add(escaped(line)));
    String link = link(message);
    if (link != null) {
      lines.add("<" + link + ">");
    }
    return String.join("\n", lines);
  }

  /// Without this a database's error could call everybody in the channel (`<!channel>`).
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Object teams(NoticeMessage message) {
    List<Object> blocks = new ArrayList<>();
    blocks.add(block(message.data().text(), "Bolder"));
    MessageLines.of(message.data().execution()).forEach(line -> blocks.add(block(line, "Default")));
    String link = link(message);
    List<Object> actions =
        link == null
            ? List.of()
            : List.of(Map.of("type", "Action.OpenUrl", "title", "Open in EDJ", "url", link));
    return Map.of(
        "type",
        "message",
        "attachments",
        List.of(
            Map.of(
                "contentType",
                "application/vnd.microsoft.card.adaptive",
                "content",
                Map.of(
                    "$schema",
                    "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type",
                    "AdaptiveCard",
                    "version",
                    "1.4",
                    "body",
                    blocks,
                    "actions",
                    actions))));
  }

  /// In parts that Markdown means nothing in: a server's error could show as a link elsewhere.
  private static Object block(String text, String weight) {
    return Map.of(
        "type",
        "RichTextBlock",
        "inlines",
        List.of(Map.of("type", "TextRun", "text", text, "weight", weight)));
  }

  private static @Nullable String link(NoticeMessage message) {
    Execution execution = message.data().execution();
    return execution == null ? null : execution.link();
  }
}
