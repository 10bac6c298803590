package io.camaudit;

import java.util.Locale;

/**
 * Something that the person who runs the command can mend: one sentence that says what is wrong and
 * what to do next, and the exit code that goes with it. Never shown with a stack trace.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  public UserException(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public UserException(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** A mistake in what was typed or configured. */
  public static UserException wrongArguments(String format, Object... values) {
    return new UserException(ExitCode.WRONG_ARGUMENTS, String.format(Locale.ROOT, format, values));
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
