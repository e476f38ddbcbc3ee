package dev.edj.portal.execution;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.execution.RunWaves;
import dev.edj.execution.ServerCounts;
import dev.edj.portal.site.PagePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A run as its page shows it.
///
/// @param waves of a run that goes out in several, or that a number of failures ends
/// @param servers how many of its databases stand where on each
/// @param states of the cells of its map, when they are wanted
record RunPage(
    JobExecution run,
    @Nullable RunWaves waves,
    List<ServerCounts> servers,
    @Nullable String states) {

  /// Beyond that a cell for each database would be no map that anybody could use.
  static final int MOST_CELLS = 20_000;

  private static final int MOST_SERVERS = 100;

  public Counts counts() {
    return requireNonNullElse(run.children(), Counts.NONE);
  }

  public boolean isEnded() {
    return run.lifecycle().ended();
  }

  /// Whether it is small enough for a map with a cell for each of its databases.
  public boolean isMapped() {
    return counts().total() <= MOST_CELLS;
  }

  public boolean isStoppable() {
    return !isEnded() && !run.cancelRequested();
  }

  /// Whether the databases on which it did not succeed can be gone to again.
  public boolean isRetryable() {
    return isEnded()
        && run.purpose() != Purpose.Query
        && (counts().total() == 0
            ? run.lifecycle() != Lifecycle.Succeeded
            : counts().succeeded() < counts().total());
  }

  /// The wave that waits for somebody's approval; null when none does.
  public @Nullable Integer waveToApprove() {
    return waves != null && waves.awaitsApproval() ? waves.openWave() + 1 : null;
  }

  public int unsuccessful() {
    return counts().total() - counts().succeeded();
  }

  public int failed() {
    return counts().failed() + counts().timedOut();
  }

  /// How many have an error to show.
  public int withError() {
    return failed() + counts().waitingForRetry();
  }

  /// What is said of it when it changes.
  public String sentence() {
    return "%s: %s.".formatted(run.lifecycle(), counts().text());
  }

  /// How many stand where, without what is none, what needs looking at first.
  public List<LegendEntry> legend() {
    List<LegendEntry> legend = new ArrayList<>();
    add(legend, Lifecycle.Failed, counts().failed());
    add(legend, Lifecycle.TimedOut, counts().timedOut());
    add(legend, Lifecycle.WaitingForRetry, counts().waitingForRetry());
    add(legend, Lifecycle.InProgress, counts().inProgress());
    add(legend, Lifecycle.Created, counts().created());
    add(legend, Lifecycle.Succeeded, counts().succeeded());
    add(legend, Lifecycle.Canceled, counts().canceled());
    add(legend, Lifecycle.Skipped, counts().skipped());
    return legend;
  }

  private void add(List<LegendEntry> legend, Lifecycle lifecycle, int count) {
    if (count > 0) {
      legend.add(
          new LegendEntry(
              lifecycle,
              String.valueOf(FleetMap.letter(lifecycle)),
              count,
              DatabaseQuery.ofLifecycle(lifecycle).path(run.id(), null)));
    }
  }

  /// One lifecycle of the map.
  ///
  /// @param letter by which cells are coloured
  /// @param path to the table of those
  record LegendEntry(Lifecycle lifecycle, String letter, int count, PagePath path) {}

  /// The servers, those with the most failures first.
  public List<ServerCounts> worstServers() {
    return servers.stream()
        .sorted(
            comparingInt((ServerCounts one) -> one.children().failed() + one.children().timedOut())
                .thenComparingInt(one -> one.children().waitingForRetry())
                .reversed())
        .limit(MOST_SERVERS)
        .toList();
  }

  /// To the table of the databases of one server.
  public PagePath path(ServerCounts server) {
    return DatabaseQuery.ofServer(server.stepId(), server.server()).path(run.id(), null);
  }

  /// The waves with how far each is.
  public List<WaveEntry> waveEntries() {
    return waves == null || waves.waves() == 1
        ? List.of()
        : IntStream.rangeClosed(1, waves.waves())
            .mapToObj(wave -> new WaveEntry(wave, waveState(waves, wave)))
            .toList();
  }

  private String waveState(RunWaves all, int wave) {
    if (wave < all.openWave() || (wave == all.openWave() && (all.openWaveEnded() || isEnded()))) {
      return "ended";
    }
    if (wave == all.openWave()) {
      return "open";
    }
    return all.awaitsApproval() && wave == all.openWave() + 1
        ? "waits for approval"
        : isEnded() || all.haltedAt() != null ? "not begun" : "to come";
  }

  /// @param state in words
  record WaveEntry(int wave, String state) {}
}
