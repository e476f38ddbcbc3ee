package dev.edj.access;

import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which roles somebody has here by what somebody else says of them.
public final class RoleMapping {

  private static final String OPTION = "--oidc-role";

  /// What somebody is called elsewhere may have '=' and '@' in it.
  private static final Pattern FORM =
      Pattern.compile("(?<value>.+)=(?<role>[^=@]+)(?:@(?<collection>.+))?");

  private final Map<String, Set<Grant>> grants;

  private RoleMapping(Map<String, Set<Grant>> grants) {
    this.grants = grants;
  }

  /// What is a role here, as people write it.
  ///
  /// @param texts each `VALUE=ROLE`, or `VALUE=ROLE@COLLECTION`; the same value may have several
  ///   roles
  public static RoleMapping parse(List<String> texts) {
    Map<String, Set<Grant>> grants = new TreeMap<>();
    for (String text : texts) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw EdjException.invalid(
            OPTION,
            "'%s' is not VALUE=ROLE, such as db-team=author or support=operator@eu-tenants"
                .formatted(text));
      }
      grants
          .computeIfAbsent(parts.group("value").strip(), _ -> new TreeSet<>())
          .add(grant(role(parts.group("role").strip()), parts.group("collection")));
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

  private static Grant grant(Role role, @Nullable String collection) {
    if (collection == null) {
      return new Grant(role);
    }
    Grant.requireNarrowable(OPTION, role);
    return new Grant(role, collection.strip());
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
