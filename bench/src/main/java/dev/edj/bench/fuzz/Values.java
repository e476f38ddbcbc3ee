package dev.edj.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// What a field may be, and what it may not: mostly the former, or no request would get past the
/// first check.
final class Values {

  private static final JsonMapper ESCAPING =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final int KNOWN_IDS = 200;

  /// Few names, so that requests meet what others made.
  private static final int NAMES = 4;

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\ud800",
          "\udfff\ud800",
          "\ufeff",
          "\u202egnp.exe",
          "a\u0301\u0301\u0301",
          "\u0130\u0131\u1e9e",
          "\r\nSet-Cookie: a=b",
          "\u001b[31m",
          "'; DROP TABLE job; --",
          "' OR '1'='1",
          "\\",
          "%",
          "%00",
          "%s%n%x",
          "_",
          "*",
          "../../../../etc/passwd",
          "..%2f..%2fetc%2fpasswd",
          "file:///etc/passwd",
          "http://127.0.0.1:1/latest/meta-data/",
          "${jndi:ldap://127.0.0.1:1/a}",
          "${7*7}",
          "#{7*7}",
          "{{7*7}}",
          "__${T(x.Y).z()}__::.x",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "=1+1",
          "$(job_name)",
          "null",
          "true",
          "NaN",
          "Infinity",
          "-0",
          "1e400",
          "-1",
          "9223372036854775808",
          "99999999999999999999999999999999999999",
          "0x10",
          "P99999999999Y",
          "PT-1S",
          "PT99999999999999999S",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-03-29T02:30:00",
          "Europe/Nowhere",
          "[::1]",
          "[::",
          "127.0.0.1:99999",
          "127.0.0.1,-1",
          "postgresql://u:p@127.0.0.1:1/x?y=z#q",
          "postgresql://",
          "tcp:127.0.0.1\\instance,1",
          "a".repeat(128),
          "a".repeat(129),
          "\u00e9".repeat(128),
          "\ud83d\ude80".repeat(64),
          "a".repeat(10_000),
          "(".repeat(5_000),
          "a/b",
          "a;b",
          ".",
          "..",
          "//",
          "\u2028");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "10",
          "-1",
          "1000",
          "1001",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "1.5",
          "1e2",
          "1e400",
          "-0.0",
          "0.0000000000000000000000000000001",
          "1".repeat(1_500));

  /// What a field of that name takes; not there is what every name may be. No server but those of
  /// this machine is ever named.
  private final Map<String, List<String>> byName;

  private final ApiDocument document;
  private final ConcurrentLinkedDeque<String> ids = new ConcurrentLinkedDeque<>();

  /// @param server that there is, as EDJ is told of it
  /// @param user of it
  /// @param password of it; each password that is sent is this one or begins with it
  Values(ApiDocument document, String server, String user, String password) {
    this.document = document;
    this.byName = byName(server, user, password);
  }

  private static Map<String, List<String>> byName(String server, String user, String password) {
    List<String> servers = List.of(server, server, "postgresql://127.0.0.1:1", "localhost,1");
    List<String> durations = List.of("PT1S", "PT0S", "PT30S", "P7D", "PT0.1S", "P20000D");
    List<String> times =
        List.of("2026-01-01T00:00:00Z", "2030-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z");
    return Map.ofEntries(
        Map.entry("server", servers),
        Map.entry("servers", servers),
        Map.entry("target", List.of("n0", "n1", "n2", "1", "2", "3", server)),
        Map.entry("child", List.of("n1", "1", "2", "3", server)),
        Map.entry("database", List.of("postgres", "template1", "none")),
        Map.entry("userName", List.of(user, user, "nobody")),
        Map.entry("password", List.of(password, password, password + "x")),
        Map.entry("currentPassword", List.of(password)),
        Map.entry("secrets", List.of(password)),
        Map.entry(
            "text",
            List.of(
                "SELECT 1", "SELECT 1\nGO 2\n", "SELECT 1/0", "SELECT '", "SELECT $(p)", ":r x")),
        Map.entry("script", List.of("SELECT 1", "SELECT generate_series(1, 50)", "SELECT 1/0")),
        Map.entry("dacpacUri", List.of("https://localhost/x.dacpac", "http://127.0.0.1:1/x")),
        Map.entry("interval", List.of("Minutes", "Days", "OneTime", "minute", "Months")),
        Map.entry("cron", List.of("0 22 * * 1-5", "* * * * *", "0 0 31 2 *", "@yearly")),
        Map.entry("days", List.of("Monday", "weekdays", "last day")),
        Map.entry("times", List.of("22:00", "01:00,02:30", "24:00")),
        Map.entry("zone", List.of("UTC", "Europe/Brussels", "+01:00")),
        Map.entry("windowFrom", List.of("01:00", "23:00")),
        Map.entry("windowTo", List.of("07:00", "01:00")),
        Map.entry("start", times),
        Map.entry("end", times),
        Map.entry("expiresAt", times),
        Map.entry("duration", durations),
        Map.entry("date-time", times),
        Map.entry("version", List.of("1", "2", "3")),
        Map.entry("kind", List.of("Database", "Server", "CustomCollection", "ShardMap")),
        Map.entry("lifecycle", List.of("Created", "Succeeded", "Failed", "SucceededWithSkipped")),
        Map.entry("purpose", List.of("Run", "Check", "Trial", "Query")),
        Map.entry("mode", List.of("all", "any")),
        Map.entry("format", List.of("csv", "jsonl", "json", "parquet")),
        // A wait that is asked for is no hang.
        Map.entry("timeoutSeconds", List.of("0", "1", "61", "-1")),
        Map.entry("keyId", List.of("0123456789abcdef")),
        Map.entry("publishOptions", List.of("True", "False")),
        Map.entry("transientErrors", List.of("40P01", "1205")),
        Map.entry("permanentErrors", List.of("42P01", "208")));
  }

  /// One that a later request may ask for again.
  void remember(String id) {
    ids.addFirst(id);
    if (ids.size() > KNOWN_IDS) {
      ids.pollLast();
    }
  }

  /// A value of the schema, or something else instead.
  JsonNode json(Random random, String name, JsonNode schema, int depth) {
    return random.nextInt(12) == 0
        ? anything(random, depth)
        : proper(random, name, document.resolved(schema), depth);
  }

  private JsonNode proper(Random random, String name, JsonNode schema, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (schema.path("type").asString("string")) {
      case "object" -> object(random, name, schema, depth);
      case "array" -> {
        ArrayNode array = nodes.arrayNode();
        for (int i = random.nextInt(3); i >= 0 && depth < 6; i--) {
          array.add(json(random, name, schema.get("items"), depth + 1));
        }
        yield array;
      }
      case "integer", "number" -> nodes.numberNode(1 + random.nextInt(3));
      case "boolean" -> nodes.booleanNode(random.nextBoolean());
      default -> nodes.stringNode(text(random, name, schema));
    };
  }

  private JsonNode object(Random random, String name, JsonNode schema, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    // Most of what is not required stays away, for few fields go together.
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(field -> required.add(field.asString()));
    for (var property : schema.path("properties").properties()) {
      String field = property.getKey();
      if (required.contains(field) ? random.nextInt(20) != 0 : random.nextInt(4) == 0) {
        object.set(field, json(random, field, property.getValue(), depth + 1));
      }
    }
    JsonNode values = schema.get("additionalProperties");
    if (values != null && values.isObject()) {
      object.set(
          random.nextInt(4) == 0 ? any(random, HOSTILE) : "p",
          json(random, name, values, depth + 1));
    }
    if (random.nextInt(30) == 0) {
      object.set(any(random, HOSTILE), anything(random, depth + 1));
    }
    return object;
  }

  /// For a path or a query.
  String parameter(Random random, ApiDocument.Parameter parameter) {
    if (random.nextInt(8) == 0) {
      return any(random, random.nextBoolean() ? HOSTILE : NUMBERS);
    }
    JsonNode schema = parameter.schema();
    return switch (schema.path("type").asString("string")) {
      case "integer" ->
          parameter.name().equals("id")
              ? Integer.toString(1 + random.nextInt(40))
              : any(random, byName.getOrDefault(parameter.name(), List.of("1", "5", "100", "0")));
      case "boolean" -> Boolean.toString(random.nextBoolean());
      default -> text(random, parameter.name(), schema);
    };
  }

  private String text(Random random, String name, JsonNode schema) {
    String format = schema.path("format").asString("");
    JsonNode words = schema.get("enum");
    if (words != null) {
      return words.get(random.nextInt(words.size())).asString();
    }
    if (format.equals("uuid") || name.equals("id") || name.equals("taskId")) {
      return id(random, name.equals("taskId"));
    }
    List<String> known = byName.getOrDefault(name, byName.get(format));
    return known == null ? "n" + random.nextInt(NAMES) : any(random, known);
  }

  private String id(Random random, boolean task) {
    List<String> known = List.copyOf(ids);
    String id =
        known.isEmpty() || random.nextInt(10) == 0
            ? new UUID(random.nextLong(), random.nextLong()).toString()
            : any(random, known);
    return task ? id + "." + (1 + random.nextInt(3)) : id;
  }

  private JsonNode anything(Random random, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(depth < 8 ? 8 : 5)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2, 3 -> nodes.stringNode(any(random, HOSTILE));
      case 4 -> nodes.rawValueNode(new RawValue(any(random, NUMBERS)));
      case 5 -> nodes.arrayNode().add(anything(random, depth + 1));
      case 6 -> nodes.objectNode().set("a", anything(random, depth + 1));
      default -> nodes.objectNode();
    };
  }

  String hostile(Random random) {
    return any(random, HOSTILE);
  }

  static String any(Random random, List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  /// With characters as they are, or as escapes: half of a pair of surrogates can only be sent so.
  static String written(Random random, JsonNode json) {
    return (random.nextBoolean() ? JsonMapper.shared() : ESCAPING).writeValueAsString(json);
  }
}
