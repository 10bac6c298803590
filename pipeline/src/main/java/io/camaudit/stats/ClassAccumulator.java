package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Everything that one pass over a class's reports has to remember. All of it is integer sums,
 * counts and lists in a total order, so that any order of adding and any tree of merging give the
 * same state, to the byte of {@link #write}.
 *
 * <p>Size, whatever the number of images: about 4 kB, 64 bytes a map cell, 8 bytes for each bin of
 * a property that occurs (commonly 2 kB, at most 36 kB), {@value TopExamples#LIMIT} examples, 150
 * bytes for each of several layers, and an entry for each wrongly predicted class, at most all
 * classes of the model. Mutable, not thread-safe.
 */
public final class ClassAccumulator implements Mergeable<ClassAccumulator> {
  private ModelKind kind = ModelKind.SINGLE_LABEL;
  private long wholeImages; // of multi-label models, where rows count an image once a class
  private final Counts<ImageStatus> wholeByStatus = new Counts<>(ImageStatus.class);
  private long falseAlarms;
  private long images;
  private final Counts<ImageStatus> byStatus = new Counts<>(ImageStatus.class);
  private final Counts<Verdict> byVerdict = new Counts<>(Verdict.class);
  private long answered;
  private long correct;
  private long withRegion;
  private long pointingHits;
  private Moments confidence = new Moments();
  private final QuantitySums quantities = new QuantitySums();
  private Confusions confusions = new Confusions();
  private TopExamples suspicious = new TopExamples();
  private final LayerSums layers = new LayerSums();
  private PropertySums properties = new PropertySums();
  private MapSums maps; // null until a map says how large it is

  /** Adds one image. */
  public void add(ImageReport report) {
    add(Sample.of(report));
  }

  void add(Sample sample) {
    kind = later(kind, sample.kind());
    if (sample.part() == Part.IMAGE) {
      wholeImages++;
      wholeByStatus.add(sample.status());
      properties.add(sample);
      return;
    }
    if (sample.part() == Part.FALSE_ALARM) {
      // Of the row's class it has nothing but the mistake.
      falseAlarms++;
      return;
    }
    images++;
    byStatus.add(sample.status());
    if (sample.verdict() != null) {
      byVerdict.add(sample.verdict());
    }
    confidence.add(sample.confidence());
    properties.add(sample);
    addAnswer(sample);
    for (Quantity quantity : Quantity.ALL) {
      quantities.add(quantity, sample.quantity(quantity));
    }
    sample.layers().forEach(layers::add);
    if (sample.pointingHit() != null) {
      withRegion++;
      pointingHits += sample.pointingHit() ? 1 : 0;
    }
    if (sample.map() != null) {
      mapsOf(sample.map().height(), sample.map().width()).add(sample.map());
      offerAsSuspicious(sample);
    }
  }

  private void addAnswer(Sample sample) {
    if (sample.correct() == null) {
      return;
    }
    answered++;
    if (sample.correct()) {
      correct++;
    } else if (sample.predicted() != null) {
      confusions.add(sample.predicted());
    }
  }

  private void offerAsSuspicious(Sample sample) {
    double lift = sample.quantity(Quantity.LIFT);
    double edge =
        Math.max(sample.quantity(Quantity.BORDER_LIFT), sample.quantity(Quantity.CORNER_LIFT));
    if (!Double.isNaN(lift)) {
      int tier =
          sample.verdict() == Verdict.RIGHT_FOR_WRONG_REASONS
              ? 0
              : sample.verdict() == Verdict.WRONG_AND_LOOKED_ELSEWHERE ? 1 : 2;
      suspicious.offer(tier, lift, sample.example(lift));
    } else if (!Double.isNaN(edge)) {
      suspicious.offer(3, -edge, sample.example(edge));
    }
  }

  private MapSums mapsOf(int height, int width) {
    if (maps == null) {
      maps = new MapSums(height, width);
    }
    return maps;
  }

  @Override
  public void merge(ClassAccumulator other) {
    kind = later(kind, other.kind);
    wholeImages += other.wholeImages;
    wholeByStatus.merge(other.wholeByStatus);
    falseAlarms += other.falseAlarms;
    images += other.images;
    byStatus.merge(other.byStatus);
    byVerdict.merge(other.byVerdict);
    answered += other.answered;
    correct += other.correct;
    withRegion += other.withRegion;
    pointingHits += other.pointingHits;
    confidence.merge(other.confidence);
    quantities.merge(other.quantities);
    confusions.merge(other.confusions);
    suspicious.merge(other.suspicious);
    layers.merge(other.layers);
    properties.merge(other.properties);
    if (other.maps != null) {
      mapsOf(other.maps.height(), other.maps.width()).merge(other.maps);
    }
  }

  /** Of what kind of model the samples are; of different ones the last in their order. */
  ModelKind kind() {
    return kind;
  }

  private static ModelKind later(ModelKind a, ModelKind b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  long images() {
    return images;
  }

  long count(Verdict verdict) {
    return byVerdict.of(verdict);
  }

  /** Images where the model looked right, whatever it answered. */
  long lookedRight() {
    return count(Verdict.RIGHT_FOR_RIGHT_REASONS) + count(Verdict.WRONG_BUT_LOOKED_RIGHT);
  }

  /** Images with one of the four verdicts that judge where the model looked. */
  long judged() {
    return lookedRight()
        + count(Verdict.RIGHT_FOR_WRONG_REASONS)
        + count(Verdict.WRONG_AND_LOOKED_ELSEWHERE);
  }

  Moments moments(Quantity quantity) {
    return quantities.moments(quantity);
  }

  PropertySums properties() {
    return properties;
  }

  /** Null if no image had a usable map. */
  MapSums maps() {
    return maps;
  }

  /**
   * The class's row from one pass alone: without own place, typical and deviant images, and without
   * what other classes are compared with.
   */
  public ClassStatistics result(ClassRef classRef) {
    return result(classRef, new PlaceAccumulator(), Map.of(), List.of());
  }

  /**
   * The class's row.
   *
   * @param found of the images' properties
   * @param networkOrder the model's layers, first to last
   */
  ClassStatistics result(
      ClassRef classRef,
      PlaceAccumulator places,
      Map<String, PropertyStatistics> found,
      List<String> networkOrder) {
    long rightForRight = count(Verdict.RIGHT_FOR_RIGHT_REASONS);
    long rightAndJudged = rightForRight + count(Verdict.RIGHT_FOR_WRONG_REASONS);
    boolean multiLabel = kind == ModelKind.MULTI_LABEL;
    boolean asImages = multiLabel && classRef == null;
    return new ClassStatistics(
        classRef,
        asImages ? wholeImages : images,
        (asImages ? wholeByStatus : byStatus).map(),
        byVerdict.map(),
        multiLabel ? null : Intervals.rate(correct, answered),
        multiLabel ? precision() : null,
        multiLabel ? Intervals.rate(correct, answered) : null,
        multiLabel ? f1() : null,
        Intervals.rate(lookedRight(), judged()),
        Intervals.rate(rightForRight, rightAndJudged),
        Intervals.rate(pointingHits, withRegion),
        Intervals.mean(confidence),
        confusions.list(answered),
        quantities.means(),
        quantities.histograms(),
        maps == null ? null : maps.statistics(Intervals.mean(places.ownPlace())),
        places.typical(),
        places.deviant(),
        suspicious.list(),
        found,
        layers.statistics(networkOrder));
  }

  /** Of the predictions of the class that could be checked, the share that are right. */
  private Rate precision() {
    return Intervals.rate(correct, correct + falseAlarms);
  }

  /** {@code 2 TP / (2 TP + FP + FN)}; null if there is none of the three. */
  private Double f1() {
    long all = correct + answered + falseAlarms;
    return all == 0 ? null : (Double) (2.0 * correct / all);
  }

  /** Of a multi-label model this is the recall. */
  Rate accuracy() {
    return Intervals.rate(correct, answered);
  }

  @Override
  public void write(OutputStream out) throws IOException {
    Wire.writeEnum(kind, out);
    Wire.writeCount(wholeImages, out);
    wholeByStatus.write(out);
    Wire.writeCount(falseAlarms, out);
    Wire.writeCount(images, out);
    byStatus.write(out);
    byVerdict.write(out);
    Wire.writeCount(answered, out);
    Wire.writeCount(correct, out);
    Wire.writeCount(withRegion, out);
    Wire.writeCount(pointingHits, out);
    confidence.write(out);
    quantities.write(out);
    confusions.write(out);
    suspicious.write(out);
    layers.write(out);
    properties.write(out);
    Wire.writeCount(maps == null ? 0 : 1, out);
    if (maps != null) {
      maps.write(out);
    }
  }

  static ClassAccumulator read(InputStream in) throws IOException {
    ClassAccumulator read = new ClassAccumulator();
    read.kind = Wire.readEnum(ModelKind.values(), in);
    read.wholeImages = Wire.readCount(in);
    read.wholeByStatus.read(in);
    read.falseAlarms = Wire.readCount(in);
    read.images = Wire.readCount(in);
    read.byStatus.read(in);
    read.byVerdict.read(in);
    read.answered = Wire.readCount(in);
    read.correct = Wire.readCount(in);
    read.withRegion = Wire.readCount(in);
    read.pointingHits = Wire.readCount(in);
    read.confidence = Moments.read(in);
    read.quantities.read(in);
    read.confusions = Confusions.read(in);
    read.suspicious = TopExamples.read(in);
    read.layers.read(in);
    read.properties = PropertySums.read(in);
    read.maps = Wire.readCount(in) == 0 ? null : MapSums.read(in);
    return read;
  }
}
