package io.camaudit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs the program as its users do, and reads what it leaves. */
record Cli(int code, String out, String err) {
  static final String TINY_MODEL = "../savedmodel/src/test/resources/tiny-model";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Cli run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Stream.of(args).map(Object::toString).toArray(String[]::new);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    return new Cli(code, out.toString(), err.toString());
  }

  /** An audit with the tiny model and batches of four. */
  static Cli audit(Path input, Path output, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "audit",
                "--model",
                TINY_MODEL,
                "--batch-size",
                4,
                "--input",
                input,
                "--output",
                output));
    args.addAll(List.of(more));
    return run(args.toArray());
  }

  /** Every file below a folder by its path, with its bytes as Latin-1 text. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(file).toString(),
            Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  static JsonNode json(Path file) throws IOException {
    return JSON.readTree(Files.readAllBytes(file));
  }

  /** All records of a run, in the listing's order. */
  static List<JsonNode> records(Path run) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    try (var files = Files.list(run.resolve("records"))) {
      for (Path file : files.sorted().toList()) {
        records.addAll(lines(file));
      }
    }
    return records;
  }

  static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
