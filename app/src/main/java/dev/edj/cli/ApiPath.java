package dev.edj.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A resource of the API with its query, encoded so that names may hold any character.
record ApiPath(String path, List<String> query) {

  static ApiPath of(String... segments) {
    return new ApiPath(
        Arrays.stream(segments).map(ApiPath::segment).collect(Collectors.joining("/")), List.of());
  }

  /// The path with one more criterion; null leaves it out.
  ApiPath with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    String parameter = name + "=" + encoded(value.toString());
    return new ApiPath(path, Stream.concat(query.stream(), Stream.of(parameter)).toList());
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String segment(String name) {
    // An empty name would ask for the list; the dots would climb up the path.
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      throw CommandException.badInput("'%s' cannot be a name or an id".formatted(name));
    }
    return encoded(name);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
