package io.camaudit.flink;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tells what ended a job: a mistake of the user's, the cluster, or one of ours. */
final class JobFailure {
  static final String WHAT_NEXT = "What is done stays, and the same command goes on from there.";

  private JobFailure() {}

  /**
   * What is to be thrown. What a worker says in a sentence stays that sentence; an exception from
   * within the program stays one, for a report; everything else is the cluster's.
   */
  static RuntimeException of(Throwable thrown, String address) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      causes.add(cause);
      if (cause instanceof UserException || cause instanceof ModelException) {
        return (RuntimeException) cause;
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    if (!(root instanceof OutOfMemoryError) && isOurs(root)) {
      return new IllegalStateException("the job failed on the cluster at " + address, thrown);
    }
    return new UserException(
        ExitCode.CLUSTER,
        String.format(
            Locale.ROOT,
            "The job failed on the Flink cluster at %s: %s. %s",
            address,
            reason(root),
            WHAT_NEXT),
        thrown);
  }

  private static boolean isOurs(Throwable root) {
    return Arrays.stream(root.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("io.camaudit."));
  }

  /**
   * The same of a job whose workers are other machines: what they could not read or write may be
   * there for this process, since each has an environment of its own.
   */
  static RuntimeException elsewhere(Throwable thrown, String address) {
    RuntimeException said = of(thrown, address);
    ExitCode code =
        said instanceof UserException user
            ? user.exitCode()
            : said instanceof ModelException ? ExitCode.MODEL_UNUSABLE : null;
    return code == ExitCode.MODEL_UNUSABLE || code == ExitCode.STORAGE
        ? new UserException(
            code,
            String.format(
                Locale.ROOT,
                "%s A TaskManager of the Flink cluster at %s said so; it has an environment, credentials and files of its own.",
                said.getMessage(),
                address),
            said)
        : said;
  }

  /** The first line of what an exception says, with its kind. */
  private static String reason(Throwable root) {
    String kind = root.getClass().getSimpleName();
    if (root.getMessage() == null) {
      return kind;
    }
    String line = root.getMessage().strip().lines().findFirst().orElse("").strip();
    return kind + ", " + (line.endsWith(".") ? line.substring(0, line.length() - 1) : line);
  }
}
