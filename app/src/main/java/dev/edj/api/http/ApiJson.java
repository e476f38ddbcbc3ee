package dev.edj.api.http;

import dev.edj.secrecy.Withheld;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.AnnotationIntrospectorPair;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// JSON as the API speaks it: what is unknown, missing, given twice or of another type is refused,
/// never guessed at.
final class ApiJson {

  private static final int DEEPEST_NESTING = 50;

  private ApiJson() {}

  static JsonMapper mapper() {
    return JsonMapper.builder(
            JsonFactory.builder()
                // What is kept for the next body holds the last one.
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .maxStringLength(BodyLimitFilter.MAXIMUM_BYTES)
                        .build())
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            texts ->
                texts
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Enum,
            enums ->
                enums
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .annotationIntrospector(
            AnnotationIntrospectorPair.pair(
                new JacksonAnnotationIntrospector(), new NullMarkedIntrospector()))
        .addModule(Withheld.fromAnswers())
        .addModule(
            new SimpleModule()
                .addDeserializer(String.class, new StorableText())
                .addDeserializer(Duration.class, new IsoDuration()))
        .build();
  }

  /// Refuses what PostgreSQL's `text` cannot hold.
  private static final class StorableText extends StdScalarDeserializer<String> {

    StorableText() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws JacksonException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(String.class, parser);
      }
      String text = parser.getString();
      if (text.indexOf('\0') >= 0) {
        return context.reportInputMismatch(this, "must not hold the character U+0000");
      }
      if (hasUnpairedSurrogate(text)) {
        return context.reportInputMismatch(this, "must not hold half of a surrogate pair");
      }
      return text;
    }

    private static boolean hasUnpairedSurrogate(String text) {
      return text.codePoints()
          .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
  }

  /// A bare number would leave its unit open.
  private static final class IsoDuration extends StdScalarDeserializer<Duration> {

    IsoDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws JacksonException {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        try {
          return Duration.parse(parser.getString());
        } catch (DateTimeParseException e) {
          // Answered below, like any other value that is none.
        }
      }
      return context.reportInputMismatch(
          this, "must be an ISO 8601 duration such as \"PT30S\", \"PT12H\" or \"P7D\"");
    }
  }
}
