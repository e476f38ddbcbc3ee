package dev.edj.api.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Lets encoded characters through, and still refuses the bare ones that would cut a path otherwise
/// than its sender meant.
final class NamesInPaths extends StrictHttpFirewall {

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    String path = request.getRequestURI();
    if (path.contains(";") || path.contains("//") || path.contains("\\")) {
      throw new RequestRejectedException("a bare ';', '//' or '\\' in the path");
    }
    return super.getFirewalledRequest(request);
  }
}
