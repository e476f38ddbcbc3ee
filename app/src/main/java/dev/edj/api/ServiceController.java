package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.api.ServiceState.ControlDatabaseState;
import dev.edj.settings.ServiceSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.boot.health.contributor.Status;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(Locations.BASE + "/service")
@Tag(name = "Service")
class ServiceController {

  private final ServiceSettings settings;
  private final ControlDatabaseHealth controlDatabase;
  private final Instant startedAt = Instant.now();

  ServiceController(ServiceSettings settings, ControlDatabaseHealth controlDatabase) {
    this.settings = settings;
    this.controlDatabase = controlDatabase;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(summary = "The service's version, and whether it has its control database")
  ServiceState service() {
    boolean available = Status.UP.equals(controlDatabase.health().getStatus());
    return new ServiceState(
        Version.text(),
        startedAt,
        new ControlDatabaseState(available, settings.controlDatabase() == null));
  }
}
