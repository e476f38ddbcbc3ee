package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import java.util.LinkedHashSet;
import java.util.Set;

/// Why a deployment cannot be done; all reasons are told at once.
final class Refusals {

  private final Set<String> reasons = new LinkedHashSet<>();

  void add(String reason) {
    reasons.add(reason);
  }

  void throwIfAny() throws DacpacException {
    if (!reasons.isEmpty()) {
      throw new DacpacException(
          Code.NOT_SUPPORTED,
          "the deployment is refused, and nothing was changed: " + String.join("; ", reasons));
    }
  }
}
