package dev.edj.api;

import dev.edj.settings.ServiceOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/// `edj serve`: the service, until it is told to stop.
@Command(
    name = "serve",
    description = "Run the service until it is stopped (Ctrl+C, SIGTERM).",
    mixinStandardHelpOptions = true,
    footer = {"", "Each option has a variable: that of --worker-capacity is EDJ_WORKER_CAPACITY."})
public final class ServeCommand implements Callable<Integer> {

  @Mixin private final ServiceOptions options = new ServiceOptions();

  @Override
  public Integer call() throws InterruptedException {
    RunningService service = RunningService.start(options.settings(System.getenv()));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
    service.awaitClose();
    return ExitCode.OK;
  }
}
