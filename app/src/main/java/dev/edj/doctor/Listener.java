package dev.edj.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which process listens on a port of this machine, as far as Linux shows it to whoever asks.
final class Listener {

  private static final Path PROCESSES = Path.of("/proc");

  /// The state LISTEN in `/proc/net/tcp`.
  private static final String LISTENS = "0A";

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private Listener() {}

  /// For the middle of a sentence; empty where it cannot be known.
  static Optional<String> on(int port) {
    try {
      Set<String> sockets = new HashSet<>();
      for (String table : List.of("net/tcp", "net/tcp6")) {
        sockets.addAll(sockets(PROCESSES.resolve(table), port));
      }
      return sockets.isEmpty() ? Optional.empty() : owner(sockets);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> sockets(Path table, int port) throws IOException {
    if (!Files.isReadable(table)) {
      return List.of();
    }
    String suffix = ":%04X".formatted(port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > INODE)
          .filter(fields -> fields[LOCAL_ADDRESS].endsWith(suffix) && fields[STATE].equals(LISTENS))
          .map(fields -> "socket:[" + fields[INODE] + "]")
          .toList();
    }
  }

  private static Optional<String> owner(Set<String> sockets) {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .findFirst()
        .map(process ->
            "process %d%s"
                .formatted(
                    process.pid(),
                    process.info().command().map(program -> " (" + program + ")").orElse("")));
  }

  /// Those of other users show their files to root only.
  private static boolean holds(long pid, Set<String> sockets) {
    Path files = PROCESSES.resolve(Long.toString(pid)).resolve("fd");
    try (DirectoryStream<Path> links = Files.newDirectoryStream(files)) {
      for (Path link : links) {
        if (sockets.contains(Files.readSymbolicLink(link).toString())) {
          return true;
        }
      }
    } catch (IOException | RuntimeException e) {
      // It has ended, or is none of ours.
      return false;
    }
    return false;
  }
}
