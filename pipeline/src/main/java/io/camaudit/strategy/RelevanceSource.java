package io.camaudit.strategy;

import java.io.IOException;

/** Where the channels' relevances of a run's images are. Safe for any number of threads. */
interface RelevanceSource {
  /** How many channels there are. */
  int channels();

  /**
   * The relevance of each channel for the first explanation of an image.
   *
   * @param part the image's record file, by its position among the run's
   * @param row its record's position there
   * @return null if there is none
   */
  float[] read(int part, int row) throws IOException;
}
