package dev.edj.files.kind;

import dev.edj.files.declaration.SecretSource;

/// A secret that an object has.
///
/// @param field where it is
/// @param scope what is sent together with it: when any of that changes, the secret is needed
public record SecretUse(String field, String scope, SecretSource source) {

  boolean isNeededFor(FieldChange change) {
    return change.field().startsWith(scope) || scope.startsWith(change.field());
  }
}
