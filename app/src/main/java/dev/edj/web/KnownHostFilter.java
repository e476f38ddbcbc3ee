package dev.edj.web;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests that name a foreign host while the service listens on this machine only. A page
/// that points its own name at 127.0.0.1 (DNS rebinding) would else reach it from the user's
/// browser.
public final class KnownHostFilter extends OncePerRequestFilter {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

  private final String listensOn;
  private final ProblemWriter problems;

  public KnownHostFilter(String listensOn, ProblemWriter problems) {
    this.listensOn = listensOn.toLowerCase(Locale.ROOT);
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isLoopback(listensOn) && !isKnown(request.getServerName().toLowerCase(Locale.ROOT))) {
      problems.write(
          response,
          Problem.of(
              new EdjException(
                  ErrorCode.FORBIDDEN,
                  "Host",
                  "the service listens on this machine only and does not answer to that host name;"
                      + " use localhost")));
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean isKnown(String host) {
    return host.equals(listensOn) || isLoopback(host);
  }

  /// Asks no name server: of names, only `localhost` is this machine for sure.
  private static boolean isLoopback(String host) {
    if (host.equals("localhost") || host.equals("::1")) {
      return true;
    }
    if (!ADDRESS.matcher(host).matches()) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
