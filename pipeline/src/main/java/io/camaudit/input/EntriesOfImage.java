package io.camaudit.input;

import io.camaudit.region.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of a list that name one image. One entry a box, or one a label, is how many lists are
 * written, so the boxes and the labels of all of them are the image's. What the labels mean, and
 * whether an image may have several, only a model says.
 */
final class EntriesOfImage {
  private final ImageRef first;
  private final Set<String> labels = new LinkedHashSet<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<String> boxLabels = new ArrayList<>();

  EntriesOfImage(ImageRef first) {
    this.first = first;
    add(first);
  }

  boolean isOf(ImageRef entry) {
    return first.name().equals(entry.name());
  }

  /**
   * @return whether it says anything that the entries before it do not
   */
  boolean add(ImageRef entry) {
    for (Box box : entry.boxes()) {
      boxes.add(box);
      boxLabels.add(entry.label());
    }
    boolean more = entry.label() != null && labels.add(entry.label());
    return more || !entry.boxes().isEmpty();
  }

  /** Whether their labels are different texts. */
  boolean differ() {
    return labels.size() > 1;
  }

  ImageRef image() {
    String label =
        differ()
            ? labels.stream()
                .flatMap(EntriesOfImage::parts)
                .distinct()
                .map(part -> ImageRef.LABEL_LIST + part)
                .collect(Collectors.joining())
            : labels.stream().findFirst().orElse(null);
    return new ImageRef(
        first.position(),
        first.name(),
        first.location(),
        label,
        first.labelGuessed(),
        boxes,
        boxLabels.stream().anyMatch(Objects::nonNull) ? boxLabels : List.of(),
        first.stamp());
  }

  /** A list's labels; the one label of a text. */
  private static Stream<String> parts(String label) {
    return label.startsWith(ImageRef.LABEL_LIST)
        ? Arrays.stream(label.split(ImageRef.LABEL_LIST)).filter(part -> !part.isEmpty())
        : Stream.of(label);
  }
}
