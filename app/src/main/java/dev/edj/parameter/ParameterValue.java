package dev.edj.parameter;

import dev.edj.engine.Password;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.PrivateKeys;
import dev.edj.security.SecretContext;

/// What is known of the value of a script variable where it is declared or given.
public sealed interface ParameterValue {

  /// Whether nobody but workers may read it.
  boolean secret();

  /// A value that everybody may read.
  record Text(String text) implements ParameterValue {

    @Override
    public boolean secret() {
      return false;
    }
  }

  /// A value that only workers can read.
  ///
  /// @param owner what it was encrypted for; see [ParameterOwner]
  record Secret(EncryptedPassword encrypted, String owner) implements ParameterValue {

    /// Refuses one of another job than that which is run.
    public Password decrypt(PrivateKeys keys, String name, String job) {
      if (!ParameterOwner.servesJob(owner, job)) {
        throw new EdjException(
            ErrorCode.SETUP,
            null,
            "the value of parameter '%s' was encrypted for another job; set it again"
                .formatted(name));
      }
      return keys.decrypt(encrypted, context(name));
    }

    SecretContext context(String name) {
      return SecretContext.parameter(owner, name);
    }

    @Override
    public boolean secret() {
      return true;
    }
  }

  /// None yet: it has to be given at each start.
  record Missing(boolean secret) implements ParameterValue {}
}
