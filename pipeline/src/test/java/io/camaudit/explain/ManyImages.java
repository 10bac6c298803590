package io.camaudit.explain;

import io.camaudit.input.ImageListing;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.input.ListingFile;
import io.camaudit.measure.RegionMeasure;
import io.camaudit.measure.VerdictRule;
import io.camaudit.region.RegionSource;
import io.camaudit.savedmodel.ModelKind;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A list of many images with regions for some, and what an audit does with it before it begins; a
 * program of its own for {@link ManyImagesTest}, whose heap is limited, and for whoever wants to
 * know what a heap takes.
 */
final class ManyImages {
  private ManyImages() {}

  /**
   * @param arguments a folder to work in, the number of images, the number of those with a region
   */
  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int images = Integer.parseInt(arguments[1]);
    int annotated = Integer.parseInt(arguments[2]);
    Path manifest = writeManifest(folder.resolve("images.csv"), images);
    Path regions = writeRegions(folder.resolve("regions.json"), images, annotated);
    InputSpec input = new InputSpec(manifest.toString(), LabelSource.AUTO);
    ImageJudge judge =
        ImageJudge.open(
            new JudgeSettings(
                new RegionSource(regions.toString(), RegionSource.Counting.ANY, null),
                false,
                ImageListing.of(input),
                RegionMeasure.DEFAULT,
                VerdictRule.DEFAULT),
            List.of());
    ListingFile listing =
        ListingFile.write(
            input,
            folder.resolve("listing.jsonl"),
            image -> judge.regionStamp(image, ModelKind.SINGLE_LABEL),
            UnaryOperator.identity());
    long withRegion;
    try (Stream<String> lines = Files.lines(listing.file())) {
      withRegion = lines.filter(line -> line.contains("\"region\":")).count();
    }
    System.out.printf(Locale.ROOT, "%d %d%n", listing.images(), withRegion);
  }

  private static Path writeManifest(Path file, int images) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("image,label\n");
      for (int i = 0; i < images; i++) {
        out.write(name(i) + ",cat\n");
      }
    }
    return file;
  }

  private static Path writeRegions(Path file, int images, int annotated) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"categories\": [{\"id\": 1, \"name\": \"cat\"}],\n\"annotations\": [\n");
      for (int i = 0; i < annotated; i++) {
        out.write(
            String.format(
                Locale.ROOT,
                "{\"id\": %d, \"image_id\": %d, \"category_id\": 1, \"bbox\": [%d, 10, 100, 50]}%s\n",
                i,
                i,
                i % 100,
                i + 1 < annotated ? "," : ""));
      }
      out.write("],\n\"images\": [\n");
      for (int i = 0; i < annotated; i++) {
        out.write(
            String.format(
                Locale.ROOT,
                "{\"id\": %d, \"file_name\": \"%s\", \"width\": 640, \"height\": 480}%s\n",
                i,
                name((int) ((long) i * images / annotated)),
                i + 1 < annotated ? "," : ""));
      }
      out.write("]}\n");
    }
    return file;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "photographs/%03d/IMG_%08d.jpg", number % 1000, number);
  }
}
