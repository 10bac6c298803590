package io.camaudit.region;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.camaudit.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads which classes of the model a category of the annotations stands for. JSON or YAML: an
 * object from category to a class or a list of classes, {@code null} or an empty list for none.
 * CSV: the columns {@code category} and {@code class}, a category as often as it has classes, an
 * empty class for none.
 */
final class CategoryMapping {
  private CategoryMapping() {}

  /** Reads a mapping file, whose extension says its form. */
  static Map<String, List<String>> read(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      RegularFile.check(file);
      if (name.endsWith(".csv")) {
        return csv(file);
      }
      if (name.endsWith(".json")) {
        return object(file, JsonMapper.builder().build());
      }
      if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        return object(file, new YAMLMapper());
      }
    } catch (JsonProcessingException e) {
      throw Place.broken(file, e);
    } catch (IOException e) {
      throw Place.unreadable(file, e);
    }
    throw Place.error(
        file + ": a category mapping is a .json, .yaml or .csv file, this name ends otherwise.");
  }

  private static Map<String, List<String>> object(Path file, ObjectMapper mapper)
      throws IOException {
    // The second of two entries would count without a word.
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    JsonNode root = mapper.readTree(Files.readAllBytes(file));
    if (root == null || !root.isObject()) {
      throw Place.error(file + ": expected an object from category to class.");
    }
    Map<String, List<String>> mapping = new LinkedHashMap<>();
    root.fields()
        .forEachRemaining(
            field -> {
              List<String> classes =
                  mapping.computeIfAbsent(field.getKey(), key -> new ArrayList<>());
              for (JsonNode value :
                  field.getValue().isArray() ? field.getValue() : List.of(field.getValue())) {
                if (value.isContainerNode()) {
                  throw Place.error(
                      String.format(
                          Locale.ROOT,
                          "%s: category \"%s\" is mapped to %s, expected a class or a list of classes.",
                          file,
                          field.getKey(),
                          value));
                }
                if (!value.isNull()) {
                  classes.add(value.asText());
                }
              }
            });
    return mapping;
  }

  private static Map<String, List<String>> csv(Path file) throws IOException {
    CsvMapper mapper = CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build();
    Map<String, List<String>> mapping = new LinkedHashMap<>();
    try (MappingIterator<Map<String, String>> rows =
        mapper
            .readerForMapOf(String.class)
            .with(mapper.schemaWithHeader())
            .readValues(Files.readAllBytes(file))) {
      while (rows.hasNextValue()) {
        int line = rows.getCurrentLocation().getLineNr();
        Map<String, String> row = rows.nextValue();
        String category = row.get("category");
        String name = row.get("class");
        if (category == null || name == null) {
          throw Place.error(
              String.format(
                  Locale.ROOT,
                  "%s, line %d: expected the columns \"category\" and \"class\", got %s.",
                  file,
                  line,
                  row.keySet()));
        }
        List<String> classes = mapping.computeIfAbsent(category, key -> new ArrayList<>());
        if (!name.isBlank()) {
          classes.add(name);
        }
      }
    }
    return mapping;
  }
}
