package io.camaudit.region;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.UserException;
import io.camaudit.image.Mutation;
import io.camaudit.region.RegionSource.Counting;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.Placement;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Annotation files of all kinds, broken at random, end as regions, as problems that are counted, or
 * in one sentence, soon, and never in anything else. Their number is 1,000, or what {@code
 * -Dcamaudit.fuzz=10000} says; {@code -Dcamaudit.fuzz.seed} gives others.
 */
final class HostileAnnotationsTest {
  private static final int FILES = Integer.getInteger("camaudit.fuzz", 1000);
  private static final long SEED = Long.getLong("camaudit.fuzz.seed", 20261126);
  private static final int SECONDS = 10;
  private static final List<ClassLabel> LABELS =
      List.of(new ClassLabel(0, "n01", List.of("fish")), new ClassLabel(1, "n02", List.of("dog")));

  /** What stands in a text where a reader may expect something else. */
  private static final Pattern VALUE = Pattern.compile("-?\\d+(\\.\\d+)?|\"[^\"]*\"|>[^<>]+<");

  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1e999",
          "-1e308",
          "NaN",
          "9223372036854775808",
          "2147483647",
          "0.5",
          "null",
          "true",
          "\"\"",
          "\"1\"",
          "\"fish\"",
          "[]",
          "{}",
          "[[[]]]",
          "[1,2",
          "}",
          "\\",
          "&lol;");

  private static final String COCO =
      """
      {"info": {"year": 2026}, "images": [
        {"id": 1, "file_name": "a.png", "width": 8, "height": 4},
        {"id": 2, "file_name": "b.png", "width": 8, "height": 4, "coco_url": "http://x/b.png"}],
       "categories": [{"id": 1, "name": "fish", "synonyms": ["carp"]}, {"id": 2, "name": "dog"}],
       "annotations": [
        {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 3, 2], "iscrowd": 0},
        {"id": 2, "image_id": 1, "category_id": 2, "segmentation": [[1, 1, 3, 1, 3.5, 3]]},
        {"id": 3, "image_id": 2, "category_id": 1,
         "segmentation": {"size": [4, 8], "counts": [0, 4, 28]}, "iscrowd": 1},
        {"id": 4, "image_id": 2, "category_id": 1,
         "segmentation": {"size": [4, 8], "counts": "04l0"}, "iscrowd": 1}]}
      """;

  private static final String VOC =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <annotation><folder>x</folder><filename>a.png</filename>
       <size><width>8</width><height>4</height><depth>3</depth></size><segmented>0</segmented>
       <object><name>fish</name><truncated>0</truncated><difficult>0</difficult>
        <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>4</xmax><ymax>3</ymax></bndbox>
        <part><name>fin</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax>
        </bndbox></part></object>
       <object><name>dog</name><bndbox><xmin>5</xmin><ymin>1</ymin><xmax>8</xmax><ymax>4</ymax>
        </bndbox></object></annotation>
      """;

  @TempDir Path folder;
  private final List<String> wrong = new ArrayList<>();
  private int taken;
  private int told;
  private int refused;

  /** An annotation file: its name, and what is in it when it is whole. */
  private record Whole(String name, byte[] bytes) {}

  @Test
  void brokenAnnotationsEndInRegionsProblemsOrASentence() throws Exception {
    List<Whole> whole =
        List.of(
            new Whole("regions.json", COCO.getBytes(ISO_8859_1)),
            new Whole("a.xml", VOC.getBytes(ISO_8859_1)),
            new Whole("a.png", mask(BufferedImage.TYPE_BYTE_GRAY, "png")),
            new Whole("a.gif", mask(BufferedImage.TYPE_BYTE_INDEXED, "gif")),
            new Whole("a.png", mask(BufferedImage.TYPE_BYTE_INDEXED, "png")),
            new Whole("a.bmp", mask(BufferedImage.TYPE_INT_RGB, "bmp")),
            new Whole("a.tif", mask(BufferedImage.TYPE_BYTE_GRAY, "tif")));
    List<byte[]> others = whole.stream().map(Whole::bytes).toList();
    ExecutorService thread = Executors.newSingleThreadExecutor(HostileAnnotationsTest::daemon);
    for (int i = 0; i < FILES; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i * 0x9e3779b97f4a7c15L);
      // Texts are what is read by own code, so they are two thirds.
      Whole file = whole.get(i % 3 == 2 ? 2 + random.nextInt(5) : i % 3);
      Path place = Files.createDirectory(folder.resolve("case" + i));
      Files.write(place.resolve(file.name), broken(file, others, random));
      Files.write(place.resolve("b" + file.name), file.bytes); // a good one beside it
      boolean json = file.name.endsWith(".json");
      Path regions = json ? place.resolve(file.name) : place;
      Future<?> read = thread.submit(() -> read(regions));
      if (!isFine(read, i)) {
        thread = Executors.newSingleThreadExecutor(HostileAnnotationsTest::daemon);
      }
    }
    thread.shutdownNow();
    System.out.printf(
        Locale.ROOT,
        "%d broken annotation files: %d read, %d of them with problems, %d refused%n",
        FILES,
        taken,
        told,
        refused);
    assertThat(wrong).isEmpty();
    // All ends are reached often, else nothing was tried.
    assertThat(taken).isGreaterThan(FILES / 5);
    assertThat(told).isGreaterThan(FILES / 10);
    assertThat(refused).isGreaterThan(FILES / 20);
  }

  private boolean isFine(Future<?> read, int number) throws InterruptedException {
    try {
      read.get(SECONDS, TimeUnit.SECONDS);
      taken++;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UserException) {
        assertThat(cause.getMessage()).isNotBlank().doesNotContain("\n", "Exception");
        refused++;
      } else {
        StackTraceElement[] trace = cause.getStackTrace();
        wrong.add(
            number + ": " + cause + " " + List.of(trace).subList(0, Math.min(5, trace.length)));
      }
    } catch (TimeoutException e) {
      wrong.add(number + ": takes more than " + SECONDS + " s");
      return false;
    }
    return true;
  }

  /** All that a run asks of regions. */
  private Void read(Path regions) {
    for (Counting counting : Counting.values()) {
      RegionSet set =
          new RegionSource(regions.toString(), counting, null)
              .load(LABELS)
              .matchedTo(List.of("a.png", "ba.png"));
      assertThat(set.problems().sentences()).allMatch(each -> !each.contains("\n"));
      if (!set.problems().sentences().isEmpty()) {
        told++;
      }
      for (String image : List.of("a.png", "ba.png")) {
        for (Integer label : new Integer[] {null, 0, 1}) {
          set.stamp(image, label);
          try {
            set.region(image, label, new PhotoFrame(8, 4, 1))
                .ifPresent(
                    region -> {
                      region.rasterise(new Placement(0, 0, 1, 1, 8, 8));
                      region.outlines();
                    });
          } catch (UserException e) {
            // A mask that cannot be read costs its image the region.
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n", "Exception");
          }
        }
      }
    }
    return null;
  }

  private static byte[] broken(Whole file, List<byte[]> others, SplittableRandom random) {
    boolean text = file.name.endsWith(".json") || file.name.endsWith(".xml");
    return text && random.nextInt(3) > 0
        ? withOtherValues(new String(file.bytes, ISO_8859_1), random).getBytes(ISO_8859_1)
        : Mutation.any(file.bytes, others, random);
  }

  /** One to three values replaced, which leaves most of the text as it is read. */
  private static String withOtherValues(String text, SplittableRandom random) {
    String broken = text;
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      List<MatchResult> values = VALUE.matcher(broken).results().toList();
      MatchResult old = values.get(random.nextInt(values.size()));
      String other = VALUES.get(random.nextInt(VALUES.size()));
      if (old.group().startsWith(">")) {
        other = ">" + other + "<";
      }
      broken = broken.substring(0, old.start()) + other + broken.substring(old.end());
    }
    return broken;
  }

  private static byte[] mask(int type, String format) throws IOException {
    int[] colours = {0xff000000, 0xff800000, 0xff008000};
    BufferedImage image =
        type == BufferedImage.TYPE_BYTE_INDEXED
            ? new BufferedImage(8, 4, type, new IndexColorModel(8, 3, colours, 0, false, -1, 0))
            : new BufferedImage(8, 4, type);
    for (int x = 2; x < 6; x++) {
      image.getRaster().setSample(x, 1, 0, type == BufferedImage.TYPE_BYTE_INDEXED ? 1 : 255);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
