package dev.edj.demo;

import java.io.PrintStream;
import java.time.Duration;

/// Where the story is told. On a terminal it goes at a pace that eyes can follow.
///
/// @param out for the story and the commands' results
/// @param err for progress
public record Stage(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean colours,
    Curtain curtain) {

  private static final Duration BEAT = Duration.ofMillis(250);
  private static final String TO_LINE_START = "\r\u001b[K";

  void line(String text) {
    out.println(text);
  }

  void heading(String text) {
    beat();
    out.println();
    out.println(strong(text));
  }

  void tell(String text) {
    out.println(text);
  }

  /// A command as it can be copied, before its output.
  void command(String text) {
    beat();
    out.println();
    out.println("  " + strong(text));
    beat();
  }

  /// How far something is; on a terminal only, where the line is drawn anew.
  void progress(String text) {
    if (errIsTerminal) {
      err.print(TO_LINE_START + text);
      err.flush();
    }
  }

  void clearProgress() {
    progress("");
  }

  private String strong(String text) {
    return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  private void beat() {
    if (outIsTerminal) {
      pause(BEAT);
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedTurn("interrupted");
    }
  }
}
