package dev.edj.controller;

import dev.edj.execution.NewChildren;
import dev.edj.execution.Purpose;
import dev.edj.execution.Rollout;
import dev.edj.execution.RunStore.PinnedStep;
import dev.edj.execution.RunStore.Place;
import dev.edj.execution.Share;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.parameter.ParameterValues;
import dev.edj.target.ResolvedDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The children of a run: one for each step on each of its databases, in which wave, and after
/// what.
///
/// A step waits on a database for the nearest step before it that is to run there, too. Databases
/// go into waves in the order in which the steps name them.
final class Expansion {

  /// A step of the run with the databases it is for, each once.
  ///
  /// @param values what the databases' targets carry; of those that carry nothing there is nothing
  record StepOn(
      PinnedStep step,
      List<ResolvedDatabase> databases,
      Map<ResolvedDatabase, ParameterValues> values) {}

  private final List<StepOn> steps;
  private final Set<Place> busy;
  private final List<UUID[]> ids = new ArrayList<>();
  private final List<@Nullable UUID[]> successors = new ArrayList<>();

  /// The children that are some other child's successor.
  private final Set<UUID> following = new HashSet<>();

  private final Map<ResolvedDatabase, Integer> waveOf = new HashMap<>();
  private final int databases;
  private final int waves;

  /// @param purpose for a check, each step is looked at by itself
  /// @param busy databases on which another run of the job has not ended; there nothing is run
  Expansion(
      List<StepOn> steps,
      Purpose purpose,
      Rollout rollout,
      Set<Place> busy,
      TimeOrderedIds newIds) {
    this.steps = steps;
    this.busy = busy;
    for (StepOn step : steps) {
      ids.add(step.databases().stream().map(database -> newIds.next()).toArray(UUID[]::new));
      successors.add(new UUID[step.databases().size()]);
    }
    if (steps.size() > 1 && purpose != Purpose.Check) {
      linkSteps();
    }
    Collection<ResolvedDatabase> all = all();
    this.databases = all.size();
    this.waves = rollout.shares().isEmpty() ? 1 : fillWaves(all, rollout.shares());
  }

  /// How many databases the run is for.
  int databases() {
    return databases;
  }

  int waves() {
    return waves;
  }

  List<StepOn> steps() {
    return steps;
  }

  /// The children of a step, of its databases from one to another.
  NewChildren children(int step, int from, int to) {
    List<ResolvedDatabase> portion = steps.get(step).databases().subList(from, to);
    Boolean[] skipped = portion.stream().map(this::isBusy).toArray(Boolean[]::new);
    boolean barrier = step > 0 && steps.get(step).step().barrier();
    long[] stepIds = new long[to - from];
    Arrays.fill(stepIds, steps.get(step).step().stepExecutionId());
    return new NewChildren(
        Arrays.copyOfRange(ids.get(step), from, to),
        stepIds,
        portion.stream().mapToInt(ResolvedDatabase::serverId).toArray(),
        portion.stream().map(ResolvedDatabase::database).toArray(String[]::new),
        portion.stream()
            .map(database -> waves == 1 ? null : wave(database))
            .toArray(Integer[]::new),
        IntStream.range(from, to).map(place -> blocks(step, place, barrier)).toArray(),
        Arrays.copyOfRange(successors.get(step), from, to),
        skipped,
        portion.stream().map(database -> carried(step, database)).toArray(String[]::new));
  }

  private @Nullable String carried(int step, ResolvedDatabase database) {
    ParameterValues values = steps.get(step).values().get(database);
    return values == null ? null : values.json();
  }

  private int blocks(int step, int place, boolean barrier) {
    ResolvedDatabase database = steps.get(step).databases().get(place);
    if (isBusy(database)) {
      return 0;
    }
    boolean afterStep = following.contains(ids.get(step)[place]);
    return (afterStep ? 1 : 0) + (barrier ? 1 : 0) + (wave(database) > 1 ? 1 : 0);
  }

  private boolean isBusy(ResolvedDatabase database) {
    return busy.contains(new Place(database.serverId(), database.database()));
  }

  private int wave(ResolvedDatabase database) {
    return waveOf.getOrDefault(database, 1);
  }

  private void linkSteps() {
    Map<ResolvedDatabase, UUID> next = new HashMap<>();
    for (int step = steps.size() - 1; step >= 0; step--) {
      List<ResolvedDatabase> on = steps.get(step).databases();
      for (int i = 0; i < on.size(); i++) {
        successors.get(step)[i] = next.put(on.get(i), ids.get(step)[i]);
      }
      Arrays.stream(successors.get(step)).filter(Objects::nonNull).forEach(following::add);
    }
  }

  private Collection<ResolvedDatabase> all() {
    if (steps.size() == 1) {
      return steps.getFirst().databases();
    }
    Set<ResolvedDatabase> all = new LinkedHashSet<>();
    steps.forEach(step -> all.addAll(step.databases()));
    return all;
  }

  /// Returns how many waves there are: fewer than were asked for where they take it all.
  private int fillWaves(Collection<ResolvedDatabase> all, List<Share> sizes) {
    int wave = 1;
    int room = sizes.getFirst().of(all.size());
    for (ResolvedDatabase database : all) {
      if (room == 0) {
        wave++;
        room = wave <= sizes.size() ? sizes.get(wave - 1).of(all.size()) : Integer.MAX_VALUE;
      }
      waveOf.put(database, wave);
      room--;
    }
    return wave;
  }
}
