package dev.edj.portal.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The address of a page, encoded so that names may hold any character. Templates make one by
/// `#show.path('jobs', job.name)`.
public record PagePath(String path, List<String> query) {

  /// The page at these names, ids and words; at none of them, the first page.
  public static PagePath of(Object... segments) {
    return new PagePath(
        Arrays.stream(segments)
            .map(segment -> encoded(segment.toString()))
            .collect(Collectors.joining("/", "/", "")),
        List.of());
  }

  /// The path with one more parameter; null, `false` and an empty text leave it out.
  public PagePath with(String name, @Nullable Object value) {
    if (value == null || value.equals(false) || value.equals("")) {
      return this;
    }
    String parameter = name + "=" + encoded(value.toString());
    return new PagePath(path, Stream.concat(query.stream(), Stream.of(parameter)).toList());
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
