package dev.edj.controller;

import dev.edj.audit.Chain;
import dev.edj.content.PackageFetch;
import dev.edj.duty.DutyLoop;
import dev.edj.execution.Reports;
import dev.edj.execution.Retention;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.metric.Tally;
import dev.edj.node.NodeLease;
import dev.edj.notice.Outbox;
import dev.edj.schedule.Firings;
import dev.edj.schedule.ScheduleClock;
import dev.edj.schedule.Triggers;
import dev.edj.security.PrivateKeys;
import dev.edj.target.TargetResolver;
import dev.edj.trace.Traces;
import dev.edj.worker.Worker;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The controller's duties of one node.
public final class Controller implements AutoCloseable {

  private final DutyLoop launchRuns;
  private final DutyLoop endRunsEarly;
  private final DutyLoop openGates;
  private final DutyLoop startFollowUps;
  private final DutyLoop giveBackForgotten;
  private final DutyLoop holdKeys;
  private final SendNotices sendNotices;
  private final List<DutyLoop> duties;

  /// @param fetch brings the packages of runs
  /// @param retention how long ended runs and their results are kept
  /// @param worker this node's own
  /// @param keys this node's own
  /// @param outbox sends notices
  /// @param tally counts what becomes of executions
  /// @param traces are told of executions
  public Controller(
      Jdbi jdbi,
      NodeLease lease,
      TargetResolver resolver,
      PackageFetch fetch,
      TimeOrderedIds ids,
      Reports reports,
      Retention retention,
      Worker worker,
      PrivateKeys keys,
      Outbox outbox,
      Tally tally,
      Traces traces) {
    RunTrace trace = new RunTrace(traces, InstantSource.system());
    LaunchRuns launches =
        new LaunchRuns(jdbi, lease, new Launch(jdbi, resolver, fetch, ids), tally, trace);
    this.launchRuns = new DutyLoop("launch-runs", launches);
    this.endRunsEarly = new DutyLoop("end-runs-early", new EndRunsEarly(jdbi, reports));
    this.openGates = new DutyLoop("open-gates", new OpenGates(jdbi));
    Firings firings = new Firings(jdbi, ids, ScheduleClock.CONTROL_DATABASE);
    Triggers triggers = new Triggers(jdbi, ScheduleClock.CONTROL_DATABASE);
    this.startFollowUps =
        new DutyLoop("start-follow-ups", new StartFollowUps(firings, tally, trace));
    this.sendNotices = new SendNotices(outbox);
    this.duties =
        List.of(
            launchRuns,
            endRunsEarly,
            openGates,
            startFollowUps,
            new DutyLoop("fire-schedules", new FireSchedules(firings)),
            new DutyLoop("give-back-lost-work", new GiveBackLostWork(jdbi, tally)),
            new DutyLoop("link-audit-events", new LinkAuditEvents(new Chain(jdbi))),
            new DutyLoop("send-notices", sendNotices),
            new DutyLoop("rotate-keys", new RotateKeys(jdbi, lease, keys)),
            new DutyLoop(
                "remove-history",
                new RemoveHistory(jdbi, fetch.packages(), firings, triggers, retention)));
    this.holdKeys = new DutyLoop("hold-keys", new HoldKeys(jdbi, lease, keys));
    this.giveBackForgotten =
        new DutyLoop(
            "give-back-forgotten",
            new GiveBackForgotten(
                jdbi, lease, id -> worker.isRunning(id) || launches.isLaunching(id)));
  }

  /// Starts what a controller does for all nodes.
  public void start() {
    duties.forEach(DutyLoop::start);
  }

  /// Starts what every node does for itself, whatever its roles.
  public void startOwn() {
    giveBackForgotten.start();
    holdKeys.start();
  }

  /// A run may have been started, or a wave approved.
  public void wake() {
    launchRuns.wake();
    openGates.wake();
  }

  /// A run may have ended.
  public void wakeForEnd() {
    startFollowUps.wake();
  }

  /// A run may have been stopped.
  public void wakeForStop() {
    endRunsEarly.wake();
  }

  @Override
  public void close() {
    duties.forEach(DutyLoop::close);
    sendNotices.close();
    giveBackForgotten.close();
    holdKeys.close();
  }
}
