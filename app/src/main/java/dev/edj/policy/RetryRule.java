package dev.edj.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Which failures are tried again.
public enum RetryRule {
  /// Every failure, whatever its kind, as the original service did.
  @JsonProperty("all")
  ALL,
  /// Only those that may pass by themselves; the others end the execution at once.
  @JsonProperty("transient")
  TRANSIENT
}
