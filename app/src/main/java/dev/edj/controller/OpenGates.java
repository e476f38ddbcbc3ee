package dev.edj.controller;

import dev.edj.controldb.DeadlockVictim;
import dev.edj.duty.Duty;
import dev.edj.execution.GateStore;
import dev.edj.execution.GateStore.Waves;
import dev.edj.execution.RunStore;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens barriers and waves: lets children begin whose step waits for the steps before it
/// everywhere, or whose wave waits for the one before it.
final class OpenGates implements Duty {

  private static final Logger log = LoggerFactory.getLogger(OpenGates.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Jdbi jdbi;
  private final GateStore store;

  OpenGates(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(GateStore.class);
  }

  @Override
  public Duration perform() {
    for (UUID run : store.gated()) {
      try {
        DeadlockVictim.retry(jdbi, handle -> open(handle, run));
      } catch (RuntimeException e) {
        // The others are not to wait for this one.
        log.warn("the gates of run {} cannot be opened; tried again", run, e);
      }
    }
    return POLL;
  }

  /// Returns whether something may begin that could not before.
  private static boolean open(Handle handle, UUID run) {
    GateStore store = handle.attach(GateStore.class);
    Waves waves = store.takeTurn(run) ? store.waves(run) : null;
    if (waves == null) {
      return false;
    }
    if (!openBarrier(store, run, waves) && !openWave(store, run, waves)) {
      return false;
    }
    handle.attach(RunStore.class).announceWork();
    return true;
  }

  private static boolean openBarrier(GateStore store, UUID run, Waves waves) {
    boolean several = waves.waves() > 1;
    int wave = waves.openWave();
    for (int step : store.closedBarriers(run, wave)) {
      boolean open = several ? store.anythingOpen(run, wave, step) : store.anythingOpen(run, step);
      if (open) {
        // The steps after it wait for this one's children, too.
        return false;
      }
      store.free(run, step, several ? wave : null);
      store.passBarrier(run, step, wave);
      return true;
    }
    return false;
  }

  private static boolean openWave(GateStore store, UUID run, Waves waves) {
    if (!waves.moreToCome() || store.anythingOpen(run, waves.openWave(), Integer.MAX_VALUE)) {
      return false;
    }
    if (!waves.waveEnded()) {
      store.endWave(run);
    }
    if (!waves.approved() || !waves.pauseOver()) {
      return false;
    }
    int next = waves.openWave() + 1;
    store.free(run, null, next);
    store.openWave(run, next);
    return true;
  }
}
