package dev.edj.portal.job;

import static java.util.stream.Collectors.groupingBy;

import dev.edj.execution.Executions;
import dev.edj.execution.LatestRun;
import dev.edj.job.Job;
import dev.edj.job.JobCount;
import dev.edj.job.JobDirectory;
import dev.edj.job.JobSearch;
import dev.edj.job.JobSearch.Order;
import dev.edj.portal.site.PagePath;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.Triggers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page of the list of jobs.
///
/// @param total how many there are by this filter
/// @param all how many there are
record JobList(Query query, List<JobLine> lines, int total, int all) {

  private static final int ROWS = 50;

  /// Far behind whatever there is.
  private static final int LAST_PAGE = 1_000_000;

  /// In which order.
  enum Sort {
    NAME("Name", Order.NAME),
    LAST("Newest run first", Order.NEWEST_RUN),
    NEXT("Due next first", Order.DUE_NEXT);

    private final String text;
    private final Order order;

    Sort(String text, Order order) {
      this.text = text;
      this.order = order;
    }

    public String text() {
      return text;
    }
  }

  /// @param name a part of it
  record Query(@Nullable String name, @Nullable Sort sort, @Nullable Integer page) {

    public Sort order() {
      return sort == null ? Sort.NAME : sort;
    }

    public int number() {
      return page == null || page < 1 ? 1 : Math.min(page, LAST_PAGE);
    }

    public PagePath path(int number) {
      return PagePath.of("jobs")
          .with("name", name)
          .with("sort", sort)
          .with("page", number == 1 ? null : number);
    }

    JobSearch search() {
      return new JobSearch(name == null ? null : name.strip(), order().order);
    }
  }

  static JobList read(
      Query query, JobDirectory directory, Executions executions, Triggers triggers) {
    JobSearch search = query.search();
    List<Job> jobs = directory.list(search, (query.number() - 1) * ROWS, ROWS);
    List<String> names = jobs.stream().map(Job::name).toList();
    Map<String, List<LatestRun>> runs = executions.latest(names, Trend.RUNS);
    Map<String, List<Trigger>> bound =
        triggers.ofJobs(names).stream().collect(groupingBy(Trigger::job));
    List<JobLine> lines =
        jobs.stream()
            .map(job ->
                new JobLine(
                    job,
                    runs.getOrDefault(job.name(), List.of()),
                    bound.getOrDefault(job.name(), List.of())))
            .toList();
    JobCount count = directory.count(search);
    return new JobList(query, lines, count.found(), count.all());
  }

  public Sort[] sorts() {
    return Sort.values();
  }

  public @Nullable PagePath first() {
    return query.number() == 1 ? null : query.path(1);
  }

  public @Nullable PagePath next() {
    return query.number() * ROWS < total ? query.path(query.number() + 1) : null;
  }
}
