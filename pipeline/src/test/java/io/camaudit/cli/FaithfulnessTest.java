package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's model on some of its pictures: maps that are known to lie where its evidence is. */
class FaithfulnessTest {
  @TempDir Path folder;

  @Test
  void theDemosMapsNameWhatItsModelWentBy() throws IOException {
    JsonNode found = run("one", 1);
    assertThat(found.get("images").asInt()).isEqualTo(30);
    assertThat(found.at("/gain/low").asDouble()).isGreaterThan(0.1);
    for (int i = 0; i < 5; i++) {
      double any = found.at("/anyFirst/" + i).asDouble();
      assertThat(found.at("/leastFirst/" + i).asDouble()).isGreaterThanOrEqualTo(any - 0.05);
      assertThat(found.at("/mostFirst/" + i).asDouble()).isLessThanOrEqualTo(any + 0.05);
    }
    JsonNode others = run("two", 3);
    assertThat(((ObjectNode) others).without("seconds"))
        .as("whatever the parallelism")
        .isEqualTo(((ObjectNode) found).without("seconds"));
  }

  @Test
  void aNumberThatCannotBeMeantIsRefused() {
    Cli cli =
        Cli.audit(Path.of("../demo/images"), folder.resolve("out"), "--faithfulness", -1);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("--faithfulness -1: must be at least 0.");
  }

  private JsonNode run(String name, int workers) throws IOException {
    Path out = folder.resolve(name);
    Cli cli =
        Cli.run(
            "audit", "--model", "../demo/model", "--input", "../demo/images", "--output", out,
            "--no-page", "--no-parquet", "--overlays", "none", "--faithfulness", 30, "--workers",
            workers);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("Faithfulness: symmetric relevance gain 0.");
    JsonNode run = Cli.json(out.resolve("run.json"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../schemas/run.schema.json")))
                .validate(run))
        .isEmpty();
    assertThat(run.at("/options/faithfulness").asInt()).isEqualTo(30);
    return run.get("faithfulness");
  }
}
