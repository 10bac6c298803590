package io.camaudit.explain;

import io.camaudit.Sha256;
import io.camaudit.UserException;
import io.camaudit.image.DecodedImage;
import io.camaudit.image.ImageDecoder;
import io.camaudit.image.ImageEncoder;
import io.camaudit.image.ImageException;
import io.camaudit.image.OverlayRenderer;
import io.camaudit.image.OverlayStyle;
import io.camaudit.image.RgbImage;
import io.camaudit.image.SaliencyMap;
import io.camaudit.input.ImageRef;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.PhotoFrame;
import io.camaudit.region.Region;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageFile;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.ReportJson;
import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.Placement;
import io.camaudit.savedmodel.SessionSettings;
import io.camaudit.storage.ImageReader;
import io.camaudit.storage.ModelFolder;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.SafeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains batches of images: reads, decodes, runs the model, renders and writes. One broken image
 * costs nothing but itself. Holds the model and native codecs; safe for any number of threads, each
 * with a batch of its own.
 */
public final class ImageExplainer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageExplainer.class);
  private static final int PREDICTIONS = 5;

  private final ExplainSettings settings;
  private final ExplainableModel model;
  private final ClassIndex classes;
  private final TargetPlan targets;
  private final List<String> layers;
  private final ImageReader reader;
  private final ImageDecoder decoder;
  private final OverlayRenderer renderer;
  private final ImageEncoder encoder;
  private final RunFolder folder;
  private final ImageJudge judge;
  private final ConcurrentLinkedQueue<InputBatch> idleBatches = new ConcurrentLinkedQueue<>();

  private ImageExplainer(ExplainSettings settings, ExplainableModel model) {
    ModelCard card = model.card();
    this.settings = settings;
    this.model = model;
    this.classes = new ClassIndex(card.labels());
    this.targets = TargetPlan.parse(settings.targets(), classes);
    this.layers = LayerChoice.resolve(settings.layers(), card);
    this.reader = new ImageReader(settings.limits().maxBytes());
    this.decoder = new ImageDecoder(settings.limits(), settings.orient());
    this.renderer = settings.overlay() == null ? null : new OverlayRenderer(settings.overlay());
    this.encoder = new ImageEncoder();
    this.folder = settings.output() == null ? null : new RunFolder(settings.output());
    this.judge = ImageJudge.open(settings.judge(), card.labels());
  }

  /**
   * Loads the model and makes everything ready.
   *
   * @throws io.camaudit.savedmodel.ModelException if the model is unusable
   * @throws io.camaudit.UserException for targets or layers that it does not have
   */
  public static ImageExplainer open(ExplainSettings settings) {
    Path folder = ModelFolder.local(settings.model(), settings.modelSha256());
    MethodChoice.check(settings.method(), ModelCard.read(folder));
    PrecisionChoice.check(settings.precision());
    ExplainableModel model =
        ExplainableModel.load(
            folder,
            new SessionSettings(
                settings.intraOpThreads(),
                settings.concurrentCalls(),
                settings.batchSize(),
                settings.precision()));
    try {
      return new ImageExplainer(settings, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * What came of a batch.
   *
   * @param reports one an image, in the batch's order
   * @param lines the reports' JSON, likewise
   * @param imageBytes bytes of the files that were read
   * @param regionMisfits images whose annotation states other proportions than theirs
   * @param regionsUnreadable images whose mask cannot be read, so that they have no region
   * @param modelNanos time inside the model, preprocessing included
   * @param totalNanos time from first to last
   */
  public record Result(
      List<ImageReport> reports,
      List<byte[]> lines,
      long imageBytes,
      int regionMisfits,
      int regionsUnreadable,
      long modelNanos,
      long totalNanos) {}

  public ModelCard card() {
    return model.card();
  }

  /** Length of the model's graph with its weights, in bytes. */
  public long modelBytes() {
    return model.bytes();
  }

  /**
   * Explains up to a batch of images, and writes their overlays and reports if the settings name a
   * folder.
   *
   * @throws io.camaudit.UserException if the folder cannot be written
   */
  public Result explain(List<ImageRef> images) {
    long start = System.nanoTime();
    InputBatch batch = Optional.ofNullable(idleBatches.poll()).orElseGet(model::newBatch);
    try {
      Tally tally = new Tally();
      ImageReport[] reports = new ImageReport[images.size()];
      List<Prepared> prepared = new ArrayList<>(images.size());
      for (int i = 0; i < reports.length; i++) {
        try {
          prepared.add(prepare(i, images.get(i), batch, prepared.size(), tally));
        } catch (Refusal refusal) {
          reports[i] = refusal.report;
        }
      }
      if (!prepared.isEmpty()) {
        List<ImageReport> explained = explain(prepared, batch, tally);
        for (int p = 0; p < explained.size(); p++) {
          reports[prepared.get(p).position] = explained.get(p);
        }
      }
      List<byte[]> lines = new ArrayList<>(reports.length);
      for (ImageReport report : reports) {
        byte[] line = ReportJson.line(report);
        lines.add(line);
        if (folder != null) {
          folder.write("reports/" + SafeName.path(report.image()) + ".json", line);
        }
      }
      return new Result(
          List.of(reports),
          lines,
          tally.imageBytes,
          tally.regionMisfits,
          tally.regionsUnreadable,
          tally.modelNanos,
          System.nanoTime() - start);
    } finally {
      idleBatches.add(batch);
    }
  }

  /** Frees the model and the native codecs; no batch may be under way. */
  @Override
  public void close() {
    idleBatches.forEach(InputBatch::close);
    model.close();
    decoder.close();
    encoder.close();
  }

  /** An image that lies in the batch, ready for the model. */
  private record Prepared(
      int position,
      ImageRef ref,
      ImageFile file,
      ClassRef label,
      ClassLabel knownLabel,
      Optional<RegionMask> region,
      RgbImage photo,
      Placement placement) {}

  /** An image that does not get as far as the model; its report says why. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final transient ImageReport report;

    Refusal(ImageReport report) {
      super(report.reason(), null, false, false);
      this.report = report;
    }
  }

  /** What is counted and timed over a batch. */
  private static final class Tally {
    private long imageBytes;
    private long modelNanos;
    private int regionMisfits;
    private int regionsUnreadable;
  }

  private Prepared prepare(int position, ImageRef ref, InputBatch batch, int slot, Tally tally)
      throws Refusal {
    ClassLabel known = knownLabel(ref);
    ClassRef label = label(ref, known);
    byte[] bytes;
    try {
      bytes = reader.read(ref.location());
    } catch (ImageReader.TooLongException e) {
      throw refuse(ref, ImageStatus.TOO_LARGE, e.getMessage(), null, label);
    } catch (IOException | RuntimeException e) {
      throw refuse(ref, ImageStatus.UNREADABLE, e.getMessage(), null, label);
    }
    tally.imageBytes += bytes.length;
    String sha256 = Sha256.hex(bytes);
    try {
      return decoder.decode(
          bytes,
          decoded ->
              prepared(
                  position, ref, decoded, bytes.length, sha256, label, known, batch, slot, tally));
    } catch (ImageException e) {
      ImageFile file = new ImageFile(null, null, null, null, (long) bytes.length, sha256);
      throw refuse(ref, status(e.reason()), e.getMessage(), file, label);
    }
  }

  /** The same for a decoded picture, of which nothing large is kept. */
  private Prepared prepared(
      int position,
      ImageRef ref,
      DecodedImage decoded,
      long bytes,
      String sha256,
      ClassRef label,
      ClassLabel known,
      InputBatch batch,
      int slot,
      Tally tally) {
    RgbImage photo = decoded.image();
    long start = System.nanoTime();
    model.preprocess(photo.rgb(), photo.width(), photo.height(), batch, slot);
    tally.modelNanos += System.nanoTime() - start;
    ImageFile file =
        new ImageFile(
            decoded.format().name(),
            photo.width(),
            photo.height(),
            decoded.orientation(),
            bytes,
            sha256);
    Placement placement =
        model.card().input().geometry().place(photo.width(), photo.height(), inputSize());
    PhotoFrame frame =
        new PhotoFrame(
            photo.width(), photo.height(), settings.orient() ? decoded.orientation() : 1);
    Optional<RegionMask> region = region(ref, known, frame, placement, tally);
    if (renderer == null) {
      return new Prepared(position, ref, file, label, known, region, null, placement);
    }
    // Only what the overlay needs is kept while the rest of the batch is read: photographs may be
    // large.
    RgbImage base = renderer.scaleDown(photo);
    double x = (double) base.width() / photo.width();
    double y = (double) base.height() / photo.height();
    Placement onBase = placement.resized(x, y);
    return new Prepared(position, ref, file, label, known, region, base, onBase);
  }

  /** Where the model ought to look, on its input square; a region that cannot be read is none. */
  private Optional<RegionMask> region(
      ImageRef ref, ClassLabel known, PhotoFrame frame, Placement placement, Tally tally) {
    try {
      Optional<Region> region = judge.region(ref, known, frame);
      tally.regionMisfits += region.isPresent() && !region.get().fitsPhoto() ? 1 : 0;
      return region.flatMap(found -> found.rasterise(placement, inputSize()));
    } catch (UserException e) {
      LOG.warn("{} has no region: {}", ref.name(), e.getMessage());
      tally.regionsUnreadable++;
      return Optional.empty();
    }
  }

  private List<ImageReport> explain(List<Prepared> prepared, InputBatch batch, Tally tally) {
    int slots = targets.slots();
    int[] imageIndex = new int[prepared.size() * slots];
    int[] wanted = new int[imageIndex.length];
    for (int p = 0; p < prepared.size(); p++) {
      List<TargetPlan.Slot> own = targets.slotsOf(prepared.get(p).knownLabel);
      for (int s = 0; s < slots; s++) {
        imageIndex[p * slots + s] = p;
        wanted[p * slots + s] = own.get(s).target();
      }
    }
    long start = System.nanoTime();
    BatchExplanation answer =
        model.explain(batch, prepared.size(), imageIndex, wanted, settings.method(), layers);
    tally.modelNanos += System.nanoTime() - start;
    List<ImageReport> reports = new ArrayList<>(prepared.size());
    for (int p = 0; p < prepared.size(); p++) {
      reports.add(report(prepared.get(p), p, answer));
    }
    return reports;
  }

  private ImageReport report(Prepared image, int position, BatchExplanation answer) {
    float[] logits = answer.logits(position);
    boolean finite = allFinite(logits);
    List<Prediction> predictions = finite ? Softmax.top(logits, PREDICTIONS, classes) : List.of();
    Boolean correct =
        image.knownLabel == null || !finite
            ? null
            : Boolean.valueOf(predictions.get(0).index() == image.knownLabel.index());
    List<Explanation> explanations = new ArrayList<>();
    List<TargetPlan.Slot> slots = targets.slotsOf(image.knownLabel);
    Set<Integer> explained = new HashSet<>();
    for (int s = 0; s < slots.size(); s++) {
      int pair = position * slots.size() + s;
      if (!TargetPlan.isVacant(slots.get(s), image.knownLabel)
          && explained.add(answer.target(pair))) {
        for (String layer : layers) {
          explanations.add(explanation(image, slots.get(s), layer, pair, answer, finite));
        }
      }
    }
    ImageStatus status =
        !finite || explanations.isEmpty()
            ? (finite ? ImageStatus.OK : ImageStatus.NOT_FINITE)
            : explanations.get(0).status();
    return new ImageReport(
        ImageReport.SCHEMA,
        image.ref.name(),
        status,
        reason(status, explanations),
        image.file,
        image.label,
        predictions,
        correct,
        explanations,
        judge.verdict(correct, image.region.isPresent(), explanations));
  }

  private Explanation explanation(
      Prepared image,
      TargetPlan.Slot slot,
      String layer,
      int pair,
      BatchExplanation answer,
      boolean finiteLogits) {
    float[] values = answer.map(pair, layer);
    ModelCard.Layer grid = model.card().layer(layer);
    int target = answer.target(pair);
    float score = answer.score(pair);
    RawMap map = RawMaps.of(values, grid.height(), grid.width());
    ImageStatus status =
        map.values() == null || !finiteLogits
            ? ImageStatus.NOT_FINITE
            : map.max() > 0 ? ImageStatus.OK : ImageStatus.EMPTY_MAP;
    boolean measured = status == ImageStatus.OK;
    String overlay = null;
    if (renderer != null && folder != null && map.values() != null) {
      overlay = overlayPath(image.ref.name(), layer, target);
      OverlayStyle style = settings.overlay();
      RgbImage picture =
          renderer.render(
              image.photo,
              new SaliencyMap(grid.height(), grid.width(), values),
              image.placement,
              inputSize());
      folder.write(overlay, encoder.encode(picture, style.format(), style.quality()));
    }
    return new Explanation(
        settings.method(),
        layer,
        ClassRef.of(classes.label(target)),
        slot.why(),
        Float.isFinite(score) ? score : null,
        status,
        map,
        overlay,
        measured ? judge.attention(values, grid.height(), grid.width()) : null,
        measured
            ? image
                .region
                .map(mask -> judge.fit(values, grid.height(), grid.width(), mask))
                .orElse(null)
            : null);
  }

  private String overlayPath(String name, String layer, int target) {
    return String.format(
        Locale.ROOT,
        "overlays/%s.%s-%s-%d%s",
        SafeName.path(name),
        settings.method(),
        SafeName.path(layer).replace('/', '_'),
        target,
        settings.overlay().format().extension());
  }

  private static String reason(ImageStatus status, List<Explanation> explanations) {
    return switch (status) {
      case NOT_FINITE -> "The model's numbers for this image are not finite.";
      case EMPTY_MAP -> {
        Explanation first = explanations.get(0);
        yield String.format(
            Locale.ROOT,
            "No cell of the map of layer %s speaks for class %s.",
            first.layer(),
            first.target().name());
      }
      default -> null;
    };
  }

  private ClassLabel knownLabel(ImageRef ref) {
    return ref.label() == null ? null : classes.find(ref.label()).orElse(null);
  }

  private static ClassRef label(ImageRef ref, ClassLabel known) {
    if (known != null) {
      return ClassRef.of(known);
    }
    return ref.label() != null && !ref.labelGuessed() ? ClassRef.unmatched(ref.label()) : null;
  }

  private static Refusal refuse(
      ImageRef ref, ImageStatus status, String reason, ImageFile file, ClassRef label) {
    String sentence = reason == null ? "no further reason is known" : reason;
    return new Refusal(ImageReport.failure(ref.name(), status, sentence, file, label));
  }

  private static ImageStatus status(ImageException.Reason reason) {
    return switch (reason) {
      case NOT_AN_IMAGE -> ImageStatus.NOT_AN_IMAGE;
      case CORRUPT -> ImageStatus.CORRUPT;
      case TOO_LARGE -> ImageStatus.TOO_LARGE;
      case UNSUPPORTED -> ImageStatus.UNSUPPORTED;
    };
  }

  private int inputSize() {
    return model.card().input().size();
  }

  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
