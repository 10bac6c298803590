package io.camaudit.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.camaudit.UserException;
import io.camaudit.input.Manifest.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Reads lists that are tables with or without a header, or lines of a path and a label. */
final class ManifestTable {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .build();
  private static final String SEPARATORS = ",;\t|";

  /** As much of a list as its form is told by. */
  private static final int LOOKED_AT = 1 << 16;

  private final String location;
  private final String root;
  private final Consumer<String> notes;

  ManifestTable(String location, String root, Consumer<String> notes) {
    this.location = location;
    this.root = root;
    this.notes = notes;
  }

  boolean forEach(BufferedReader reader, Visitor visitor) throws IOException {
    skipComments(reader);
    List<String> first = firstLines(reader);
    if (first.isEmpty()) {
      return false;
    }
    if (first.get(0).matches("(?i)sep=.")) {
      reader.readLine(); // spreadsheets' own way to say it
      char separator = first.get(0).charAt(4);
      return table(reader, separator, first.subList(1, first.size()), visitor);
    }
    char separator = separator(first.get(0));
    List<String> cells = cells(first.get(0), separator);
    boolean csv = ImageNames.suffix(location).matches("csv|tsv");
    boolean header = ManifestColumns.named(ManifestColumns.plain(cells)).isPresent();
    boolean counted = separator == '\t' && cells.size() > 2;
    if (header || csv && !spaced(first) || counted && ManifestColumns.headless(cells).isPresent()) {
      return table(reader, separator, first, visitor);
    }
    return lines(reader, first, visitor);
  }

