package io.camaudit.explain;

import io.camaudit.report.Verdict;
import java.io.Serializable;
import java.util.Collection;
import java.util.Locale;

/**
 * Which files of single images are written beside the records, which hold all numbers: a million
 * images are two million files.
 *
 * @param overlays the images whose overlays are drawn
 * @param reports whether each image's report is also a file of its own
 * @param rawMaps whether each map is also a file of NumPy's
 * @param allClasses whether the maps of all classes, explained or not, are one too
 */
public record ImageFiles(Overlays overlays, boolean reports, boolean rawMaps, boolean allClasses)
    implements Serializable {
  /** Overlays and reports of every image; raw maps stand in the reports. */
  public static final ImageFiles ALL = new ImageFiles(Overlays.ALL, true, false, false);

  /** The images whose overlays are drawn. What cannot be told, as without labels, is not drawn. */
  public enum Overlays {
    ALL,
    /**
     * Those named wrongly, and those named rightly whose map speaks for no place or another; of a
     * multi-label model those of which that is so of a class.
     */
    FLAGGED,
    /** Those named wrongly. */
    WRONG,
    NONE;

    /**
     * @param correct whether the label was predicted; null if that is not known
     * @param verdicts the image's, of a multi-label model one a class; empty without a label
     */
    boolean want(Boolean correct, Collection<Verdict> verdicts) {
      boolean wrong = Boolean.FALSE.equals(correct);
      return switch (this) {
        case ALL -> true;
        case FLAGGED ->
            wrong
                || verdicts.contains(Verdict.RIGHT_FOR_WRONG_REASONS)
                || verdicts.contains(Verdict.EMPTY_MAP);
        case WRONG -> wrong;
        case NONE -> false;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
