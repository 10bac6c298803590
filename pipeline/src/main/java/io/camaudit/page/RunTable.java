package io.camaudit.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code run.json}, whatever it holds, as rows to read: one group for each of its top fields that
 * is an object or a list, and one for all that are plain values.
 */
final class RunTable {
  private static final int LONGEST_TEXT = 400;
  private static final int MOST_ROWS = 60;

  /**
   * One top field.
   *
   * @param rows its values, nested names joined by dots; a list has one row without a name
   */
  record Group(String name, List<Row> rows) {}

  /** One value. */
  record Row(String name, String value) {}

  private RunTable() {}

  /** The groups in the document's order, plain values first; none for a missing document. */
  static List<Group> of(JsonNode run) {
    List<Group> groups = new ArrayList<>();
    List<Row> plain = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : run.properties()) {
      if (field.getKey().equals(RunFile.FAITHFULNESS)) {
        continue; // has a figure of its own
      }
      if (field.getValue().isValueNode()) {
        flatten(words(field.getKey()), field.getValue(), plain);
        continue;
      }
      List<Row> rows = new ArrayList<>();
      flatten("", field.getValue(), rows);
      if (!rows.isEmpty()) {
        groups.add(new Group(words(field.getKey()), rows));
      }
    }
    if (!plain.isEmpty()) {
      groups.add(0, new Group("run", plain));
    }
    return groups;
  }

  private static void flatten(String name, JsonNode value, List<Row> rows) {
    if (rows.size() >= MOST_ROWS || value.isNull()) {
      return;
    }
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String path = name.isEmpty() ? words(field.getKey()) : name + " · " + words(field.getKey());
        flatten(path, field.getValue(), rows);
      }
      return;
    }
    rows.add(new Row(name, text(value)));
  }

  private static String text(JsonNode value) {
    String text;
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(item -> parts.add(item.isValueNode() ? item.asText() : item.toString()));
      text = String.join(", ", parts);
    } else {
      text = value.asText();
    }
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …";
  }

  /** {@code modelCard} as {@code model card}; names in capitals stay. */
  private static String words(String field) {
    return field.matches(".*[a-z].*")
        ? field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT)
        : field;
  }
}
