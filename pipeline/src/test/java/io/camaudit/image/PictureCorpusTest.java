package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format, subformat and odd variant that make_picture_corpus.py makes: pictures have the
 * pixels that Pillow reads, others the status that the script states.
 */
final class PictureCorpusTest {
  private static final ImageDecoder DECODER = new ImageDecoder(DecodeLimits.defaults(), false);
  private static final int COLUMNS = 8;
  private static final int ROWS = 6;

  private static final Map<String, String> TABLE = new ConcurrentSkipListMap<>();

  @AfterAll
  static void close() {
    DECODER.close();
    StringBuilder table = new StringBuilder();
    TABLE.forEach(
        (file, taken) -> table.append(String.format(Locale.ROOT, "%-32s %s%n", file, taken)));
    System.out.println(TABLE.size() + " pictures and how they were taken\n" + table);
  }

  /** A row of the table. */
  record Entry(String file, JsonNode row) {
    byte[] bytes() {
      return Fixtures.resource("corpus/" + file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static List<Entry> pictures() {
    return entries(false);
  }

  static List<Entry> others() {
    return entries(true);
  }

  private static List<Entry> entries(boolean refused) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode row : Fixtures.json("corpus/table.json")) {
      if (row.has("refused") == refused) {
        entries.add(new Entry(row.get("file").asText(), row));
      }
    }
    return entries;
  }

  @Test
  void theCorpusIsWhole() {
    assertThat(pictures()).hasSizeGreaterThan(120);
    assertThat(others()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void meansOfCellsArePillows(Entry entry) throws ImageException {
    DecodedImage decoded = DECODER.decode(entry.bytes());
    RgbImage image = decoded.image();
    assertThat(decoded.format().name()).isEqualTo(entry.row.get("format").asText());
    assertThat(image.width()).isEqualTo(entry.row.get("width").asInt());
    assertThat(image.height()).isEqualTo(entry.row.get("height").asInt());
    double greatest = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        for (int channel = 0; channel < 3; channel++) {
          double expected =
              entry.row.get("means").get(3 * (row * COLUMNS + column) + channel).asDouble();
          greatest = Math.max(greatest, Math.abs(mean(image, row, column, channel) - expected));
        }
      }
    }
    TABLE.put(
        entry.file,
        String.format(
            Locale.ROOT,
            "%s, %d x %d, %.2f from Pillow",
            decoded.format(),
            image.width(),
            image.height(),
            greatest));
    assertThat(greatest)
        .as("greatest difference of a cell's mean")
        .isLessThanOrEqualTo(entry.row.get("tolerance").asDouble());
  }

  @ParameterizedTest
  @MethodSource("others")
  void knownButNotDecodedIsToldApartFromBroken(Entry entry) {
    byte[] bytes = entry.bytes();
    ImageException refusal =
        catchThrowableOfType(ImageException.class, () -> DECODER.decode(bytes));
    assertThat(refusal).as("the file is refused").isNotNull();
    TABLE.put(entry.file, refusal.reason() + ": " + refusal.getMessage());
    assertThat(refusal.reason().name())
        .as(refusal.getMessage())
        .isEqualTo(entry.row.get("refused").asText());
  }

  private static double mean(RgbImage image, int row, int column, int channel) {
    int top = row * image.height() / ROWS;
    int bottom = (row + 1) * image.height() / ROWS;
    int left = column * image.width() / COLUMNS;
    int right = (column + 1) * image.width() / COLUMNS;
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += image.rgb()[3 * (y * image.width() + x) + channel] & 0xff;
      }
    }
    return (double) sum / ((bottom - top) * (right - left));
  }
}
