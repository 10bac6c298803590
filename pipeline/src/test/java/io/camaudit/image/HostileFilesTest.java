package io.camaudit.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Files of all formats and variants, broken at random, end in a picture or in an ImageException,
 * soon, and never in anything else. Their number is 1,000, or what {@code -Dcamaudit.fuzz=10000}
 * says; {@code -Dcamaudit.fuzz.seed} gives others. A file that fails is left in {@code
 * target/hostile}.
 */
final class HostileFilesTest {
  private static final int FILES = Integer.getInteger("camaudit.fuzz", 1000);
  private static final long SEED = Long.getLong("camaudit.fuzz.seed", 20261126);

  /** For one file of some kilobytes: a thousand times what it takes. */
  private static final int SECONDS = 10;

  private static final DecodeLimits LIMITS = new DecodeLimits(20_000_000, 1 << 20);
  private static final Path FAILED = Path.of("target", "hostile");

  private final List<String> wrong = new ArrayList<>();
  private final Map<ImageException.Reason, Integer> refused =
      new EnumMap<>(ImageException.Reason.class);
  private int pictures;
  private long slowestMillis;

  @Test
  void brokenFilesEndInAPictureOrAReason() throws IOException, InterruptedException {
    List<byte[]> whole = whole();
    long halfway = 0;
    ExecutorService thread = Executors.newSingleThreadExecutor(HostileFilesTest::daemon);
    try (ImageDecoder decoder = new ImageDecoder(LIMITS, true)) {
      for (int i = 0; i < FILES; i++) {
        byte[] file = broken(whole, i);
        Future<RgbImage> decoded = thread.submit(() -> decoder.decode(file).image());
        if (!isFine(decoded, i, file)) {
          thread = Executors.newSingleThreadExecutor(HostileFilesTest::daemon);
        }
        if (i == FILES / 2) {
          halfway = residentMegabytes();
        }
      }
      long grown = residentMegabytes() - halfway;
      System.out.printf(
          "%d broken files: %d pictures, %s, slowest %d ms, memory of the second half %+d MB%n",
          FILES, pictures, refused, slowestMillis, grown);
      assertThat(wrong).isEmpty();
      assertThat(grown).isLessThan(300);
    }
    // Both ends are reached often, else the damage is too slight or too great to test anything.
    assertThat(pictures).isGreaterThan(FILES / 10);
    assertThat(refused.getOrDefault(ImageException.Reason.CORRUPT, 0)).isGreaterThan(FILES / 5);
  }

  /** The same file for the same number and seed, however many there are. */
  private static byte[] broken(List<byte[]> whole, int i) {
    SplittableRandom random = new SplittableRandom(SEED + i * 0x9e3779b97f4a7c15L);
    byte[] file = Mutation.any(whole.get(i % whole.size()), whole, random);
    // Damage of several kinds at once, in a tenth.
    return random.nextInt(10) == 0 && file.length > 0 ? Mutation.any(file, whole, random) : file;
  }

  private boolean isFine(Future<RgbImage> decoded, int i, byte[] file)
      throws InterruptedException, IOException {
    long start = System.nanoTime();
    try {
      RgbImage image = decoded.get(SECONDS, TimeUnit.SECONDS);
      assertThat((long) image.width() * image.height()).isLessThanOrEqualTo(LIMITS.maxPixels());
      pictures++;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ImageException refusal) {
        assertThat(refusal.getMessage()).isNotBlank();
        refused.merge(refusal.reason(), 1, Integer::sum);
      } else {
        StackTraceElement[] trace = e.getCause().getStackTrace();
        wrong.add("%d: %s %s".formatted(i, e.getCause(), List.of(trace).subList(0, 4)));
        keep(i, file);
      }
    } catch (TimeoutException e) {
      wrong.add("%d: takes more than %d s".formatted(i, SECONDS));
      keep(i, file);
      return false;
    } finally {
      slowestMillis = Math.max(slowestMillis, (System.nanoTime() - start) / 1_000_000);
    }
    return true;
  }

  private static void keep(int i, byte[] file) throws IOException {
    Files.write(Files.createDirectories(FAILED).resolve(i + ".bin"), file);
  }

  /** All pictures of the corpora, those that are known but not decoded among them. */
  private static List<byte[]> whole() {
    List<byte[]> whole = new ArrayList<>();
    Fixtures.pictures().forEach(picture -> whole.add(picture.bytes()));
    for (JsonNode row : Fixtures.json("corpus/table.json")) {
      byte[] file = Fixtures.resource("corpus/" + row.get("file").asText());
      if (file.length > 0) {
        whole.add(file);
      }
    }
    return whole;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** 0 where a machine does not tell. */
  private static long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    String line =
        Files.readAllLines(status).stream().filter(l -> l.startsWith("VmRSS:")).findFirst().get();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
  }
}
