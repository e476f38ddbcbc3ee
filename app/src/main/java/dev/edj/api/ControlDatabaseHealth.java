package dev.edj.api;

import dev.edj.controldb.ControlDatabase;
import org.jdbi.v3.core.JdbiException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the control database answers.
final class ControlDatabaseHealth implements HealthIndicator {

  private final ControlDatabase database;

  ControlDatabaseHealth(ControlDatabase database) {
    this.database = database;
  }

  @Override
  public Health health() {
    try {
      database.jdbi().useHandle(handle -> handle.execute("SELECT 1"));
      return Health.up().build();
    } catch (JdbiException e) {
      return Health.down().build();
    }
  }
}
