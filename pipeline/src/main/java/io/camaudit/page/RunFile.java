package io.camaudit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.camaudit.UserException;
import io.camaudit.report.Faithfulness;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The run's {@code run.json}. Shown as it is; only a few well-known fields become headings. */
final class RunFile {
  static final String FAITHFULNESS = "faithfulness";

  private final JsonNode run;

  private RunFile(JsonNode run) {
    this.run = run;
  }

  /** Reads it; a run without one is shown without its making. */
  static RunFile of(RunFolder run) throws IOException {
    if (!run.has("run.json")) {
      return new RunFile(JsonNodeFactory.instance.objectNode());
    }
    try {
      return new RunFile(ReportJson.mapper().readTree(run.read("run.json")));
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "%s is not JSON (%s).", run.locate("run.json"), e.getOriginalMessage());
    }
  }

  /** The model's name, or what the page is called without one. */
  String title() {
    return text("/model/name").orElse("Audit");
  }

  /** Where the photographs came from. */
  Optional<String> input() {
    return text("/input/location");
  }

  /** The day of the run. */
  Optional<String> date() {
    return text("/timing/startedAt")
        .filter(time -> time.length() >= 10)
        .map(time -> time.substring(0, 10));
  }

  List<RunTable.Group> table() {
    return RunTable.of(run);
  }

  /** How faithful the run's maps are; null if it was not measured. */
  Faithfulness faithfulness() throws IOException {
    return ReportJson.mapper().treeToValue(run.get(FAITHFULNESS), Faithfulness.class);
  }

  private Optional<String> text(String pointer) {
    JsonNode value = run.at(pointer);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }
}
