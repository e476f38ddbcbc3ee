package dev.edj.parameter;

import java.util.UUID;

/// What a secret value belongs to. It is encrypted together with that, so that in another row of
/// the control database it does not decrypt.
public final class ParameterOwner {

  private ParameterOwner() {}

  /// A job's own value, or one given when the job is started.
  public static String job(String name) {
    return "job " + name;
  }

  /// A value that a target carries for what is below it.
  public static String target(UUID targetId) {
    return "target " + targetId;
  }

  /// Whether a run of that job may use it: no other job's.
  static boolean servesJob(String owner, String job) {
    return !owner.startsWith("job ") || owner.equals(job(job));
  }
}
