package io.camaudit.job;

import io.camaudit.storage.RunFolder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes all reports as JSON Lines in the listing's order: file number n holds positions n·1024 to
 * n·1024 + 1023. Which file an image lands in depends on the listing alone, so the files are the
 * same for any parallelism and runner, and a writer holds no more than one file's lines in memory.
 */
final class WriteRecords extends PTransform<PCollection<KV<Long, byte[]>>, PDone> {
  static final int LINES_PER_FILE = 1024;

  private static final long serialVersionUID = 1;

  private final RunFolder folder;

  private WriteRecords(RunFolder folder) {
    this.folder = folder;
  }

  static WriteRecords to(RunFolder folder) {
    return new WriteRecords(folder);
  }

  @Override
  public PDone expand(PCollection<KV<Long, byte[]>> lines) {
    lines
        .apply("ChooseFile", ParDo.of(new ChooseFileFn()))
        .apply("Gather", GroupByKey.create())
        .apply("Write", ParDo.of(new WriteFn(folder)));
    return PDone.in(lines.getPipeline());
  }

  private static final class ChooseFileFn
      extends DoFn<KV<Long, byte[]>, KV<Long, KV<Long, byte[]>>> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void choose(
        @Element KV<Long, byte[]> line, OutputReceiver<KV<Long, KV<Long, byte[]>>> out) {
      out.output(KV.of(line.getKey() / LINES_PER_FILE, line));
    }
  }

  private static final class WriteFn extends DoFn<KV<Long, Iterable<KV<Long, byte[]>>>, Void> {
    private static final long serialVersionUID = 1;
    private final RunFolder folder;

    WriteFn(RunFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element KV<Long, Iterable<KV<Long, byte[]>>> file) {
      String name = "records/part-%05d.jsonl".formatted(file.getKey());
      folder.write(name, JsonLines.join(file.getValue()));
    }
  }

  /** Lines in the order of their positions, each ended by a line feed. */
  static final class JsonLines {
    private JsonLines() {}

    static byte[] join(Iterable<KV<Long, byte[]>> numbered) {
      List<KV<Long, byte[]>> lines = new ArrayList<>();
      numbered.forEach(lines::add);
      lines.sort(Comparator.comparing(KV::getKey));
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (KV<Long, byte[]> line : lines) {
        text.writeBytes(line.getValue());
        text.write('\n');
      }
      return text.toByteArray();
    }
  }
}
