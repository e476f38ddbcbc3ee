package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A user of the database. Users with a password of their own are not modelled: a package has no
/// password for them.
///
/// @param login of the server; absent where `origin` is not [Origin#LOGIN], and where the server
///   does not tell: Azure SQL never does, and others not of a login that is not there any more
/// @param defaultSchema `dbo` where none is named
public record User(ObjectName name, Origin origin, @Nullable String login, String defaultSchema)
    implements DatabaseObject {

  /// How somebody comes to be this user.
  public enum Origin {
    LOGIN,
    WITHOUT_LOGIN,
    /// Known to Microsoft Entra ID.
    EXTERNAL_PROVIDER
  }

  @Override
  public ObjectType type() {
    return ObjectType.USER;
  }

  /// Its default schema need not be there, and often refers back to a user as its owner.
  @Override
  public Set<ObjectName> references() {
    return Set.of();
  }
}
