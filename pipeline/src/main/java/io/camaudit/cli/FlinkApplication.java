package io.camaudit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The program as an application that Flink starts itself, in its JobManager or with {@code flink
 * run}: {@code audit} runs on the cluster around it, and what it ends with is told to Flink, which
 * a process that exits could not be.
 */
public final class FlinkApplication {
  private FlinkApplication() {}

  /**
   * @throws IllegalStateException if the command ends with another exit code than 0; it has said
   *     why
   */
  public static void main(String[] args) {
    int code = Main.run(here(args));
    if (code != 0) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "camaudit ended with exit code %d; the log says why", code));
    }
  }

  /** The same for the cluster that is here, where nothing else is said. */
  private static String[] here(String[] args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (args.length > 0 && args[0].equals("audit") && !all.contains("--runner")) {
      all.addAll(1, List.of("--runner", "flink", "--flink-master", "[auto]"));
    }
    return all.toArray(String[]::new);
  }
}
