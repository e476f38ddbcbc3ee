package dev.edj;

import dev.edj.content.PackageFetch;
import dev.edj.controldb.Channel;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.NotificationListener;
import dev.edj.controller.Controller;
import dev.edj.duty.DutyLoop;
import dev.edj.execution.Claims;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Reports;
import dev.edj.execution.Retention;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.metric.AddTotals;
import dev.edj.metric.Tally;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import dev.edj.notice.Outbox;
import dev.edj.security.PrivateKeys;
import dev.edj.target.TargetResolver;
import dev.edj.trace.Traces;
import dev.edj.worker.AttemptRunner;
import dev.edj.worker.Worker;
import dev.edj.worker.WorkerSettings;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;

/// The working part of one process: its lease, and as its roles say its controller and its worker,
/// woken by the control database.
public final class Node implements AutoCloseable {

  private final NodeProfile profile;
  private final NodeLease lease;
  private final DutyLoop heartbeat;
  private final Worker worker;
  private final Controller controller;
  private final NotificationListener listener;
  private final AddTotals totals;
  private final DutyLoop addTotals;

  /// Without traces.
  public Node(
      ControlDatabase database,
      NodeProfile profile,
      Retention retention,
      WorkerSettings settings,
      AttemptRunner runner,
      TargetResolver resolver,
      PackageFetch fetch,
      PrivateKeys keys,
      Outbox outbox,
      TimeOrderedIds ids,
      EndSignal endSignal) {
    this(
        database,
        profile,
        retention,
        settings,
        runner,
        resolver,
        fetch,
        keys,
        outbox,
        ids,
        endSignal,
        Traces.NONE);
  }

  /// @param retention how long ended runs and their results are kept
  /// @param fetch brings the packages of runs
  /// @param keys what this node decrypts with
  /// @param outbox sends notices
  /// @param traces are told what becomes of executions
  public Node(
      ControlDatabase database,
      NodeProfile profile,
      Retention retention,
      WorkerSettings settings,
      AttemptRunner runner,
      TargetResolver resolver,
      PackageFetch fetch,
      PrivateKeys keys,
      Outbox outbox,
      TimeOrderedIds ids,
      EndSignal endSignal,
      Traces traces) {
    Jdbi jdbi = database.jdbi();
    Reports reports = new Reports(jdbi);
    Tally tally = new Tally();
    this.profile = profile;
    this.lease = NodeLease.register(jdbi, profile);
    if (keys.isHolding()) {
      // From when it is alive nobody changes the key without it; what was changed before is seen
      // now.
      report(keys, jdbi);
    }
    this.heartbeat = new DutyLoop("heartbeat", lease);
    this.worker =
        new Worker(
            jdbi, settings, lease, new Claims(jdbi, new Random()), reports, runner, tally, traces);
    this.controller =
        new Controller(
            jdbi, lease, resolver, fetch, ids, reports, retention, worker, keys, outbox, tally,
            traces);
    this.totals = new AddTotals(jdbi, tally);
    this.addTotals = new DutyLoop("add-totals", totals);
    this.listener = new NotificationListener(database);
    listener.on(Channel.EXECUTION_STARTED, run -> controller.wake());
    listener.on(Channel.WORK, run -> worker.wake());
    listener.on(Channel.CANCEL, execution -> wakeForStop());
    listener.on(Channel.EXECUTION_ENDED, run -> ended(endSignal));
    listener.on(Channel.NODE, node -> heartbeat.wake());
  }

  public Node start() {
    heartbeat.start();
    if (profile.is(NodeRole.WORKER)) {
      worker.start();
    }
    if (profile.is(NodeRole.CONTROLLER)) {
      controller.start();
    }
    controller.startOwn();
    addTotals.start();
    listener.start();
    return this;
  }

  public Worker worker() {
    return worker;
  }

  /// Takes nothing new, lets running work end within its grace time, and hands the rest back.
  @Override
  public void close() {
    lease.leave();
    controller.close();
    worker.close();
    listener.close();
    addTotals.close();
    totals.finish();
    heartbeat.close();
    lease.release();
  }

  private void report(PrivateKeys keys, Jdbi jdbi) {
    try {
      keys.report(lease.nodeId(), jdbi);
    } catch (RuntimeException e) {
      lease.release();
      throw e;
    }
  }

  private void ended(EndSignal endSignal) {
    endSignal.ended();
    controller.wakeForEnd();
  }

  private void wakeForStop() {
    worker.wakeForStop();
    controller.wakeForStop();
  }
}
