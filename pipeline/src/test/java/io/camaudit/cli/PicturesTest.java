package io.camaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camaudit.TestPictures;
import io.camaudit.savedmodel.ModelCard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pictures the command line makes, and what it says of names that mean nothing. */
final class PicturesTest {
  private static final ModelCard CARD = ModelCard.read(Path.of(Cli.TINY_MODEL));

  @TempDir Path folder;
  private Path photo;

  @BeforeEach
  void photograph() throws IOException {
    photo = TestPictures.write(folder.resolve("photos/p.png"), 90, 60, 1);
  }

  @Test
  void eachStyleMakesItsOwnPicture() throws IOException {
    String layer = CARD.defaultLayer();
    for (String style : List.of("overlay", "heatmap", "contour", "triptych")) {
      Path out = folder.resolve(style);
      assertThat(explain(out, "--style", style).code()).isZero();
      String end = style.equals("overlay") ? ".jpg" : "-" + style + ".jpg";
      assertThat(written(out.resolve("overlays")))
          .singleElement()
          .asString()
          .startsWith("p.png.gradcam-" + layer + "-")
          .endsWith(end);
      JsonNode report = Cli.json(out.resolve("reports/p.png.json"));
      assertThat(out.resolve(report.at("/explanations/0/overlay").asText())).exists();
    }
  }

  @Test
  void aSheetShowsAllClassesWhoseNamesMayHaveCommas() throws IOException {
    Path out = folder.resolve("out");
    List<Object> options = new ArrayList<>(List.of("--style", "side-by-side"));
    for (int index = 0; index < CARD.classes(); index++) {
      options.addAll(List.of("--target", CARD.labels().get(index).name()));
    }
    Cli cli = explain(out, options.toArray());
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(written(out.resolve("overlays")))
        .containsExactly("p.png.gradcam-" + CARD.defaultLayer() + "-side-by-side.jpg");
    JsonNode explanations = Cli.json(out.resolve("reports/p.png.json")).get("explanations");
    assertThat(explanations).hasSize(CARD.classes());
    assertThat(cli.out().lines().filter(line -> line.contains("side-by-side")))
        .singleElement()
        .asString()
        .contains(CARD.classes() + " classes");
  }

  @Test
  void aFilmShowsAllLayersInTheNetworksOrder() throws IOException {
    Path out = folder.resolve("out");
    Cli cli = explain(out, "--style", "gif", "--layers", "all", "--target", "0");
    assertThat(cli.code()).as(cli.err()).isZero();
    byte[] film = Files.readAllBytes(out.resolve("overlays/p.png.gradcam-layers-0.gif"));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(film))) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(CARD.layers().size()).isGreaterThan(1);
    }
    Path again = folder.resolve("again");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      explain(again, "--style", "gif", "--layers", "all", "--target", "0", "--legend");
      explain(folder.resolve("third"), "--style", "gif", "--layers", "all", "--target", "0");
    } finally {
      Locale.setDefault(before);
    }
    assertThat(folder.resolve("third/overlays/p.png.gradcam-layers-0.gif")).hasBinaryContent(film);
  }

  @Test
  void rawMapsAreThoseOfTheReport() throws IOException {
    Path out = folder.resolve("out");
    assertThat(explain(out, "--raw", "--overlays", "none", "--target", "1").code()).isZero();
    ModelCard.Layer layer = CARD.layer(CARD.defaultLayer());
    Path file = out.resolve("raw/p.png.gradcam-" + layer.name() + "-1.npy");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains(String.format(Locale.ROOT, "'shape': (%d, %d)", layer.height(), layer.width()));
    float last =
        java.nio.ByteBuffer.wrap(bytes, bytes.length - 4, 4)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .getFloat();
    JsonNode rows = Cli.json(out.resolve("reports/p.png.json")).at("/explanations/0/map/values");
    double reported = rows.get(layer.height() - 1).get(layer.width() - 1).asDouble();
    assertThat((double) last).isEqualTo((double) (float) reported);
    assertThat(out.resolve("overlays")).doesNotExist();
  }

  @Test
  void whatGoesBeforeAProfileIsSaid() {
    Cli cli = explain(folder.resolve("o"), "--profile", "keras-io", "--colormap", "inferno");
    assertThat(cli.code()).isZero();
    assertThat(cli.err())
        .contains("--colormap inferno goes before the profile keras-io, which has jet.");
    assertThat(explain(folder.resolve("p"), "--profile", "keras-io").err())
        .doesNotContain("goes before");
  }

  @Test
  void anAuditTakesProfilesAndStylesOfSingleMaps() throws IOException {
    Path out = folder.resolve("audit");
    Cli cli =
        Cli.audit(folder.resolve("photos"), out, "--profile", "torchvision", "--style", "triptych");
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode options = Cli.json(out.resolve("run.json")).get("options");
    assertThat(options.get("profile").asText()).isEqualTo("torchvision");
    assertThat(options.get("colormap").asText()).isEqualTo("jet");
    assertThat(written(out.resolve("overlays"))).singleElement().asString().contains("-triptych");
  }

  @Test
  void namesThatMeanNothingAreSaidBeforeAnythingIsRead() {
    refused(
        "profile \"keras\" is not known; choose one of default, keras-io", "--profile", "keras");
    refused("style \"film\" is not known; choose one of overlay, heatmap", "--style", "film");
    refused("colormap \"rainbow\" is not known", "--colormap", "rainbow");
    refused("alpha must lie in 0 to 1, got 1.5", "--alpha", "1.5");
    refused("The model has no class \"a, b\"", "--target", "a, b");
    refused("at most 1024 pixels a side", "--style", "gif", "--overlay-size", "original");
    Cli layer = explain(folder.resolve("o"), "--layers", "nowhere");
    assertThat(layer.code()).isEqualTo(2);
    CARD.layers().forEach(each -> assertThat(layer.err()).contains(each.name()));
    Cli audit = Cli.audit(folder.resolve("photos"), folder.resolve("o"), "--style", "gif");
    assertThat(audit.code()).isEqualTo(2);
    assertThat(audit.err()).contains("only ./camaudit explain puts several maps into one picture");
    assertThat(folder.resolve("o")).doesNotExist();
  }

  private void refused(String sentence, Object... options) {
    Cli cli = explain(folder.resolve("o"), options);
    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines()).singleElement().asString().contains(sentence);
  }

  private Cli explain(Path out, Object... options) {
    List<Object> args =
        new ArrayList<>(
            List.of("explain", "--model", Cli.TINY_MODEL, "--batch-size", 4, "--output", out));
    args.addAll(List.of(options));
    args.add(photo);
    return Cli.run(args.toArray());
  }

  private static List<String> written(Path files) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
