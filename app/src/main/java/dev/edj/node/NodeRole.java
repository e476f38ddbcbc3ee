package dev.edj.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What a node is for; most have every role.
public enum NodeRole {
  /// Answers the REST API and shows the portal.
  @JsonProperty("api")
  API,
  /// Launches runs, ends them, and gives back what lost nodes held.
  @JsonProperty("controller")
  CONTROLLER,
  /// Claims children and runs their scripts.
  @JsonProperty("worker")
  WORKER;

  /// As options, the control database and the API write it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
