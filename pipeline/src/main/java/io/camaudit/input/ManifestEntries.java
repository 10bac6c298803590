package io.camaudit.input;

import io.camaudit.region.Box;
import io.camaudit.storage.ImageReader;
import io.camaudit.storage.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** The images of a manifest in its order, each once. */
final class ManifestEntries {
  private ManifestEntries() {}

  /**
   * Adds each image at its first entry's place. Entries of one image are brought together by
   * sorting, since a list of names held in memory would end at some millions.
   *
   * @return how many entries only repeated an image
   */
  static long list(InputSpec input, LineSorter byPlace) throws IOException {
    Merger merger = new Merger(byPlace);
    try (LineSorter byName = new LineSorter()) {
      try (InputStream in = ImageReader.open(input.location())) {
        Manifest.forEach(
            input.location(),
            in,
            (entry, row) -> {
              String name = Manifest.text(row, "image").replace('\\', '/');
              List<Box> boxes =
                  Manifest.box(row, input.location(), entry).map(List::of).orElse(List.of());
              String label =
                  input.labels() == LabelSource.NONE ? null : Manifest.text(row, "label");
              ImageRef image =
                  new ImageRef(0, name, location(input, name), label, false, boxes, null);
              byName.add(name, place(entry) + ListingLine.of(image));
            });
      }
      byName.forEach(merger::add);
    }
    merger.finish();
    return merger.repeated;
  }

  /** Makes one image of the entries that name it, which come one after the other. */
  private static final class Merger {
    private final LineSorter out;
    private String place;
    private ImageRef image;
    private long repeated;

    Merger(LineSorter out) {
      this.out = out;
    }

    void add(String line) throws IOException {
      int digits = place(0).length();
      ImageRef next = ListingLine.read(line.substring(digits), 0);
      if (image != null && image.name().equals(next.name())) {
        // One entry a box is how such lists are written: its boxes count, the rest is said already.
        repeated += next.boxes().isEmpty() ? 1 : 0;
        image = image.withBoxes(next.boxes());
        return;
      }
      finish();
      place = line.substring(0, digits);
      image = next;
    }

    void finish() throws IOException {
      if (image != null) {
        out.add(place, ListingLine.of(image));
      }
    }
  }

  /** An entry's number as a text that sorts like it. */
  private static String place(long entry) {
    return String.format(Locale.ROOT, "%012d", entry);
  }

  private static String location(InputSpec input, String name) {
    boolean absolute = name.startsWith("/") || name.matches("^[A-Za-z][A-Za-z0-9+.-]+:/.*");
    return absolute ? name : Locations.resolve(input.root(), name);
  }
}
