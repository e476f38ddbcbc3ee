package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A view, procedure, function or trigger: an object that is a text.
///
/// @param text the whole statement, from its comments to its end, as it was written
/// @param createOffset where in the text the word `CREATE` stands
/// @param ansiNulls the setting that it is created under
/// @param quotedIdentifiers likewise
/// @param schemaBound whether it holds what it refers to as it is
/// @param parent the table or view of a trigger; absent for the others
/// @param enabled false where a trigger is switched off
public record SqlModule(
    ObjectName name,
    ObjectType type,
    String text,
    int createOffset,
    boolean ansiNulls,
    boolean quotedIdentifiers,
    boolean schemaBound,
    @Nullable ObjectName parent,
    boolean enabled,
    Set<ObjectName> references)
    implements DatabaseObject {

  private static final int CREATE = "CREATE".length();

  public SqlModule {
    references = Set.copyOf(references);
    if (!text.regionMatches(true, createOffset, "CREATE", 0, CREATE)) {
      throw new IllegalArgumentException(name + " does not say CREATE at " + createOffset);
    }
  }

  /// The text that changes an existing one.
  public String alterText() {
    return text.substring(0, createOffset) + "ALTER" + text.substring(createOffset + CREATE);
  }

  /// The module with another text that says `CREATE` at the same place.
  public SqlModule withText(String otherText, boolean nowSchemaBound) {
    return new SqlModule(
        name,
        type,
        otherText,
        createOffset,
        ansiNulls,
        quotedIdentifiers,
        nowSchemaBound,
        parent,
        enabled,
        references);
  }
}
