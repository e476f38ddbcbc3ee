package dev.edj.doctor;

import dev.edj.node.NodeRole;
import dev.edj.settings.ServiceFile;
import dev.edj.settings.ServiceSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Whether the service could listen where it is told to, and if not, who does.
public record PortExamination(ServiceSettings settings) implements Examination {

  private static final String CHECK = "port";

  @Override
  public List<Finding> findings() {
    return List.of(settings.is(NodeRole.API) ? port() : withoutApi());
  }

  private static Finding withoutApi() {
    return Finding.skipped(CHECK, "a node without the role api opens no port");
  }

  private Finding port() {
    if (settings.port() == 0) {
      return Finding.skipped(CHECK, "any free port will do (--port 0)");
    }
    Optional<ServiceFile> own = ownService();
    if (own.isPresent() && own.get().url().getPort() == settings.port()) {
      return Finding.ok(
          CHECK,
          "%s is used by the service of this data directory (process %d)"
              .formatted(place(), own.get().pid()));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
      return Finding.ok(CHECK, "%s is free".formatted(place()));
    } catch (UnknownHostException e) {
      return Finding.error(
          CHECK,
          "--host %s is no address of a machine".formatted(settings.host()),
          "Give an address of this machine, or 0.0.0.0 for all of them.");
    } catch (BindException e) {
      return refused(e);
    } catch (IOException e) {
      return Finding.error(
          CHECK, "%s cannot be listened on: %s".formatted(place(), e.getMessage()), another());
    }
  }

  /// A file of a process that is gone says nothing.
  private Optional<ServiceFile> ownService() {
    try {
      return ServiceFile.find(settings.dataDirectory())
          .filter(file -> ProcessHandle.of(file.pid()).isPresent());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private Finding refused(BindException refusal) {
    String reason = String.valueOf(refusal.getMessage());
    if (reason.contains("ermission")) {
      return Finding.error(
          CHECK,
          "%s may not listen on %s".formatted(System.getProperty("user.name"), place()),
          "Take a port above 1023 and put a reverse proxy before it.");
    }
    if (reason.contains("annot assign")) {
      return Finding.error(
          CHECK,
          "%s is not an address of this machine".formatted(settings.host()),
          "Give one of its own with --host, or 0.0.0.0 for all of them.");
    }
    return Finding.error(
        CHECK,
        "%s is in use by %s"
            .formatted(place(), Listener.on(settings.port()).orElse("another process")),
        another());
  }

  private String another() {
    return "Stop that one (ss -ltnp 'sport = :%d' shows it to root), or take another with --port."
        .formatted(settings.port());
  }

  private String place() {
    return settings.host() + ":" + settings.port();
  }
}
