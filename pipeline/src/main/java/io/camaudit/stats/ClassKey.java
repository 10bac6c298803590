package io.camaudit.stats;

import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;

/**
 * The row an image is counted in. Whether rows are by label or by prediction is known only when all
 * images were seen, so images without a label are kept apart until then.
 *
 * @param classRef null for an image with neither label nor prediction
 */
record ClassKey(Grouping grouping, ClassRef classRef) implements Comparable<ClassKey> {
  private static final Comparator<ClassRef> BY_INDEX_THEN_NAME =
      Comparator.comparing(ClassRef::index, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(ClassRef::name, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(ClassRef::id, Comparator.nullsLast(Comparator.naturalOrder()));
  private static final Comparator<ClassKey> ORDER =
      Comparator.comparing(ClassKey::grouping)
          .thenComparing(ClassKey::classRef, Comparator.nullsLast(BY_INDEX_THEN_NAME));

  /** Of no row: images of a multi-label model, counted once whatever their classes. */
  static final ClassKey IMAGES = new ClassKey(Grouping.IMAGE, null);

  static ClassKey of(ClassView view) {
    return switch (view.part()) {
      case WHOLE -> of(view.report());
      case LABELLED, FALSE_ALARM -> new ClassKey(Grouping.LABEL, view.classRef());
      case UNLABELLED -> new ClassKey(Grouping.PREDICTION, view.classRef());
    };
  }

  private static ClassKey of(ImageReport report) {
    return report.label() != null
        ? new ClassKey(Grouping.LABEL, report.label())
        : new ClassKey(Grouping.PREDICTION, report.predicted());
  }

  @Override
  public int compareTo(ClassKey other) {
    return ORDER.compare(this, other);
  }

  void write(OutputStream out) throws IOException {
    Wire.writeEnum(grouping, out);
    Wire.writeClass(classRef, out);
  }

  static ClassKey read(InputStream in) throws IOException {
    Grouping grouping = Wire.readEnum(Grouping.values(), in);
    return new ClassKey(grouping, Wire.readClass(in));
  }
}
