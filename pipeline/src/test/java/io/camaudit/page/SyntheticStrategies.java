package io.camaudit.page;

import io.camaudit.channel.ChannelBlock;
import io.camaudit.channel.ChannelFiles;
import io.camaudit.channel.ChannelVectors;
import io.camaudit.channel.VectorShape;
import io.camaudit.report.ImageReport;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RunFolder;
import io.camaudit.strategy.StrategyFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Channels of a {@link SyntheticRun}, and the strategies that are found by them: those images of
 * the class that looks at a stamp have channels of their own.
 */
final class SyntheticStrategies {
  private static final int CHANNELS = 32;

  private SyntheticStrategies() {}

  static void write(Path directory, int stampedClass) throws IOException {
    RunFolder run = new RunFolder(directory.toString());
    Files.createDirectories(directory.resolve(ChannelFiles.FOLDER));
    Random random = new Random(20261127);
    List<String> files = RecordFile.of(run);
    for (int part = 0; part < files.size(); part++) {
      List<ImageReport> reports = new ArrayList<>();
      RecordFile.read(List.of(files.get(part)), reports::add);
      ChannelBlock block = new ChannelBlock(reports.size(), new VectorShape(CHANNELS, 1, 1, false));
      for (int row = 0; row < reports.size(); row++) {
        ImageReport report = reports.get(row);
        if (!report.status().isFailure()) {
          int target = report.first().target().index();
          boolean stamped =
              report.label() != null && report.label().index() == stampedClass && !plain(report);
          float[] relevance = relevance(stamped, random);
          block.put(row, new ChannelVectors(target, relevance, relevance, null));
        }
      }
      Files.write(directory.resolve(ChannelFiles.name(part)), block.bytes());
    }
    StrategyFinder.write(run, 2);
  }

  /** Every fifth is drawn without a stamp. */
  private static boolean plain(ImageReport report) {
    String digits = report.image().replaceAll(".*-(\\d{3})\\.jpg", "$1");
    return Integer.parseInt(digits) % 5 == 0;
  }

  private static float[] relevance(boolean stamped, Random random) {
    float[] relevance = new float[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      double mean = c < 8 ? 1 : (c < 16) == stamped ? 3 : 0.05;
      relevance[c] = (float) (mean * (0.2 - Math.log(1 - random.nextDouble())));
    }
    return relevance;
  }
}
