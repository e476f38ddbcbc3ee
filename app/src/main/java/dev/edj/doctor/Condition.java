package dev.edj.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// How something that was examined is.
public enum Condition {
  /// As it should be.
  @JsonProperty("ok")
  OK,
  /// It works, and will not always, or not as well as it could.
  @JsonProperty("warning")
  WARNING,
  /// It does not work.
  @JsonProperty("error")
  ERROR,
  /// It was not looked at; the finding says why.
  @JsonProperty("skipped")
  SKIPPED;

  /// As people and programs read it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
