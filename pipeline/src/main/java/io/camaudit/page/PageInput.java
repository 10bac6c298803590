package io.camaudit.page;

import io.camaudit.storage.RunFolder;
import java.util.Objects;

/**
 * What a page is made from.
 *
 * @param run holds {@code classes.json}, {@code records/*.jsonl} and, where they were written,
 *     {@code run.json}, {@code overlays/} and {@code reports/}; the page goes to {@code report/}
 *     inside
 * @param photos where the photographs are
 * @param outlines of the run's regions, {@link OutlineSource#NONE} without any
 * @param frame how the model places a photograph on its input
 * @param orient whether the run applied EXIF orientations
 */
public record PageInput(
    RunFolder run, PhotoSource photos, OutlineSource outlines, MapFrame frame, boolean orient) {
  public PageInput {
    Objects.requireNonNull(run);
    Objects.requireNonNull(photos);
    Objects.requireNonNull(outlines);
    Objects.requireNonNull(frame);
  }
}
