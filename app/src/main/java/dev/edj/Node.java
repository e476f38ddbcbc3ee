package dev.edj;

import dev.edj.controldb.Channel;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.NotificationListener;
import dev.edj.controller.Controller;
import dev.edj.duty.DutyLoop;
import dev.edj.execution.Claims;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Reports;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.target.TargetResolver;
import dev.edj.worker.AttemptRunner;
import dev.edj.worker.NodeLease;
import dev.edj.worker.Worker;
import dev.edj.worker.WorkerSettings;
import java.time.Duration;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;

/// The working part of one process: its lease, its controller and its worker, woken by the control
/// database.
public final class Node implements AutoCloseable {

  private final NodeLease lease;
  private final DutyLoop heartbeat;
  private final Worker worker;
  private final Controller controller;
  private final NotificationListener listener;

  /// @param lease after this long without a heartbeat others take this node's work
  /// @param retention how long ended runs are kept
  public Node(
      ControlDatabase database,
      String name,
      Duration lease,
      Duration retention,
      WorkerSettings settings,
      AttemptRunner runner,
      TargetResolver resolver,
      TimeOrderedIds ids,
      EndSignal endSignal) {
    Jdbi jdbi = database.jdbi();
    Reports reports = new Reports(jdbi);
    this.lease = NodeLease.register(jdbi, name, lease);
    this.heartbeat = new DutyLoop("heartbeat", this.lease);
    this.worker =
        new Worker(jdbi, settings, this.lease, new Claims(jdbi, new Random()), reports, runner);
    this.controller = new Controller(jdbi, this.lease, resolver, ids, reports, retention, worker);
    this.listener = new NotificationListener(database);
    listener.on(Channel.EXECUTION_STARTED, run -> controller.wake());
    listener.on(Channel.WORK, run -> worker.wake());
    listener.on(Channel.CANCEL, execution -> wakeForStop());
    listener.on(Channel.EXECUTION_ENDED, run -> endSignal.ended());
  }

  public Node start() {
    heartbeat.start();
    worker.start();
    controller.start();
    listener.start();
    return this;
  }

  public Worker worker() {
    return worker;
  }

  /// Takes nothing new, lets running work end within its grace time, and hands the rest back.
  @Override
  public void close() {
    controller.close();
    worker.close();
    listener.close();
    heartbeat.close();
    lease.release();
  }

  private void wakeForStop() {
    worker.wakeForStop();
    controller.wakeForStop();
  }
}
