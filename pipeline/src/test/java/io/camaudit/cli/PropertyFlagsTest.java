package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import io.camaudit.image.DecodeLimits;
import io.camaudit.image.ImageDecoder;
import io.camaudit.image.ImageEncoder;
import io.camaudit.image.ImageException;
import io.camaudit.image.OverlayFormat;
import io.camaudit.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class whose pictures another camera took is found without any map, and no clean one accused.
 */
class PropertyFlagsTest {
  private static final List<String> CLASSES = List.of("cat", "dog", "fish");

  @TempDir Path folder;

  @Test
  void theClassOfAnotherCameraIsFoundAndNoOther() throws IOException, ImageException {
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(pictures("fish"), out);
    assertThat(cli.code()).as(cli.err()).isZero();
    List<JsonNode> flags = ofClasses(out);
    assertThat(flags).isNotEmpty();
    assertThat(flags).allMatch(flag -> flag.at("/class/name").asText().equals("fish"));
    assertThat(flags)
        .extracting(flag -> flag.get("property").asText())
        .contains("brightness", "jpegQuality");
    assertThat(cli.out()).contains("Pictures: fish: its images are ");
    JsonNode record = Cli.records(out).get(0);
    assertThat(record.at("/file/properties/jpegQuality").asInt()).isBetween(88, 93);
    assertThat(Files.readString(out.resolve("report/index.html")))
        .contains("Told by the pictures themselves", "of lower JPEG quality than");
    assertThat(Files.readAllLines(out.resolve("classes.csv")).get(0)).contains(",jpegQuality_auc,");
  }

  @Test
  void picturesOfOneCameraGiveNoClassAway() throws IOException, ImageException {
    Path out = folder.resolve("out");
    Cli cli = Cli.audit(pictures("none"), out);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(ofClasses(out)).isEmpty();
  }

  private static List<JsonNode> ofClasses(Path run) throws IOException {
    List<JsonNode> flags = new ArrayList<>();
    for (JsonNode flag : Cli.json(run.resolve("classes.json")).get("propertyFlags")) {
      if (flag.get("comparison").asText().equals("CLASS_AGAINST_REST")) {
        flags.add(flag);
      }
    }
    return flags;
  }

  /** Twenty pictures a class; those of one are brighter and more compressed. */
  private Path pictures(String odd) throws IOException, ImageException {
    Path photos = folder.resolve("photos");
    try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults(), true);
        ImageEncoder encoder = new ImageEncoder()) {
      for (int i = 0; i < 60; i++) {
        String name = CLASSES.get(i % 3);
        RgbImage scene = decoder.decode(TestPictures.bytes("png", 72, 60, i)).image();
        byte[] rgb = scene.rgb().clone();
        int quality = 88 + i % 5;
        if (name.equals(odd)) {
          quality = 70;
          for (int at = 0; at < rgb.length; at++) {
            rgb[at] = (byte) Math.min(255, (rgb[at] & 0xff) + 60);
          }
        }
        Path file = photos.resolve("%s/%02d.jpg".formatted(name, i));
        Files.createDirectories(file.getParent());
        Files.write(file, encoder.encode(new RgbImage(72, 60, rgb), OverlayFormat.JPEG, quality));
      }
    }
    return photos;
  }
}
