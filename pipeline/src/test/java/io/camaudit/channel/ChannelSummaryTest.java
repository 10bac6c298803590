package io.camaudit.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.camaudit.UserException;
import io.camaudit.report.ClassRef;
import io.camaudit.report.Explanation;
import io.camaudit.report.ImageReport;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Prediction;
import io.camaudit.report.RawMap;
import io.camaudit.report.RegionFit;
import io.camaudit.report.ReportJson;
import io.camaudit.report.TargetReason;
import io.camaudit.storage.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelSummaryTest {
  @TempDir Path temporary;
  private RunFolder run;
  private final List<ImageReport> reports = new ArrayList<>();
  private final List<ChannelVectors> vectors = new ArrayList<>();

  @BeforeEach
  void open() {
    run = new RunFolder(temporary.resolve("run").toString());
  }

  @Test
  void sharesOfAClassAreMeansOverItsImages() throws IOException {
    add("a", 1, new float[] {3, 1, -9}, new float[] {0.75f, 1, -9});
    add("b", 1, new float[] {1, 1, 2}, null);
    add("c", 1, new float[] {-1, -1, -1}, new float[] {-1, -1, -1});
    add("d", 0, new float[] {0, 5, 0}, new float[] {0, 1, 0});
    ChannelReport report = report(2);
    assertThat(report.images()).isEqualTo(4);
    assertThat(report.channels()).isEqualTo(3);
    assertThat(report.layer()).isEqualTo("conv");
    assertThat(report.classes()).extracting(each -> each.classRef().index()).containsExactly(0, 1);
    ClassChannels second = report.classes().get(1);
    assertThat(second.images()).isEqualTo(3);
    assertThat(second.withRegion()).isEqualTo(2);
    // Shares: a (3/4, 1/4, 0), b (1/4, 1/4, 1/2), c nothing.
    assertThat(second.top()).extracting(TopChannel::channel).containsExactly(0, 1, 2);
    assertThat(second.top().get(0).share().mean()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(second.top().get(0).share().count()).isEqualTo(3);
    assertThat(second.top().get(1).share().mean()).isCloseTo(1 / 6.0, within(1e-9));
    // Of the channel's 3 in a, 2.25 lie outside; b has no region.
    OutsideShare outside = second.top().get(0).outside();
    assertThat(outside.value()).isCloseTo(0.75, within(1e-9));
    assertThat(outside.images()).isEqualTo(2);
    assertThat(second.top().get(0).chance()).as("half of the input is region").isEqualTo(0.5);
    assertThat(second.top().get(0).belowChance().count()).isOne();
    assertThat(second.top().get(0).belowChance().of()).isOne();
    assertThat(second.top().get(0).carriedBy()).isEqualTo(CarriedBy.UNCLEAR);
    assertThat(second.top().get(2).outside()).as("it gave nothing with a region").isNull();
    assertThat(second.top().get(2).carriedBy()).isNull();
    assertThat(report.classes().get(0).top()).hasSize(1);
  }

  @Test
  void enoughImagesSayWhoCarriesAChannel() throws IOException {
    for (int i = 0; i < 20; i++) {
      add("i" + i, 0, new float[] {4, 4, 4}, new float[] {0, 4, i % 2 == 0 ? 4 : 0});
    }
    List<TopChannel> top = report(3).classes().get(0).top();
    assertThat(top)
        .extracting(TopChannel::carriedBy)
        .containsExactly(CarriedBy.SURROUNDINGS, CarriedBy.OBJECT, CarriedBy.UNCLEAR);
    assertThat(top.get(2).outside().value()).isCloseTo(0.5, within(1e-9));
    // sd of x - y/2 with x = y or 0, y = 1/3, n = 20.
    double half = 1.959963985 * Math.sqrt(20 / 19.0 / 36) / Math.sqrt(20) / (1 / 3.0);
    assertThat(top.get(2).outside().high()).isCloseTo(0.5 + half, within(1e-6));
    assertThat(top.get(2).outside().low()).isCloseTo(0.5 - half, within(1e-6));
  }

  @Test
  void theImagesThatAChannelLikesMostAreOfTheWholeDataset() throws IOException {
    for (int i = 0; i < 30; i++) {
      add("i%02d".formatted(29 - i), i % 3, new float[] {i / 2, 1, -i}, null);
    }
    ChannelReport report = report(7);
    LikedImages liked = report.liked().get(0);
    assertThat(liked.channel()).isZero();
    assertThat(liked.images())
        .extracting(LikedImage::image)
        .as("ties by name")
        .containsExactly(
            "i00", "i01", "i02", "i03", "i04", "i05", "i06", "i07", "i08", "i09", "i10", "i11");
    assertThat(liked.images()).extracting(LikedImage::relevance).startsWith(14f, 14f, 13f);
    assertThat(report.liked()).extracting(LikedImages::channel).containsExactly(0, 1);
    assertThat(liked.images().get(0).heat().cells()).containsExactly(-1, 3);
    assertThat(liked.images().get(0).heat().peak()).isEqualTo(14);
    assertThat(report.liked().get(1).images().get(0).heat()).as("not among the loudest").isNull();
  }

  @Test
  void theSameComesOutWhateverTheFilesAndTheClassesAtATime() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      float[] relevance = new float[9];
      float[] inside = new float[9];
      for (int k = 0; k < 9; k++) {
        relevance[k] = (float) random.nextGaussian();
        inside[k] = relevance[k] * random.nextFloat();
      }
      add("i" + i, random.nextInt(5), relevance, i % 4 == 0 ? null : inside);
    }
    byte[] expected = report(50).json();
    run = new RunFolder(temporary.resolve("other").toString());
    assertThat(report(8).json()).isEqualTo(expected);
    ChannelFiles files = ChannelFiles.of(run).orElseThrow();
    assertThat(new MeanShares(files, 2 * 9).top(4)).isEqualTo(new MeanShares(files).top(4));
    assertThat(ChannelReport.read(expected).json()).isEqualTo(expected);
  }

  @Test
  void imagesWithoutVectorsArePassedOver() throws IOException {
    add("a", 0, new float[] {1}, null);
    reports.add(
        new ImageReport(
            ImageReport.SCHEMA,
            "b",
            ImageStatus.CORRUPT,
            "x",
            null,
            null,
            List.of(),
            null,
            List.of(),
            null));
    vectors.add(null);
    add("c", 0, new float[] {1}, null);
    ChannelReport report = report(2);
    assertThat(report.images()).isEqualTo(2);
    assertThat(report.liked().get(0).images())
        .extracting(LikedImage::image)
        .containsExactly("a", "c");
  }

  @Test
  void filesThatDoNotFitTheRecordsAreRefused() throws IOException {
    assertThat(ChannelFiles.of(run)).isEmpty();
    add("a", 0, new float[] {1}, null);
    add("b", 0, new float[] {1}, null);
    report(2);
    ChannelFiles files = ChannelFiles.of(run).orElseThrow();
    for (int rows : new int[] {1, 3}) {
      run.write(
          ChannelFiles.name(0), new ChannelBlock(rows, new VectorShape(1, 1, 2, true)).bytes());
      assertThatThrownBy(() -> files.forEach((report, found) -> {}))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("part-00000.bin");
    }
    byte[] cut =
        java.util.Arrays.copyOf(new ChannelBlock(2, new VectorShape(1, 1, 2, true)).bytes(), 60);
    run.write(ChannelFiles.name(0), cut);
    assertThatThrownBy(() -> files.forEach((report, found) -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ends early");
    run.write(ChannelFiles.name(0), new byte[9]);
    assertThatThrownBy(() -> ChannelFiles.of(run)).isInstanceOf(UserException.class);
  }

  private ChannelReport report(int imagesOfAFile) throws IOException {
    for (int from = 0; from < reports.size(); from += imagesOfAFile) {
      int to = Math.min(reports.size(), from + imagesOfAFile);
      int channels = vectors.get(0).relevance().length;
      ChannelBlock block = new ChannelBlock(to - from, new VectorShape(channels, 1, 2, true));
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int i = from; i < to; i++) {
        block.put(i - from, vectors.get(i));
        lines.writeBytes(ReportJson.line(reports.get(i)));
        lines.write('\n');
      }
      int number = from / imagesOfAFile;
      run.write(ChannelFiles.name(number), block.bytes());
      run.write("records/part-%05d.jsonl".formatted(number), lines.toByteArray());
    }
    return ChannelSummary.of(ChannelFiles.of(run).orElseThrow(), "conv");
  }

  private void add(String image, int target, float[] relevance, float[] inside) {
    ClassRef classRef = new ClassRef(target, "c" + target, "class " + target);
    Explanation explanation =
        new Explanation(
            "gradcam",
            "conv",
            classRef,
            TargetReason.PREDICTED,
            1f,
            ImageStatus.OK,
            new RawMap(1, 1, 1f, 1f, new float[][] {{1}}),
            null,
            null,
            inside == null ? null : new RegionFit(0.5, 0.5, 1, true, 0.5, 0.5));
    reports.add(
        new ImageReport(
            ImageReport.SCHEMA,
            image,
            ImageStatus.OK,
            null,
            null,
            null,
            List.of(new Prediction(target, classRef.id(), classRef.name(), 1f, 0.5f)),
            null,
            List.of(explanation),
            null));
    ChannelHeat heat = new ChannelHeat(0, relevance[0], new byte[] {-1, 3});
    vectors.add(new ChannelVectors(target, relevance, relevance.clone(), inside, List.of(heat)));
  }
}
