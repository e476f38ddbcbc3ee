package dev.edj.portal.target;

import dev.edj.portal.site.Typed;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.target.Membership;
import dev.edj.target.NewChild;
import dev.edj.target.NewDatabaseValues;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is typed to put a member into a collection, or to give values to a listed database.
///
/// @param child name or id of the member
/// @param values `name=value`, one on each line
/// @param secretName of one more value, which nobody but workers may read
record MemberForm(
    @Nullable String child,
    @Nullable String membership,
    @Nullable String server,
    @Nullable String database,
    @Nullable String values,
    @Nullable String secretName,
    @Sensitive @Nullable String secretValue) {

  static final MemberForm EMPTY = new MemberForm(null, null, null, null, null, null, null);

  /// Without values it leaves those that the member has.
  NewChild newChild() {
    Map<String, @Nullable String> readable = readable();
    Map<String, @Nullable String> secrets = secrets();
    boolean given = !readable.isEmpty() || !secrets.isEmpty();
    return new NewChild(
        child == null ? "" : child.strip(),
        new Typed("membership", membership).oneOf(Membership.class),
        given ? readable : null,
        given ? secrets : null);
  }

  NewDatabaseValues databaseValues() {
    return new NewDatabaseValues(
        server == null ? "" : server.strip(),
        database == null ? "" : database.strip(),
        readable(),
        secrets());
  }

  private Map<String, @Nullable String> readable() {
    return new Typed("parameters", values).pairs();
  }

  private Map<String, @Nullable String> secrets() {
    Map<String, @Nullable String> secrets = new HashMap<>();
    String name = Typed.stripped(secretName);
    if (name != null) {
      secrets.put(name, secretValue == null || secretValue.isEmpty() ? null : secretValue);
    }
    return secrets;
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
