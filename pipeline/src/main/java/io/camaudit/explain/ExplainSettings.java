package io.camaudit.explain;

import io.camaudit.image.DecodeLimits;
import io.camaudit.image.OverlayStyle;
import io.camaudit.savedmodel.Precision;
import java.io.Serializable;
import java.util.List;

/**
 * How images are explained: small and serialisable, so it travels to the workers, where one {@link
 * ImageExplainer} a process is made from it.
 *
 * @param model directory of the exported model
 * @param modelSha256 the hash that the model must have; null for any
 * @param method an exported method such as {@code gradcam}
 * @param layers names of exported layers, {@code default} or {@code all}
 * @param targets as {@link TargetPlan} reads them
 * @param batchSize images in one call of the model; numbers may differ in the last digits between
 *     batch sizes
 * @param concurrentCalls threads that call the model at the same time
 * @param intraOpThreads threads that share the work inside one operation
 * @param precision what the model computes with
 * @param limits the largest file and picture that are decoded
 * @param orient whether EXIF orientation is applied
 * @param judge how maps are measured and judged
 * @param overlay how overlays look; null for none
 * @param files which files of single images are written
 * @param output folder for overlays and reports; null to write nothing
 */
public record ExplainSettings(
    String model,
    String modelSha256,
    String method,
    List<String> layers,
    List<String> targets,
    int batchSize,
    int concurrentCalls,
    int intraOpThreads,
    Precision precision,
    DecodeLimits limits,
    boolean orient,
    JudgeSettings judge,
    OverlayStyle overlay,
    ImageFiles files,
    String output)
    implements Serializable {
  public static final int DEFAULT_BATCH_SIZE = 16;

  public ExplainSettings {
    layers = List.copyOf(layers);
    targets = List.copyOf(targets);
  }

  /** The default layer and targets of a model, with nothing written. */
  public static ExplainSettings of(String model) {
    return new ExplainSettings(
        model,
        null,
        "gradcam",
        List.of("default"),
        TargetPlan.DEFAULT,
        DEFAULT_BATCH_SIZE,
        Runtime.getRuntime().availableProcessors(),
        1,
        Precision.FLOAT32,
        DecodeLimits.defaults(),
        true,
        JudgeSettings.NO_REGIONS,
        null,
        ImageFiles.ALL,
        null);
  }

  public ExplainSettings withTargets(List<String> newTargets) {
    return changed(layers, newTargets, concurrentCalls, precision, overlay, output);
  }

  public ExplainSettings withLayers(List<String> newLayers) {
    return changed(newLayers, targets, concurrentCalls, precision, overlay, output);
  }

  /** The same for another number of threads. */
  public ExplainSettings withConcurrentCalls(int threads) {
    return changed(layers, targets, threads, precision, overlay, output);
  }

  /** The same with other numbers inside the model. */
  public ExplainSettings withPrecision(Precision newPrecision) {
    return changed(layers, targets, concurrentCalls, newPrecision, overlay, output);
  }

  /** The same, with overlays of this look and reports written to a folder. */
  public ExplainSettings writingTo(String folder, OverlayStyle style) {
    return changed(layers, targets, concurrentCalls, precision, style, folder);
  }

  private ExplainSettings changed(
      List<String> newLayers,
      List<String> newTargets,
      int newConcurrentCalls,
      Precision newPrecision,
      OverlayStyle newOverlay,
      String newOutput) {
    return new ExplainSettings(
        model,
        modelSha256,
        method,
        newLayers,
        newTargets,
        batchSize,
        newConcurrentCalls,
        intraOpThreads,
        newPrecision,
        limits,
        orient,
        judge,
        newOverlay,
        files,
        newOutput);
  }
}
