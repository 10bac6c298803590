package io.camaudit.page;

import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.Flag;
import io.camaudit.stats.Grouping;
import io.camaudit.stats.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Puts the first view into words. */
final class OverviewBuilder {
  private OverviewBuilder() {}

  static Overview build(
      DatasetStatistics statistics,
      Selection selection,
      ClassKeys keys,
      RunProofs proofs,
      RunStrategies strategies,
      RunFile run)
      throws IOException {
    ClassStatistics dataset = statistics.dataset();
    Map<String, List<Flag>> flags = SiteData.flagsByKey(statistics, keys);
    List<String> suspects = Suspects.keys(flags, proofs);
    return new Overview(
        run.title(),
        subtitle(statistics, run),
        figures(statistics, flags.size(), proofs),
        matrix(dataset, counted(statistics)),
        besides(dataset, counted(statistics)),
        !proofs.isEmpty(),
        Suspects.of(suspects, statistics, keys, flags, proofs),
        Math.max(0, suspects.size() - Overview.MOST_SUSPECTS),
        suspicionNote(statistics),
        DepthCurves.table(dataset),
        MapTest.of(run.faithfulness()),
        Properties.overview(statistics, keys),
        strategies.overview(),
        failures(dataset),
        failedImages(selection.failures()),
        run.table(),
        missing(statistics, selection));
  }

  private static String subtitle(DatasetStatistics statistics, RunFile run) {
    List<String> parts = new ArrayList<>();
    parts.add(Words.count(statistics.dataset().images(), "image", "images"));
    parts.add(
        Words.count(statistics.classes().size(), "class", "classes")
            + (statistics.groupedBy() == Grouping.LABEL ? "" : " (by prediction)"));
    if (statistics.kind() == ModelKind.MULTI_LABEL) {
      parts.add("multi-label model");
    } else if (statistics.kind() == ModelKind.YES_NO) {
      parts.add("yes-or-no model");
    }
    run.input().ifPresent(parts::add);
    run.date().ifPresent(parts::add);
    return String.join(" · ", parts);
  }

  private static List<Overview.Figure> figures(
      DatasetStatistics statistics, int suspects, RunProofs proofs) {
    ClassStatistics dataset = statistics.dataset();
    List<Overview.Figure> figures = new ArrayList<>();
    long failed = count(dataset, true);
    figures.add(
        new Overview.Figure(
            "Images explained",
            Words.count(dataset.images() - failed),
            failed == 0 ? "none failed" : Words.count(failed) + " failed",
            null));
    String noLabel = "no image has a label that the model knows";
    if (statistics.kind() == ModelKind.MULTI_LABEL) {
      String f1 =
          dataset.f1() == null ? "" : " · F1 " + Words.percent(dataset.f1()) + " with the recall";
      Overview.Figure precision = rate("Precision", dataset.precision(), noLabel);
      figures.add(
          new Overview.Figure(
              precision.name(), precision.value(), precision.detail() + f1, precision.rate()));
      figures.add(rate("Recall", dataset.recall(), noLabel));
    } else {
      figures.add(rate("Accuracy", dataset.accuracy(), noLabel));
    }
    figures.add(
        rate("Right-reason rate", dataset.rightReasonRate(), "no region to compare the maps with"));
    figures.add(
        new Overview.Figure(
            "Suspect classes",
            Words.count(suspects),
            "of " + Words.count(statistics.classes().size()) + Suspects.levels(proofs),
            null));
    return figures;
  }

  private static Overview.Figure rate(String name, Rate rate, String unknown) {
    return rate == null
        ? new Overview.Figure(name, "–", unknown, null)
        : new Overview.Figure(
            name, Words.percent(rate.value()), Words.interval(rate), Overview.Bar.of(rate));
  }

  /** What verdicts are counted in: a multi-label model's image has one for each label. */
  private static String counted(DatasetStatistics statistics) {
    return statistics.kind() == ModelKind.MULTI_LABEL ? "label" : "image";
  }

