package io.camaudit.cli;

import io.camaudit.UserException;
import picocli.CommandLine.Option;

/** How much the page shows. */
final class GalleryOptions {
  @Option(
      names = "--gallery-images",
      paramLabel = "N",
      defaultValue = "24",
      description = "Most images of one class and verdict on the page. Default: ${DEFAULT-VALUE}.")
  private int images;

  /**
   * @throws UserException for a number that cannot be meant
   */
  void check() {
    if (images < 1) {
      throw UserException.wrongArguments("--gallery-images %d: must be at least 1.", images);
    }
  }

  int images() {
    return images;
  }
}
