package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which executions to list, newest first; null leaves a criterion out. Without `parent`, `server`
/// or `database` only top-level executions are listed, without `includeInactive` or `lifecycle`
/// only active ones.
///
/// @param schedule name of the schedule that started it
/// @param target name or id of a target the run was started on, of any kind
/// @param server any of the ways to write its name
/// @param createdTo only those created before
/// @param startedTo only those started before; with either of the two, only those that have started
/// @param after the id of the last execution of the page before
/// @param limit rows of a page, 1 to 1,000
public record ExecutionFilter(
    @Nullable UUID parent,
    @Nullable String job,
    @Nullable Purpose purpose,
    @Nullable String schedule,
    @Nullable String target,
    @Nullable String content,
    @Nullable String server,
    @Nullable String database,
    @Nullable Lifecycle lifecycle,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable Instant startedFrom,
    @Nullable Instant startedTo,
    boolean includeInactive,
    @Nullable UUID after,
    int limit) {

  /// The newest active executions at the top level, so many of them at most; what is said after it
  /// leaves some out, or lets others in.
  public static Builder page(int limit) {
    return new Builder(limit);
  }

  /// Takes one criterion after the other; null leaves it out.
  public static final class Builder {

    private final int limit;
    private @Nullable UUID parent;
    private @Nullable String job;
    private @Nullable Purpose purpose;
    private @Nullable String schedule;
    private @Nullable String target;
    private @Nullable String content;
    private @Nullable String server;
    private @Nullable String database;
    private @Nullable Lifecycle lifecycle;
    private @Nullable Instant createdFrom;
    private @Nullable Instant createdTo;
    private @Nullable Instant startedFrom;
    private @Nullable Instant startedTo;
    private @Nullable UUID after;
    private boolean includeInactive;

    private Builder(int limit) {
      this.limit = limit;
    }

    public Builder parent(@Nullable UUID value) {
      this.parent = value;
      return this;
    }

    public Builder job(@Nullable String value) {
      this.job = value;
      return this;
    }

    public Builder purpose(@Nullable Purpose value) {
      this.purpose = value;
      return this;
    }

    public Builder schedule(@Nullable String value) {
      this.schedule = value;
      return this;
    }

    public Builder target(@Nullable String value) {
      this.target = value;
      return this;
    }

    public Builder content(@Nullable String value) {
      this.content = value;
      return this;
    }

    public Builder server(@Nullable String value) {
      this.server = value;
      return this;
    }

    public Builder database(@Nullable String value) {
      this.database = value;
      return this;
    }

    public Builder lifecycle(@Nullable Lifecycle value) {
      this.lifecycle = value;
      return this;
    }

    public Builder createdFrom(@Nullable Instant value) {
      this.createdFrom = value;
      return this;
    }

    public Builder createdTo(@Nullable Instant value) {
      this.createdTo = value;
      return this;
    }

    public Builder startedFrom(@Nullable Instant value) {
      this.startedFrom = value;
      return this;
    }

    public Builder startedTo(@Nullable Instant value) {
      this.startedTo = value;
      return this;
    }

    public Builder after(@Nullable UUID value) {
      this.after = value;
      return this;
    }

    public Builder includeInactive() {
      return includeInactive(true);
    }

    public Builder includeInactive(boolean value) {
      this.includeInactive = value;
      return this;
    }

    public ExecutionFilter filter() {
      return new ExecutionFilter(
          parent,
          job,
          purpose,
          schedule,
          target,
          content,
          server,
          database,
          lifecycle,
          createdFrom,
          createdTo,
          startedFrom,
          startedTo,
          includeInactive,
          after,
          limit);
    }
  }
}
