package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.alter.Fill;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.MethodChoice;
import io.camaudit.faithfulness.FaithfulnessCheck;
import io.camaudit.job.AuditPlan;
import io.camaudit.report.Faithfulness;
import io.camaudit.savedmodel.ModelCard;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options for a test of a run's maps. */
final class FaithfulnessOptions {
  /** The interval of a gain of so many images is less than two hundredths wide. */
  private static final int MOST_IMAGES = 10_000;

  private static final String ALL = "all";

  @Option(
      names = "--faithfulness",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Images whose maps are tested when all are explained, by taking cells out of the pictures, least and most relevant first: 6 answers of the model an image, and 10 for each layer and method. 200 is a good number. Default: ${DEFAULT-VALUE}, none.")
  private int images;

  @Option(
      names = "--faithfulness-methods",
      paramLabel = "METHOD",
      split = ",",
      description =
          "Exported methods whose maps of the same images are tested beside the run's, or 'all'. Default: none.")
  private List<String> methods = List.of();

  @Option(
      names = "--faithfulness-fill",
      paramLabel = "smooth|mean",
      defaultValue = "smooth",
      description =
          "What takes the place of cells that are taken out: what is around them, or the picture's mean. Default: ${DEFAULT-VALUE}.")
  private Fill fill;

  /**
   * Says what is wrong with the options before anything is computed.
   *
   * @throws UserException if something is
   */
  void check(ExplainSettings settings, ModelCard card) {
    if (images < 0 || images > MOST_IMAGES) {
      throw UserException.wrongArguments(
          "--faithfulness %d: must be between 0 and %d.", images, MOST_IMAGES);
    }
    if (images == 0 && !methods.isEmpty()) {
      throw UserException.wrongArguments(
          "--faithfulness-methods %s: say of how many images, such as --faithfulness 200.",
          String.join(",", methods));
    }
    if (images > 0 && settings.versus() != null) {
      throw UserException.wrongArguments(
          "--faithfulness tests maps of one class by its probability, and --versus explains one rather than another: leave one of them out.");
    }
    others(settings, card);
  }

  /** The methods beside the run's own. */
  private List<String> others(ExplainSettings settings, ModelCard card) {
    Set<String> others = new LinkedHashSet<>();
    for (String each : methods) {
      if (each.equals(ALL)) {
        card.methods().forEach(method -> others.add(method.name()));
      } else {
        others.add(MethodChoice.resolve(each, card));
      }
    }
    others.remove(settings.method());
    return List.copyOf(others);
  }

  /** What was asked for, by the options' names; nothing if nothing was. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (images > 0) {
      summary.put("faithfulness", images);
      summary.put("faithfulness-fill", fill.name().toLowerCase(Locale.ROOT));
      if (!methods.isEmpty()) {
        summary.put("faithfulness-methods", methods);
      }
    }
    return summary;
  }

  /** Tests a finished run's maps; empty if that was not asked for, or if it has none. */
  Optional<Faithfulness> measure(AuditPlan plan, ModelCard card) {
    if (images == 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        RunRecords.read(
            plan,
            "test its maps",
            records ->
                FaithfulnessCheck.run(
                    records,
                    names -> plan.run().named(names, plan.folder()),
                    plan.explain(),
                    new FaithfulnessCheck.Request(images, others(plan.explain(), card), fill))));
  }

  /** Says in a line or two how faithful the run's maps are, and which are more so. */
  void conclude(Faithfulness found, PrintWriter out) {
    if (images == 0) {
      return;
    }
    if (found == null || found.gain() == null) {
      out.println(
          "Faithfulness: "
              + (found == null
                  ? "no image has a usable map to test"
                  : "no image could be read again to test its map"));
      return;
    }
    Faithfulness.OfMaps own = found.maps().get(0);
    out.printf(
        Locale.ROOT,
        "Faithfulness: symmetric relevance gain of %s, on %,d images; 0 is chance%n",
        words(own),
        own.images());
    found.maps().stream()
        .filter(each -> each.gain() != null)
        .max(Comparator.comparingDouble(each -> each.gain().mean()))
        .filter(best -> best != own)
        .ifPresent(
            best ->
                out.printf(
                    Locale.ROOT,
                    "Faithfulness: the greatest of %,d is %s%n",
                    found.maps().size(),
                    words(best)));
  }

  private static String words(Faithfulness.OfMaps maps) {
    Faithfulness.Estimate gain = maps.gain();
    String interval =
        gain.low() == null
            ? ""
            : String.format(Locale.ROOT, " (95 %% interval %.3f to %.3f)", gain.low(), gain.high());
    return String.format(
        Locale.ROOT, "%s at %s %.3f%s", maps.method(), maps.layer(), gain.mean(), interval);
  }
}
