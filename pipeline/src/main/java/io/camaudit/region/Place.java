package io.camaudit.region;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.ExitCode;
import io.camaudit.ParseReason;
import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what is wrong with a file of regions: the file, the place in it, a sentence. */
final class Place {
  private Place() {}

  static UserException error(String sentence) {
    return new UserException(ExitCode.WRONG_ARGUMENTS, sentence);
  }

  static UserException error(String sentence, Throwable cause) {
    return new UserException(ExitCode.WRONG_ARGUMENTS, sentence, cause);
  }

  /** For a file that is not JSON, YAML or CSV to its end. */
  static UserException broken(Path file, JsonProcessingException e) {
    String what = ParseReason.of(e, "it is damaged");
    if (ParseReason.line(e) == 0) {
      return Place.error(String.format(Locale.ROOT, "%s: %s.", file, what), e);
    }
    return Place.error(
        String.format(
            Locale.ROOT,
            "%s, line %d, column %d: cannot be parsed: %s.",
            file,
            ParseReason.line(e),
            ParseReason.column(e),
            what),
        e);
  }

  static UserException unreadable(Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : "cannot be read, " + e.getMessage();
    return Place.error(String.format(Locale.ROOT, "%s: %s.", file, why), e);
  }
}
