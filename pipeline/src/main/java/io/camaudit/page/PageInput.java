package io.camaudit.page;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a page is made from.
 *
 * @param runDirectory holds {@code classes.json}, {@code records/*.jsonl} and, where they were
 *     written, {@code run.json}, {@code overlays/} and {@code reports/}; the page goes to {@code
 *     report/} inside
 * @param photos where the photographs are
 * @param regions the run's regions, {@link RegionSource#NONE} without any
 * @param frame how the model places a photograph on its input square
 */
public record PageInput(Path runDirectory, PhotoSource photos, RegionSource regions, MapFrame frame) {
  public PageInput {
    Objects.requireNonNull(runDirectory);
    Objects.requireNonNull(photos);
    Objects.requireNonNull(regions);
    Objects.requireNonNull(frame);
  }
}
