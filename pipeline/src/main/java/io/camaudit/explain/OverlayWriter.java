package io.camaudit.explain;

import io.camaudit.Batches;
import io.camaudit.image.ImageEncoder;
import io.camaudit.image.MapPictures;
import io.camaudit.image.NumpyArray;
import io.camaudit.image.OverlayStyle;
import io.camaudit.image.PictureStyle;
import io.camaudit.image.RgbImage;
import io.camaudit.image.SaliencyMap;
import io.camaudit.image.TitledMap;
import io.camaudit.report.Explanation;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.storage.FileSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Draws an image's maps and writes the pictures, and the raw maps where they are wanted; does
 * nothing where a run has neither. Safe for any number of threads.
 */
final class OverlayWriter implements AutoCloseable {
  private final OverlayStyle style;
  private final ImageFiles files;
  private final String method;
  private final ModelCard card;
  private final MapPlacement placement;
  private final MapPictures pictures;
  private final ImageEncoder encoder;

  /**
   * @param settings whose overlay is null for none
   */
  OverlayWriter(ExplainSettings settings, ModelCard card) {
    this.style = settings.overlay();
    this.files = settings.files();
    this.method = settings.method();
    this.card = card;
    this.placement = settings.placement();
    this.pictures = style == null ? null : new MapPictures(style);
    this.encoder = new ImageEncoder();
  }

  /** The photograph as it lies under a map; null without overlays. */
  RgbImage base(RgbImage photo) {
    return pictures == null ? null : pictures.scaleDown(photo);
  }

  /**
   * Writes an image's raw maps and pictures, as far as they are wanted.
   *
   * @param explanations of which those without a map have no picture
   * @param captions what a picture says of a class, by its index
   * @param correct null if that is not known
   * @param verdicts of a multi-label model one a class; empty without a label
   * @return the explanations with the paths of their pictures in the run's folder
   */
  List<Explanation> write(
      PreparedImage image,
      List<Explanation> explanations,
      Function<Explanation, String> captions,
      Boolean correct,
      Collection<Verdict> verdicts,
      FileSink out) {
    List<Explanation> mapped =
        explanations.stream().filter(each -> each.map().values() != null).toList();
    if (files.rawMaps()) {
      for (Explanation each : mapped) {
        String path =
            MapFiles.path(
                MapFiles.RAW, image, method, each.layer(), MapFiles.classes(each), ".npy");
        out.write(path, NumpyArray.of(RawMaps.saliency(each.map())));
      }
    }
    if (pictures == null || !files.overlays().want(correct, verdicts)) {
      return explanations;
    }
    Map<Explanation, String> paths = new LinkedHashMap<>();
    switch (style.picture()) {
      case SIDE_BY_SIDE -> writeSheets(image, mapped, captions, out, paths);
      case GIF -> writeFilms(image, mapped, captions, out, paths);
      default -> writeSingly(image, mapped, captions, out, paths);
    }
    return explanations.stream()
        .map(each -> paths.containsKey(each) ? each.withOverlay(paths.get(each)) : each)
        .toList();
  }

  @Override
  public void close() {
    encoder.close();
  }

  private void writeSingly(
      PreparedImage image,
      List<Explanation> explanations,
      Function<Explanation, String> captions,
      FileSink out,
      Map<Explanation, String> paths) {
    PictureStyle picture = style.picture();
    String kind = picture == PictureStyle.OVERLAY ? "" : "-" + picture;
    for (Explanation each : explanations) {
      String path =
          path(image, each.layer(), MapFiles.classes(each) + kind, style.format().extension());
      List<String> lines =
          picture == PictureStyle.TRIPTYCH ? List.of(captions.apply(each)) : List.of();
      out.write(path, encoded(pictures.one(image.base(), titled(each, lines), image.placement())));
      paths.put(each, path);
    }
  }

  /** A sheet a layer, or several where there are very many classes. */
  private void writeSheets(
      PreparedImage image,
      List<Explanation> explanations,
      Function<Explanation, String> captions,
      FileSink out,
      Map<Explanation, String> paths) {
    for (List<Explanation> group : groups(explanations, Explanation::layer)) {
      int number = 0;
      for (List<Explanation> part : Batches.of(group, MapPictures.MAPS_A_SHEET)) {
        number++;
        String name = "side-by-side" + (number == 1 ? "" : "-" + number);
        String path = path(image, part.get(0).layer(), name, style.format().extension());
        List<TitledMap> maps =
            part.stream().map(each -> titled(each, List.of(captions.apply(each)))).toList();
        out.write(path, encoded(pictures.sheet(image.base(), maps, image.placement())));
        part.forEach(each -> paths.put(each, path));
      }
    }
  }

  /** A film a class, from the network's first layer to its last. */
  private void writeFilms(
      PreparedImage image,
      List<Explanation> explanations,
      Function<Explanation, String> captions,
      FileSink out,
      Map<Explanation, String> paths) {
    for (List<Explanation> group : groups(explanations, each -> each.target().index())) {
      List<String> networkOrder = card.layerNames();
      List<Explanation> inOrder = new ArrayList<>(group);
      inOrder.sort(Comparator.comparingInt(each -> networkOrder.indexOf(each.layer())));
      String path = path(image, "layers", MapFiles.classes(group.get(0)), ".gif");
      List<TitledMap> maps =
          inOrder.stream()
              .map(each -> titled(each, List.of(each.layer(), captions.apply(each))))
              .toList();
      out.write(path, pictures.film(image.base(), maps, image.placement()));
      group.forEach(each -> paths.put(each, path));
    }
  }

  private TitledMap titled(Explanation explanation, List<String> lines) {
    SaliencyMap map = RawMaps.saliency(explanation.map());
    return new TitledMap(map.at(placement.of(card.layer(explanation.layer()))), lines);
  }

  private byte[] encoded(RgbImage picture) {
    return encoder.encode(picture, style.format(), style.quality());
  }

  private static <K> List<List<Explanation>> groups(
      List<Explanation> explanations, Function<Explanation, K> by) {
    Map<K, List<Explanation>> groups = new LinkedHashMap<>();
    explanations.forEach(
        each -> groups.computeIfAbsent(by.apply(each), key -> new ArrayList<>()).add(each));
    return List.copyOf(groups.values());
  }

  private String path(PreparedImage image, String layer, String classes, String extension) {
    return MapFiles.path("overlays", image, method, layer, classes, extension);
  }
}
