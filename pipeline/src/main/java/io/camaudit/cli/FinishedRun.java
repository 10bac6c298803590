package io.camaudit.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.FoldersBeside;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run that has ended, by its {@code run.json}, of which only what is needed is read, so that runs
 * of other versions are recognised too.
 *
 * @param folder where it is
 * @param started when it began
 * @param summary its {@code run.json}
 */
record FinishedRun(RunFolder folder, Instant started, JsonNode summary) {
  private static final TypeReference<Map<String, Object>> OPTIONS = new TypeReference<>() {};

  /** The run in a folder; empty if none has ended there. */
  static Optional<FinishedRun> read(RunFolder folder) {
    try {
      JsonNode summary = ReportJson.mapper().readTree(folder.read(RunFolder.SUMMARY));
      String started = summary.path("timing").path("startedAt").asText();
      return summary.path("tool").path("name").asText().equals("camaudit")
          ? Optional.of(new FinishedRun(folder, Instant.parse(started), summary))
          : Optional.empty();
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The runs whose folders lie beside one, newest first, but for those that are at work. */
  static List<FinishedRun> beside(RunFolder output) {
    List<FinishedRun> runs = new ArrayList<>();
    try {
      FoldersBeside.of(output).forEach(folder -> read(folder).ifPresent(runs::add));
    } catch (IOException e) {
      return List.of(); // the folder above is not there yet, or tells nothing
    }
    runs.sort(
        Comparator.comparing(FinishedRun::started)
            .thenComparing(run -> run.folder.root())
            .reversed());
    return runs;
  }

  long images() {
    return summary.path("input").path("matched").asLong();
  }

  /** What decided its results beside the images, named as {@link AuditCommand} does it. */
  Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>();
    identity.put("camaudit", summary.path("tool").path("version").asText());
    identity.put("the model", summary.path("model").path("sha256").asText());
    Map<String, Object> options =
        ReportJson.mapper().convertValue(summary.path("options"), OPTIONS);
    options.forEach((name, value) -> identity.put("--" + name, String.valueOf(value)));
    return identity;
  }
}
