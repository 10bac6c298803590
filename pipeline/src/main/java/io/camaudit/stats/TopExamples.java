package io.camaudit.stats;

import io.camaudit.First;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;

/**
 * The first {@value #LIMIT} images of a total order: by tier, then key, then the image's path,
 * which is unique. So the list of a union is that of the lists' union. Mutable.
 */
final class TopExamples {
  static final int LIMIT = 12;

  private record Ranked(int tier, double key, Example example) {}

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingInt(Ranked::tier)
          .thenComparingDouble(Ranked::key)
          .thenComparing(ranked -> ranked.example().image());

  private final First<Ranked> first = new First<>(LIMIT, ORDER);

  /** Offers an image; low tiers come first, in a tier low keys. */
  void offer(int tier, double key, Example example) {
    first.offer(new Ranked(tier, key, example));
  }

  void merge(TopExamples other) {
    other.first.list().forEach(first::offer);
  }

  List<Example> list() {
    return first.list().stream().map(Ranked::example).toList();
  }

  void write(OutputStream out) throws IOException {
    Wire.writeCount(first.size(), out);
    for (Ranked ranked : first.list()) {
      Wire.writeCount(ranked.tier(), out);
      Wire.writeDouble(ranked.key(), out);
      Wire.writeExample(ranked.example(), out);
    }
  }

  static TopExamples read(InputStream in) throws IOException {
    TopExamples top = new TopExamples();
    for (long left = Wire.readCount(in); left > 0; left--) {
      int tier = (int) Wire.readCount(in);
      double key = Wire.readDouble(in);
      top.offer(tier, key, Wire.readExample(in));
    }
    return top;
  }
}
