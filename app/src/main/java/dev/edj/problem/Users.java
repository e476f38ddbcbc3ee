package dev.edj.problem;

import java.util.ArrayList;
import java.util.List;

/// Who uses what cannot be deleted, in words: `job 'a', job 'b' and 7 more`.
public final class Users {

  private static final int MOST_NAMED = 5;

  private final List<String> named = new ArrayList<>();

  private Users() {}

  public static Users none() {
    return new Users();
  }

  public Users and(String noun, List<String> names) {
    names.forEach(name -> named.add("%s '%s'".formatted(noun, name)));
    return this;
  }

  /// What is left when nobody can be named is the history of executions.
  public String text() {
    if (named.isEmpty()) {
      return "the history of executions";
    }
    String shown = String.join(", ", named.subList(0, Math.min(MOST_NAMED, named.size())));
    return named.size() <= MOST_NAMED
        ? shown
        : "%s and %d more".formatted(shown, named.size() - MOST_NAMED);
  }
}
