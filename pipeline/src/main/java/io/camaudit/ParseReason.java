package io.camaudit;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a text could not be parsed, in one line, and where. */
public final class ParseReason {
  /** Where YAML's parser was, which Jackson's place of the last thing understood is not. */
  private static final Pattern YAML_PLACE =
      Pattern.compile("\n in [^\n]*, line (\\d+), column (\\d+)");

  /** What Jackson says of bytes, by their number, that are no text. */
  private static final Pattern ENCODING =
      Pattern.compile("UTF-8|UTF-32|CharConversion|special characters are not allowed");

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
    if (ENCODING.matcher(said).find()) {
      return "it is no text in UTF-8; save it as such";
    }
    return said.isBlank() ? otherwise : said.strip();
  }

  /** The line where a parser stopped, from 1; 0 if it does not say. */
  public static int line(JsonProcessingException e) {
    return place(e)[0];
  }

  /** The column there, likewise. */
  public static int column(JsonProcessingException e) {
    return place(e)[1];
  }

  private static int[] place(JsonProcessingException e) {
    int[] place = {0, 0};
    if (e.getLocation() != null) {
      place =
          new int[] {
            Math.max(0, e.getLocation().getLineNr()), Math.max(0, e.getLocation().getColumnNr())
          };
    }
    Matcher yaml = YAML_PLACE.matcher(e.getOriginalMessage() == null ? "" : e.getOriginalMessage());
    while (yaml.find()) {
      place = new int[] {Integer.parseInt(yaml.group(1)), Integer.parseInt(yaml.group(2))};
    }
    return place;
  }
}
