package io.camaudit;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Why a text could not be parsed, in one line. */
public final class ParseReason {
  private ParseReason() {}

  /**
   * The part of a parser's message that says what is wrong. YAML's parser says over several lines
   * what it was at, where, and last what it did not expect; JSON's says it at once.
   *
   * @param otherwise where the parser says nothing
   */
  public static String of(JsonProcessingException e, String otherwise) {
    String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
    String said = message.lines().findFirst().orElse("");
    if (message.contains("\n in ")) {
      // Places and snippets of the text are indented.
      said =
          message
              .lines()
              .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
              .reduce(said, (before, line) -> line);
    }
    return said.isBlank() ? otherwise : said.strip();
  }
}
