package dev.edj.files.kind;

import dev.edj.files.declaration.SecretSource;
import dev.edj.files.source.Place;

/// Reads secrets from where they are; an [dev.edj.problem.EdjException] says which cannot be.
public interface Secrets {

  String read(SecretSource source, Place place);
}
