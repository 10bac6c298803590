package io.camaudit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
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

  /**
   * The run in a folder; empty if there are no results of one.
   *
   * @throws JsonProcessingException if its summary is damaged
   * @throws IOException if it cannot be read
   */
  static Optional<FinishedRun> read(RunFolder folder) throws IOException {
    try {
      JsonNode summary = ReportJson.mapper().readTree(folder.read(RunFolder.SUMMARY));
      if (!summary.path("tool").path("name").asText().equals("camaudit")) {
        return Optional.empty();
      }
      String started = summary.path("timing").path("startedAt").asText();
      return Optional.of(new FinishedRun(folder, Instant.parse(started), summary));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty();
    } catch (DateTimeException e) {
      throw new JsonMappingException(null, "it does not say when the run began", e);
    }
  }

  /** What is told of a run whose summary is damaged or cannot be read. */
  static UserException unreadable(RunFolder folder, IOException e) {
    String what =
        e instanceof JsonProcessingException
            ? "is damaged; make the run again with --overwrite, or remove its folder"
            : "cannot be read: " + StorageReason.of(e);
    return new UserException(
        StorageReason.code(e, ExitCode.WRONG_ARGUMENTS),
        String.format(Locale.ROOT, "%s %s.", folder.locate(RunFolder.SUMMARY), what),
        e);
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
