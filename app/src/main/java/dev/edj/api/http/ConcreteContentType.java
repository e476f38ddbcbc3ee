package dev.edj.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses `Content-Type: */*` and its like, which say what a client takes and not what it sends.
final class ConcreteContentType implements HandlerInterceptor {

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws HttpMediaTypeNotSupportedException {
    String type = request.getContentType();
    if (type != null && type.contains("*")) {
      throw new HttpMediaTypeNotSupportedException(
          "not a single type", List.of(MediaType.APPLICATION_JSON));
    }
    return true;
  }
}
