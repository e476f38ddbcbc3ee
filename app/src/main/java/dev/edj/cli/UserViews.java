package dev.edj.cli;

import dev.edj.access.Grant;
import dev.edj.access.User;
import java.util.List;
import java.util.stream.Collectors;

/// Users as people read them.
final class UserViews {

  private UserViews() {}

  static Details details(User user) {
    return new Details()
        .line("Name", user.name())
        .line("Display name", user.displayName())
        .line("Enabled", user.enabled())
        .line("Signs in", user.hasPassword() ? "with a password" : "never: there is no password")
        .line("Roles", roles(user.grants()))
        .line("Last sign-in", user.signedInAt())
        .line("Created", user.createdAt())
        .line("Updated", user.updatedAt());
  }

  static Table table(List<User> users) {
    Table table = Table.of("NAME", "DISPLAY NAME", "ROLES", "ENABLED", "LAST SIGN-IN");
    users.forEach(user ->
        table.row(
            user.name(),
            user.displayName(),
            roles(user.grants()),
            user.enabled(),
            user.signedInAt()));
    return table;
  }

  static Cell roles(List<Grant> grants) {
    return grants.isEmpty()
        ? new Cell("none", Style.CAUTION, false)
        : Cell.of(grants.stream().map(Grant::toString).collect(Collectors.joining(", ")));
  }
}
