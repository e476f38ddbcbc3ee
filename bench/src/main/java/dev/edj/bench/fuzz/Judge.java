package dev.edj.bench.fuzz;

import dev.edj.bench.fuzz.Requests.Made;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says what is wrong with an answer, whatever was asked.
final class Judge {

  /// What is nobody's business outside of the service.
  private static final List<String> INNER_LIFE =
      List.of(
          "Exception",
          "dev.edj.",
          "org.springframework",
          "org.postgresql",
          "org.jdbi",
          "java.lang",
          "java.base/",
          "\tat ",
          "Tomcat",
          "jdbc:",
          "Hikari");

  /// Headers that each answer of the API has, whatever it says.
  private static final List<List<String>> HEADERS =
      List.of(
          List.of("x-content-type-options", "nosniff"),
          List.of("content-security-policy", "default-src 'none'"),
          List.of("x-frame-options", "deny"),
          List.of("referrer-policy", "no-referrer"),
          List.of("cache-control", "no-store"));

  /// The routes that are for those who are nobody yet.
  private static final Set<String> WAYS_IN = Set.of("/api/v1/sign-in", "/api/v1/sign-in/provider");

  private final List<String> secrets;

  /// @param secrets that no answer may hold
  Judge(List<String> secrets) {
    this.secrets = secrets;
  }

  /// A sentence, or nothing where all is well.
  Optional<String> faultOf(Made request, HttpAnswer answer) {
    if (answer.status() >= 500) {
      return Optional.of("answered with " + answer.status());
    }
    if (secrets.stream().anyMatch(secret -> holds(answer, secret))) {
      return Optional.of("the answer holds a secret");
    }
    // What a task met is told with its stack; what the service met is not.
    Optional<String> leak =
        answer.status() < 400
            ? Optional.empty()
            : INNER_LIFE.stream().filter(word -> answer.body().contains(word)).findFirst();
    if (leak.isPresent()) {
      return Optional.of("the answer tells of '%s'".formatted(leak.get()));
    }
    return request.mangled() ? Optional.empty() : faultOfWhole(request, answer);
  }

  /// Of an answer to what is HTTP and the operation that it was meant for.
  private static Optional<String> faultOfWhole(Made request, HttpAnswer answer) {
    if (answer.status() == 0) {
      return Optional.of("no answer");
    }
    if (request.anonymous() && !mayBeToldToStrangers(request, answer)) {
      return Optional.of("answered a stranger with " + answer.status());
    }
    if (!request.operation().statuses().contains(Integer.toString(answer.status()))) {
      return Optional.of("answered with %d, which is not documented".formatted(answer.status()));
    }
    if (answer.hasHeader("set-cookie", "")) {
      return Optional.of("the answer sets a cookie");
    }
    for (List<String> header : HEADERS) {
      if (!answer.hasHeader(header.getFirst(), header.getLast())) {
        return Optional.of("the header %s is missing".formatted(header.getFirst()));
      }
    }
    boolean problem = answer.hasHeader("content-type", "application/problem+json");
    if (answer.status() >= 400 && !(problem && answer.body().contains("\"code\":\""))) {
      return Optional.of("an error that is no problem document");
    }
    return Optional.empty();
  }

  /// What has no path at all is refused before anybody is asked who they are.
  private static boolean mayBeToldToStrangers(Made request, HttpAnswer answer) {
    return WAYS_IN.contains(request.operation().path())
        || answer.status() == 401
        || answer.status() == 400;
  }

  private static boolean holds(HttpAnswer answer, String secret) {
    return answer.body().contains(secret) || answer.head().contains(secret);
  }
}
