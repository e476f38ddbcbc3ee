package dev.edj.access;

import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which roles somebody has here by what somebody else says of them.
public final class RoleMapping {

  private static final String OPTION = "--oidc-role";

  private final Map<String, Set<Grant>> grants;

  private RoleMapping(Map<String, Set<Grant>> grants) {
    this.grants = grants;
  }

  /// What is a role here, as people write it.
  ///
  /// @param texts each `VALUE=ROLE`; the same value may have several roles
  public static RoleMapping parse(List<String> texts) {
    Map<String, Set<Grant>> grants = new TreeMap<>();
    for (String text : texts) {
      // What somebody is called elsewhere may have '=' in it; a role has not.
      int cut = text.lastIndexOf('=');
      if (cut < 1) {
        throw EdjException.invalid(
            OPTION, "'%s' is not VALUE=ROLE, such as db-team=author".formatted(text));
      }
      grants
          .computeIfAbsent(text.substring(0, cut).strip(), _ -> new TreeSet<>())
          .add(new Grant(role(text.substring(cut + 1).strip())));
    }
    return new RoleMapping(grants);
  }

  List<Grant> grants(Collection<String> values) {
    return values.stream()
        .flatMap(value -> grants.getOrDefault(value, Set.of()).stream())
        .distinct()
        .sorted()
        .toList();
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() ->
            EdjException.invalid(
                OPTION,
                "'%s' is not one of reader, operator, author, administrator".formatted(text)));
  }
}
