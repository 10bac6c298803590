package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.explain.ChannelMethod;
import io.camaudit.explain.ClassIndex;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.ImageFiles;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.explain.LayerChoice;
import io.camaudit.explain.MapPlacement;
import io.camaudit.explain.MethodChoice;
import io.camaudit.explain.PlacementChoice;
import io.camaudit.explain.PrecisionChoice;
import io.camaudit.explain.TargetPlan;
import io.camaudit.explain.ThresholdChoice;
import io.camaudit.image.DecodeLimits;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.Precision;
import io.camaudit.storage.ModelFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every command that explains images. */
final class ExplainOptions {
  private static final int LONGEST_SECONDS = 86_400;

  private static final Set<String> GAE = Set.of("gae", "libra-gae");
  private static final int BATCH = 16;
  private static final int GAE_BATCH = 4;
  private static final int LIKELIEST = 5;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Options from a YAML or JSON file; the command line goes first.")
  private Path config;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "The exported model, a folder on any storage.")
  private String model;

  @Option(
      names = "--model-sha256",
      paramLabel = "HASH",
      description =
          "Load the model only if it has this hash, which ./camaudit model prints: a SavedModel is code.")
  private String modelSha256;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "An exported method, or 'default': gae for transformers with a class token, else gradcam; or scorecam or ablationcam, for a few images: they ask the model once for each channel of each layer, 2,048 times for the last layer of a ResNet-50. Default: ${DEFAULT-VALUE}.")
  private String method;

  @Option(
      names = "--layers",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "default",
      description =
          "Exported layers, 'default' or 'all'. Images are judged by the first, for 'all' by the default layer. Default: ${DEFAULT-VALUE}.")
  private List<String> layers;

  @Option(
      names = "--targets",
      paramLabel = "TARGET",
      split = ",",
      description =
          "What to explain: predicted (of multi-label models every class above the threshold), label (every label), top:K, or classes by name, id or index. Default: predicted,label.")
  private List<String> listedTargets;

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      description =
          "The same for one class, whose name may have commas in it; may be given several times, and takes the place of the default.")
  private List<String> singleTargets;

  @Option(
      names = "--versus",
      paramLabel = "CLASS",
      description =
          "Explain targets rather than this class, by the difference of their logits; 'next' is the likeliest class other than the target, image by image.")
  private String versus;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      description =
          "For multi-label models: the probability above which a class counts as predicted. Default: the model's.")
  private Double threshold;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Images in one call of the model. Default: 16; 4 for gae, which takes more memory.")
  private Integer givenBatchSize;

  @Option(
      names = "--intra-op-threads",
      paramLabel = "N",
      description =
          "Threads that share one operation of the model. Default: 1 for audit, all processors for explain.")
  private Integer intraOpThreads;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description =
          "float32, or bfloat16: several times faster where the processor has AMX, with 8 significant bits inside the model. Default: ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--placement",
      paramLabel = "NAME",
      defaultValue = "default",
      converter = PlacementConverter.class,
      description =
          "Where a map's cells lie on the photograph, in pictures and numbers: resize, as other tools do it; receptive-field, at the centres of what they look at, which the export measured; or 'default': resize with the profiles of other tools and where a layer's centres are not known, else receptive-field. Default: ${DEFAULT-VALUE}.")
  private PlacementChoice placement;

  @Mixin private PictureOptions pictures;

  @Option(
      names = "--overlays",
      paramLabel = "WHICH",
      defaultValue = "all",
      converter = OverlaysConverter.class,
      description =
          "Images whose overlays are written: all; flagged, named wrongly or rightly for wrong reasons; wrong, named wrongly; none. Default: ${DEFAULT-VALUE}.")
  private ImageFiles.Overlays overlays;

  @Option(names = "--no-overlays", description = "The same as --overlays none.")
  private boolean noOverlays;

  @Option(
      names = "--reports",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Whether each image's report is also a file of its own; the records hold all of them. Default: it is.")
  private boolean reports;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "Largest picture that is decoded. Default: ${DEFAULT-VALUE}.")
  private long maxPixels;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "268435456",
      description = "Largest file that is read. Default: ${DEFAULT-VALUE}.")
  private long maxBytes;

  @Option(
      names = "--max-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Longest that a decoder may compute on one picture. Default: ${DEFAULT-VALUE}.")
  private double maxSeconds;

  @Option(
      names = "--orient",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Whether pictures are turned upright by their EXIF orientation. Default: they are.")
  private boolean orient;

  /** Found and, with a pin, hashed once, however often options are asked what they mean. */
  private Path modelFolder;

  private ModelCard card;

  ModelCard card() {
    if (card == null) {
      card = ModelCard.read(modelFolder());
    }
    return card;
  }

  /** The model on this machine, whose pin is checked. */
  Path modelFolder() {
    if (modelFolder == null) {
      modelFolder = ModelFolder.local(model, modelSha256);
    }
    return modelFolder;
  }

  /**
   * The settings that the options mean, checked against the model's card.
   *
   * @param output folder to write into
   * @param concurrentCalls threads that call the model at the same time
   * @param defaultIntraOpThreads unless the option says otherwise
   * @param judge how maps are measured and judged
   * @param channels whether the channels of the default layer are asked for
   */
  ExplainSettings settings(
      String output,
      int concurrentCalls,
      int defaultIntraOpThreads,
      JudgeSettings judge,
      boolean channels) {
    ModelCard card = card();
    String explained = MethodChoice.resolve(method, card);
    MapPlacement placed =
        placement.resolve(pictures.profile(), LayerChoice.laid(layers, channels, card), card);
    ClassIndex classes = new ClassIndex(card.labels());
    TargetPlan plan = TargetPlan.parse(targets(), classes);
    plan.checkVersus(versus, explained, card, classes);
    ThresholdChoice.check(threshold, card);
    int batchSize = batchSize(explained);
    if (batchSize < 1 || batchSize > 1024) {
      throw UserException.wrongArguments("--batch-size %d: must be between 1 and 1024.", batchSize);
    }
    int intraOp = intraOpThreads == null ? defaultIntraOpThreads : intraOpThreads;
    if (intraOp < 1) {
      throw UserException.wrongArguments("--intra-op-threads %d: must be at least 1.", intraOp);
    }
    PrecisionChoice.check(precision);
    try {
      return new ExplainSettings(
          model,
          modelSha256,
          explained,
          layers,
          targets(),
          versus,
          threshold,
          batchSize,
          concurrentCalls,
          intraOp,
          precision,
          new DecodeLimits(maxPixels, maxBytes, maxTime()),
          orient,
          judge,
          placed,
          overlays() == ImageFiles.Overlays.NONE ? null : pictures.overlayStyle(),
          new ImageFiles(overlays(), reports, false, false),
          channels,
          output);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongArguments("%s.", e.getMessage());
    }
  }

  /**
   * What gae needs at once, the gradients of all attentions among it, takes some 500 MB an image in
   * a ViT-B: 8 GB a worker with a batch of 16.
   */
  private int batchSize(String explained) {
    if (givenBatchSize != null) {
      return givenBatchSize;
    }
    return GAE.contains(explained) ? GAE_BATCH : BATCH;
  }

  private Duration maxTime() {
    if (!(maxSeconds >= 0.001 && maxSeconds <= LONGEST_SECONDS)) {
      throw UserException.wrongArguments(
          "--max-seconds %s: must be between 0.001 and %d.", maxSeconds, LONGEST_SECONDS);
    }
    return Duration.ofMillis(Math.round(1000 * maxSeconds));
  }

  /**
   * For a command that computes the maps of all classes: shows the likeliest of them side by side
   * and takes one image a call, unless the options say otherwise.
   *
   * @param tell is told what was chosen, in a sentence
   */
  void showLikeliest(Consumer<String> tell) {
    String shown = "";
    if (listedTargets == null && singleTargets == null) {
      int likeliest = Math.min(LIKELIEST, card().classes());
      listedTargets = List.of("top:" + likeliest);
      shown =
          String.format(
              Locale.ROOT,
              "; pictures and reports show the %d likeliest, --targets chooses others",
              likeliest);
    }
    tell.accept(
        String.format(
            Locale.ROOT, "raw/ has the maps of all %,d classes%s", card().classes(), shown));
    if (givenBatchSize == null) {
      givenBatchSize = 1;
    }
    pictures.preferSheets();
  }

  /**
   * What decides the results, by the options' names.
   *
   * @param settings what they mean
   */
  Map<String, Object> summary(ExplainSettings settings) {
    Map<String, Object> summary = new LinkedHashMap<>();
    String explained = MethodChoice.resolve(method, card());
    summary.put("method", explained);
    summary.put("layers", layers);
    summary.put("targets", targets());
    String rather = versus == null ? "" : " rather than " + versus;
    summary.put(
        "judged-map",
        targets().get(0) + rather + " at " + LayerChoice.resolve(layers, card()).get(0));
    if (versus != null) {
      summary.put("versus", versus);
    }
    Double limit = ThresholdChoice.of(threshold, card());
    if (limit != null) {
      summary.put("threshold", limit);
    }
    summary.put("batch-size", batchSize(explained));
    summary.put("precision", precision.toString());
    summary.put("placement", settings.placement().toString());
    summary.put("orient", orient);
    summary.put("max-pixels", maxPixels);
    summary.put("max-bytes", maxBytes);
    summary.put("max-seconds", maxSeconds);
    summary.put("overlays", overlays().toString());
    summary.put("reports", reports);
    pictures.summarise(summary);
    return summary;
  }

  /** What a user ought to know before it begins, in sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(pictures.notes(placement));
    ChannelMethod.named(MethodChoice.resolve(method, card()))
        .ifPresent(each -> notes.add(each.cost(LayerChoice.resolve(layers, card()), card())));
    PrecisionChoice.note(precision).ifPresent(notes::add);
    return notes;
  }

  PictureOptions pictures() {
    return pictures;
  }

  String model() {
    return model;
  }

  private List<String> targets() {
    if (listedTargets == null && singleTargets == null) {
      return TargetPlan.DEFAULT;
    }
    List<String> all = new ArrayList<>();
    Stream.of(listedTargets, singleTargets).filter(Objects::nonNull).forEach(all::addAll);
    return all;
  }

  private ImageFiles.Overlays overlays() {
    return noOverlays ? ImageFiles.Overlays.NONE : overlays;
  }

  /** Takes the names as they are shown. */
  static final class PlacementConverter implements ITypeConverter<PlacementChoice> {
    @Override
    public PlacementChoice convert(String value) {
      return Stream.of(PlacementChoice.values())
          .filter(each -> each.toString().equals(value.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no '" + value + "'; say resize, receptive-field or default"));
    }
  }

  /** Takes what configuration files say by true and false, too. */
  static final class OverlaysConverter implements ITypeConverter<ImageFiles.Overlays> {
    @Override
    public ImageFiles.Overlays convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "all", "true" -> ImageFiles.Overlays.ALL;
        case "flagged" -> ImageFiles.Overlays.FLAGGED;
        case "wrong" -> ImageFiles.Overlays.WRONG;
        case "none", "false" -> ImageFiles.Overlays.NONE;
        default ->
            throw new TypeConversionException(
                "there is no '" + value + "'; say all, flagged, wrong or none");
      };
    }
  }
}
