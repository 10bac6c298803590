package io.camaudit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.TestPictures;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transform inside somebody else's pipeline, with Beam's own checks on what DoFns do to their
 * elements.
 */
class ExplainImagesTest {
  @TempDir Path folder;

  @Test
  void everyImageComesOutOnceInOneOfTheTwoCollections() throws IOException {
    List<ImageRef> images = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 9; i++) {
      Path photo = TestPictures.write(folder.resolve(i + ".jpg"), 64, 48, i);
      images.add(ImageRef.of(photo.toString()).labelled("cat"));
      names.add(photo.toString());
    }
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    images.add(ImageRef.of(broken.toString()));

    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=2").create());
    PCollectionTuple results =
        pipeline
            .apply(Create.of(images).withCoder(SerializableCoder.of(ImageRef.class)))
            .apply(
                ExplainImages.with(
                    ExplainSettings.of("../savedmodel/src/test/resources/tiny-model")
                        .withTargets(List.of("predicted", "dog"))));
    PAssert.that(results.get(ExplainImages.EXPLANATIONS))
        .satisfies(
            reports -> {
              Set<String> seen = new HashSet<>();
              for (ImageReport report : reports) {
                assertThat(seen.add(report.image())).isTrue();
                assertThat(report.label().name()).isEqualTo("cat");
                assertThat(report.explanations()).isNotEmpty();
              }
              assertThat(seen).isEqualTo(names);
              return null;
            });
    PAssert.that(results.get(ExplainImages.FAILURES))
        .satisfies(
            reports -> {
              List<ImageReport> failed = new ArrayList<>();
              reports.forEach(failed::add);
              assertThat(failed).hasSize(1);
              assertThat(failed.get(0).status()).isEqualTo(ImageStatus.NOT_AN_IMAGE);
              return null;
            });
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    hasTheMetricsOfRunInference(run);
  }

  /** The names that Beam's RunInference (apache_beam.ml.inference.base) reports under. */
  private static void hasTheMetricsOfRunInference(PipelineResult run) {
    MetricQueryResults metrics = run.metrics().queryMetrics(MetricsFilter.builder().build());
    Map<String, Long> counters = new HashMap<>();
    metrics.getCounters().forEach(m -> counters.put(m.getName().getName(), m.getAttempted()));
    assertThat(counters).containsEntry("num_inferences", 9L);
    assertThat(counters.getOrDefault("failed_batches_counter", 0L)).isZero();
    Map<String, DistributionResult> distributions = new HashMap<>();
    metrics
        .getDistributions()
        .forEach(m -> distributions.put(m.getName().getName(), m.getAttempted()));
    assertThat(distributions)
        .containsKeys(
            "inference_request_batch_size",
            "inference_request_batch_byte_size",
            "inference_batch_latency_micro_secs",
            "load_model_latency_milli_secs");
    assertThat(distributions.get("inference_request_batch_size").getSum()).isEqualTo(9);
    assertThat(distributions.get("inference_request_batch_byte_size").getSum()).isPositive();
    assertThat(distributions.get("load_model_latency_milli_secs").getCount()).isEqualTo(1);
    assertThat(metrics.getGauges())
        .anySatisfy(
            gauge -> {
              assertThat(gauge.getName().getName()).isEqualTo("model_byte_size");
              assertThat(gauge.getAttempted().getValue()).isPositive();
            });
  }
}
