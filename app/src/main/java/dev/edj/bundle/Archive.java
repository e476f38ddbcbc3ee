package dev.edj.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.secrecy.Withheld;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Files in a zip, as they are added. What is [dev.edj.secrecy.Sensitive] is in none of them.
final class Archive {

  private static final JsonMapper LINES = JsonMapper.builder().addModule(Withheld.always()).build();
  private static final JsonMapper PAGES =
      LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ZipOutputStream zip;
  private final String folder;

  /// @param folder in which all is, so that unpacking makes one
  Archive(OutputStream out, String folder) {
    this.zip = new ZipOutputStream(out, UTF_8);
    this.folder = folder;
  }

  void json(String name, Object value) throws IOException {
    file(name, PAGES.writeValueAsBytes(value));
  }

  /// One array of values that are written as they come.
  void array(String name, Filling filling) throws IOException {
    zip.putNextEntry(new ZipEntry(folder + "/" + name));
    try (SequenceWriter values =
        PAGES
            .writer()
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .writeValuesAsArray(zip)) {
      filling.fill(values::write);
    }
    zip.closeEntry();
  }

  /// Brings values one after the other.
  interface Filling {
    void fill(Consumer<Object> values);
  }

  /// One value in each line, for tools that read such.
  void lines(String name, List<?> values) throws IOException {
    zip.putNextEntry(new ZipEntry(folder + "/" + name));
    for (Object value : values) {
      zip.write(LINES.writeValueAsBytes(value));
      zip.write('\n');
    }
    zip.closeEntry();
  }

  void text(String name, String text) throws IOException {
    file(name, text.getBytes(UTF_8));
  }

  /// The last; what it is written to stays open.
  void finish() throws IOException {
    zip.finish();
  }

  private void file(String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(folder + "/" + name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
