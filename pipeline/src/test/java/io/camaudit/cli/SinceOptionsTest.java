package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has not changed is taken over, whatever the images and their regions come from. */
class SinceOptionsTest {
  private static final int IMAGES = 10;

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void pictures() throws IOException {
    photos = folder.resolve("photos");
    for (int i = 0; i < IMAGES; i++) {
      TestPictures.write(photos.resolve(name(i)), 40 + i, 30, i);
    }
  }

  @Test
  void masksThatChangedAreReadAgain() throws IOException {
    Path masks = folder.resolve("masks");
    for (int i = 0; i < IMAGES - 1; i++) {
      mask(masks.resolve(name(i)), i, 8);
    }
    audit(photos, "earlier", List.of("--regions", masks));
    // In another place, since a process reads the regions of a place once.
    masks = Files.move(masks, folder.resolve("later-masks"));
    mask(masks.resolve(name(2)), 2, 15); // another region
    Files.delete(masks.resolve(name(3))); // none any more
    mask(masks.resolve(name(IMAGES - 1)), IMAGES - 1, 8); // one for the first time
    TestPictures.write(photos.resolve(name(4)), 44, 30, 99);
    Files.delete(photos.resolve(name(5)));
    Files.delete(masks.resolve(name(5)));
    takenOver(photos, List.of("--regions", masks), IMAGES - 5, 4, 1);
  }

  @Test
  void entriesOfAManifestThatChangedAreComputedAgain() throws IOException {
    Path list = folder.resolve("list.csv");
    StringBuilder text = new StringBuilder("image,label,x,y,width,height\n");
    for (int i = 0; i < IMAGES; i++) {
      text.append("photos/%s,cat,%d,2,9,9%n".formatted(name(i), i));
    }
    Files.writeString(list, text);
    List<Object> regions = List.of("--regions", "manifest");
    audit(list, "earlier", regions);
    List<String> lines = new ArrayList<>(Files.readAllLines(list));
    lines.set(2, lines.get(2).replace(",cat,", ",dog,"));
    lines.set(3, lines.get(3).replace(",9,9", ",9,8"));
    String last = lines.remove(lines.size() - 1);
    lines.remove(lines.size() - 1); // gone
    lines.add(1, last); // in another place, and no other image for that
    Files.write(list, lines);
    takenOver(list, regions, IMAGES - 3, 2, 1);
  }

  /** With the earlier run's results the same comes out as without. */
  private void takenOver(Path input, List<Object> options, int same, int computed, int gone)
      throws IOException {
    audit(input, "full", options);
    List<Object> since = new ArrayList<>(options);
    since.addAll(List.of("--since", folder.resolve("earlier")));
    audit(input, "since", since);
    JsonNode counts = Cli.json(folder.resolve("since/run.json")).get("since");
    assertThat(counts.get("takenOver").asInt()).isEqualTo(same);
    assertThat(counts.get("computed").asInt()).isEqualTo(computed);
    assertThat(counts.get("dropped").asInt()).isEqualTo(gone);
    Map<String, String> full = Cli.files(folder.resolve("full"));
    Map<String, String> taken = Cli.files(folder.resolve("since"));
    full.remove("run.json");
    taken.remove("run.json");
    assertThat(taken).isEqualTo(full);
    assertThat(Cli.records(folder.resolve("since")))
        .as("regions were read")
        .anyMatch(record -> !record.findPath("region").isMissingNode());
  }

  private void audit(Path input, String output, List<Object> options) {
    // With one image a batch, since a model's last digits may go by an image's place in its batch.
    List<Object> all =
        new ArrayList<>(List.of("audit", "--model", Cli.TINY_MODEL, "--batch-size", 1));
    all.addAll(List.of("--input", input, "--output", folder.resolve(output), "--no-page"));
    all.addAll(options);
    Cli cli = Cli.run(all.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private static String name(int number) {
    return (number % 2 == 0 ? "cat/" : "dog/") + number + ".png";
  }

  private static void mask(Path file, int number, int size) throws IOException {
    BufferedImage mask = new BufferedImage(40 + number, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        mask.getRaster().setSample(10 + x, 5 + y, 0, 255);
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(mask, "png", file.toFile());
    // Files of one length may be written within one tick of the clock.
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + size));
  }
}
