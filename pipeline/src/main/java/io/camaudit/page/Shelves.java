package io.camaudit.page;

import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.Example;
import io.camaudit.storage.RecordRef;
import io.camaudit.strategy.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A class's galleries and the images in them, each image once however many galleries show it. */
final class Shelves {
  private static final int EXAMPLES = 6;

  private final List<ClassData.Shelf> shelves = new ArrayList<>();
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final List<RecordRef> images = new ArrayList<>();

  private Shelves() {}

  /** The verdicts' galleries, most deserving of a look first, then the examples. */
  static Shelves of(
      String key,
      ClassStatistics row,
      Selection selection,
      List<Strategy> strategies,
      int galleryLimit) {
    Shelves all = new Shelves();
    selection
        .galleries(key)
        .forEach(
            (kind, gallery) -> {
              List<Integer> here = new ArrayList<>();
              for (Candidate candidate : gallery.first(galleryLimit)) {
                here.add(all.position(candidate.image(), candidate.ref()));
              }
              all.shelves.add(
                  new ClassData.Shelf(
                      kind.name(), kind.title(), kind.help(), gallery.total(), here));
            });
    String typical = "Maps most like the class's mean map.";
    all.addExamples("TYPICAL", "Most typical", typical, row.mostTypical(), selection);
    String deviant = "Maps least like the class's mean map.";
    all.addExamples("DEVIANT", "Most deviant", deviant, row.mostDeviant(), selection);
    for (Strategy each : strategies) {
      all.add(
          "STRATEGY-" + each.number(),
          "Typical of way " + each.number(),
          "Nearest to the mean of what speaks for the answer in this way.",
          each.typical(),
          selection);
    }
    return all;
  }

  private void addExamples(
      String id, String title, String help, List<Example> examples, Selection selection) {
    add(id, title, help, examples.stream().map(Example::image).limit(EXAMPLES).toList(), selection);
  }

  private void add(
      String id, String title, String help, List<String> examples, Selection selection) {
    List<Integer> here = new ArrayList<>();
    for (String image : examples) {
      RecordRef ref = selection.example(image);
      if (ref != null) {
        here.add(position(image, ref));
      }
    }
    if (!here.isEmpty()) {
      shelves.add(new ClassData.Shelf(id, title, help, here.size(), here));
    }
  }

  private int position(String image, RecordRef ref) {
    Integer known = positions.putIfAbsent(image, images.size());
    if (known != null) {
      return known;
    }
    images.add(ref);
    return images.size() - 1;
  }

  List<ClassData.Shelf> list() {
    return shelves;
  }

  /** Where the records of all images are; galleries name them by their position here. */
  List<RecordRef> images() {
    return images;
  }
}
