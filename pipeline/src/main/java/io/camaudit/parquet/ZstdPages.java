package io.camaudit.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard in Java: nothing native to load, and the same bytes on every machine. Parquet's own
 * compressors are wrapped into Hadoop's classes.
 */
final class ZstdPages implements BytesInputCompressor {
  private final ZstdCompressor zstd = new ZstdCompressor();

  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    ByteArrayOutputStream gathered = new ByteArrayOutputStream(Math.toIntExact(page.size()));
    page.writeAllTo(gathered);
    byte[] plain = gathered.toByteArray();
    byte[] packed = new byte[zstd.maxCompressedLength(plain.length)];
    int length = zstd.compress(plain, 0, plain.length, packed, 0, packed.length);
    // A page is kept until its row group is written, so without the slack.
    return BytesInput.from(Arrays.copyOf(packed, length));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {}
}
