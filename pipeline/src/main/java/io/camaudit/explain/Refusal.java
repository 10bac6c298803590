package io.camaudit.explain;

import io.camaudit.report.ImageReport;

/** An image that does not get as far as the model; its report says why. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1;
  private final transient ImageReport report;

  Refusal(ImageReport report) {
    super(report.reason(), null, false, false);
    this.report = report;
  }

  public ImageReport report() {
    return report;
  }
}
