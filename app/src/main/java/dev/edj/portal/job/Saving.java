package dev.edj.portal.job;

import dev.edj.job.Job;
import dev.edj.portal.site.Refusal;
import java.util.List;
import org.springframework.http.HttpStatusCode;

/// What came of a form that was sent.
sealed interface Saving {

  /// The job is as the form says.
  ///
  /// @param notes what else was made, or could not be
  record Saved(Job job, List<String> notes) implements Saving {}

  /// Nothing of the job was changed.
  ///
  /// @param form what was typed; what was made before the refusal is chosen in it
  record Refused(JobForm form, Refusal refusal, HttpStatusCode status) implements Saving {}
}
