package dev.edj.scope;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Holds what is about to be done to where whoever asks may do it. Asked in the transaction that
/// does it, of what stands in the control database at that moment: for a change, of what was there
/// before and of what is there after it.
///
/// Whoever may do it everywhere costs no statement.
public final class Bounds {

  private final PlaceStore store;
  private final Scope scope;
  private final Right right;

  private Bounds(PlaceStore store, Scope scope, Right right) {
    this.store = store;
    this.scope = scope;
    this.right = right;
  }

  public static Bounds of(Handle handle, Right right) {
    return of(handle, Scope.current(), right);
  }

  static Bounds of(Handle handle, Scope scope, Right right) {
    return new Bounds(handle.attach(PlaceStore.class), scope, right);
  }

  /// All that a version of a job works on, and where it sends rows.
  public void requireJob(long jobId, int version) {
    if (isLimited()) {
      require(store.ofJob(jobId, version), null);
    }
  }

  /// The same of all versions that there have been: what goes with the job is their history.
  public void requireAllOfJob(long jobId) {
    if (isLimited()) {
      require(store.ofJob(jobId, null), null);
    }
  }

  /// All that a job works on as it is now.
  public void requireJob(String name) {
    if (isLimited()) {
      require(store.ofJob(name), null);
    }
  }

  /// All that a run works on, or the run of a child.
  public void requireExecution(UUID id) {
    if (isLimited()) {
      require(store.ofExecution(id), null);
    }
  }

  /// What a change of a content changes: all jobs that use it.
  public void requireContent(String name) {
    if (isLimited()) {
      require(store.ofContent(name), "uses content '%s'".formatted(name));
    }
  }

  /// What a change of an execution policy changes: all jobs that use it.
  public void requirePolicy(String name) {
    if (isLimited()) {
      require(store.ofPolicy(name), "uses execution policy '%s'".formatted(name));
    }
  }

  /// What a change of a schedule changes: all jobs that it starts.
  public void requireSchedule(String name) {
    if (isLimited()) {
      require(store.ofSchedule(name), "is started by schedule '%s'".formatted(name));
    }
  }

  /// The jobs that wait for the ends of a job: without it, nothing starts them.
  public void requireFollowers(String job) {
    if (isLimited()) {
      require(store.ofFollowers(job), "waits for the ends of job '%s'".formatted(job));
    }
  }

  /// The job that a trigger starts, and the one that it waits for.
  public void requireTrigger(long id) {
    if (isLimited()) {
      require(store.ofTrigger(id), "is bound by trigger %d".formatted(id));
    }
  }

  /// What a trigger stops when it fires, as things stand: runs of its job that began when the job
  /// worked elsewhere.
  public void requireStopsOfTrigger(long id) {
    if (isLimited()) {
      require(store.stoppedByTrigger(id), "has a run that trigger %d would stop".formatted(id));
    }
  }

  /// The job that a notice is about; one about all jobs lies in no collection.
  public void requireNotice(String name) {
    if (isLimited()) {
      if (store.isAboutAllJobs(name)) {
        throw aboutAllJobs(name);
      }
      require(store.ofNotice(name), "notice '%s' is about".formatted(name));
    }
  }

  private EdjException aboutAllJobs(String notice) {
    return new EdjException(
        ErrorCode.OUTSIDE_COLLECTIONS,
        null,
        "this needs the role %s everywhere, because notice '%s' is about all jobs, and %s has it in some collections only"
            .formatted(right.role(), notice, scope.holder()));
  }

  private boolean isLimited() {
    return !scope.area(right).isEverywhere();
  }

  private void require(List<Place> places, @Nullable String reason) {
    UUID[] targets =
        places.stream()
            .map(Place::targetId)
            .filter(Objects::nonNull)
            .distinct()
            .toArray(UUID[]::new);
    Map<UUID, String> shardMaps = store.shardMaps(targets);
    for (Set<String> collections : scope.area(right).limits()) {
      Set<UUID> outside = new HashSet<>(store.outside(targets, collections.toArray(String[]::new)));
      for (Place place : places) {
        UUID target = place.targetId();
        if (target == null || outside.contains(target)) {
          throw refusal(place, collections, reason, advice(place, collections));
        }
        String shardMap = shardMaps.get(target);
        if (shardMap != null) {
          throw refusal(place, collections, reason, ofShardMap(shardMap));
        }
      }
    }
  }

  private EdjException refusal(
      Place place, Set<String> collections, @Nullable String reason, String advice) {
    return new EdjException(
        ErrorCode.OUTSIDE_COLLECTIONS,
        null,
        "this needs the role %s for %s%s, and %s has it %s%s"
            .formatted(
                right.role(),
                place.text(),
                reason == null ? "" : ", which " + reason,
                scope.holder(),
                where(collections),
                advice));
  }

  private static String ofShardMap(String name) {
    return "; where shard map '%s' leads is said by its rows, not by a collection: take databases or servers, or have it done by somebody who has the role everywhere"
        .formatted(name);
  }

  private static String where(Collection<String> collections) {
    String names = collections.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
    return switch (collections.size()) {
      case 0 -> "nowhere";
      case 1 -> "in collection %s only".formatted(names);
      default -> "in collections %s only".formatted(names);
    };
  }

  private String advice(Place place, Set<String> collections) {
    UUID targetId = place.targetId();
    if (targetId == null) {
      return ", where only databases count that are targets of their own";
    }
    return store
        .excluding(targetId, collections.toArray(String[]::new))
        .map(name ->
            "; of collection '%s', which excludes something, only the whole counts: take it itself"
                .formatted(name))
        .orElse("");
  }
}
