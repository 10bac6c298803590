package io.camaudit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camaudit.UserException;
import io.camaudit.channel.CarriedBy;
import io.camaudit.channel.ChannelReport;
import io.camaudit.channel.ClassChannels;
import io.camaudit.channel.LikedImage;
import io.camaudit.channel.LikedImages;
import io.camaudit.channel.OutsideShare;
import io.camaudit.channel.TopChannel;
import io.camaudit.image.Colormap;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.stats.Mean;
import io.camaudit.stats.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunChannelsTest {
  @TempDir Path temporary;
  private Path run;
  private SyntheticRun made;

  @BeforeEach
  void write() throws IOException {
    run = temporary.resolve("run");
    made = SyntheticRun.write(run, 3, 6, true);
    List<ImageReport> explained =
        made.reports().stream()
            .filter(report -> !report.status().isFailure() && report.first() != null)
            .toList();
    ClassRef own = new ClassRef(1, "1", "fish");
    ClassRef other = new ClassRef(0, "0", "balloon");
    Mean share = new Mean(6, 0.25, 0.1, 0.17, 0.33, Mean.NORMAL);
    TopChannel around =
        new TopChannel(
            5,
            share,
            new OutsideShare(6, 0.9, 0.8, 1.0),
            0.85,
            Rate.of(6, 6),
            CarriedBy.SURROUNDINGS);
    TopChannel alone = new TopChannel(7, share, null, null, null, null);
    LikedImage.Heat heat = new LikedImage.Heat(1, 2, 3.5f, new byte[] {-1, 51});
    ChannelReport report =
        new ChannelReport(
            ChannelReport.SCHEMA,
            "conv",
            9,
            18,
            List.of(new ClassChannels(own, 6, 6, List.of(around, alone))),
            List.of(
                new LikedImages(
                    5,
                    List.of(
                        new LikedImage(explained.get(0).image(), other, 4, heat),
                        new LikedImage(explained.get(7).image(), own, 2, null))),
                new LikedImages(
                    7, List.of(new LikedImage(explained.get(0).image(), own, 1, null)))));
    Files.write(run.resolve("channels.json"), ReportJson.document(report));
  }

  @Test
  void aClassHasItsChannelsWithPicturesOfAnyClass() throws IOException {
    ReportPage.write(made.input(), PageOptions.defaults());
    JsonNode channels = data("class-1.js").get("channels");
    assertThat(channels).hasSize(2);
    JsonNode first = channels.get(0);
    assertThat(first.get("channel").asInt()).isEqualTo(5);
    assertThat(first.get("carried").asText()).isEqualTo("Carried by what lies around it");
    assertThat(first.get("outside")).hasSize(3);
    assertThat(first.get("chance").asDouble()).isEqualTo(0.85);
    assertThat(channels.get(1).has("outside")).isFalse();
    JsonNode pictures = first.get("pictures");
    assertThat(pictures).hasSize(2);
    assertThat(pictures.get(0).get("target").asText()).isEqualTo("balloon");
    assertThat(pictures.get(0).has("own")).isFalse();
    assertThat(pictures.get(0).at("/heat/v/1").asDouble()).isEqualTo(0.2);
    assertThat(pictures.get(0).at("/heat/max").asDouble()).isEqualTo(3.5);
    assertThat(pictures.get(1).get("own").asBoolean()).isTrue();
    assertThat(pictures.get(1).has("heat")).isFalse();
    for (JsonNode picture : pictures) {
      assertThat(run.resolve("report/" + picture.at("/image/photo").asText())).isRegularFile();
    }
    assertThat(channels.get(1).at("/pictures/0/image/photo"))
        .as("a photograph is copied once")
        .isEqualTo(pictures.get(0).at("/image/photo"));
    assertThat(data("class-0.js").has("channels")).isFalse();
  }

  @Test
  void manyChannelsHaveFewerPicturesEach() throws IOException {
    ReportPage.write(made.input(), new PageOptions(24, 4, 64, Colormap.TURBO, 0.7, 1));
    for (JsonNode channel : data("class-1.js").get("channels")) {
      assertThat(channel.get("pictures")).hasSize(1);
    }
  }

  @Test
  void aFileOfAnotherVersionIsNamed() throws IOException {
    Files.writeString(run.resolve("channels.json"), "{\"schema\":1,\"other\":2}");
    assertThatThrownBy(() -> ReportPage.write(made.input(), PageOptions.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("channels.json");
  }

  private JsonNode data(String name) throws IOException {
    String script = Files.readString(run.resolve("report/data/" + name));
    return new ObjectMapper()
        .readTree(script.substring(script.indexOf(',') + 1, script.lastIndexOf(')')));
  }
}
