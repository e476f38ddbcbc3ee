package dev.edj.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Where a content comes from: a script from the command line, a file or standard input, or a
/// data-tier package.
final class ContentSource {

  @ArgGroup(multiplicity = "1")
  private @Nullable Source source;

  private static final class Source {

    @Option(
        names = {"--text", "--command-text"},
        paramLabel = "SQL",
        description = "The script itself.")
    private @Nullable String text;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "A file with the script, in UTF-8 or UTF-16; - is standard input.")
    private @Nullable String file;

    @Option(
        names = "--dacpac",
        paramLabel = "FILE",
        description = "A data-tier package, which the service keeps.")
    private @Nullable Path dacpac;

    @Option(
        names = "--dacpac-uri",
        paramLabel = "URI",
        description =
            "Where the service fetches a data-tier package at each run, from a host that it is"
                + " allowed.")
    private @Nullable String dacpacUri;
  }

  @Nullable String text() {
    return source().text;
  }

  @Nullable String file() {
    return source().file;
  }

  @Nullable Path dacpac() {
    return source().dacpac;
  }

  @Nullable String dacpacUri() {
    return source().dacpacUri;
  }

  private Source source() {
    if (source == null) {
      throw new IllegalStateException("not parsed");
    }
    return source;
  }
}
