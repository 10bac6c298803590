package io.camaudit.strategy;

import io.camaudit.channel.ChannelFiles;
import java.io.IOException;

/** The relevances that a run's channel files hold. */
record ChannelRelevances(ChannelFiles files) implements RelevanceSource {
  @Override
  public int channels() {
    return files.channels();
  }

  @Override
  public float[] read(int part, int row) throws IOException {
    return files.relevance(part, row);
  }
}
