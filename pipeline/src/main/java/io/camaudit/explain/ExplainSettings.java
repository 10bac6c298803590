package io.camaudit.explain;

import io.camaudit.image.DecodeLimits;
import io.camaudit.image.OverlayStyle;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.savedmodel.Precision;
import io.camaudit.storage.Locations;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How images are explained: small and serialisable, so it travels to the workers, where one {@link
 * ImageExplainer} a process is made from it.
 *
 * @param model directory of the exported model
 * @param modelSha256 the hash that the model must have; null for any
 * @param method an exported method such as {@code gradcam}
 * @param layers names of exported layers, {@code default} or {@code all}
 * @param targets as {@link TargetPlan} reads them
 * @param versus a class, or {@code next}, rather than which targets are explained; null for none
 * @param threshold probability above which a class of a multi-label model counts as predicted; null
 *     for what the model's card says
 * @param batchSize images in one call of the model; numbers may differ in the last digits between
 *     batch sizes
 * @param concurrentCalls threads that call the model at the same time
 * @param intraOpThreads threads that share the work inside one operation
 * @param precision what the model computes with
 * @param limits the largest file and picture that are decoded
 * @param orient whether EXIF orientation is applied
 * @param judge how maps are measured and judged
 * @param placement where maps are laid on the input
 * @param overlay how overlays look; null for none
 * @param files which files of single images are written
 * @param channels whether the channels of the default layer are asked for
 * @param output folder for overlays and reports; null to write nothing
 */
public record ExplainSettings(
    String model,
    String modelSha256,
    String method,
    List<String> layers,
    List<String> targets,
    String versus,
    Double threshold,
    int batchSize,
    int concurrentCalls,
    int intraOpThreads,
    Precision precision,
    DecodeLimits limits,
    boolean orient,
    JudgeSettings judge,
    MapPlacement placement,
    OverlayStyle overlay,
    ImageFiles files,
    boolean channels,
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
        null,
        null,
        DEFAULT_BATCH_SIZE,
        Runtime.getRuntime().availableProcessors(),
        1,
        Precision.FLOAT32,
        DecodeLimits.defaults(),
        true,
        JudgeSettings.NO_REGIONS,
        MapPlacement.RECEPTIVE_FIELD,
        null,
        ImageFiles.ALL,
        false,
        null);
  }

  /** The threshold for a model that decides so; not a number where it has none. */
  double thresholdOf(ModelCard.Decision decision) {
    return decision.kind() != ModelKind.MULTI_LABEL
        ? Double.NaN
        : threshold == null ? decision.threshold() : threshold;
  }

  /**
   * By layer where the cells of maps are laid, first of the layer that images are judged by; null
   * where they share the input evenly.
   */
  public Map<String, CellCenters> cellCenters(ModelCard card) {
    if (placement == MapPlacement.RESIZE) {
      return null;
    }
    Map<String, CellCenters> centers = new LinkedHashMap<>();
    for (String layer : LayerChoice.laid(layers, channels, card)) {
      centers.put(layer, placement.of(card.layer(layer)));
    }
    return centers;
  }

  public ExplainSettings withTargets(List<String> newTargets) {
    return changed(copy -> copy.targets = newTargets);
  }

  public ExplainSettings withLayers(List<String> newLayers) {
    return changed(copy -> copy.layers = newLayers);
  }

  /** The same by another method, with so many images in a call and without channels. */
  public ExplainSettings withMethod(String newMethod, int newBatchSize) {
    return changed(
        copy -> {
          copy.method = newMethod;
          copy.batchSize = newBatchSize;
          copy.channels = false;
        });
  }

  /** The same for another number of threads. */
  public ExplainSettings withConcurrentCalls(int threads) {
    return changed(copy -> copy.concurrentCalls = threads);
  }

  /** The same with other numbers inside the model. */
  public ExplainSettings withPrecision(Precision newPrecision) {
    return changed(copy -> copy.precision = newPrecision);
  }

  /** The same without regions: images are taken in, and not judged. */
  public ExplainSettings withoutRegions() {
    return changed(copy -> copy.judge = JudgeSettings.NO_REGIONS);
  }

  /** The same, with overlays of this look and reports written to a folder. */
  public ExplainSettings writingTo(String folder, OverlayStyle style) {
    return changed(
        copy -> {
          copy.overlay = style;
          copy.output = folder;
        });
  }

  /** The same, with each map as a file of NumPy's too. */
  public ExplainSettings withRawMaps() {
    return withFiles(new ImageFiles(files.overlays(), files.reports(), true, files.allClasses()));
  }

  /** The same, with the maps of all classes as files of NumPy's too. */
  public ExplainSettings withAllClasses() {
    return withFiles(new ImageFiles(files.overlays(), files.reports(), files.rawMaps(), true));
  }

  private ExplainSettings withFiles(ImageFiles newFiles) {
    return changed(copy -> copy.files = newFiles);
  }

  /** The same, with the images that annotations are matched with read from a run's listing. */
  public ExplainSettings listedIn(String file) {
    return changed(copy -> copy.judge = judge.listedIn(file));
  }

  /** The same for a process that was started in another folder, as workers of a cluster are. */
  public ExplainSettings absolute() {
    return changed(
        copy -> {
          copy.model = Locations.absolute(model);
          copy.judge = judge.absolute();
          copy.output = output == null ? null : Locations.absolute(output);
        });
  }

  private ExplainSettings changed(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new ExplainSettings(
        copy.model,
        modelSha256,
        copy.method,
        copy.layers,
        copy.targets,
        versus,
        threshold,
        copy.batchSize,
        copy.concurrentCalls,
        intraOpThreads,
        copy.precision,
        limits,
        orient,
        copy.judge,
        placement,
        copy.overlay,
        copy.files,
        copy.channels,
        copy.output);
  }

  /** What a copy of settings may have otherwise. */
  private static final class Copy {
    private String model;
    private String method;
    private List<String> layers;
    private List<String> targets;
    private int batchSize;
    private int concurrentCalls;
    private Precision precision;
    private JudgeSettings judge;
    private OverlayStyle overlay;
    private ImageFiles files;
    private boolean channels;
    private String output;

    Copy(ExplainSettings of) {
      this.model = of.model;
      this.method = of.method;
      this.layers = of.layers;
      this.targets = of.targets;
      this.batchSize = of.batchSize;
      this.concurrentCalls = of.concurrentCalls;
      this.precision = of.precision;
      this.judge = of.judge;
      this.overlay = of.overlay;
      this.files = of.files;
      this.channels = of.channels;
      this.output = of.output;
    }
  }
}
