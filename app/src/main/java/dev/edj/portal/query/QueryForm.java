package dev.edj.portal.query;

import static java.util.Objects.requireNonNullElse;

import dev.edj.job.NewQuery;
import dev.edj.portal.site.Typed;

/// A query as it was typed.
///
/// @param credential empty means the target's own, else the only one that will do
/// @param write whether what the script changes stays
record QueryForm(
    String script,
    String target,
    String credential,
    String timeout,
    String maxRows,
    Boolean write) {

  QueryForm {
    script = Typed.lines(script);
    target = requireNonNullElse(target, "").strip();
    credential = requireNonNullElse(credential, "").strip();
    timeout = requireNonNullElse(timeout, "");
    maxRows = requireNonNullElse(maxRows, "");
    write = requireNonNullElse(write, false);
  }

  static QueryForm on(String target) {
    return new QueryForm("", target, "", "", "", false);
  }

  /// Whether any of what is folded away is set.
  public boolean isDetailed() {
    return !timeout.isEmpty() || !maxRows.isEmpty();
  }

  NewQuery newQuery() {
    return new NewQuery(
        script,
        new Typed("target", target).required("must be given: where the script runs"),
        credential.isEmpty() ? null : credential,
        !write,
        null,
        null,
        new Typed("timeout", timeout).duration(),
        new Typed("maxRows", maxRows).wholeNumber());
  }
}
