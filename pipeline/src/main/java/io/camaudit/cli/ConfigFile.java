package io.camaudit.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.camaudit.Nearest;
import io.camaudit.ParseReason;
import io.camaudit.UserException;
import io.camaudit.storage.RegularFile;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options from a YAML or JSON file, under the names that they have on the command line, which goes
 * before the file. Keys that no option has are refused.
 */
final class ConfigFile implements CommandLine.IDefaultValueProvider {
  private static final String OPTION = "--config";
  private static final Set<String> NOT_CONFIGURABLE =
      Set.of("config", "help", "verbose", "version");

  private final Path file;
  private final Map<String, String> values;

  private ConfigFile(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /** The file that the arguments name, or empty if they name none. */
  static Optional<ConfigFile> of(String... args) {
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        return Optional.of(read(Path.of(args[i + 1])));
      }
      if (args[i].startsWith(OPTION + "=")) {
        return Optional.of(read(Path.of(args[i].substring(OPTION.length() + 1))));
      }
    }
    return Optional.empty();
  }

  /** Makes the file's values the defaults of the command that the arguments name. */
  void defaultsFor(CommandLine main, String... args) {
    CommandLine command = main.getSubcommands().get(args[0]);
    if (command == null) {
      return;
    }
    Set<String> known = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      known.add(nameOf(option));
    }
    known.removeAll(NOT_CONFIGURABLE);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw UserException.wrongArguments(
            "Configuration %s: the key \"%s\" is unknown; did you mean %s?",
            file, key, String.join(" or ", Nearest.to(key, known, 2)));
      }
    }
    command.setDefaultValueProvider(this);
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? values.get(nameOf(option)) : null;
  }

  private static String nameOf(OptionSpec option) {
    return option.longestName().replaceFirst("^--(no-)?", "");
  }

  private static ConfigFile read(Path file) {
    ObjectMapper mapper = file.toString().endsWith(".json") ? new ObjectMapper() : new YAMLMapper();
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    JsonNode tree;
    try {
      RegularFile.check(file);
      tree = mapper.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw UserException.wrongArguments("There is no configuration file %s.", file);
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "Configuration %s, line %d: %s.",
          file, ParseReason.line(e), ParseReason.of(e, "cannot be parsed"));
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "Configuration %s cannot be read: %s.", file, StorageReason.of(e));
    }
    Map<String, String> values = new LinkedHashMap<>();
    if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
      throw UserException.wrongArguments(
          "Configuration %s must hold keys and values, such as \"model: demo/model\".", file);
    }
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      if (entry.getValue().isObject()) {
        throw UserException.wrongArguments(
            "Configuration %s: \"%s\" holds keys of its own; give it a value, for gate a file's name.",
            file, entry.getKey());
      }
      values.put(entry.getKey(), text(entry.getValue()));
    }
    return new ConfigFile(file, values);
  }

  /** Lists become what the command line takes: values with commas between. */
  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    value.forEach(part -> parts.add(part.asText()));
    return String.join(",", parts);
  }
}
