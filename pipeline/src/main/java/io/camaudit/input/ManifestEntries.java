package io.camaudit.input;

import io.camaudit.UserException;
import io.camaudit.input.LeftOut.Why;
import io.camaudit.region.Box;
import io.camaudit.region.BoxColumns;
import io.camaudit.storage.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The images of a manifest in its order, each once. */
final class ManifestEntries {
  /** So many images are looked for before the run, to tell paths that count from elsewhere. */
  private static final int LOOKED_FOR = 100;

  private final InputSpec input;
  private final String root;
  private final ListedImages images;
  private final List<String> names = new ArrayList<>();
  private final Enclosure enclosure;
  private final LeftOut leftOut = new LeftOut();

  private ManifestEntries(InputSpec input, ListedImages images) throws IOException {
    this.input = input;
    this.root = input.root();
    this.images = images;
    this.enclosure = new Enclosure(root, input.outside());
  }

  /**
   * Adds each image at its first entry's place. Entries of one image are brought together by
   * sorting, since a list of names held in memory would end at some millions.
   *
   * @return how many entries only repeated an image
   */
  static long list(InputSpec input, ListedImages images) throws IOException {
    return new ManifestEntries(input, images).list();
  }

  private long list() throws IOException {
    try (LineSorter byName = new LineSorter()) {
      boolean labelled =
          Manifest.forEach(
              input.location(), root, images::note, (entry, row) -> add(entry, row, byName));
      lookFor();
      if (leftOut.count() > 0) {
        images.note(leftOut.sentence());
      }
      // A list that says nothing of labels leaves them to the folders, as a folder does.
      Merger merger = new Merger(images, !labelled && input.labels() != LabelSource.NONE, input);
      byName.forEach(merger::add);
      merger.finish();
      return merger.repeated;
    }
  }

  private void add(long entry, ManifestRow row, LineSorter byName) throws IOException {
    String name = row.image().replace('\\', '/');
    while (name.startsWith("./")) {
      name = name.substring(2);
    }
    if (!enclosure.admits(name)) {
      throw UserException.wrongArguments(
          "%s, entry %d: %s lies outside of the list's folder %s; if that is meant, --allow-outside reads it.",
          input.location(), entry, row.image(), root);
    }
    List<Box> boxes =
        BoxColumns.in(row.cells().keySet())
            ? BoxColumns.read(
                    row.cells(),
                    String.format(Locale.ROOT, "%s, entry %d", input.location(), entry))
                .map(List::of)
                .orElse(List.of())
            : List.of();
    String label = input.labels() == LabelSource.NONE ? null : row.label();
    String location = Locations.isAbsolute(name) ? name : Locations.resolve(root, name);
    if (leadsOut(location)) {
      leftOut.add(Why.LEADS_OUT, name);
      return;
    }
    if (names.size() < LOOKED_FOR) {
      names.add(name);
    }
    FileStamp stamp = FileStamp.ofLocal(location);
    ImageRef image = new ImageRef(0, name, location, label, false, boxes, stamp);
    byName.add(name, place(entry) + ListingLine.of(image));
  }

  private boolean leadsOut(String location) {
    try {
      Path path = Locations.local(location).orElse(null);
      return path != null && !enclosure.holdsWithFolders(path);
    } catch (IllegalArgumentException e) {
      return false; // for the reader to refuse
    }
  }

  /** Says where the images are, if not where the list says. */
  private void lookFor() {
    Path folder = Locations.local(root).orElse(null);
    if (folder == null
        || names.isEmpty()
        || names.stream().anyMatch(Locations::isAbsolute)
        || names.stream().anyMatch(name -> isFile(folder, name))) {
      return;
    }
    long here = names.stream().filter(name -> isFile(Path.of(""), name)).count();
    if (here > 0) {
      throw UserException.wrongArguments(
          "The paths in %s count from its own folder, %s, where the first %,d are not; they are in the current folder: put the list there.",
          input.location(), folder.toAbsolutePath().normalize(), names.size());
    }
    images.note(
        String.format(
            Locale.ROOT,
            "%s: none of its first images is there (%,d looked for); the first was looked for at %s.",
            input.location(),
            names.size(),
            folder.resolve(names.get(0))));
  }

  private static boolean isFile(Path folder, String name) {
    try {
      return Files.exists(folder.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Makes one image of the entries that name it, which come one after the other. */
  private static final class Merger {
    private final ListedImages out;
    private final boolean byFolder;
    private final InputSpec input;
    private String place;
    private EntriesOfImage entries;
    private long repeated;
    private long differing;

    Merger(ListedImages out, boolean byFolder, InputSpec input) {
      this.out = out;
      this.byFolder = byFolder;
      this.input = input;
    }

    void add(String line) throws IOException {
      int digits = place(0).length();
      ImageRef next = ListingLine.read(line.substring(digits), 0);
      if (entries != null && entries.isOf(next)) {
        repeated += entries.add(next) ? 0 : 1;
        return;
      }
      write();
      place = line.substring(0, digits);
      entries = new EntriesOfImage(next);
    }

    void finish() throws IOException {
      write();
      if (differing > 0) {
        out.note(
            String.format(
                Locale.ROOT,
                "%s: %,d images have several entries with different labels, which count together.",
                input.location(),
                differing));
      }
    }

    private void write() throws IOException {
      if (entries != null) {
        differing += entries.differ() ? 1 : 0;
        ImageRef image = entries.image();
        out.add(place, byFolder ? input.labelledByFolder(image) : image);
      }
    }
  }

  /** An entry's number as a text that sorts like it. */
  private static String place(long entry) {
    return String.format(Locale.ROOT, "%012d", entry);
  }
}
