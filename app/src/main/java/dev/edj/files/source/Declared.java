package dev.edj.files.source;

import java.util.Map;
import java.util.Objects;

/// An object that a file declares, with where it and its fields are.
///
/// @param places by the path of the field: `steps[0].target`; that of the whole is at the empty
///   path
public record Declared<T>(T value, Map<String, Place> places) {

  /// Of the field, or of the nearest thing around it that the file says.
  public Place place(String field) {
    String path = field;
    while (!places.containsKey(path)) {
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return Objects.requireNonNull(places.get(path));
  }

  public Place place() {
    return place("");
  }
}
