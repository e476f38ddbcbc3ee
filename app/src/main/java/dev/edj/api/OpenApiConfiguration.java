package dev.edj.api;

import com.fasterxml.jackson.databind.JavaType;
import dev.edj.secrecy.Sensitive;
import dev.edj.web.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the OpenAPI document says beyond the signatures of the routes.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String PROBLEM = "#/components/schemas/Problem";
  private static final String TOKEN = "token";

  /// Statuses that a route may answer with beside its own, with what they mean.
  private static final Map<String, String> ERRORS =
      Map.of(
          "400", "A field or parameter is wrong; nothing was changed",
          "401", "The token is missing, wrong or no longer good",
          "403", "The role that the route needs is not among the caller's",
          "404", "What is named does not exist",
          "409", "It cannot be done as things stand; nothing was changed",
          "413", "The body is too large",
          "415", "The body is not of the media type that the route takes",
          "429", "Too many passwords were wrong; the answer says how long to wait",
          "500", "EDJ failed in a way it should not",
          "503", "The control database does not answer");

  /// Parameters that name what has to exist.
  private static final Set<String> NOUNS =
      Set.of(
          "job",
          "schedule",
          "target",
          "content",
          "credential",
          "server",
          "parent",
          "after",
          "user");

  @Bean
  OpenAPI description() {
    return new OpenAPI()
        .info(
            new Info()
                .title("EDJ, Elastic Database Jobs")
                .version(Version.text())
                .description("Runs a SQL script reliably across a whole fleet of databases."))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  @Bean
  OpenApiCustomizer errors() {
    return document -> {
      ModelConverters.getInstance(true)
          .readAll(Problem.class)
          .forEach(document.getComponents()::addSchemas);
      document
          .getPaths()
          .forEach((path, item) ->
              item.readOperationsMap()
                  .forEach((method, operation) -> addErrors(path, method, operation)));
    };
  }

  @Bean
  OperationCustomizer rolePerRoute() {
    return new RolePerRoute();
  }

  private static void addErrors(String path, PathItem.HttpMethod method, Operation operation) {
    ApiResponses responses = operation.getResponses();
    boolean named = path.contains("{") || path.endsWith("/wait");
    boolean changes = method != PathItem.HttpMethod.GET;
    boolean results = path.endsWith("/results") || path.endsWith("/comparison");
    boolean body = operation.getRequestBody() != null;
    boolean names =
        operation.getParameters() != null
            && operation.getParameters().stream().anyMatch(it -> NOUNS.contains(it.getName()));
    add(responses, "401", true);
    add(responses, "403", true);
    add(responses, "400", true);
    // What there is one of at most, and maybe none.
    boolean single = path.endsWith("/sign-in/provider") || path.endsWith("/rotation");
    add(responses, "404", named || body || names || single);
    add(responses, "409", changes || results);
    add(responses, "413", body);
    add(responses, "415", body);
    add(responses, "429", path.endsWith("/sign-in") || path.endsWith("/account/password"));
    add(responses, "500", true);
    add(responses, "503", !path.endsWith("/service"));
  }

  private static void add(ApiResponses responses, String status, boolean possible) {
    if (possible) {
      responses.addApiResponse(
          status,
          new ApiResponse()
              .description(ERRORS.get(status))
              .content(
                  new Content()
                      .addMediaType(
                          "application/problem+json",
                          new MediaType().schema(new Schema<>().$ref(PROBLEM)))));
    }
  }

  /// Durations are texts here, a record's component is required unless it is `@Nullable`, and what
  /// is sensitive goes in only one direction.
  @Bean
  ModelConverter recordsAsTheyAre() {
    return new RecordsAsTheyAre();
  }

  private static final class RecordsAsTheyAre implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
        AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
      JavaType javaType = Json.mapper().constructType(type.getType());
      if (javaType != null && javaType.getRawClass() == Duration.class) {
        return new StringSchema().format("duration").example("PT30S");
      }
      if (!chain.hasNext()) {
        return null;
      }
      Schema<?> resolved = chain.next().resolve(type, context, chain);
      if (javaType != null && javaType.getRawClass().isRecord()) {
        describe(javaType.getRawClass(), resolved, context);
      }
      return resolved;
    }

    private static void describe(
        Class<?> record, @Nullable Schema<?> resolved, ModelConverterContext context) {
      Schema<?> schema = resolved;
      if (schema != null && schema.get$ref() != null) {
        String name = schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1);
        schema = context.getDefinedModels().get(name);
      }
      if (schema == null || schema.getProperties() == null) {
        return;
      }
      for (RecordComponent component : record.getRecordComponents()) {
        String name = component.getName();
        if (schema.getProperties().containsKey(name)
            && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
            && (schema.getRequired() == null || !schema.getRequired().contains(name))) {
          schema.addRequiredItem(name);
        }
        Sensitive mark = component.getAnnotation(Sensitive.class);
        Schema<?> property = schema.getProperties().get(name);
        if (mark != null && property != null) {
          hide(property, mark);
        }
      }
    }

    private static void hide(Schema<?> property, Sensitive mark) {
      property.readOnly(mark.shownOnce() ? true : null);
      property.writeOnly(mark.shownOnce() ? null : true);
      Schema<?> text =
          property.getAdditionalProperties() instanceof Schema<?> value ? value : property;
      if (text.getFormat() == null) {
        text.setFormat("password");
      }
    }
  }
}
