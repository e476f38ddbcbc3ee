package dev.edj.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.edj.files.Plan;
import dev.edj.files.PlannedStep;
import dev.edj.files.PlannedStep.Action;
import dev.edj.files.declaration.Kind;
import dev.edj.files.declaration.SecretDestination;
import dev.edj.files.declaration.SecretSource;
import dev.edj.files.kind.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a plan of files would do, for people and for programs.
record FilePlanView(Plan plan, boolean colours) {

  private static final int MOST_LINES = 40;
  private static final int MOST_COMPARED = 20_000;
  private static final int MOST_NAMES = 10;
  private static final int AROUND = 3;
  private static final int WIDEST = 160;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (PlannedStep step : plan.steps()) {
      lines.add(head(step));
      if (step.action() != Action.DELETE) {
        step.changes().forEach(change -> lines.addAll(field(step, change)));
        if (setsPasswordAgain(step)) {
          lines.add("    the user is signed out, and what they chose as their password is gone");
        }
        reads(step).forEach(source -> lines.add("    reads " + TextWidth.oneLine(source)));
        saves(step).ifPresent(to -> lines.add("    its secret goes to " + TextWidth.oneLine(to)));
      }
      lines.add("");
    }
    plan.undeclared().forEach((kind, names) -> lines.add(undeclared(kind, names)));
    lines.add(sum());
    return lines;
  }

  private String head(PlannedStep step) {
    String what =
        "%s %s '%s'"
            .formatted(word(step.action()), step.kind().noun(), TextWidth.oneLine(step.key()));
    String more =
        step.place() != null
            ? " (%s)".formatted(TextWidth.oneLine(step.place().toString()))
            : goesAlong(step.kind());
    return style(step.action()).apply(TextWidth.withoutControls(what), colours) + more;
  }

  private static String goesAlong(Kind kind) {
    return kind == Kind.JOB
        ? " (with its history)"
        : kind == Kind.USER ? " (with their tokens)" : "";
  }

  static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static Style style(Action action) {
    return switch (action) {
      case CREATE -> Style.GOOD;
      case UPDATE -> Style.CAUTION;
      case DELETE -> Style.BAD;
    };
  }

  private List<String> field(PlannedStep step, FieldChange change) {
    JsonNode before = change.before();
    JsonNode after = change.after();
    String field = TextWidth.oneLine(change.field());
    if (step.action() == Action.CREATE) {
      return change.field().equals("name")
          ? List.of()
          : List.of("    %s: %s".formatted(field, text(after)));
    }
    if (before != null && after != null && isText(before) && isText(after)) {
      return difference(field, before.asString(), after.asString());
    }
    return List.of("    %s: %s -> %s".formatted(field, text(before), text(after)));
  }

  private static boolean setsPasswordAgain(PlannedStep step) {
    return step.kind() == Kind.USER
        && step.action() == Action.UPDATE
        && step.changes().stream()
            .anyMatch(change -> change.field().equals("password") && change.before() != null);
  }

  /// Where it takes secrets from: what is read or run here is for whoever applies it to judge.
  private static List<String> reads(PlannedStep step) {
    return step.needed().stream().map(SecretSource::toString).distinct().toList();
  }

  /// Where it puts what the service makes and shows once.
  private static Optional<String> saves(PlannedStep step) {
    return step.saved().map(SecretDestination::toString);
  }

  private static boolean isText(JsonNode value) {
    return value.isString() && value.asString().contains("\n");
  }

  private List<String> difference(String field, String before, String after) {
    List<String> older = before.lines().toList();
    List<String> newer = after.lines().toList();
    if (older.size() > MOST_COMPARED || newer.size() > MOST_COMPARED) {
      return List.of("    %s: %,d lines -> %,d lines".formatted(field, older.size(), newer.size()));
    }
    if (older.equals(newer)) {
      return List.of("    %s: only line ends differ".formatted(field));
    }
    List<String> lines = new ArrayList<>();
    lines.add("    " + field + ":");
    List<String> differences =
        UnifiedDiffUtils.generateUnifiedDiff(
            "before", "after", older, DiffUtils.diff(older, newer), AROUND);
    differences.stream()
        .skip(2)
        .limit(MOST_LINES)
        .forEach(line -> lines.add("      " + coloured(cut(line))));
    if (differences.size() - 2 > MOST_LINES) {
      lines.add("      … %,d more lines".formatted(differences.size() - 2 - MOST_LINES));
    }
    return lines;
  }

  private String coloured(String line) {
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> Style.GOOD.apply(line, colours);
      case '-' -> Style.BAD.apply(line, colours);
      default -> line;
    };
  }

  private static String text(@Nullable JsonNode value) {
    if (value == null) {
      return "none";
    }
    if (isText(value)) {
      return "%,d lines".formatted(value.asString().lines().count());
    }
    return cut(value.isString() ? value.asString() : Json.line(value));
  }

  private static String cut(String text) {
    return TextWidth.cut(TextWidth.withoutControls(text), WIDEST);
  }

  private static String undeclared(Kind kind, List<String> names) {
    String shown =
        String.join(", ", names.stream().limit(MOST_NAMES).map(name -> "'" + name + "'").toList());
    return TextWidth.withoutControls(
        "In no file: %s%s %s"
            .formatted(
                kind.plural(),
                names.size() > MOST_NAMES ? " (%,d)".formatted(names.size()) : "",
                shown + (names.size() > MOST_NAMES ? ", …" : "")));
  }

  String sum() {
    return plan.changesNothing()
        ? "Nothing to do: the service has what the files declare."
        : "%,d to create, %,d to update, %,d to delete."
            .formatted(
                plan.count(Action.CREATE), plan.count(Action.UPDATE), plan.count(Action.DELETE));
  }

  JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Action action : Action.values()) {
      json.put(word(action), plan.count(action));
    }
    ArrayNode steps = json.putArray("steps");
    plan.steps().forEach(step -> steps.add(json(step)));
    ObjectNode undeclared = json.putObject("undeclared");
    for (Map.Entry<Kind, List<String>> entry : plan.undeclared().entrySet()) {
      ArrayNode names = undeclared.putArray(entry.getKey().plural());
      entry.getValue().forEach(names::add);
    }
    return json;
  }

  private static ObjectNode json(PlannedStep step) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("action", word(step.action()))
            .put("kind", step.kind().plural())
            .put("name", step.key());
    if (step.place() != null) {
      json.put("file", step.place().file().toString()).put("line", step.place().line());
    }
    ArrayNode changes = json.putArray("changes");
    for (FieldChange change : step.changes()) {
      ObjectNode field = changes.addObject().put("field", change.field());
      field.set("before", change.before());
      field.set("after", change.after());
    }
    ArrayNode reads = json.putArray("reads");
    reads(step).forEach(reads::add);
    return json.put("saves", saves(step).orElse(null));
  }
}
