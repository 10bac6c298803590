package io.camaudit.cue;

import io.camaudit.report.ReportJson;
import io.camaudit.stats.Separation;
import java.util.List;

/**
 * The content of {@code cue/cue.json}: absent values are left out.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param layer whose channels the direction lies in
 * @param images that are said to show the cue
 * @param madeBy how many of them made the direction
 * @param madeAgainst how many others did
 * @param separation how well the score tells the images with the cue from the others, over those
 *     that did not make it; null if a side has none
 * @param classes what the cue is worth, by class index; null where it cannot be said without the
 *     model
 * @param renamed images that change their name, most first; null likewise
 * @param bearing images of the whole run that count as showing it
 * @param masks what came of looking where in them it is; null if nobody asked for it
 */
public record CueReport(
    int schema,
    String layer,
    long images,
    long madeBy,
    long madeAgainst,
    Separation separation,
    List<ClassSwap> classes,
    List<Renamed> renamed,
    long bearing,
    CueMasks.Made masks) {
  public static final int SCHEMA = 1;

  /** {@code cue.json}. */
  public byte[] json() {
    return ReportJson.document(this);
  }
}
