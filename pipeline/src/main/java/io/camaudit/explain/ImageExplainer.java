package io.camaudit.explain;

import io.camaudit.channel.ChannelVectors;
import io.camaudit.channel.VectorShape;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.storage.FileSink;
import io.camaudit.storage.FileSource;
import io.camaudit.storage.ImageReader;
import io.camaudit.storage.RunFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Explains batches of images: takes them in, runs the model, and makes and writes their reports.
 * One broken image costs nothing but itself. Holds the model and native codecs; safe for any number
 * of threads, each with a batch of its own.
 */
public final class ImageExplainer implements AutoCloseable {
  private final SharedModel shared;
  private final ExplainableModel model;
  private final ClassIndex classes;
  private final ModelKind kind;
  private final ImageReader reader;
  private final RunFolder folder;
  private final boolean reports;
  private final OverlayWriter overlays;
  private final ImageJudge judge;
  private final boolean orient;
  private final ImageIntake intake;
  private final ReportMaker maker;
  private final Inquiry inquiry;
  private final InputModel inputs;

  /** Null unless channels are wanted. */
  private final VectorShape vectors;

  /** Null unless the maps of all classes are wanted. */
  private final ClassMaps classMaps;

  private final ConcurrentLinkedQueue<InputBatch> idleBatches = new ConcurrentLinkedQueue<>();

  private ImageExplainer(ExplainSettings settings, SharedModel shared) {
    this.shared = shared;
    this.model = shared.model();
    ModelCard card = model.card();
    this.classes = new ClassIndex(card.labels());
    this.kind = card.decision().kind();
    TargetPlan targets = TargetPlan.parse(settings.targets(), classes);
    List<String> layers = LayerChoice.resolve(settings.layers(), card);
    String method = MethodChoice.resolve(settings.method(), card);
    double threshold = settings.thresholdOf(card.decision());
    this.reader = new ImageReader(settings.limits().maxBytes());
    this.folder = settings.output() == null ? null : new RunFolder(settings.output());
    this.orient = settings.orient();
    this.judge = ImageJudge.open(settings.judge(), card.labels());
    this.reports = settings.files().reports();
    this.overlays = new OverlayWriter(settings, card);
    this.intake = new ImageIntake(model, settings, judge, overlays);
    this.maker =
        new ReportMaker(
            method, card, classes, threshold, layers, judge, settings.placement(), overlays);
    ChannelMethod.named(method).ifPresent(channels -> channels.check(model, layers));
    JudgedChannels channels = settings.channels() ? channels(settings, card) : null;
    this.vectors =
        channels == null
            ? null
            : new VectorShape(
                channels.layer().channels(),
                channels.layer().height(),
                channels.layer().width(),
                settings.judge().hasRegions());
    Question question =
        new Question(
            model,
            method,
            layers,
            Versus.parse(settings.versus(), targets, method, card, classes),
            channels);
    this.inquiry =
        kind == ModelKind.MULTI_LABEL
            ? new MultiLabelInquiry(question, targets, threshold)
            : new OneAnswerInquiry(question, targets);
    this.classMaps = settings.files().allClasses() ? new ClassMaps(question, card) : null;
    this.inputs = new InputModel(model, classes, threshold, intake, reader, orient, idleBatches);
  }

  private JudgedChannels channels(ExplainSettings settings, ModelCard card) {
    ModelCard.Layer layer = card.layer(card.defaultLayer());
    return new JudgedChannels(
        layer, settings.placement().layout(layer, card.input()), new TargetRegions(kind, classes));
  }

