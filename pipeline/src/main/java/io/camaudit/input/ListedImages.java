package io.camaudit.input;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Takes the images of an input as they are found, and what there is to say of them together.
 *
 * @param relabel may give an image other labels
 */
record ListedImages(
    LineSorter sorter, LabelTally labels, List<String> notes, UnaryOperator<ImageRef> relabel) {
  /**
   * @param key decides the image's place in the listing
   */
  void add(String key, ImageRef found) throws IOException {
    ImageRef image = relabel.apply(found);
    labels.add(image);
    sorter.add(key, ListingLine.of(image));
  }

  void note(String sentence) {
    notes.add(sentence);
  }
}
