package io.camaudit.page;

import io.camaudit.report.ClassView;

/** Where the page finds the regions to draw. Called from several threads. */
@FunctionalInterface
public interface OutlineSource {
  /** A run without regions. */
  OutlineSource NONE = view -> null;

  /**
   * The outlines that the view's numbers were measured against.
   *
   * @return null if the image has no region
   */
  RegionOutline outlines(ClassView view);
}
