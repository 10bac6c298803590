package io.camaudit.stats;

import io.camaudit.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;

/** The JSON of {@code classes.json}, without its indentation. */
final class StatisticsCoder extends CustomCoder<DatasetStatistics> {
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  @Override
  public void encode(DatasetStatistics value, OutputStream out) throws IOException {
    BYTES.encode(ReportJson.mapper().writeValueAsBytes(value), out);
  }

  @Override
  public DatasetStatistics decode(InputStream in) throws IOException {
    return ReportJson.mapper().readValue(BYTES.decode(in), DatasetStatistics.class);
  }

  @Override
  public void verifyDeterministic() {}
}