  private static List<Overview.Cell> matrix(ClassStatistics dataset, String counted) {
    long judged =
        verdict(dataset, Verdict.RIGHT_FOR_RIGHT_REASONS)
            + verdict(dataset, Verdict.RIGHT_FOR_WRONG_REASONS)
            + verdict(dataset, Verdict.WRONG_BUT_LOOKED_RIGHT)
            + verdict(dataset, Verdict.WRONG_AND_LOOKED_ELSEWHERE);
    if (judged == 0) {
      return null;
    }
    return List.of(
        cell(
            "Right for the right reasons",
            "rr",
            verdict(dataset, Verdict.RIGHT_FOR_RIGHT_REASONS),
            judged,
            counted),
        cell(
            "Right for the wrong reasons",
            "rw",
            verdict(dataset, Verdict.RIGHT_FOR_WRONG_REASONS),
            judged,
            counted),
        cell(
            "Wrong, but looked right",
            "wr",
            verdict(dataset, Verdict.WRONG_BUT_LOOKED_RIGHT),
            judged,
            counted),
        cell(
            "Wrong, and looked elsewhere",
            "we",
            verdict(dataset, Verdict.WRONG_AND_LOOKED_ELSEWHERE),
            judged,
            counted));
  }

  private static Overview.Cell cell(
      String name, String tone, long count, long judged, String counted) {
    double share = (double) count / judged;
    return new Overview.Cell(
        name,
        tone,
        Words.percent(share),
        Words.count(count, counted, counted + "s"),
        count == 0 ? 0 : (int) Math.round(10 + 40 * share));
  }

  private static List<String> besides(ClassStatistics dataset, String counted) {
    List<String> besides = new ArrayList<>();
    long noRegion = verdict(dataset, Verdict.NO_REGION);
    long empty = verdict(dataset, Verdict.EMPTY_MAP);
    if (noRegion > 0) {
      besides.add(
          Words.count(noRegion, counted + " has", counted + "s have")
              + " no region to compare with.");
    }
    if (empty > 0) {
      besides.add(
          Words.count(empty, counted + " has an empty map", counted + "s have an empty map")
              + ": nothing in it speaks for the class.");
    }
    return besides;
  }

  private static String suspicionNote(DatasetStatistics statistics) {
    boolean regions = statistics.dataset().rightReasonRate() != null;
    return "No class differs significantly from the rest"
        + (regions ? " in how often it looks right, nor" : "")
        + " in how much it is drawn to borders, to corners or to one place. With few images a class"
        + " can hide a shortcut all the same.";
  }

  private static List<Overview.Failures> failures(ClassStatistics dataset) {
    List<Overview.Failures> failures = new ArrayList<>();
    dataset
        .byStatus()
        .forEach(
            (status, n) -> {
              if (n > 0 && status != ImageStatus.OK) {
                failures.add(new Overview.Failures(Words.lower(status), Words.count(n)));
              }
            });
    return failures;
  }

  private static List<Overview.FailedImage> failedImages(Collection<ImageReport> failures) {
    return failures.stream()
        .map(
            report ->
                new Overview.FailedImage(
                    report.image(), Words.lower(report.status()), report.reason()))
        .toList();
  }

  private static List<String> missing(DatasetStatistics statistics, Selection selection) {
    List<String> missing = new ArrayList<>();
    if (statistics.groupedBy() == Grouping.PREDICTION) {
      missing.add(
          "No image has a label, so classes are the model's own predictions and there is neither"
              + " accuracy nor a verdict.");
    } else if (statistics.kind() != ModelKind.MULTI_LABEL) {
      long inClasses = statistics.classes().stream().mapToLong(ClassStatistics::images).sum();
      long others = statistics.dataset().images() - inClasses;
      if (others > 0) {
        missing.add(
            Words.count(others, "image has no label and is", "images have no label and are")
                + " in no class.");
      }
    }
    if (!selection.hasRegions()) {
      missing.add(
          "No image has a region, so nothing says where the model ought to look: there are no"
              + " verdicts about reasons, and suspicion rests on borders, corners and recurring"
              + " places alone.");
    }
    return missing;
  }

  private static long verdict(ClassStatistics row, Verdict verdict) {
    return row.byVerdict().getOrDefault(verdict, 0L);
  }

  private static long count(ClassStatistics row, boolean failed) {
    return row.byStatus().entrySet().stream()
        .filter(entry -> entry.getKey().isFailure() == failed)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