  /**
   * Loads the model and makes everything ready.
   *
   * @throws io.camaudit.savedmodel.ModelException if the model is unusable
   * @throws io.camaudit.UserException for targets or layers that it does not have
   */
  public static ImageExplainer open(ExplainSettings settings) {
    SharedModel shared = SharedModel.acquire(settings);
    try {
      return new ImageExplainer(settings, shared);
    } catch (RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  /**
   * What came of a batch.
   *
   * @param reports one an image, in the batch's order
   * @param lines the reports' JSON, likewise
   * @param vectors what the channels gave, likewise, null for an image without; empty if they are
   *     not wanted
   * @param imageBytes bytes of the files that were read
   * @param regionMisfits images whose annotation states other proportions than theirs
   * @param regionsUnreadable images whose mask cannot be read, so that they have no region
   * @param modelNanos time inside the model, preprocessing included
   * @param totalNanos time from first to last
   */
  public record Result(
      List<ImageReport> reports,
      List<byte[]> lines,
      List<ChannelVectors> vectors,
      long imageBytes,
      int regionMisfits,
      int regionsUnreadable,
      long modelNanos,
      long totalNanos) {}

  public ModelCard card() {
    return model.card();
  }

  /** How long the model took to fetch and load, in milliseconds, whoever had it loaded. */
  public long loadMillis() {
    return shared.loadMillis();
  }

  /** Length of the model's graph with its weights, in bytes. */
  public long modelBytes() {
    return model.bytes();
  }

  /** Whether an image's report is also a file of its own. */
  public boolean writesReports() {
    return reports;
  }

  /** The vectors of channels that it makes; empty if none are wanted. */
  public Optional<VectorShape> vectors() {
    return Optional.ofNullable(vectors);
  }

  /** Reads the files of images, none longer than the settings allow. */
  public ImageReader reader() {
    return reader;
  }

  /** The same model, to be asked about changed pictures as long as this is open. */
  public InputModel inputs() {
    return inputs;
  }

  /**
   * Explains up to a batch of images, and writes their overlays and reports if the settings name a
   * folder.
   *
   * @throws io.camaudit.UserException if the folder cannot be written
   */
  public Result explain(List<ImageRef> images) {
    Iterator<ImageRef> next = images.iterator();
    return explain(images, () -> reader.read(next.next().location()), folder);
  }

  /**
   * The same for files that are read and written elsewhere.
   *
   * @param files gives the images' files in their order; asked once for each
   * @param out takes overlays and reports; null to write nothing
   */
  public Result explain(List<ImageRef> images, FileSource files, FileSink out) {
    BatchTally tally = new BatchTally();
    InputBatch batch = Optional.ofNullable(idleBatches.poll()).orElseGet(model::newBatch);
    try {
      ImageReport[] reports = new ImageReport[images.size()];
      ChannelVectors[] made = new ChannelVectors[vectors == null ? 0 : images.size()];
      List<PreparedImage> prepared = takeIn(images, files, batch, reports, tally);
      if (!prepared.isEmpty()) {
        List<ImageAnswer> answers = inquiry.ask(prepared, batch, tally);
        for (int slot = 0; slot < prepared.size(); slot++) {
          PreparedImage image = prepared.get(slot);
          reports[image.position()] = maker.report(image, answers.get(slot), out);
          if (vectors != null) {
            made[image.position()] = JudgedChannels.vectors(answers.get(slot));
          }
        }
        if (classMaps != null && out != null) {
          classMaps.write(prepared, batch, out, tally);
        }
      }
      List<byte[]> lines = write(reports, out);
      return new Result(
          List.of(reports),
          lines,
          Arrays.asList(made),
          tally.imageBytes(),
          tally.regionMisfits(),
          tally.regionsUnreadable(),
          tally.modelNanos(),
          tally.totalNanos());
    } finally {
      idleBatches.add(batch);
    }
  }

  /** What the report that an earlier run made of an unchanged image is worth. */
  public ImageJudge.Standing standing(ImageRef image, ImageReport earlier) {
    return judge.standing(image, earlier, orient);
  }

  /** Frees the native codecs, and the model if nobody else has it; no batch may be under way. */
  @Override
  public void close() {
    idleBatches.forEach(InputBatch::close);
    shared.close();
    intake.close();
    overlays.close();
  }

  /** Fills the batch with the images that can be decoded; the others get their reports at once. */
  private List<PreparedImage> takeIn(
      List<ImageRef> images,
      FileSource files,
      InputBatch batch,
      ImageReport[] reports,
      BatchTally tally) {
    List<PreparedImage> prepared = new ArrayList<>(images.size());
    for (int i = 0; i < reports.length; i++) {
      Subject subject = Subject.of(images.get(i), classes, kind);
      try {
        prepared.add(intake.take(i, subject, files, batch, prepared.size(), tally));
      } catch (Refusal refusal) {
        reports[i] = refusal.report();
      }
    }
    return prepared;
  }

  private List<byte[]> write(ImageReport[] made, FileSink out) {
    List<byte[]> lines = new ArrayList<>(made.length);
    for (ImageReport report : made) {
      byte[] line = ReportJson.line(report);
      lines.add(line);
      if (out != null && reports) {
        out.write(RunFolder.reportOf(report.image()), line);
      }
    }
    return lines;
  }
}
