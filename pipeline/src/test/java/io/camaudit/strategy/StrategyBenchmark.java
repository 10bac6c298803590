package io.camaudit.strategy;

import io.camaudit.cluster.SpectralClusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures what the largest sample of a class costs: run {@link #main} with a heap of 1 GB.
 * Measured numbers are in docs/strategies.md.
 */
final class StrategyBenchmark {
  private static final int CHANNELS = 2048;

  private StrategyBenchmark() {}

  public static void main(String[] arguments) {
    List<String> names = new ArrayList<>();
    List<double[]> roots = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < ClassStrategist.SAMPLE; i++) {
      float[] relevance = new float[CHANNELS];
      for (int c = 0; c < CHANNELS; c++) {
        double mean = c % 64 == (i % 3 == 0 ? 1 : 2) ? 20 : 1;
        relevance[c] = (float) (mean * Math.exp(random.nextGaussian()) - 0.5);
      }
      names.add(i + ".jpg");
      roots.add(Relevance.roots(relevance));
    }
    for (int round = 0; round < 4; round++) {
      long start = System.nanoTime();
      ClassStrategist strategist = new ClassStrategist(SmallRun.classRef(0), names, roots);
      long clustered = System.nanoTime();
      for (int i = 0; i < names.size(); i++) {
        strategist.addSampled(i, facts(names.get(i)));
      }
      for (int i = 0; i < 100; i++) {
        strategist.add(facts("other " + i), roots.get(i));
      }
      long assigned = System.nanoTime();
      ClassStrategies found = strategist.result("strategies/00000.csv");
      System.out.printf(
          Locale.ROOT,
          "%d strategies (gap %.2f, at least %.2f): clustered in %.2f s, %.2f ms an image that was not sampled, %d MB in use%n",
          found.strategies().size(),
          found.gap(),
          SpectralClusters.LEAST_GAP,
          (clustered - start) / 1e9,
          (assigned - clustered) / 1e6 / 100,
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  private static ImageFacts facts(String name) {
    return new ImageFacts(name, SmallRun.classRef(0), true, true, 1, 1);
  }
}