  private boolean table(BufferedReader reader, char separator, List<String> first, Visitor visitor)
      throws IOException {
    if (first.isEmpty()) {
      return false;
    }
    List<String> header = cells(first.get(0), separator);
    List<String> names = ManifestColumns.plain(header);
    List<String> row = first.size() > 1 ? cells(first.get(1), separator) : List.of();
    ManifestColumns columns = ManifestColumns.named(names).orElse(null);
    boolean headless = columns == null && header.stream().anyMatch(ImageNames::isImage);
    if (headless) {
      columns = ManifestColumns.headless(header).orElseThrow(() -> unclear(first, header));
      notes.accept(headlessNote(columns));
    } else {
      if (columns == null) {
        columns = ManifestColumns.shown(names, row).orElseThrow(() -> unclear(first, header));
      }
      columns.tell(location, header, row, notes);
    }
    boolean told = columns.label() >= 0;
    CsvSchema schema =
        CsvSchema.emptySchema().withColumnSeparator(separator).withLineSeparator("\n");
    long entry = 1;
    try (MappingIterator<String[]> rows =
        CSV.readerFor(String[].class).with(schema).readValues(reader)) {
      if (!headless && rows.hasNextValue()) {
        rows.nextValue();
      }
      for (; rows.hasNextValue(); entry++) {
        List<String> cells = Arrays.asList(rows.nextValue());
        if (cells.stream().allMatch(String::isBlank)) {
          continue;
        }
        visitor.visit(entry, row(entry, names, cells, columns, headless));
      }
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "Manifest %s, entry %d (line %d) cannot be parsed: %s.",
          location, entry, e.getLocation().getLineNr(), e.getOriginalMessage());
    }
    return told;
  }

  private ManifestRow row(
      long entry,
      List<String> names,
      List<String> cells,
      ManifestColumns columns,
      boolean headless) {
    for (int i = names.size(); i < cells.size() && !headless; i++) {
      if (!cells.get(i).isBlank()) {
        throw UserException.wrongArguments(
            "Manifest %s, entry %d has %d cells, and the header %d: what holds the separator needs quotes.",
            location, entry, cells.size(), names.size());
      }
    }
    String image = cell(cells, columns.image());
    if (image == null) {
      throw UserException.wrongArguments(
          "Manifest %s, entry %d: every entry needs a field \"image\"; this one is empty: %s.",
          location, entry, String.join(" ", cells).strip());
    }
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < names.size() && !headless; i++) {
      all.putIfAbsent(names.get(i), cell(cells, i));
    }
    return new ManifestRow(image, cell(cells, columns.label()), all);
  }

  private boolean lines(BufferedReader reader, List<String> first, Visitor visitor)
      throws IOException {
    boolean header = spaced(first);
    List<String> entries = header ? first.subList(1, first.size()) : first;
    if (entries.isEmpty()) {
      return false;
    }
    ImageList list = new ImageList(root, entries.get(0));
    if (!list.isPlausible(entries.get(0))) {
      throw unclear(first, null);
    }
    if (list.isCounted()) {
      notes.accept(location + ": the numbers before its paths are taken for a count of the lines.");
    }
    boolean told = false;
    long entry = 1;
    boolean skip = header;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isBlank() || ImageList.isComment(line)) {
        continue;
      }
      if (skip) {
        skip = false;
        continue;
      }
      ManifestRow row = list.row(line);
      told |= row.label() != null;
      visitor.visit(entry++, row);
    }
    return told;
  }

  /** Whether the first line is a header with spaces between its two names. */
  private static boolean spaced(List<String> first) {
    List<String> names = ManifestColumns.plain(Arrays.asList(first.get(0).strip().split("\\s+")));
    return names.size() == 2
        && ManifestColumns.isImageColumn(names.get(0))
        && ManifestColumns.isLabelColumn(names.get(1));
  }

  private UserException unclear(List<String> first, List<String> header) {
    String found =
        header == null || header.size() < 2
            ? String.format(Locale.ROOT, "its first line is \"%s\"", shortened(first.get(0)))
            : String.format(
                Locale.ROOT,
                "its first line has the cells \"%s\"",
                shortened(String.join("\", \"", header)));
    return UserException.wrongArguments(
        "Manifest %s: every entry needs a field \"image\", and none can be told: %s. Wanted is a header with the"
            + " columns image and, if you like, label; or a path of an image a line, relative to the list's folder, with its label behind it.",
        location, found);
  }

  private String headlessNote(ManifestColumns columns) {
    return String.format(
        Locale.ROOT,
        "%s has no header: the images are taken from its column %d, %s.",
        location,
        columns.image() + 1,
        columns.label() < 0
            ? "and it has none for labels"
            : String.format(Locale.ROOT, "the labels from column %d", columns.label() + 1));
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  private static String cell(List<String> cells, int place) {
    return place < 0 || place >= cells.size() || cells.get(place).isBlank()
        ? null
        : cells.get(place).strip();
  }

  /** The first few lines that say something; the reader is where it was. */
  private static List<String> firstLines(BufferedReader reader) throws IOException {
    char[] buffer = new char[LOOKED_AT];
    reader.mark(LOOKED_AT);
    int length = 0;
    for (int read = reader.read(buffer); read > 0; ) {
      length += read;
      read = length == buffer.length ? 0 : reader.read(buffer, length, buffer.length - length);
    }
    reader.reset();
    List<String> lines = new ArrayList<>();
    for (String line : new String(buffer, 0, length).split("\r\n|\r|\n")) {
      if (!line.isBlank() && !ImageList.isComment(line) && lines.size() < 2) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static void skipComments(BufferedReader reader) throws IOException {
    reader.mark(LOOKED_AT);
    for (String line = reader.readLine();
        line != null && (line.isBlank() || ImageList.isComment(line));
        line = reader.readLine()) {
      reader.mark(LOOKED_AT);
    }
    reader.reset();
  }

  /** The separator that the line has most of outside quotes; a comma if it has none. */
  private static char separator(String line) {
    String bare = line.replaceAll("\"[^\"]*\"", "");
    char most = ',';
    long count = 0;
    for (char separator : SEPARATORS.toCharArray()) {
      long found = bare.chars().filter(c -> c == separator).count();
      if (found > count) {
        most = separator;
        count = found;
      }
    }
    return most;
  }

  private static List<String> cells(String line, char separator) throws IOException {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (MappingIterator<String[]> rows =
        CSV.readerFor(String[].class).with(schema).readValues(line)) {
      return rows.hasNextValue() ? Arrays.asList(rows.nextValue()) : List.of();
    } catch (JsonProcessingException e) {
      return List.of(line); // no line of a table
    }
  }
}
