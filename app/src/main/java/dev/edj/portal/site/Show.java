package dev.edj.portal.site;

import dev.edj.execution.Counts;
import dev.edj.text.Durations;
import dev.edj.text.ShellWord;
import dev.edj.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How values are written on pages, as the command line writes them; templates know it as `#show`.
public final class Show {

  private final Assets assets;

  Show(Assets assets) {
    this.assets = assets;
  }

  public String asset(String name) {
    return assets.url(name);
  }

  public PagePath path(Object... segments) {
    return PagePath.of(segments);
  }

  /// A name in a command that is shown to be copied.
  public String word(String name) {
    return ShellWord.of(name);
  }

  /// `2026-01-31 22:00:00Z`
  public String utc(Instant time) {
    return Times.format(time);
  }

  /// `1h30m`
  public String duration(Duration duration) {
    return Durations.format(duration);
  }

  /// Nothing as long as it has not ended.
  public @Nullable String took(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null ? null : duration(Duration.between(start, end));
  }

  /// `100,000`
  public String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `24 MiB`; what is left over is left out.
  public String mebibytes(long bytes) {
    return number(bytes >> 20) + " MiB";
  }

  public Progress progress(Counts counts) {
    return Progress.of(counts);
  }
}
