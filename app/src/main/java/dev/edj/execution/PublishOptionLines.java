package dev.edj.execution;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The options of a deployment as the control database has them: each `Name=Value`, in the order of
/// the names.
public final class PublishOptionLines {

  private PublishOptionLines() {}

  public static List<String> of(Map<String, String> options) {
    return new TreeMap<>(options)
        .entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()).toList();
  }

  public static Map<String, String> read(List<String> lines) {
    Map<String, String> options = new TreeMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      options.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return Collections.unmodifiableMap(options);
  }
}
