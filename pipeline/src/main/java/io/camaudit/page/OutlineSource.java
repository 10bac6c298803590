package io.camaudit.page;

import io.camaudit.report.ImageReport;

/** Where the page finds the regions to draw. Called from several threads. */
@FunctionalInterface
public interface OutlineSource {
  /** A run without regions. */
  OutlineSource NONE = report -> null;

  /**
   * The outlines that the report's numbers were measured against.
   *
   * @return null if the image has no region
   */
  RegionOutline outlines(ImageReport report);
}
