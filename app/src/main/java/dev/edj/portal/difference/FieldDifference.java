package dev.edj.portal.difference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// A property that two versions have otherwise.
///
/// @param before null when the older version does not have it
/// @param after null when the newer one does not have it
public record FieldDifference(String name, @Nullable String before, @Nullable String after) {

  /// What differs, in the order of the properties.
  public static List<FieldDifference> of(Map<String, String> before, Map<String, String> after) {
    SequencedSet<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<FieldDifference> differences = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        differences.add(new FieldDifference(name, before.get(name), after.get(name)));
      }
    }
    return differences;
  }
}
