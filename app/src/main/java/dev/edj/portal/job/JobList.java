package dev.edj.portal.job;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;

import dev.edj.execution.Executions;
import dev.edj.execution.LatestRun;
import dev.edj.job.Job;
import dev.edj.job.Jobs;
import dev.edj.portal.site.PagePath;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.Triggers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page of the list of jobs.
///
/// @param total how many there are by this filter
/// @param all how many there are
record JobList(Query query, List<JobLine> lines, int total, int all) {

  private static final int ROWS = 50;

  /// In which order.
  enum Sort {
    NAME("Name"),
    LAST("Newest run first"),
    NEXT("Due next first");

    private final String text;

    Sort(String text) {
      this.text = text;
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
      return page == null || page < 1 ? 1 : page;
    }

    public PagePath path(int number) {
      return PagePath.of("jobs")
          .with("name", name)
          .with("sort", sort)
          .with("page", number == 1 ? null : number);
    }

    boolean wants(Job job) {
      return name == null
          || job.name().toLowerCase(Locale.ROOT).contains(name.strip().toLowerCase(Locale.ROOT));
    }
  }

  static JobList read(Query query, Jobs jobs, Executions executions, Triggers triggers) {
    List<Job> all = jobs.list();
    List<Job> wanted = all.stream().filter(query::wants).toList();
    Map<String, List<Trigger>> bound =
        triggers.list(null, null, null).stream().collect(groupingBy(Trigger::job));
    List<JobLine> page =
        sorted(wanted, query.order(), executions, bound).stream()
            .skip((query.number() - 1L) * ROWS)
            .limit(ROWS)
            .toList();
    Map<String, List<LatestRun>> runs =
        executions.latest(page.stream().map(line -> line.job().name()).toList(), Trend.RUNS);
    List<JobLine> lines = page.stream().map(line -> line(line.job(), runs, bound)).toList();
    return new JobList(query, lines, wanted.size(), all.size());
  }

  private static List<JobLine> sorted(
      List<Job> jobs, Sort sort, Executions executions, Map<String, List<Trigger>> bound) {
    Map<String, List<LatestRun>> last =
        sort == Sort.LAST ? executions.latest(jobs.stream().map(Job::name).toList(), 1) : Map.of();
    List<JobLine> lines = jobs.stream().map(job -> line(job, last, bound)).toList();
    Comparator<JobLine> order =
        switch (sort) {
          case NAME -> comparing(line -> line.job().name(), String.CASE_INSENSITIVE_ORDER);
          case LAST -> comparing(JobLine::lastAt, nullsLast(reverseOrder()));
          case NEXT -> comparing(JobLine::nextAt, nullsLast(naturalOrder()));
        };
    return lines.stream().sorted(order).toList();
  }

  private static JobLine line(
      Job job, Map<String, List<LatestRun>> runs, Map<String, List<Trigger>> bound) {
    return new JobLine(
        job, runs.getOrDefault(job.name(), List.of()), bound.getOrDefault(job.name(), List.of()));
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
