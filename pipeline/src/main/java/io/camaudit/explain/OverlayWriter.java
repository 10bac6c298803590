package io.camaudit.explain;

import io.camaudit.image.ImageEncoder;
import io.camaudit.image.OverlayRenderer;
import io.camaudit.image.OverlayStyle;
import io.camaudit.image.RgbImage;
import io.camaudit.image.SaliencyMap;
import io.camaudit.report.Verdict;
import io.camaudit.storage.FileSink;
import io.camaudit.storage.SafeName;
import java.util.Locale;

/**
 * Draws maps over photographs and writes them; does nothing where a run has no overlays. Safe for
 * any number of threads.
 */
final class OverlayWriter implements AutoCloseable {
  private final OverlayStyle style;
  private final ImageFiles.Overlays which;
  private final String method;
  private final OverlayRenderer renderer;
  private final ImageEncoder encoder;

  /**
   * @param settings whose overlay is null for none
   */
  OverlayWriter(ExplainSettings settings) {
    this.style = settings.overlay();
    this.which = settings.files().overlays();
    this.method = settings.method();
    this.renderer = style == null ? null : new OverlayRenderer(style);
    this.encoder = new ImageEncoder();
  }

  /** The photograph as it lies under a map; null without overlays. */
  RgbImage base(RgbImage photo) {
    return renderer == null ? null : renderer.scaleDown(photo);
  }

  /**
   * Whether an image's maps are drawn.
   *
   * @param correct null if that is not known
   * @param verdict null without a label
   */
  boolean wants(Boolean correct, Verdict verdict) {
    return renderer != null && which.want(correct, verdict);
  }

  /**
   * Writes a map over its image.
   *
   * @return the overlay's path in the run's folder
   */
  String write(PreparedImage image, String layer, int target, SaliencyMap map, FileSink out) {
    String path = path(image.subject().ref().name(), layer, target);
    RgbImage picture = renderer.render(image.base(), map, image.placement());
    out.write(path, encoder.encode(picture, style.format(), style.quality()));
    return path;
  }

  @Override
  public void close() {
    encoder.close();
  }

  private String path(String name, String layer, int target) {
    return String.format(
        Locale.ROOT,
        "overlays/%s.%s-%s-%d%s",
        SafeName.path(name),
        method,
        SafeName.path(layer).replace('/', '_'),
        target,
        style.format().extension());
  }
}
