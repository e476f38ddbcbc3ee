package dev.edj.portal.job;

import dev.edj.content.ContentVersion;
import dev.edj.content.Contents;
import dev.edj.job.Job;
import dev.edj.job.JobStep;
import dev.edj.portal.content.PackageFacts;
import dev.edj.portal.difference.FieldDifference;
import dev.edj.portal.difference.TextDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What two versions of a job say differently.
record JobDifference(Job from, Job to, List<FieldDifference> fields, List<Script> scripts) {

  /// A step that runs another text.
  record Script(String step, String from, String to, TextDifference text) {}

  static JobDifference of(Job from, Job to, Contents contents) {
    return new JobDifference(
        from,
        to,
        FieldDifference.of(JobProperties.of(from), JobProperties.of(to)),
        scripts(from, to, contents));
  }

  private static List<Script> scripts(Job from, Job to, Contents contents) {
    List<Script> scripts = new ArrayList<>();
    for (JobStep step : to.steps()) {
      JobStep before = find(from, step.name());
      if (before != null && !isSameScript(before, step)) {
        ContentVersion older = contents.version(before.content(), before.contentVersion());
        ContentVersion newer = contents.version(step.content(), step.contentVersion());
        scripts.add(
            new Script(
                step.name(),
                name(older),
                name(newer),
                TextDifference.of(PackageFacts.text(older), PackageFacts.text(newer))));
      }
    }
    return scripts;
  }

  private static @Nullable JobStep find(Job job, String step) {
    return job.steps().stream().filter(one -> one.name().equals(step)).findFirst().orElse(null);
  }

  private static boolean isSameScript(JobStep one, JobStep other) {
    return one.content().equals(other.content())
        && Objects.equals(one.contentVersion(), other.contentVersion());
  }

  private static String name(ContentVersion version) {
    return "%s, version %d".formatted(version.content(), version.version());
  }

  public boolean isNothing() {
    return fields.isEmpty() && scripts.isEmpty();
  }
}
