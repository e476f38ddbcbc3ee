package dev.edj.portal.session;

import jakarta.servlet.http.HttpServletRequest;

/// Whether the session goes on that a request came with. Not the filter itself, which Spring Boot
/// would take for one of all requests.
public final class SignedIn {

  private final SessionFilter filter;

  SignedIn(SessionFilter filter) {
    this.filter = filter;
  }

  public boolean still(HttpServletRequest request) {
    return filter.isSignedIn(request);
  }

  SessionFilter filter() {
    return filter;
  }
}
