package io.camaudit.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.savedmodel.Geometry;
import io.camaudit.savedmodel.ModelKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code run.json}: what ran, on what, and how it went. The only file of a run that
 * holds times, so the only one that differs between two runs over the same images.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param tool name and version
 * @param model what the model's card says of its origin, and the hash of its directory's files
 * @param input what was listed
 * @param options every option that decides what is computed, by its name on the command line
 * @param optionsSha256 of the options' JSON
 * @param counts images by status, every status
 * @param labels how labels were counted
 * @param regionProblems what was odd about the regions, one sentence a kind
 * @param precisionCheck how a run in another precision agrees with float32; null if it was not
 *     asked
 * @param faithfulness whether the maps name what the model went by; null if it was not asked
 * @param since what was taken over from an earlier run; null if none was named
 * @param timing how long it took
 * @param environment what it ran on
 */
public record RunSummary(
    int schema,
    Tool tool,
    Model model,
    Input input,
    Map<String, Object> options,
    String optionsSha256,
    Map<ImageStatus, Long> counts,
    Labels labels,
    List<String> regionProblems,
    PrecisionAgreement precisionCheck,
    Faithfulness faithfulness,
    Since since,
    Timing timing,
    Environment environment) {
  public static final int SCHEMA = 2;

  /** What runs did before there was an option, by its name. */
  public static final Map<String, String> BEFORE_OPTIONS =
      Map.of("precision", "float32", "placement", "resize");

  /** Reads a {@code run.json}, of the form before this one too. */
  public static RunSummary read(byte[] json) throws IOException {
    JsonMapper mapper = ReportJson.mapper();
    JsonNode tree = mapper.readTree(json);
    if (tree.path("schema").asInt() == 1 && tree.path("model") instanceof ObjectNode model) {
      // Inputs were squares of RGB pixels, and models found one class in a picture.
      JsonNode size = model.remove("inputSize");
      model.put("kind", ModelKind.SINGLE_LABEL.toString());
      model.set("inputHeight", size);
      model.set("inputWidth", size);
      model.put("inputChannels", 3);
    }
    return mapper.treeToValue(tree, RunSummary.class);
  }

  /** Who wrote it. */
  public record Tool(String name, String version) {}

  /**
   * The model that explained.
   *
   * @param path its directory
   * @param sha256 over the graph and the card
   * @param kind how many classes it finds in a picture
   * @param inputHeight of what it takes, pixels
   * @param inputWidth likewise
   * @param inputChannels 3 for RGB, 1 for grey
   * @param geometry how a photograph becomes its input
   * @param cellCenters by layer where the cells of maps were laid on it, first of the layer that
   *     images are judged by; null where they share it evenly
   */
  public record Model(
      String name,
      String source,
      String weights,
      String weightsSha256,
      String path,
      String sha256,
      ModelKind kind,
      int inputHeight,
      int inputWidth,
      int inputChannels,
      Geometry geometry,
      @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, CellCenters> cellCenters) {
    /** Where the run laid a layer's cells; null to share the input evenly. */
    public CellCenters centers(String layer) {
      return cellCenters == null ? null : cellCenters.get(layer);
    }
  }

  /**
   * What was listed.
   *
   * @param root folder that the images' names are relative to
   * @param matched images
   * @param skippedFiles files in the folder whose names are no images'
   * @param repeatedEntries manifest entries that name an image once more
   * @param notes what was chosen in reading the input and what was left out, one sentence a kind;
   *     null in runs of earlier versions
   */
  public record Input(
      String location,
      String root,
      long matched,
      long skippedFiles,
      long repeatedEntries,
      List<String> notes) {}

  /**
   * How labels were counted.
   *
   * @param labelled images with a label that the model knows
   * @param unknown images whose label names no class of the model, or several
   * @param correct labelled images whose first prediction is the label
   * @param notes what labels were taken for that do not name a class as they stand, one sentence a
   *     kind; null in runs of earlier versions
   */
  public record Labels(long labelled, long unknown, long correct, List<String> notes) {}

  /**
   * What was taken over from an earlier run.
   *
   * @param run its folder
   * @param takenOver images whose results are its
   * @param computed the other images of this run
   * @param dropped images of the earlier run that are gone; null if it was not compared
   * @param differences why nothing could be taken over, one a decisive thing; null if it could
   */
  public record Since(
      String run, long takenOver, long computed, Long dropped, List<String> differences) {}

  /**
   * How long it took.
   *
   * @param startedAt ISO 8601, UTC
   * @param seconds from the runner's start to its end
   * @param imagesPerSecond images explained in that time over seconds
   * @param modelShare share of the workers' thread time inside the model; null if unknown
   * @param imagesTakenOver images whose results a run left that was cut off; null if there was none
   * @param storageRetries requests to storage that were sent again after an error that passed
   */
  public record Timing(
      String startedAt,
      double seconds,
      double imagesPerSecond,
      Double modelShare,
      Long imagesTakenOver,
      long storageRetries) {}

  /** What it ran on. */
  public record Environment(
      String runner, int workers, String java, String tensorflow, List<String> beamOptions) {}
}
