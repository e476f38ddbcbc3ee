package dev.edj.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.problem.EdjException;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A collector that traces are sent to, as OpenTelemetry's own variables name it for any program.
///
/// @param endpoint where spans go
/// @param headers that it wants, often a key among them
/// @param resource what else is to be said of this process
public record TraceSettings(
    URI endpoint,
    @Sensitive Map<String, String> headers,
    String serviceName,
    Map<String, String> resource) {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final Set<String> PROTOCOLS = Set.of("http/json", "http/protobuf");

  public TraceSettings {
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }

  /// Empty where none is named, or traces are turned off.
  static Optional<TraceSettings> of(Map<String, String> environment) {
    if (environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")
        || environment.getOrDefault("OTEL_TRACES_EXPORTER", "").equals("none")) {
      return Optional.empty();
    }
    URI endpoint = endpoint(environment);
    if (endpoint == null) {
      return Optional.empty();
    }
    requireProtocol(environment);
    String service = environment.getOrDefault("OTEL_SERVICE_NAME", "");
    return Optional.of(
        new TraceSettings(
            endpoint,
            headers(environment, ofTraces(environment, "HEADERS")),
            service.isEmpty() ? "edj" : service,
            pairs(environment, "OTEL_RESOURCE_ATTRIBUTES")));
  }

  private static @Nullable URI endpoint(Map<String, String> environment) {
    String ofTraces = environment.getOrDefault(TRACES_ENDPOINT, "");
    if (!ofTraces.isEmpty()) {
      return uri(TRACES_ENDPOINT, ofTraces);
    }
    String ofAll = environment.getOrDefault(ENDPOINT, "");
    return ofAll.isEmpty() ? null : uri(ENDPOINT, ofAll.replaceFirst("/*$", "") + "/v1/traces");
  }

  private static URI uri(String variable, String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, as of every other text that is no address.
    }
    throw EdjException.invalid(variable, "must be an address such as http://localhost:4318");
  }

  /// Whoever takes protobuf over HTTP takes JSON at the same address.
  private static void requireProtocol(Map<String, String> environment) {
    String variable = ofTraces(environment, "PROTOCOL");
    String protocol = environment.getOrDefault(variable, "");
    if (!protocol.isEmpty() && !PROTOCOLS.contains(protocol)) {
      throw EdjException.invalid(
          variable, "'%s' is not spoken here; traces are sent by http/json".formatted(protocol));
    }
  }

  /// The variable for traces alone if it is there, else that for everything.
  private static String ofTraces(Map<String, String> environment, String what) {
    String own = "OTEL_EXPORTER_OTLP_TRACES_" + what;
    return environment.getOrDefault(own, "").isEmpty() ? "OTEL_EXPORTER_OTLP_" + what : own;
  }

  private static Map<String, String> headers(Map<String, String> environment, String variable) {
    Map<String, String> headers = pairs(environment, variable);
    headers.forEach((name, value) -> {
      if (!HEADER_NAME.matcher(name).matches() || !HEADER_VALUE.matcher(value).matches()) {
        throw EdjException.invalid(variable, "has a name or a value that no header can have");
      }
    });
    return headers;
  }

  /// `a=1,b=2`, percent-encoded where they have to be. What is wrong is not repeated: it may be a
  /// key.
  private static Map<String, String> pairs(Map<String, String> environment, String variable) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : environment.getOrDefault(variable, "").split(",", -1)) {
      int sign = pair.indexOf('=');
      if (!pair.isBlank() && sign < 1) {
        throw EdjException.invalid(variable, "must be pairs: name=value,name=value");
      }
      if (sign > 0) {
        pairs.put(
            pair.substring(0, sign).strip(), decoded(variable, pair.substring(sign + 1).strip()));
      }
    }
    return pairs;
  }

  private static String decoded(String variable, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid(
          variable, "has a value that is not percent-encoded as it should be");
    }
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
