package dev.edj.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// One thing that a process of the service can be told, as its declaration in [ServiceOptions]
/// says, for pages and samples about all of them.
///
/// @param option null for what has no option: what everybody on the machine could read there, and
///   what all programs are told by the same variables
/// @param variable the environment variable that says the same
/// @param value what stands for the value
/// @param defaultValue in words; null where there is none
/// @param description in sentences, without the default
public record Setting(
    @Nullable String option,
    String variable,
    String value,
    @Nullable String defaultValue,
    String description) {

  /// A description says the default in brackets at the end of its first paragraph or sentence.
  private static final Pattern DEFAULT = Pattern.compile(" \\(([^()]+)\\)\\.(?= [A-Z]|$)");

  /// Secrets, and what goes with them; and what is OpenTelemetry's own.
  private static final List<Setting> WITHOUT_OPTION =
      List.of(
          ofVariable(
              "EDJ_CONTROL_DATABASE_USER", "name", "The login at the shared control database."),
          ofVariable("EDJ_CONTROL_DATABASE_PASSWORD", "password", "The password of that login."),
          ofVariable(
              "EDJ_PRIVATE_KEY",
              "keys",
              "Private keys themselves, as a key file has them, in place of --private-key-file."),
          ofVariable(
              "EDJ_SMTP_PASSWORD",
              "password",
              "The password of the login at the mail server, in place of --smtp-password-file."),
          ofVariable(
              "EDJ_OIDC_CLIENT_SECRET",
              "secret",
              "The service's secret at the OpenID provider, in place of --oidc-client-secret-file."),
          ofVariable(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              "url",
              "Where a collector of traces is; /v1/traces is added. Nothing is traced without it."),
          ofVariable(
              "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
              "url",
              "The whole address of that collector, in place of the one above."),
          ofVariable(
              "OTEL_EXPORTER_OTLP_HEADERS",
              "name=value",
              "Headers that the collector wants, with commas between them."),
          ofVariable(
              "OTEL_SERVICE_NAME", "name", "What the service is called in traces, if not edj."),
          ofVariable(
              "OTEL_RESOURCE_ATTRIBUTES",
              "name=value",
              "What else traces say of this process, with commas between them."),
          ofVariable("OTEL_SDK_DISABLED", "true", "No traces after all."),
          ofVariable("OTEL_TRACES_EXPORTER", "none", "No traces after all."));

  /// All of them, in the order of `edj serve --help`; then those that have no option.
  public static List<Setting> all() {
    return Stream.concat(
            CommandSpec.forAnnotatedObject(new ServiceOptions()).options().stream()
                .map(Setting::of),
            WITHOUT_OPTION.stream())
        .toList();
  }

  /// The variable that says the same as an option.
  static String variable(String option) {
    return "EDJ_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Setting of(OptionSpec option) {
    String text = String.join(" ", option.description());
    Matcher standard = DEFAULT.matcher(text);
    boolean hasDefault = standard.find();
    return new Setting(
        option.longestName(),
        variable(option.longestName()),
        option.paramLabel().replaceAll("[<>]", ""),
        hasDefault && !standard.group(1).equals("none") ? standard.group(1) : null,
        hasDefault ? standard.replaceFirst(".") : text);
  }

  private static Setting ofVariable(String variable, String value, String description) {
    return new Setting(null, variable, value, null, description);
  }
}
