package dev.edj.files.source;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The words that the API has for the constants of an enum.
public final class Words {

  private Words() {}

  /// In the order of the constants.
  public static List<String> of(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> JsonMapper.shared().valueToTree(constant).asString())
        .toList();
  }
}
