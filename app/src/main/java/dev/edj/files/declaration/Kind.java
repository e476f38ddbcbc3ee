package dev.edj.files.declaration;

import dev.edj.policy.NewExecutionPolicy;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewTrigger;
import java.util.Arrays;
import java.util.Optional;

/// What files can declare, in the order in which it is made: each refers to earlier ones only.
public enum Kind {
  CREDENTIAL("credentials", "credential", CredentialDeclaration.class),
  TARGET("targets", "target", TargetDeclaration.class),
  CONTENT("contents", "content", ContentDeclaration.class),
  POLICY("policies", "execution policy", NewExecutionPolicy.class),
  SCHEDULE("schedules", "schedule", NewSchedule.class),
  JOB("jobs", "job", JobDeclaration.class),
  TRIGGER("triggers", "trigger", NewTrigger.class),
  NOTICE("notices", "notice", NoticeDeclaration.class),
  USER("users", "user", UserDeclaration.class),
  TOKEN("tokens", "token", TokenDeclaration.class);

  private final String plural;
  private final String noun;
  private final Class<? extends Record> type;

  Kind(String plural, String noun, Class<? extends Record> type) {
    this.plural = plural;
    this.noun = noun;
    this.type = type;
  }

  /// What their list is called in files, and in the API's paths.
  public String plural() {
    return plural;
  }

  /// What one is called.
  public String noun() {
    return noun;
  }

  /// How one is declared.
  public Class<? extends Record> type() {
    return type;
  }

  /// Whether only administrators see what a service has of it.
  public boolean isConfidential() {
    return this == USER || this == TOKEN;
  }

  public static Optional<Kind> ofPlural(String plural) {
    return Arrays.stream(values()).filter(kind -> kind.plural.equals(plural)).findFirst();
  }
}
