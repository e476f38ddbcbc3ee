package dev.edj.node;

import dev.edj.problem.EdjException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The rules for labels: what nodes can reach, and what servers require of them. In the control
/// database a label is one text, `key=value`.
public final class Labels {

  private static final int MOST = 32;
  private static final Pattern PART =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");

  private Labels() {}

  /// A node's labels; a key may come with several values.
  ///
  /// @param field names the option or field in an [EdjException]
  public static SortedSet<String> ofNode(String field, Collection<String> texts) {
    SortedSet<String> labels = new TreeSet<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw EdjException.invalid(field, "'%s' is not a label such as zone=eu".formatted(text));
      }
      labels.add(checked(field, text.substring(0, equals), text.substring(equals + 1)));
    }
    return notTooMany(field, labels);
  }

  /// What a server requires, one value for each key.
  public static SortedSet<String> required(String field, Map<String, String> values) {
    SortedSet<String> labels = new TreeSet<>();
    values.forEach((key, value) -> labels.add(checked(field, key, value)));
    return notTooMany(field, labels);
  }

  /// Labels of a server, by their keys.
  public static SortedMap<String, String> byKey(Collection<String> labels) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      values.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return values;
  }

  private static String checked(String field, String key, String value) {
    if (!PART.matcher(key).matches() || !PART.matcher(value).matches()) {
      throw EdjException.invalid(
          field,
          ("'%s=%s' is not a label: key and value have 1 to 63 letters, digits and . _ / - each,"
                  + " with a letter or digit at both ends")
              .formatted(key, value));
    }
    return key + "=" + value;
  }

  private static SortedSet<String> notTooMany(String field, SortedSet<String> labels) {
    if (labels.size() > MOST) {
      throw EdjException.invalid(field, "at most %d labels are allowed".formatted(MOST));
    }
    return labels;
  }
}
