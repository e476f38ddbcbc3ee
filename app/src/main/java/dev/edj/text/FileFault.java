package dev.edj.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/// Why a file could not be read or written, in words. Java's own messages are for the most part the
/// file's name once more.
public final class FileFault {

  private FileFault() {}

  /// Of a directory that was walked: with the name of what it was about below it.
  public static String below(Path directory, IOException failure) {
    String file = failure instanceof FileSystemException e ? e.getFile() : null;
    return "%s: %s".formatted(file == null ? directory : file, reason(failure));
  }

  /// Without the file's name, which whoever asks knows best.
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it is there already";
      case NotDirectoryException _ -> "it is no directory";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    };
  }
}
