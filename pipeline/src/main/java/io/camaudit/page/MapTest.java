package io.camaudit.page;

import io.camaudit.report.Faithfulness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How faithful a run's maps are, in words and as a figure.
 *
 * @param headline what it means, short
 * @param sentence the same in numbers
 * @param label the figure in words
 * @param least points of a line, the least relevant cells gone first
 * @param any likewise, by chance
 * @param most likewise, the most relevant cells gone first
 * @param between the area between the outer lines
 * @param zero where no gain lies on the rows' scale, in CSS
 * @param rows the most faithful first, at most {@link #MOST_ROWS}; empty of one method at one layer
 * @param others the others
 * @param hint how to read it
 */
record MapTest(
    String headline,
    String sentence,
    String label,
    String least,
    String any,
    String most,
    String between,
    String zero,
    List<Row> rows,
    List<Row> others,
    String hint) {
  static final int MOST_ROWS = 8;

  private static final int LEFT = 42;
  private static final int WIDTH = 232;
  private static final int TOP = 8;
  private static final int HEIGHT = 112;

  /** The step that the sentence tells of: half of the cells. */
  private static final double TOLD = 0.5;

  /**
   * The maps of a method at a layer.
   *
   * @param own whether the run judges by them
   * @param difference to those, with its interval; null of those
   */
  record Row(
      String method,
      String layer,
      boolean own,
      String gain,
      String interval,
      String difference,
      String from,
      String width,
      String point) {}

  /** Null if it was not measured. */
  static MapTest of(Faithfulness found) {
    if (found == null || found.gain() == null) {
      return null;
    }
    Faithfulness.OfMaps own = found.maps().get(0);
    List<Faithfulness.OfMaps> known =
        found.maps().stream().filter(each -> each.gain() != null).toList();
    double low = Math.min(0, known.stream().mapToDouble(each -> low(each.gain())).min().orElse(0));
    double high =
        Math.max(0.1, known.stream().mapToDouble(each -> high(each.gain())).max().orElse(1));
    List<Row> rows =
        known.stream()
            .sorted(Comparator.comparingDouble(each -> -each.gain().mean()))
            .map(each -> row(each, each == own, value -> (value - low) / (high - low)))
            .toList();
    int shown = known.size() == 1 ? 0 : Math.min(MOST_ROWS, rows.size());
    String least = line(found, own.leastFirst());
    String most = line(found, own.mostFirst());
    return new MapTest(
        headline(own.gain()),
        sentence(found, own),
        label(found, own),
        least,
        line(found, found.anyFirst()),
        most,
        Stream.concat(Stream.of(least.split(" ")), reversed(List.of(most.split(" "))).stream())
            .collect(Collectors.joining(" ")),
        css((0 - low) / (high - low)),
        rows.subList(0, shown),
        known.size() == 1 ? List.of() : rows.subList(shown, rows.size()),
        hint(found));
  }

  private static String headline(Faithfulness.Estimate gain) {
    if (gain.low() != null && gain.low() > 0) {
      return "The maps name what the model went by.";
    }
    return gain.high() != null && gain.high() < 0
        ? "What the maps call least relevant is what the model went by."
        : "The maps cannot be told from chance on these images.";
  }

  private static String sentence(Faithfulness found, Faithfulness.OfMaps own) {
    int step = found.removed().indexOf(TOLD);
    String half =
        step < 0
            ? ""
            : String.format(
                Locale.ROOT,
                "Without the half of the cells that a map calls most relevant, the mean probability of"
                    + " the explained class falls from %s to %s; without the other half it is %s, without"
                    + " any half %s. ",
                Words.percent(found.untouched()),
                Words.percent(own.mostFirst().get(step)),
                Words.percent(own.leastFirst().get(step)),
                Words.percent(found.anyFirst().get(step)));
    return half
        + String.format(
            Locale.ROOT,
            "Symmetric relevance gain of %s at %s: %s%s, on %s.",
            own.method(),
            own.layer(),
            Words.number(own.gain().mean()),
            interval(own.gain()),
            Words.count(own.images(), "image", "images"));
  }

  private static String label(Faithfulness found, Faithfulness.OfMaps own) {
    int last = found.removed().size() - 1;
    return String.format(
        Locale.ROOT,
        "Mean probability of the explained class while cells are taken out, from none to %s:"
            + " least relevant first it falls from %s to %s, by chance to %s, most relevant first to %s",
        Words.percent(found.removed().get(last)),
        Words.percent(found.untouched()),
        Words.percent(own.leastFirst().get(last)),
        Words.percent(found.anyFirst().get(last)),
        Words.percent(own.mostFirst().get(last)));
  }

  private static String hint(Faithfulness found) {
    String grid =
        String.format(
            Locale.ROOT,
            "Cells of %d x %d, the coarsest map's grid; ",
            found.columns(),
            found.rows());
    return grid
        + "what is taken out is filled in "
        + (found.fill().equals("mean") ? "with the picture's mean" : "from around it")
        + ". The gain is the tinted area as a mean over the five steps: 0 is chance, 1 the most that"
        + " there is. It compares methods and layers of one model on one dataset; across models it"
        + " says as much about how sure they are.";
  }

  private static Row row(Faithfulness.OfMaps maps, boolean own, ToDoubleFunction<Double> place) {
    Faithfulness.Estimate gain = maps.gain();
    double from = place.applyAsDouble(low(gain));
    return new Row(
        maps.method(),
        maps.layer(),
        own,
        Words.number(gain.mean()),
        interval(gain).strip(),
        maps.difference() == null ? null : signed(maps.difference()),
        css(from),
        css(place.applyAsDouble(high(gain)) - from),
        css(place.applyAsDouble(gain.mean())));
  }

  /** With so many decimals that an end near 0 shows its side. */
  private static String signed(Faithfulness.Estimate difference) {
    return difference.low() == null
        ? String.format(Locale.ROOT, "%+.3f", difference.mean())
        : String.format(
            Locale.ROOT,
            "%+.3f (95\u202f%% interval %+.3f to %+.3f)",
            difference.mean(),
            difference.low(),
            difference.high());
  }

  private static String interval(Faithfulness.Estimate estimate) {
    return estimate.low() == null
        ? ""
        : String.format(
            Locale.ROOT,
            " (95\u202f%% interval %s to %s)",
            Words.number(estimate.low()),
            Words.number(estimate.high()));
  }

  private static double low(Faithfulness.Estimate estimate) {
    return estimate.low() == null ? estimate.mean() : estimate.low();
  }

  private static double high(Faithfulness.Estimate estimate) {
    return estimate.high() == null ? estimate.mean() : estimate.high();
  }

  /** From the untouched picture over all shares, left to right. */
  private static String line(Faithfulness found, List<Double> curve) {
    List<String> points = new ArrayList<>();
    points.add(point(0, found.untouched()));
    for (int i = 0; i < curve.size(); i++) {
      points.add(point(found.removed().get(i), curve.get(i)));
    }
    return String.join(" ", points);
  }

  private static String point(double share, double probability) {
    return String.format(
        Locale.ROOT, "%.1f,%.1f", LEFT + WIDTH * share, TOP + HEIGHT * (1 - probability));
  }

  private static List<String> reversed(List<String> list) {
    List<String> reversed = new ArrayList<>(list);
    java.util.Collections.reverse(reversed);
    return reversed;
  }

  private static String css(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
