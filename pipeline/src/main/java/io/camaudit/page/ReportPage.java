package io.camaudit.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camaudit.UserException;
import io.camaudit.report.ReportJson;
import io.camaudit.stats.ClassStatistics;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.storage.LocalCopies;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.TemporaryFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a run's page. One pass over the records, then one class after the other; memory grows with
 * the number of classes and the size of galleries, not with the number of images.
 *
 * <pre>
 *   report/index.html    the overview, complete without scripts
 *   report/assets/       styles, scripts, the table library and its licence
 *   report/data/         site.js, and class-KEY.js loaded when a class is opened
 *   report/images/       copies of the photographs shown
 * </pre>
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * Writes {@code report/} anew; an earlier one is replaced only once the new one is complete.
   *
   * @throws UserException if the run's directory lacks something or holds something broken
   */
  public static PageSummary write(PageInput input, PageOptions options) throws IOException {
    RunFolder run = input.run();
    DatasetStatistics statistics = statistics(run);
    RunFile runFile = RunFile.of(run);
    ClassKeys keys = new ClassKeys(statistics);
    RecordFiles records = RecordFiles.of(run);
    RunChannels channels = RunChannels.of(run, keys, input.frame(), options.maxImages() / 4);
    RunStrategies strategies = RunStrategies.of(run, keys);
    Set<String> shown = new HashSet<>(channels.images());
    shown.addAll(strategies.examples());
    Selection selection = Selection.of(records, statistics, keys, shown, options.galleryImages());

    Optional<Path> local = run.local();
    Path partial =
        local.isPresent()
            ? local.get().resolve("report.partial")
            : TemporaryFiles.folder("report").resolve("report");
    LocalCopies.deleteTree(partial);
    PageAssets.layOut(PageAssets.REPORT, partial);
    RunProofs proofs = RunProofs.of(run, keys, partial);
    Overview overview =
        OverviewBuilder.build(statistics, selection, keys, proofs, strategies, runFile);
    List<String> suspects = overview.suspects().stream().map(Overview.Suspect::key).toList();
    ClassPages pages;
    try (PhotoCopies copies = new PhotoCopies(input, options)) {
      pages =
          new ClassPages(
              input,
              statistics,
              keys,
              suspects,
              proofs,
              channels,
              strategies,
              records,
              selection,
              copies,
              options,
              partial);
      SideBySide.inPool(
          options.threads(),
          () -> {
            for (ClassStatistics row : statistics.classes()) {
              pages.write(row);
            }
            return null;
          });
    }
    DataScript.write(
        partial.resolve("data/site.js"),
        "camaudit.site",
        SiteData.of(
            statistics,
            keys,
            proofs,
            pages.telling(),
            selection.hasRegions(),
            input.frame(),
            options));
    Files.writeString(
        partial.resolve("index.html"), IndexPage.render(overview), StandardCharsets.UTF_8);

    if (local.isPresent()) {
      Path report = local.get().resolve("report");
      LocalCopies.deleteTree(report);
      Files.move(partial, report);
    } else {
      run.copyTree(partial, "report");
      LocalCopies.deleteTree(partial.getParent());
    }
    return new PageSummary(
        run.locate("report/index.html"),
        statistics.classes().size(),
        pages.images(),
        pages.photosMissing());
  }

  private static DatasetStatistics statistics(RunFolder run) throws IOException {
    String file = run.locate("classes.json");
    if (!run.has("classes.json")) {
      throw UserException.wrongArguments(
          "%s is missing: is %s the output of an audit?", file, run.root());
    }
    DatasetStatistics statistics;
    try {
      statistics = ReportJson.mapper().readValue(run.read("classes.json"), DatasetStatistics.class);
    } catch (JsonProcessingException e) {
      throw UserException.wrongArguments(
          "%s is not what an audit of this version writes (%s).", file, e.getOriginalMessage());
    }
    if (statistics.schema() != DatasetStatistics.SCHEMA) {
      throw UserException.wrongArguments(
          "%s has schema %d, this version reads %d: make the page with the version that made the run.",
          file, statistics.schema(), DatasetStatistics.SCHEMA);
    }
    return statistics;
  }
}
