package io.camaudit.page;

import io.camaudit.report.ImageReport;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Example;
import io.camaudit.stats.Flag;
import io.camaudit.storage.SafeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes one class after the other: its pictures and its data file. Holds one class at a time. */
final class ClassPages {
  private static final int EXAMPLES = 6;

  private final PageInput input;
  private final DatasetStatistics statistics;
  private final ClassKeys keys;
  private final Map<String, List<Flag>> flags;
  private final RecordFiles records;
  private final Selection selection;
  private final PhotoCopies copies;
  private final int galleryLimit;
  private final Path report;
  private int images;
  private int photosMissing;

  ClassPages(
      PageInput input,
      DatasetStatistics statistics,
      ClassKeys keys,
      RecordFiles records,
      Selection selection,
      PhotoCopies copies,
      PageOptions options,
      Path report) {
    this.input = input;
    this.statistics = statistics;
    this.keys = keys;
    this.flags = SiteData.flagsByKey(statistics, keys);
    this.records = records;
    this.selection = selection;
    this.copies = copies;
    this.galleryLimit = selection.galleryLimit(options.galleryImages(), options.maxImages());
    this.report = report;
  }

  /** Images shown so far. */
  int images() {
    return images;
  }

  /** Of those, without a photograph. */
  int photosMissing() {
    return photosMissing;
  }

  void write(ClassStatistics row) throws IOException {
    String key = keys.of(row.classRef());
    Map<String, RecordRef> shown = new LinkedHashMap<>();
    List<ClassData.Shelf> shelves = shelves(key, row, shown);
    List<ImageData> data = images(key, List.copyOf(shown.values()));
    ClassStatistics dataset = statistics.dataset();
    ClassData page =
        new ClassData(
            key,
            row.classRef().name(),
            row.classRef().id(),
            row.images(),
            ClassData.counts(row),
            flags.getOrDefault(key, List.of()).stream().map(ClassData::flag).toList(),
            row.maps() == null ? null : MapData.of(row.maps().mean(), "share of each map's peak"),
            row.maps() == null ? null : MapData.of(row.maps().sd(), "share of each map's peak"),
            ClassData.numbers(row, dataset),
            ClassData.histograms(row),
            row.accuracy() == null ? null : row.confusions().stream().map(this::confused).toList(),
            "In each gallery the most suspicious come first: the least lift, and without a region"
                + " the greatest border or corner lift.",
            missing(data),
            shelves,
            data);
    DataScript.write(
        report.resolve("data").resolve("class-" + key + ".js"), "camaudit.shard", key, page);
  }

  private List<ClassData.Shelf> shelves(
      String key, ClassStatistics row, Map<String, RecordRef> shown) {
    Map<String, Integer> places = new HashMap<>();
    List<ClassData.Shelf> shelves = new ArrayList<>();
    selection
        .galleries(key)
        .forEach(
            (kind, gallery) -> {
              List<Integer> here = new ArrayList<>();
              for (Candidate candidate : gallery.first(galleryLimit)) {
                here.add(place(candidate.image(), candidate.ref(), places, shown));
              }
              shelves.add(
                  new ClassData.Shelf(
                      kind.name(), kind.title(), kind.help(), gallery.total(), here));
            });
    examples(
        shelves,
        "TYPICAL",
        "Most typical",
        "Maps most like the class's mean map.",
        row.mostTypical(),
        places,
        shown);
    examples(
        shelves,
        "DEVIANT",
        "Most deviant",
        "Maps least like the class's mean map.",
        row.mostDeviant(),
        places,
        shown);
    return shelves;
  }

  private void examples(
      List<ClassData.Shelf> shelves,
      String id,
      String title,
      String help,
      List<Example> examples,
      Map<String, Integer> places,
      Map<String, RecordRef> shown) {
    List<Integer> here = new ArrayList<>();
    for (Example example : examples.subList(0, Math.min(EXAMPLES, examples.size()))) {
      RecordRef ref = selection.example(example.image());
      if (ref != null) {
        here.add(place(example.image(), ref, places, shown));
      }
    }
    if (!here.isEmpty()) {
      shelves.add(new ClassData.Shelf(id, title, help, here.size(), here));
    }
  }

  private static int place(
      String image, RecordRef ref, Map<String, Integer> places, Map<String, RecordRef> shown) {
    shown.putIfAbsent(image, ref);
    return places.computeIfAbsent(image, name -> places.size());
  }

  /** In parallel: reading and decoding photographs is nearly all of a page's time. */
  private List<ImageData> images(String key, List<RecordRef> refs) {
    List<ImageData> data =
        IntStream.range(0, refs.size())
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return image(key, i, records.read(refs.get(i)));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toList();
    images += data.size();
    photosMissing += (int) data.stream().filter(image -> image.photo() == null).count();
    return data;
  }

  private ImageData image(String key, int number, ImageReport read) throws IOException {
    // Numbered, never named after the photograph: a name may be anything.
    String name = "images/" + key + "-" + number + ".jpg";
    boolean photo = copies.write(read, report.resolve(name));
    String overlay = read.explanations().isEmpty() ? null : read.explanations().get(0).overlay();
    return ImageData.of(
        read,
        photo ? name : null,
        photo || overlay == null ? null : ifThere(overlay),
        ifThere("reports/" + SafeName.path(read.image()) + ".json"),
        input.outlines().outlines(read),
        input.frame());
  }

  /** The address of one of the run's files from the page; null if it is not there. */
  private String ifThere(String path) {
    return Files.exists(input.runDirectory().resolve(path)) ? "../" + path : null;
  }

  private ClassData.Confused confused(io.camaudit.stats.Confusion confusion) {
    return new ClassData.Confused(
        keys.of(confusion.predicted()), confusion.predicted().name(), confusion.count());
  }

  private static List<String> missing(List<ImageData> images) {
    if (images.isEmpty()) {
      return List.of("None of its images could be explained.");
    }
    long gone = images.stream().filter(image -> image.photo() == null).count();
    return gone == 0
        ? List.of()
        : List.of(
            Words.count(gone, "photograph", "photographs")
                + " could not be read when this page was made; the run's overlays stand in for"
                + " them.");
  }
}
