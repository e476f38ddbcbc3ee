package dev.edj.portal.choice;

import dev.edj.content.Contents;
import dev.edj.credential.Credentials;
import dev.edj.job.Jobs;
import dev.edj.policy.Policies;
import dev.edj.problem.EdjException;
import dev.edj.schedule.Schedules;
import dev.edj.target.TargetDirectory;
import java.util.List;
import java.util.Map;

/// Looks for names, by the nouns that stand in addresses.
public final class Choices {

  static final int MOST = 50;

  private final Map<String, Search> searches;

  public Choices(
      Jobs jobs,
      Contents contents,
      TargetDirectory targets,
      Credentials credentials,
      Policies policies,
      Schedules schedules) {
    this.searches =
        Map.of(
            "jobs", jobs::names,
            "contents", contents::names,
            "targets", targets::names,
            "credentials", credentials::names,
            "policies", policies::names,
            "schedules", schedules::names);
  }

  private interface Search {
    List<String> names(String text, int limit);
  }

  List<String> find(String noun, String text) {
    Search search = searches.get(noun);
    if (search == null) {
      throw EdjException.notFound("list of", noun);
    }
    return search.names(text, MOST);
  }

  /// What a form can show at once.
  public Shortlist shortlist(String noun) {
    List<String> names = find(noun, "");
    return new Shortlist(noun, names, names.size() < MOST);
  }
}
