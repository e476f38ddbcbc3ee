package dev.edj.web;

import dev.edj.audit.AuditLog;
import dev.edj.audit.NewAuditEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Has the audit log know who wanted to change what they may not. Once a minute for each route and
/// person: whoever tries without end is not to fill the log, of which nothing is ever removed.
public final class RefusedChanges implements HandlerInterceptor {

  private static final long QUIET_NANOSECONDS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_REMEMBERED = 10_000;
  private static final int LONGEST_PATH = 300;

  private final Supplier<AuditLog> log;
  private final Map<Refused, Long> noted = new ConcurrentHashMap<>();

  private record Refused(String who, String what) {}

  /// @param log asked for when something was refused
  public RefusedChanges(Supplier<AuditLog> log) {
    this.log = log;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    if (response.getStatus() == HttpStatus.FORBIDDEN.value() && changes(request)) {
      SignedInCaller.find()
          .map(caller -> new Refused(caller.description(), route(request)))
          .filter(this::isNews)
          .ifPresent(
              _ -> log.get().record(NewAuditEvent.of("request.refuse").named(named(request))));
    }
  }

  private static boolean changes(HttpServletRequest request) {
    String method = request.getMethod();
    return !method.equals(HttpMethod.GET.name()) && !method.equals(HttpMethod.HEAD.name());
  }

  private static String route(HttpServletRequest request) {
    return request.getMethod()
        + " "
        + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
  }

  /// The path may be anything, of any length.
  private static String named(HttpServletRequest request) {
    String path = request.getRequestURI();
    return request.getMethod() + " " + path.substring(0, Math.min(LONGEST_PATH, path.length()));
  }

  private boolean isNews(Refused refused) {
    long now = System.nanoTime();
    if (noted.size() >= MOST_REMEMBERED) {
      noted.clear();
    }
    Long before = noted.get(refused);
    if (before != null && now - before < QUIET_NANOSECONDS) {
      return false;
    }
    noted.put(refused, now);
    return true;
  }
}
