package dev.edj.secrecy;

import java.util.Set;

/// The variables by which this process is told secrets. Programs that it starts have no use for
/// them, and whoever reads such a program's environment must not find them.
public final class SecretVariables {

  static final Set<String> NAMES =
      Set.of(
          "EDJ_PRIVATE_KEY",
          "EDJ_CONTROL_DATABASE",
          "EDJ_CONTROL_DATABASE_PASSWORD",
          "EDJ_OIDC_CLIENT_SECRET",
          "EDJ_SMTP_PASSWORD",
          "EDJ_TOKEN",
          "OTEL_EXPORTER_OTLP_HEADERS",
          "OTEL_EXPORTER_OTLP_TRACES_HEADERS");

  private SecretVariables() {}

  /// Has a program not be told them.
  public static ProcessBuilder removeFrom(ProcessBuilder program) {
    program.environment().keySet().removeAll(NAMES);
    return program;
  }
}
