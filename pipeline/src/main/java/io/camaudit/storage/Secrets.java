package io.camaudit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of what is shown and stored. They are meant to come from the environment,
 * but Beam takes them as options and in addresses too.
 */
public final class Secrets {
  private static final String HIDDEN = "(hidden)";
  private static final Pattern SECRET_OPTION =
      Pattern.compile(
          "--[^=]*(credential|secret|password|passwd|token|accesskey|customerkey|accountkey|sas)[^=]*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+://)[^/@\\s]+:[^/@\\s]*@");
  private static final Pattern SIGNED =
      Pattern.compile(
          "([?&][^=&\\s]*(?:signature|token|credential|sig)[^=&\\s]*=)[^&\\s]+",
          Pattern.CASE_INSENSITIVE);

  /** Names of environment variables whose values are never shown. */
  private static final List<String> SECRET_VARIABLES =
      List.of("SECRET", "TOKEN", "PASSWORD", "ACCOUNT_KEY");

  private static final int LEAST_LENGTH = 8;

  private Secrets() {}

  /** Beam's options with the values of those that hold credentials hidden. */
  public static List<String> redactOptions(List<String> options) {
    List<String> shown = new ArrayList<>();
    boolean valueFollows = false;
    for (String option : options) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      boolean secret = SECRET_OPTION.matcher(name).matches();
      if (valueFollows && !option.startsWith("--")) {
        shown.add(HIDDEN);
      } else {
        shown.add(secret && equals >= 0 ? name + "=" + HIDDEN : redact(option));
      }
      valueFollows = secret && equals < 0;
    }
    return List.copyOf(shown);
  }

  /** A sentence without the credentials that options hold, whatever form they are repeated in. */
  public static String redact(String text, List<String> options) {
    List<String> shown = redactOptions(options);
    String redacted = redact(text);
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (!shown.get(i).equals(option)) {
        String value = option.substring(option.indexOf('=') + 1);
        redacted = redacted.replace(value, HIDDEN);
        for (String part : value.split("[\\s\"',:{}]+")) {
          redacted = part.length() < LEAST_LENGTH ? redacted : redacted.replace(part, HIDDEN);
        }
      }
    }
    return redacted;
  }

  /**
   * A sentence without the passwords of addresses, signatures, and the values of secret environment
   * variables.
   */
  public static String redact(String text) {
    String shown = USER_INFO.matcher(text).replaceAll("$1" + HIDDEN + "@");
    shown = SIGNED.matcher(shown).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
    for (var variable : System.getenv().entrySet()) {
      String name = variable.getKey().toUpperCase(Locale.ROOT);
      if (variable.getValue().length() >= LEAST_LENGTH
          && SECRET_VARIABLES.stream().anyMatch(name::contains)) {
        shown = shown.replace(variable.getValue(), HIDDEN);
      }
    }
    return shown;
  }
}
