package dev.edj.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.function.Supplier;

/// A file to be written.
///
/// @param name below the directory, with `/`
/// @param text opened when it is written
public record WrittenFile(String name, Supplier<InputStream> text) {

  public static WrittenFile of(String name, String text) {
    return new WrittenFile(name, () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
