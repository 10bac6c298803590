package io.camaudit.channel;

import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.util.List;

/**
 * The content of {@code channels.json}: absent values are left out.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param layer whose channels they are
 * @param channels how many it has
 * @param images that have vectors
 * @param classes that were explained, by index
 * @param liked for each channel that is among the top ones of a class, by number
 */
public record ChannelReport(
    int schema,
    String layer,
    int channels,
    long images,
    List<ClassChannels> classes,
    List<LikedImages> liked) {
  public static final int SCHEMA = 1;

  public ChannelReport {
    classes = List.copyOf(classes);
    liked = List.copyOf(liked);
  }

  /** {@code channels.json}. */
  byte[] json() {
    return ReportJson.document(this);
  }

  /** Reads {@code channels.json}. */
  public static ChannelReport read(byte[] json) throws IOException {
    return ReportJson.mapper().readValue(json, ChannelReport.class);
  }
}
