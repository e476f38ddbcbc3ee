package dev.edj.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `service.json` in the data directory: where the running service is. It is left behind when the
/// process is killed, so what it says is a hint: the address answers or it does not.
///
/// @param pid of the service's process
public record ServiceFile(URI url, long pid, @JsonProperty("started") Instant startedAt) {

  private static final String NAME = "service.json";

  public static Optional<ServiceFile> find(Path dataDirectory) throws IOException {
    try {
      String text = new PrivateFile(dataDirectory.resolve(NAME)).read();
      return Optional.of(mapper().readValue(text, ServiceFile.class));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    }
  }

  public void write(Path dataDirectory) throws IOException {
    new PrivateFile(dataDirectory.resolve(NAME)).write(mapper().writeValueAsString(this) + "\n");
  }

  /// Removes the file if it still speaks of this process, and not of one that came after it.
  public void remove(Path dataDirectory) throws IOException {
    if (find(dataDirectory).filter(this::equals).isPresent()) {
      Files.deleteIfExists(dataDirectory.resolve(NAME));
    }
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder().build();
  }
}
