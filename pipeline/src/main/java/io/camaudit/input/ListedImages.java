package io.camaudit.input;

import java.io.IOException;
import java.util.List;

/** Takes the images of an input as they are found, and what there is to say of them together. */
record ListedImages(LineSorter sorter, LabelTally labels, List<String> notes) {
  /**
   * @param key decides the image's place in the listing
   */
  void add(String key, ImageRef image) throws IOException {
    labels.add(image);
    sorter.add(key, ListingLine.of(image));
  }

  void note(String sentence) {
    notes.add(sentence);
  }
}
