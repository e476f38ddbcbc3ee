package dev.edj.job;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/// Jobs as people look through them: so many at a time, however many there are.
public final class JobDirectory {

  private final DirectoryStore store;
  private final Jobs jobs;

  public JobDirectory(Jdbi jdbi, Jobs jobs) {
    this.store = jdbi.onDemand(DirectoryStore.class);
    this.jobs = jobs;
  }

  /// A page of them.
  ///
  /// @param skip how many are on the pages before
  public List<Job> list(JobSearch search, int skip, int limit) {
    List<String> names =
        switch (search.order()) {
          case NAME -> store.byName(search.text(), skip, limit);
          case NEWEST_RUN -> store.byNewestRun(search.text(), skip, limit);
          case DUE_NEXT -> store.byNextTime(search.text(), skip, limit);
        };
    Map<String, Job> found =
        jobs.list(names).stream().collect(toMap(Job::name, Function.identity()));
    return names.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  public JobCount count(JobSearch search) {
    return store.count(search.text());
  }
}
