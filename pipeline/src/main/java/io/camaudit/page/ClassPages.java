package io.camaudit.page;

import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.storage.RecordRef;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one class after the other: its pictures and its data file. Holds one class at a time. */
final class ClassPages {
  private final PageInput input;
  private final DatasetStatistics statistics;
  private final ClassKeys keys;
  private final Map<String, List<Flag>> flags;
  private final RunProofs proofs;
  private final RunChannels channels;
  private final RunStrategies strategies;
  private final RecordFiles records;
  private final Selection selection;
  private final PhotoCopies copies;
  private final int galleryLimit;
  private final Path report;
  private final Set<String> suspects;
  private final Map<String, List<SiteData.Telling>> telling = new LinkedHashMap<>();
  private final Map<String, ChannelData.Photo> liked = new HashMap<>();
  private int images;
  private int photosMissing;

  /**
   * @param suspects keys of the classes that the first view leads with
   */
  ClassPages(
      PageInput input,
      DatasetStatistics statistics,
      ClassKeys keys,
      Collection<String> suspects,
      RunProofs proofs,
      RunChannels channels,
      RunStrategies strategies,
      RecordFiles records,
      Selection selection,
      PhotoCopies copies,
      PageOptions options,
      Path report) {
    this.input = input;
    this.statistics = statistics;
    this.keys = keys;
    this.suspects = Set.copyOf(suspects);
    this.flags = SiteData.flagsByKey(statistics, keys);
    this.proofs = proofs;
    this.channels = channels;
    this.strategies = strategies;
    this.records = records;
    this.selection = selection;
    this.copies = copies;
    this.galleryLimit = selection.galleryLimit(options.galleryImages(), options.maxImages());
    this.report = report;
  }

  /** The most telling images of the suspects among the classes written so far, by key. */
  Map<String, List<SiteData.Telling>> telling() {
    return telling;
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
    Shelves shelves = Shelves.of(key, row, selection, strategies.several(key), galleryLimit);
    List<ImageData> data = images(key, shelves.images());
    if (suspects.contains(key)) {
      telling.put(key, SiteData.Telling.of(shelves.list(), data));
    }
    ClassStatistics dataset = statistics.dataset();
    ClassData page =
        new ClassData(
            key,
            row.classRef().name(),
            row.classRef().id(),
            row.images(),
            ClassNumbers.counts(row),
            flags.getOrDefault(key, List.of()).stream().map(ClassData::flag).toList(),
            proofs.data(key),
            channels.data(key, likedPhotos(channels.images(key))),
            strategies.data(key, data),
            row.maps() == null ? null : overMaps(row.maps().mean()),
            row.maps() == null ? null : overMaps(row.maps().sd()),
            ClassNumbers.numbers(row, dataset),
            ClassNumbers.histograms(row),
            DepthCurves.of(row, dataset),
            row.accuracy() == null ? null : row.confusions().stream().map(this::confused).toList(),
            Properties.rows(row, statistics),
            Properties.flags(row, statistics),
            "In each gallery the most suspicious come first: the least lift, and without a region"
                + " the greatest border or corner lift.",
            missing(data),
            shelves.list(),
            data);
    DataScript.write(
        report.resolve("data").resolve("class-" + key + ".js"), "camaudit.shard", key, page);
  }

  private MapData overMaps(List<List<Double>> rows) {
    return MapData.of(rows, "share of each map's peak", input.frame().judged());
  }

  private List<ImageData> images(String key, List<RecordRef> refs) throws IOException {
    List<ImageData> data =
        SideBySide.make(refs.size(), i -> image(key, i, records.read(refs.get(i))));
    images += data.size();
    photosMissing += (int) data.stream().filter(image -> image.photo() == null).count();
    return data;
  }

  /** Copies photographs that several classes may show, each once, and says where they are. */
  private Map<String, ChannelData.Photo> likedPhotos(Set<String> names) throws IOException {
    List<String> open = names.stream().filter(name -> !liked.containsKey(name)).sorted().toList();
    int next = liked.size();
    List<ChannelData.Photo> copied =
        SideBySide.make(
            open.size(), i -> likedPhoto(open.get(i), "images/liked-" + (next + i) + ".jpg"));
    for (int i = 0; i < open.size(); i++) {
      liked.put(open.get(i), copied.get(i));
    }
    return liked;
  }

  private ChannelData.Photo likedPhoto(String image, String address) throws IOException {
    ImageReport record = records.read(selection.example(image));
    boolean photo = copies.write(record, report.resolve(address));
    // Only an image that was decoded has channels.
    int width = record.file().width();
    int height = record.file().height();
    MapFrame.Edges edges = input.frame().on(width, height);
    return new ChannelData.Photo(photo ? address : null, width, height, ImageData.array(edges));
  }

  private ImageData image(String key, int number, ImageReport whole) throws IOException {
    // Of a multi-label model what was seen of this class.
    ClassView view =
        ClassView.of(whole).stream()
            .filter(v -> key.equals(keys.of(v)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(whole.image() + " is not of " + key));
    ImageReport read = view.report();
    // Numbered, never named after the photograph: a name may be anything.
    String name = "images/" + key + "-" + number + ".jpg";
    boolean photo = copies.write(read, report.resolve(name));
    String overlay = read.explanations().isEmpty() ? null : read.explanations().get(0).overlay();
    return ImageData.of(
        read,
        photo ? name : null,
        photo || overlay == null ? null : ifThere(overlay),
        ifThere(RunFolder.reportOf(read.image())),
        input.outlines().outlines(view),
        input.frame());
  }

  /** The address of one of the run's files from the page; null if it is not there. */
  private String ifThere(String path) throws IOException {
    return input.run().has(path) ? "../" + path : null;
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
