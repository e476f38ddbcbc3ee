package dev.edj.portal.site;

import dev.edj.problem.EdjException;
import dev.edj.problem.NameSearch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses fields that no page of ours sends, before anything is made of them, so that no form has
/// to look for them: what no text of the control database can hold, and lists with gaps, which
/// would be as long as whoever sent them likes.
final class SentFields implements HandlerInterceptor {

  private static final String PORTAL = "dev.edj.portal.";

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(PORTAL)) {
      Map<String, String[]> fields = request.getParameterMap();
      fields.forEach((name, values) -> {
        for (String value : values) {
          NameSearch.requireStorable(name, value);
        }
      });
      requireWholeLists(fields.keySet());
    }
    return true;
  }

  /// Of `steps[1].name` there has to be a `steps[0]`, too.
  private static void requireWholeLists(Set<String> names) {
    Map<String, BitSet> indexes = new HashMap<>();
    for (String name : names) {
      for (int open = name.indexOf('['); open >= 0; open = name.indexOf('[', open + 1)) {
        indexes
            .computeIfAbsent(name.substring(0, open), _ -> new BitSet())
            .set(index(name, open + 1));
      }
    }
    indexes.forEach((list, present) -> {
      if (present.length() > present.cardinality()) {
        throw EdjException.invalid(list, "has gaps: its entries are counted from [0]");
      }
    });
  }

  private static int index(String name, int begin) {
    int end = name.indexOf(']', begin);
    String digits = end < 0 ? "" : name.substring(begin, end);
    if (!digits.matches("[0-9]{1,4}")) {
      throw EdjException.invalid(name, "names no entry of a list: [0] is the first");
    }
    return Integer.parseInt(digits);
  }
}
