package io.camaudit.page;

import io.camaudit.report.Attention;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.storage.RecordRef;
import java.util.Comparator;

/**
 * An image that may be shown, held by the place of its record: a million images must not stay in
 * memory for the few that are shown.
 *
 * @param evidence which kind of number {@code suspicion} is; lower is stronger
 * @param suspicion greater is more suspicious
 */
record Candidate(int evidence, double suspicion, String image, RecordRef ref) {
  /** Most suspicious first: a total order, as names are unique in a run. */
  static final Comparator<Candidate> ORDER =
      Comparator.comparingInt(Candidate::evidence)
          .thenComparing(Comparator.comparingDouble(Candidate::suspicion).reversed())
          .thenComparing(Candidate::image);

  /**
   * With a region: the less lift, the more suspicious. Without: the more the map is drawn to the
   * border or the corners. Without any usable map: the surer the model was.
   */
  static Candidate of(ImageReport report, RecordRef ref) {
    Explanation first = report.first();
    if (first != null && first.region() != null) {
      return new Candidate(0, -first.region().lift(), report.image(), ref);
    }
    if (first != null && first.attention() != null) {
      Attention attention = first.attention();
      double drawn = Math.max(attention.borderLift(), attention.cornerLift());
      return new Candidate(1, drawn, report.image(), ref);
    }
    double confidence =
        report.predictions().isEmpty() ? 0 : report.predictions().get(0).probability();
    return new Candidate(2, confidence, report.image(), ref);
  }
}
