package dev.edj.files.kind;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A field that is one way and is to be another.
///
/// @param field its path: `steps[0].target`, `children[tenant1].membership`
/// @param before null when there is none
/// @param after null when there is to be none
public record FieldChange(String field, @Nullable JsonNode before, @Nullable JsonNode after) {

  /// A secret that is there, and is given anew.
  public static FieldChange again(SecretUse secret) {
    return Nodes.again(secret.field());
  }

  /// A secret that the service made, that nobody has, and that another takes the place of.
  public static FieldChange lost() {
    return new FieldChange(Nodes.SAVE, Nodes.tree(Nodes.LOST), Nodes.tree(Nodes.ANOTHER));
  }

  /// Its outermost part.
  public String top() {
    return field.split("[.\\[]", 2)[0];
  }
}
