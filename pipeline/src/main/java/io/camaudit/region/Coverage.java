package io.camaudit.region;

import io.camaudit.UserException;
import io.camaudit.measure.RegionMask;
import io.camaudit.region.RegionProblems.Kind;
import io.camaudit.savedmodel.Placement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds regions that cover nearly everything: with them a model is right for the right reasons
 * wherever it looks. Looks at images spread evenly over those that have a region and a stated size,
 * and of each at the class whose region is largest, since labels are not known here.
 */
final class Coverage {
  private static final int LOOKED_AT = 200;
  private static final int FEWEST = 3;
  private static final double NEARLY_ALL_OF_AN_IMAGE = 0.95;
  private static final double NEARLY_ALL_IMAGES = 0.9;

  /** Side of the square that regions are measured on; finer would say the same. */
  private static final int SIDE = 64;

  private Coverage() {}

  static void tell(List<AnnotatedImage> images, RegionClasses classes, RegionProblems.Tally tally) {
    int step = Math.max(1, (images.size() + LOOKED_AT - 1) / LOOKED_AT);
    List<String> covered = new ArrayList<>();
    int measured = 0;
    for (int i = 0; i < images.size(); i += step) {
      AnnotatedImage.Read image;
      try {
        image = images.get(i).read();
      } catch (UserException e) {
        continue; // told when its image's turn comes
      }
      if (image.width() == 0 || image.annotations().isEmpty()) {
        continue;
      }
      double share = share(image, classes);
      if (share > 0) {
        measured++;
      }
      if (share > NEARLY_ALL_OF_AN_IMAGE) {
        covered.add(image.name());
      }
    }
    if (measured >= FEWEST && covered.size() >= NEARLY_ALL_IMAGES * measured) {
      covered.forEach(name -> tally.add(Kind.COVERS_ALL, name));
    }
  }

  private static double share(AnnotatedImage.Read image, RegionClasses classes) {
    Set<Integer> labels = new LinkedHashSet<>();
    for (Annotation annotation : image.annotations()) {
      if (annotation.category() != null) {
        labels.addAll(classes.classes(annotation.category()));
      }
    }
    labels.add(null); // of no category, or whatever counts for all
    double most = 0;
    for (Integer label : labels) {
      List<Shape> shapes =
          image.annotations().stream()
              .filter(annotation -> classes.counts(annotation.category(), label))
              .map(Annotation::shape)
              .toList();
      if (!shapes.isEmpty()) {
        PhotoFrame frame = new PhotoFrame(image.width(), image.height(), 1);
        double x = image.width() / (double) SIDE;
        double y = image.height() / (double) SIDE;
        Optional<RegionMask> mask =
            Region.of(shapes, image.width(), image.height(), frame)
                .rasterise(new Placement(0, 0, x, y, SIDE, SIDE));
        most = Math.max(most, mask.map(RegionMask::area).orElse(0.0) / (SIDE * SIDE));
      }
    }
    return most;
  }
}
