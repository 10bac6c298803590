package io.camaudit.experiment;

import io.camaudit.LeastHashes;
import io.camaudit.Sha256;
import io.camaudit.input.ImageRef;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.savedmodel.CellCenters;
import io.camaudit.stats.Grouping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Chooses the images of a proof from a run's reports: of each class a uniform sample ({@link
 * LeastHashes}) of the images in its row that the model predicts as the class. Images that give
 * backgrounds are chosen among at most {@link #DONORS} of each class that have a region, whichever
 * classes are proved, so that a class's numbers do not depend on what else is asked for. Holds as
 * many images as are chosen, whatever the length of the run.
 */
public final class TrialSample {
  static final int DONORS = 20;

  private static final int HASH_DIGITS = 15;
  private static final int HEXADECIMAL = 16;

  private final Grouping grouping;
  private final IntUnaryOperator sizes;
  private final Function<String, CellCenters> centers;
  private final SortedMap<Integer, LeastHashes<Candidate>> chosen = new TreeMap<>();
  private final SortedMap<Integer, LeastHashes<Candidate>> donors = new TreeMap<>();

  /**
   * What is kept of a report.
   *
   * @param classes that the image shows or is said to show
   */
  private record Candidate(
      String name, String sha256, int classIndex, Set<Integer> classes, HeatGrid heat) {
    TrialImage at(Map<String, ImageRef> refs, boolean withHeat) {
      return new TrialImage(refs.get(name), sha256, classIndex, withHeat ? heat : null);
    }
  }

  /**
   * @param grouping by which images are in rows
   * @param sizes of the class with an index how many images are changed; 0 for a class that is not
   *     proved
   * @param centers where the run laid a layer's cells; null to share the input evenly
   */
  public TrialSample(
      Grouping grouping, IntUnaryOperator sizes, Function<String, CellCenters> centers) {
    this.grouping = grouping;
    this.sizes = sizes;
    this.centers = centers;
  }

  /** Takes a report in, in any order. */
  public void add(ImageReport report) {
    if (report.status().isFailure() || report.file() == null) {
      return;
    }
    for (ClassView view : ClassView.of(report)) {
      ClassRef own = predictedInItsRow(view);
      if (own == null || own.index() == null) {
        continue;
      }
      List<Explanation> maps =
          report.explanations().stream().filter(each -> each.target().equals(own)).toList();
      Candidate candidate =
          new Candidate(
              report.image(),
              report.file().sha256(),
              own.index(),
              classes(report),
              maps.isEmpty() ? null : heat(maps.get(0)));
      int size = sizes.applyAsInt(own.index());
      if (size > 0) {
        chosen
            .computeIfAbsent(own.index(), index -> new LeastHashes<>(size))
            .add(report.image(), candidate);
      }
      if (maps.stream().anyMatch(map -> map.region() != null)) {
        donors
            .computeIfAbsent(own.index(), index -> new LeastHashes<>(DONORS))
            .add(report.image(), candidate);
      }
    }
  }

  private HeatGrid heat(Explanation explanation) {
    return HeatGrid.of(explanation.map(), centers.apply(explanation.layer()));
  }

  /** The class in whose row an image is and as which it is predicted; null if it is none. */
  private ClassRef predictedInItsRow(ClassView view) {
    ImageReport report = view.report();
    boolean predicted =
        view.outcome() == null
            ? report.predicted() != null
            : Boolean.TRUE.equals(view.outcome().predicted());
    if (!predicted) {
      return null;
    }
    return switch (view.part()) {
      case WHOLE ->
          grouping == Grouping.PREDICTION && report.label() == null
                  || report.label() != null
                      && Objects.equals(report.label().index(), report.predicted().index())
              ? report.predicted()
              : null;
      case LABELLED -> view.classRef();
      case UNLABELLED -> grouping == Grouping.PREDICTION ? view.classRef() : null;
      case FALSE_ALARM -> null;
    };
  }

  private static Set<Integer> classes(ImageReport report) {
    Set<Integer> classes = new HashSet<>();
    if (report.label() != null) {
      classes.add(report.label().index());
    }
    if (report.classes() == null) {
      classes.add(report.predicted() == null ? null : report.predicted().index());
    } else {
      report.classes().forEach(outcome -> classes.add(outcome.classRef().index()));
    }
    classes.remove(null);
    return Set.copyOf(classes);
  }

  /** Names of all images that take part. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    chosen.values().forEach(all -> all.list().forEach(one -> names.add(one.name)));
    donors.values().forEach(all -> all.list().forEach(one -> names.add(one.name)));
    return names;
  }

  /**
   * The trials of each class that has any, by class index.
   *
   * @param refs of all {@link #names}
   * @param pictures of how many images of a class pictures are kept
   */
  public List<ClassTrials> trials(Map<String, ImageRef> refs, IntUnaryOperator pictures) {
    LeastHashes<Candidate> pool = new LeastHashes<>(Integer.MAX_VALUE);
    Map<Integer, List<Candidate>> own = new HashMap<>();
    donors.forEach(
        (index, all) -> {
          own.put(index, all.list());
          // An image of several classes may give for each of them.
          all.list().forEach(donor -> pool.add(donor.name + "\n" + index, donor));
        });
    List<Candidate> others = pool.list();
    List<ClassTrials> classes = new ArrayList<>();
    chosen.forEach(
        (index, images) -> {
          List<Trial> trials = new ArrayList<>();
          for (Candidate image : images.list()) {
            Candidate same =
                donor(
                    "own class\n",
                    image,
                    own.getOrDefault(index, List.of()),
                    d -> !d.name.equals(image.name));
            Candidate other =
                donor(
                    "other class\n",
                    image,
                    others,
                    d -> !d.classes.contains(index) && !image.classes.contains(d.classIndex));
            trials.add(
                new Trial(
                    image.at(refs, true),
                    same == null ? null : same.at(refs, false),
                    other == null ? null : other.at(refs, false)));
          }
          classes.add(new ClassTrials(index, pictures.applyAsInt(index), trials));
        });
    return classes;
  }

  /** The first that fits from a place on that the image's name decides; null if none does. */
  private static Candidate donor(
      String what, Candidate image, List<Candidate> from, Predicate<Candidate> fits) {
    long hash =
        Long.parseLong(Sha256.hex(what + image.name).substring(0, HASH_DIGITS), HEXADECIMAL);
    for (int i = 0; i < from.size(); i++) {
      Candidate donor = from.get((int) ((hash + i) % from.size()));
      if (fits.test(donor)) {
        return donor;
      }
    }
    return null;
  }
}
