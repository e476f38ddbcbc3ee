package dev.edj.credential;

import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Whether private keys open what is kept: one credential of each key is decrypted, and forgotten.
///
/// @param tried how many were
/// @param failures a sentence for each that could not be opened
public record DecryptionTrial(int tried, List<String> failures) {

  public static DecryptionTrial of(PrivateKeys keys, Jdbi jdbi) {
    List<CredentialRow> credentials =
        jdbi.withExtension(CredentialStore.class, CredentialStore::oneOfEachKey);
    List<String> failures = new ArrayList<>();
    for (CredentialRow credential : credentials) {
      try {
        credential.proof().opened(keys, credential.name(), credential.userName());
      } catch (EdjException e) {
        failures.add(e.text());
      }
    }
    return new DecryptionTrial(credentials.size(), List.copyOf(failures));
  }
}
