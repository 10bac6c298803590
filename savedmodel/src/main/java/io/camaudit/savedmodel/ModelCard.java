package io.camaudit.savedmodel;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an exported model says of itself: {@code assets.extra/model-card.json}, read strictly. The
 * fields are described in {@code docs/model-contract.md}.
 */
public record ModelCard(
    @JsonProperty(required = true) int contractVersion,
    @JsonProperty(required = true) Model model,
    @JsonProperty(required = true) Input input,
    @JsonProperty(required = true) int classes,
    @JsonProperty(required = true) Decision decision,
    @JsonProperty(required = true) List<Layer> layers,
    @JsonProperty(required = true) String defaultLayer,
    @JsonProperty(required = true) List<Method> methods,
    @JsonProperty(required = true) Head head,
    @JsonProperty(required = true) List<ClassLabel> labels,
    @JsonProperty(required = true) Created created) {
  /** The contract that this library reads; the one before it is read as {@link OldCards} says. */
  public static final int CONTRACT_VERSION = 2;

  /** Path of the card in a model's directory. */
  public static final String FILE = "assets.extra/model-card.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Where the model comes from. */
  public record Model(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String source,
      @JsonProperty(required = true) String weights,
      @JsonProperty(required = true) String weightsSha256,
      @JsonProperty(required = true) long parameters) {}

  /**
   * The input, and how a photograph becomes one.
   *
   * @param channels 3 for RGB, 1 for grey
   */
  public record Input(
      @JsonProperty(required = true) int height,
      @JsonProperty(required = true) int width,
      @JsonProperty(required = true) int channels,
      @JsonProperty(required = true) Geometry geometry,
      @JsonProperty(required = true) String interpolation,
      @JsonProperty(required = true) boolean antialias,
      @JsonProperty(required = true) String normalization) {
    /** Where the input lies on an upright photograph. */
    public Placement on(int photoWidth, int photoHeight) {
      return geometry.place(photoWidth, photoHeight, width, height);
    }

    /** Numbers in one input, height · width · channels. */
    long length() {
      return (long) height * width * channels;
    }
  }

  /**
   * How an answer follows from the logits.
   *
   * @param kind what kind of model it is
   * @param threshold for {@link ModelKind#MULTI_LABEL}: the probability above which a class counts
   *     as predicted; else null
   */
  public record Decision(@JsonProperty(required = true) ModelKind kind, Double threshold) {
    public Decision {
      boolean stated = threshold != null && threshold > 0 && threshold < 1;
      if (kind == ModelKind.MULTI_LABEL ? !stated : threshold != null) {
        throw new IllegalArgumentException(
            "a multi-label model, and no other, has a threshold between 0 and 1");
      }
    }
  }

  /**
   * An exported layer and the shape of its output.
   *
   * @param centers where its cells look; null where that was not measured, as of tokens, and by
   *     earlier versions
   */
  public record Layer(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) int height,
      @JsonProperty(required = true) int width,
      @JsonProperty(required = true) int channels,
      CellCenters centers) {
    public Layer {
      if (centers != null && (centers.y().size() != height || centers.x().size() != width)) {
        throw new IllegalArgumentException("a layer has a centre for each row and column");
      }
    }
  }

  /**
   * A way of explaining and the signature that does it; a card's first is the default.
   *
   * @param classSpecific false where maps are the same for every target; null where it is not said,
   *     as of most methods, whose maps are the target's
   */
  public record Method(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String signature,
      Boolean classSpecific) {
    public boolean isClassSpecific() {
      return classSpecific == null || classSpecific;
    }
  }

  /**
   * What follows the last convolution. For {@code average-pool-dense} the raw map of {@code layer}
   * sums to logit − bias.
   *
   * @param kind {@code average-pool-dense} or {@code other}
   * @param layer the pooled layer; null for {@code other}
   * @param bias [K]; null for {@code other}
   */
  public record Head(@JsonProperty(required = true) String kind, String layer, float[] bias) {
    /** The kind with a closed form. */
    public static final String AVERAGE_POOL_DENSE = "average-pool-dense";

    public boolean isAveragePoolDense() {
      return kind.equals(AVERAGE_POOL_DENSE);
    }
  }

  /** When and with what it was exported. */
  public record Created(
      @JsonProperty(required = true) String at,
      @JsonProperty(required = true) String exporter,
      @JsonProperty(required = true) String tensorflow,
      @JsonProperty(required = true) String keras) {}

  /** The exported layers' names in the network's order, first to last. */
  public List<String> layerNames() {
    return layers.stream().map(Layer::name).toList();
  }

  /**
   * Reads and checks the card of the model in a directory.
   *
   * @throws ModelException if there is none, or it is not of this contract, or it contradicts
   *     itself
   */
  public static ModelCard read(Path modelDirectory) {
    Path file = modelDirectory.resolve(FILE);
    if (!Files.exists(modelDirectory)) {
      throw new ModelException(
          String.format(Locale.ROOT, "There is no model directory %s.", modelDirectory));
    }
    if (!Files.isDirectory(modelDirectory)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s is a file, not the directory of an exported model: make one of it with ./camaudit export.",
              modelDirectory));
    }
    if (!Files.exists(file)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s is not an exported model: it has no %s; make one with ./camaudit export.",
              modelDirectory,
              FILE));
    }
    try {
      JsonNode tree = JSON.readTree(Files.readAllBytes(file));
      tree = OldCards.asOfNow(tree);
      int version = tree.path("contractVersion").asInt(-1);
      if (version != CONTRACT_VERSION) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s has contract version %s, this camaudit reads %d; export the model again with this version.",
                file,
                tree.path("contractVersion"),
                CONTRACT_VERSION));
      }
      return JSON.treeToValue(tree, ModelCard.class).checked(file);
    } catch (UnrecognizedPropertyException e) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: the field \"%s\" is unknown; export the model again with this version.",
              file,
              e.getPropertyName()),
          e);
    } catch (JsonMappingException e) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: %s at %s; export the model again.",
              file,
              firstLine(e.getOriginalMessage()),
              place(e)),
          e);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s is not JSON (line %d): %s.",
              file,
              e.getLocation().getLineNr(),
              firstLine(e.getOriginalMessage())),
          e);
    } catch (IOException e) {
      throw new ModelException(
          String.format(Locale.ROOT, "%s cannot be read: %s.", file, e.getMessage()), e);
    }
  }

  /**
   * An exported layer by its name.
   *
   * @throws ModelException if it was not exported
   */
  public Layer layer(String name) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    String.format(
                        Locale.ROOT,
                        "The model was exported without layer %s; it has %s.",
                        name,
                        layers.stream().map(Layer::name).toList())));
  }

  private ModelCard checked(Path file) {
    if (input.height() < 1 || input.width() < 1 || input.channels() != 1 && input.channels() != 3) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: an input of %d x %d pixels with %d channels; 1 or 3 channels are supported.",
              file,
              input.width(),
              input.height(),
              input.channels()));
    }
    if (labels.size() != classes) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: %d labels for %d classes; export the model again with a label for each class.",
              file,
              labels.size(),
              classes));
    }
    for (int k = 0; k < classes; k++) {
      ClassLabel label = labels.get(k);
      if (label.index() != k || label.names() == null || label.names().isEmpty()) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: label %d has index %d and names %s; labels stand in index order and have a name.",
                file,
                k,
                label.index(),
                label.names()));
      }
    }
    if (layers.isEmpty() || layers.stream().noneMatch(l -> l.name().equals(defaultLayer))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: the default layer %s is not among the exported layers.",
              file,
              defaultLayer));
    }
    for (Layer layer : layers) {
      if (layer.centers() != null && !layer.centers().liesOn(input.height(), input.width())) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: the cells of layer %s look beyond the input; export the model again.",
                file,
                layer.name()));
      }
    }
    if (head.isAveragePoolDense()
        && (head.layer() == null || head.bias() == null || head.bias().length != classes)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: an average-pool-dense head needs its layer and a bias for each class.",
              file));
    }
    return this;
  }

  private static String place(JsonMappingException e) {
    return e.getPathReference().isEmpty()
        ? "the top"
        : e.getPathReference().replaceAll("[\\w.$]+\\[", "[");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
