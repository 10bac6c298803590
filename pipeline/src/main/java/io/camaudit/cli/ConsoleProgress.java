package io.camaudit.cli;

import io.camaudit.RunProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line that is written over again on a terminal; a plain line from time to time elsewhere. */
final class ConsoleProgress implements RunProgress {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(15);

  private final PrintWriter out;
  private final boolean terminal;
  private Duration last = Duration.ZERO;
  private int width;

  ConsoleProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void update(long done, long total, long failed, long before, Duration elapsed) {
    if (total == 0 || (!terminal && elapsed.minus(last).compareTo(PLAIN_EVERY) < 0)) {
      return;
    }
    last = elapsed;
    String line = line(done, total, failed, before, elapsed);
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      width = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Ends the line, so that what follows starts on one of its own. */
  void end() {
    if (terminal && width > 0) {
      out.println();
    }
  }

  static String line(long done, long total, long failed, long before, Duration elapsed) {
    double seconds = Math.max(elapsed.toMillis() / 1000.0, 0.001);
    double rate = (done - before) / seconds;
    String left = done == before ? "--:--" : clock((total - done) / rate);
    return String.format(
        Locale.ROOT,
        "%,d/%,d images (%d %%), %.1f images/s, %s left, %,d failed",
        done,
        total,
        100 * done / total,
        rate,
        left,
        failed);
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
  }
}
