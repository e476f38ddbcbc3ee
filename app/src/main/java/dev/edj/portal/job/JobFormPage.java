package dev.edj.portal.job;

import dev.edj.content.Packages;
import dev.edj.portal.choice.Shortlist;
import dev.edj.portal.site.PagePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page with a job's form shows.
///
/// @param edited the job that is changed; null for a new one
/// @param next when the schedule fires that is typed
record JobFormPage(
    @Nullable String edited,
    JobForm form,
    List<StepPart> steps,
    Shortlist credentials,
    Shortlist policies,
    NextTimes next) {

  public PagePath action() {
    return edited == null ? PagePath.of("new", "job") : PagePath.of("jobs", edited, "edit");
  }

  public int largestFileBytes() {
    return Packages.LARGEST_BYTES;
  }

  public PagePath back() {
    return edited == null ? PagePath.of("jobs") : PagePath.of("jobs", edited);
  }
}
