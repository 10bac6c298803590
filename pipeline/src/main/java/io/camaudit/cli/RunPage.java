package io.camaudit.cli;

import io.camaudit.UserException;
import io.camaudit.explain.ImageJudge;
import io.camaudit.explain.JudgeSettings;
import io.camaudit.image.Colormap;
import io.camaudit.input.ImageListing;
import io.camaudit.input.ImageRef;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.page.MapFrame;
import io.camaudit.page.OutlineSource;
import io.camaudit.page.PageInput;
import io.camaudit.page.PageOptions;
import io.camaudit.page.PageSummary;
import io.camaudit.page.PhotoSource;
import io.camaudit.page.RegionOutline;
import io.camaudit.page.ReportPage;
import io.camaudit.region.PhotoFrame;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;
import io.camaudit.report.RunSummary;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelCard;
import io.camaudit.savedmodel.ModelException;
import io.camaudit.storage.Locations;
import io.camaudit.storage.ModelFolder;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the page of a run from what the run left and from what its {@code run.json} says of its
 * making.
 */
final class RunPage {
  private RunPage() {}

  /**
   * Writes {@code report/} in a run's folder.
   *
   * @throws UserException if the folder holds no finished run
   */
  static PageSummary write(RunFolder run, int galleryImages) {
    try {
      RunSummary summary = EarlierSettings.of(run).summary();
      PageOptions options = PageOptions.defaults().withGalleryImages(galleryImages);
      if (run.local().isEmpty() || Locations.local(summary.input().root()).isEmpty()) {
        options = options.waiting();
      }
      return ReportPage.write(input(run, summary), options.withColormap(colormap(summary)));
    } catch (IOException e) {
      throw UserException.wrongArguments(
          "The page of %s cannot be made: %s.", run.root(), StorageReason.of(e));
    }
  }

  private static PageInput input(RunFolder run, RunSummary summary) throws IOException {
    return new PageInput(
        run,
        PhotoSource.below(summary.input().root()),
        outlines(run, summary),
        MapFrame.of(
            summary.model().geometry(),
            summary.model().inputWidth(),
            summary.model().inputHeight(),
            summary.model().cellCenters()),
        Boolean.TRUE.equals(summary.options().get("orient")));
  }

  /**
   * The regions of the run, read again; a page without outlines is better than none, should they be
   * gone.
   */
  static OutlineSource outlines(RunFolder run, RunSummary summary) throws IOException {
    InputSpec input =
        new InputSpec(
            summary.input().location(),
            LabelSource.valueOf(option(summary, "labels", "auto").toUpperCase(Locale.ROOT)),
            true); // what a run took in, its page may look for
    ImageListing images = ImageListing.of(input);
    JudgeSettings settings = RegionOptions.of(summary.options(), input);
    if (!settings.hasRegions()) {
      return OutlineSource.NONE;
    }
    Optional<String> listing = new RunListing(run).file();
    if (listing.isPresent()) {
      images = images.writtenTo(listing.get());
      settings = settings.listedIn(listing.get());
    }
    try {
      List<ClassLabel> labels =
          ModelCard.read(ModelFolder.local(summary.model().path(), null)).labels();
      ImageJudge judge = ImageJudge.open(settings, labels);
      Function<String, ImageRef> refs = settings.manifestBoxes() ? boxed(images) : ImageRef::of;
      return view -> outline(view, judge, labels, refs);
    } catch (UserException | ModelException e) {
      return OutlineSource.NONE;
    }
  }

  private static RegionOutline outline(
      ClassView view, ImageJudge judge, List<ClassLabel> labels, Function<String, ImageRef> refs) {
    ImageReport report = view.report();
    if (report.status().isFailure()) {
      return null;
    }
    ClassRef of = view.classRef() == null ? report.label() : view.classRef();
    ClassLabel label = of == null || of.index() == null ? null : labels.get(of.index());
    PhotoFrame photo =
        new PhotoFrame(report.file().width(), report.file().height(), report.file().orientation());
    try {
      return judge
          .region(refs.apply(report.image()), label, photo)
          .map(region -> new RegionOutline(region.outlines()))
          .orElse(null);
    } catch (UserException e) {
      return null;
    }
  }

  /** A manifest's boxes hang on its entries; annotations are found by an image's name alone. */
  private static Function<String, ImageRef> boxed(ImageListing images) {
    Map<String, ImageRef> boxed = new HashMap<>();
    images.forEach(
        image -> {
          if (!image.boxes().isEmpty()) {
            boxed.put(image.name(), image.onlyBoxes());
          }
        });
    return name -> boxed.getOrDefault(name, ImageRef.of(name));
  }

  private static Colormap colormap(RunSummary summary) {
    return Colormap.parse(option(summary, "colormap", "turbo"));
  }

  private static String option(RunSummary summary, String name, String absent) {
    return String.valueOf(summary.options().getOrDefault(name, absent));
  }
}
