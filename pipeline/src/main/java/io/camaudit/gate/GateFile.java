package io.camaudit.gate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.camaudit.Nearest;
import io.camaudit.ParseReason;
import io.camaudit.UserException;
import io.camaudit.storage.RegularFile;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads a gate file, YAML or JSON. Strict: a key that nothing reads would be a rule that fails
 * nobody.
 */
public final class GateFile {
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private GateFile() {}

  /**
   * The rules in a file.
   *
   * @throws UserException with the place and the nearest right answer
   */
  public static GateRules read(Path file) {
    MapperBuilder<?, ?> builder =
        file.toString().endsWith(".json") ? JsonMapper.builder() : YAMLMapper.builder();
    ObjectMapper mapper =
        builder
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();
    try {
      RegularFile.check(file);
      byte[] text = Files.readAllBytes(file);
      JsonNode tree = onlyDocument(file, mapper, text);
      String empty = tree == null ? null : keyWithoutValue(tree, "");
      if (empty != null) {
        throw wrong(
            file,
            "",
            String.format(Locale.ROOT, "%s has no value; give one or take the key out", empty));
      }
      boolean blank = tree == null || tree.isMissingNode() || tree.isNull();
      GateRules rules = mapper.readValue(blank ? NOTHING : text, GateRules.class);
      if (rules.incomplete() != null) {
        throw wrong(file, "", rules.incomplete());
      }
      return rules;
    } catch (UnrecognizedPropertyException e) {
      List<String> known = e.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
      // Where Jackson notices is where the rule ends, not where the key stands: no line is said.
      throw wrong(file, "", unknown(e.getPropertyName(), known));
    } catch (JsonMappingException e) {
      String path = path(e);
      throw wrong(file, "", (path.isEmpty() ? "" : path + ": ") + reason(e));
    } catch (JsonProcessingException e) {
      throw wrong(
          file,
          ParseReason.line(e) == 0 ? "" : ", line " + ParseReason.line(e),
          "cannot be parsed, " + ParseReason.of(e, "it is damaged"));
    } catch (NoSuchFileException e) {
      throw UserException.wrongArguments("There is no gate file %s.", file);
    } catch (IOException e) {
      throw UserException.wrongArguments("Gate %s cannot be read: %s.", file, StorageReason.of(e));
    }
  }

  private static String unknown(String key, List<String> known) {
    String outer = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    return !outer.equals(key) && known.contains(outer)
        ? String.format(
            Locale.ROOT,
            "the key \"%s\" is two: write %s: {%s: ...}",
            key,
            outer,
            key.substring(outer.length() + 1))
        : String.format(
            Locale.ROOT,
            "the key \"%s\" is unknown; did you mean %s",
            key,
            String.join(" or ", Nearest.to(key, known, 2)));
  }

  private static JsonNode onlyDocument(Path file, ObjectMapper mapper, byte[] text)
      throws IOException {
    try (JsonParser parser = mapper.createParser(text)) {
      JsonNode tree = mapper.readTree(parser);
      if (parser.nextToken() != null) {
        throw wrong(
            file,
            place(parser.currentTokenLocation()),
            "a second document begins, and only the first would be read");
      }
      return tree;
    }
  }

  /** The first key with nothing behind it, which would be a rule that nobody applies. */
  private static String keyWithoutValue(JsonNode tree, String path) {
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String here = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      JsonNode value = field.getValue();
      boolean nothing = value.isNull() || (value.isTextual() && value.asText().isBlank());
      String below = nothing ? here : keyWithoutValue(value, here);
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  private static UserException wrong(Path file, String place, String what) {
    return UserException.wrongArguments("Gate %s%s: %s.", file, place, what);
  }

  private static String place(JsonLocation place) {
    return place == null || place.getLineNr() < 1 ? "" : ", line " + place.getLineNr();
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  /** What a rule's own check said, or else what form is wanted. */
  private static String reason(JsonMappingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return cause.getMessage();
      }
    }
    if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return String.format(
          Locale.ROOT, "\"%s\" is neither estimate nor interval", format.getValue());
    }
    if (e instanceof InvalidFormatException format) {
      boolean whole = format.getTargetType() != Double.class;
      return String.format(
          Locale.ROOT, "\"%s\" is no %snumber", format.getValue(), whole ? "whole " : "");
    }
    return "a value of this form is not wanted here; docs/gate.md says which is";
  }
}
