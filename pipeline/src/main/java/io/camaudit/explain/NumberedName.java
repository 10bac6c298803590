package io.camaudit.explain;

import io.camaudit.report.ClassRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class's name with an id or a number before or behind it, as folders of published datasets have:
 * {@code n02085620-Chihuahua}, {@code 003.Sooty_Albatross}, {@code c0_driving}, {@code fish (3)}.
 *
 * @param id in plain form, of a number without its leading zeros
 * @param name in plain form
 */
record NumberedName(String id, String name) {
  private static final String ID = "[(\\[]?(\\p{L}?\\d+)[)\\]]?";
  private static final String GAP = "[\\s\\p{Z}_\\p{Pd}.:,]+";
  private static final String NAME = "(.*\\p{L}.*?)";
  private static final Pattern BEFORE = Pattern.compile(ID + GAP + NAME);
  private static final Pattern BEHIND = Pattern.compile(NAME + GAP + ID);

  /** The ways to read a text as such a name: none, one, or two if there is a number at each end. */
  static List<NumberedName> in(String text) {
    List<NumberedName> found = new ArrayList<>();
    Matcher before = BEFORE.matcher(text.strip());
    if (before.matches()) {
      found.add(of(before.group(1), before.group(2)));
    }
    Matcher behind = BEHIND.matcher(text.strip());
    if (behind.matches()) {
      found.add(of(behind.group(2), behind.group(1)));
    }
    return found;
  }

  /** Whether the id has a letter, and so is more than somebody's count. */
  boolean isIdentifier() {
    return Character.isLetter(id.codePointAt(0));
  }

  private static NumberedName of(String id, String name) {
    return new NumberedName(
        ClassRef.plain(id).replaceFirst("^0+(?=\\d)", ""), ClassRef.plain(name));
  }
}
