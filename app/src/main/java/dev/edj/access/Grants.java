package dev.edj.access;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The roles that somebody has together.
record Grants(List<Grant> grants) {

  static final Grants ALL = of(Role.Administrator);

  static Grants of(Role role) {
    return new Grants(List.of(new Grant(role)));
  }

  boolean allow(Permission permission) {
    return permission.role().map(this::include).orElse(true);
  }

  boolean include(Role role) {
    return grants.stream().anyMatch(grant -> grant.role().includes(role));
  }

  Optional<Role> greatest() {
    return grants.stream().map(Grant::role).max(Comparator.naturalOrder());
  }
}
