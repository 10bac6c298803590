package io.camaudit.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * An image seen as one of one class, so that what is counted, shown and compared by class is the
 * same for all kinds of models. An image of a single-label or yes-or-no model is one view, its
 * report; of a multi-label model there is one for each class that is predicted or a label.
 *
 * @param part how the image counts for the class
 * @param outcome of a multi-label model's class; null for {@link Part#WHOLE}
 * @param report the image's report as a model of this class alone would have it
 */
public record ClassView(Part part, ClassOutcome outcome, ImageReport report) {
  /** How an image counts for a class. */
  public enum Part {
    /** The whole report: a model that gives one answer. */
    WHOLE,
    /** A class that is one of the image's labels, predicted or missed. */
    LABELLED,
    /** A class that is predicted and none of the image's labels. */
    FALSE_ALARM,
    /** A class that is predicted in an image without labels. */
    UNLABELLED
  }

  /** The views of an image, in the order of its outcomes. */
  public static List<ClassView> of(ImageReport report) {
    return report.classes() == null
        ? List.of(new ClassView(Part.WHOLE, null, report))
        : report.classes().stream().map(outcome -> of(report, outcome)).toList();
  }

  private static ClassView of(ImageReport image, ClassOutcome outcome) {
    ClassRef classRef = outcome.classRef();
    Part part =
        outcome.labelled() == null
            ? Part.UNLABELLED
            : outcome.labelled() ? Part.LABELLED : Part.FALSE_ALARM;
    List<Explanation> own =
        image.explanations().stream().filter(e -> e.target().equals(classRef)).toList();
    ImageStatus status =
        image.status().isFailure() || own.isEmpty() ? notOfAMap(image) : own.get(0).status();
    return new ClassView(
        part,
        outcome,
        new ImageReport(
            image.schema(),
            image.image(),
            status,
            status == image.status() ? image.reason() : null,
            image.file(),
            part == Part.LABELLED ? classRef : null,
            image.predictions(),
            outcome.correct(),
            // Its own maps first; the others of the image show what else was seen.
            Stream.concat(own.stream(), image.explanations().stream().filter(e -> !own.contains(e)))
                .limit(own.isEmpty() ? 0 : image.explanations().size())
                .toList(),
            outcome.verdict(),
            image.kind(),
            null));
  }

  /** The class it is about; null for {@link Part#WHOLE}. */
  public ClassRef classRef() {
    return outcome == null ? null : outcome.classRef();
  }

  /** The image's status where none of its class's maps says another. */
  private static ImageStatus notOfAMap(ImageReport image) {
    return image.status() == ImageStatus.EMPTY_MAP ? ImageStatus.OK : image.status();
  }
}
