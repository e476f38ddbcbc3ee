package dev.edj.portal.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// A file of a form, on the disk. It is gone when it is closed, and has no name on the disk before
/// either where the system allows that, so that nothing is left of it when the process dies.
///
/// Used by the thread of one request.
final class SpooledFile implements MultipartFile, AutoCloseable {

  private final String field;
  private final String name;
  private final @Nullable String type;
  private final FileChannel file;

  private SpooledFile(String field, String name, @Nullable String type, FileChannel file) {
    this.field = field;
    this.name = name;
    this.type = type;
    this.file = file;
  }

  /// An empty one.
  ///
  /// @param name by which its owner has it; it says nothing here
  static SpooledFile in(Path directory, String field, String name, @Nullable String type)
      throws IOException {
    Files.createDirectories(directory);
    return new SpooledFile(
        field,
        name,
        type,
        FileChannel.open(
            directory.resolve("upload-" + UUID.randomUUID()),
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)));
  }

  OutputStream end() {
    return Channels.newOutputStream(file);
  }

  @Override
  public String getName() {
    return field;
  }

  @Override
  public String getOriginalFilename() {
    return name;
  }

  @Override
  public @Nullable String getContentType() {
    return type;
  }

  @Override
  public boolean isEmpty() {
    return getSize() == 0;
  }

  @Override
  public long getSize() {
    try {
      return file.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] getBytes() throws IOException {
    return getInputStream().readAllBytes();
  }

  /// From its beginning. Closing the stream does not close the file.
  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(Channels.newInputStream(file.position(0))) {
      @Override
      public void close() {
        // The form closes the file.
      }
    };
  }

  @Override
  public void transferTo(java.io.File destination) throws IOException {
    try (OutputStream out = Files.newOutputStream(destination.toPath())) {
      getInputStream().transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
