package io.camaudit.explain;

import io.camaudit.input.ImageRef;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.PhotoFrame;
import io.camaudit.report.ImageFile;
import io.camaudit.savedmodel.AffineHead;
import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ExplainableModel;
import io.camaudit.savedmodel.InputBatch;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.savedmodel.Placement;
import io.camaudit.storage.ImageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model asked about pictures as it takes them, which may be others than the photographs that they
 * were made of. Images are taken in exactly as they are to be explained. Safe for any number of
 * threads.
 */
public final class InputModel {
  private final ExplainableModel model;
  private final ClassIndex classes;
  private final ModelKind kind;
  private final double threshold;
  private final ImageIntake intake;
  private final ImageReader reader;
  private final boolean orient;
  private final ConcurrentLinkedQueue<InputBatch> idleBatches;

  /**
   * @param threshold of a multi-label model
   * @param idleBatches memory that whoever closes the model frees
   */
  InputModel(
      ExplainableModel model,
      ClassIndex classes,
      double threshold,
      ImageIntake intake,
      ImageReader reader,
      boolean orient,
      ConcurrentLinkedQueue<InputBatch> idleBatches) {
    this.model = model;
    this.classes = classes;
    this.kind = model.card().decision().kind();
    this.threshold = threshold;
    this.intake = intake;
    this.reader = reader;
    this.orient = orient;
    this.idleBatches = idleBatches;
  }

  /**
   * An image as the model takes it.
   *
   * @param region where the model ought to look for the class; empty if nothing says so
   * @param shown the part of the picture that shows photograph; what lies beyond are bars
   * @param placement where the picture lies on the upright photograph
   * @param file what is known of its file
   */
  public record Taken(
      InputPicture picture,
      Optional<RegionMask> region,
      RegionMask.Box shown,
      Placement placement,
      ImageFile file) {}

  /**
   * What the model says of a picture to a question for one class.
   *
   * @param predicted the first prediction; of a multi-label model the class itself if it is
   *     predicted, else the most probable class that is; −1 if none is
   * @param logit of the class
   * @param probability of the class: softmax over all logits, of a multi-label model its sigmoid
   */
  public record Answer(int predicted, double logit, double probability) {
    /** Whether the numbers can be counted with. */
    public boolean isFinite() {
      return Double.isFinite(logit) && Double.isFinite(probability);
    }
  }

  /** Pictures of one call. */
  public int batchSize() {
    return model.batchSize();
  }

  /**
   * Reads an image and makes of it what the model takes.
   *
   * @param classIndex whose region is wanted where an image has one a class
   * @throws Refusal if it cannot be read or decoded
   */
  public Taken take(ImageRef image, int classIndex) throws Refusal {
    Subject subject = Subject.of(image, classes, kind);
    InputBatch batch = batch();
    try {
      PreparedImage prepared =
          intake.take(0, subject, () -> reader.read(image.location()), batch, 0, new BatchTally());
      ClassLabel label =
          kind == ModelKind.MULTI_LABEL ? classes.label(classIndex) : subject.known();
      ImageFile file = prepared.file();
      PhotoFrame frame =
          new PhotoFrame(file.width(), file.height(), orient ? file.orientation() : 1);
      return new Taken(
          batch.get(0),
          prepared.region().of(label),
          shown(prepared.placement(), frame),
          prepared.placement(),
          file);
    } finally {
      idleBatches.add(batch);
    }
  }

  /**
   * What the model says of pictures.
   *
   * @param pictures up to a batch of them
   * @param asked of each the class that is asked for
   */
  public List<Answer> ask(List<InputPicture> pictures, List<Integer> asked) {
    InputBatch batch = batch();
    try {
      for (int slot = 0; slot < pictures.size(); slot++) {
        batch.set(slot, pictures.get(slot).values());
      }
      BatchExplanation answer = model.logits(batch, pictures.size());
      List<Answer> answers = new ArrayList<>(pictures.size());
      for (int slot = 0; slot < pictures.size(); slot++) {
        answers.add(answer(answer.logits(slot), answer.target(slot), asked.get(slot)));
      }
      return answers;
    } finally {
      idleBatches.add(batch);
    }
  }

  /**
   * Activations of the default layer, [N, h, w, C] flat.
   *
   * @param pictures up to a batch of them
   */
  public float[] activations(List<InputPicture> pictures) {
    InputBatch batch = batch();
    try {
      for (int slot = 0; slot < pictures.size(); slot++) {
        batch.set(slot, pictures.get(slot).values());
      }
      return model.activations(batch, pictures.size(), model.card().defaultLayer());
    } finally {
      idleBatches.add(batch);
    }
  }

  /** The end of the network; empty where it is not affine, or gives several answers. */
  public Optional<AffineHead> head() {
    return kind == ModelKind.MULTI_LABEL ? Optional.empty() : AffineHead.of(model);
  }

  /** From pictures as the model takes them back to colours, if its preprocessing allows it. */
  public Optional<InputColours> colours() {
    int width = model.card().input().width();
    int height = model.card().input().height();
    return InputColours.of(
        colour -> {
          byte[] rgb = new byte[3 * width * height];
          for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) colour[i % 3];
          }
          InputBatch batch = batch();
          try {
            model.preprocess(rgb, width, height, batch, 0);
            return batch.get(0);
          } finally {
            idleBatches.add(batch);
          }
        });
  }

  private Answer answer(float[] logits, int top, int asked) {
    if (kind != ModelKind.MULTI_LABEL) {
      return new Answer(top, logits[asked], Softmax.probability(logits, asked));
    }
    MultiLabelAnswer answer = new MultiLabelAnswer(logits, threshold);
    int predicted =
        answer.predicts(asked) ? asked : answer.predicted().stream().findFirst().orElse(-1);
    return new Answer(predicted, logits[asked], answer.probability(asked));
  }

  private static RegionMask.Box shown(Placement placement, PhotoFrame photo) {
    return new RegionMask.Box(
        Math.max(0, -placement.left() / placement.scaleX()),
        Math.max(0, -placement.top() / placement.scaleY()),
        Math.min(placement.width(), (photo.width() - placement.left()) / placement.scaleX()),
        Math.min(placement.height(), (photo.height() - placement.top()) / placement.scaleY()));
  }

  private InputBatch batch() {
    return Optional.ofNullable(idleBatches.poll()).orElseGet(model::newBatch);
  }
}
