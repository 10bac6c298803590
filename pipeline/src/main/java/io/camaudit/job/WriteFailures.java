package io.camaudit.job;

import io.camaudit.report.ImageReport;
import io.camaudit.report.ReportJson;
import io.camaudit.storage.RunFolder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;

/** Writes the reports of failed images by name into one file, which is empty if there are none. */
final class WriteFailures extends PTransform<PCollection<ImageReport>, PDone> {
  private static final long serialVersionUID = 1;

  private final RunFolder folder;

  private WriteFailures(RunFolder folder) {
    this.folder = folder;
  }

  static WriteFailures to(RunFolder folder) {
    return new WriteFailures(folder);
  }

  @Override
  public PDone expand(PCollection<ImageReport> failures) {
    PCollectionView<Iterable<ImageReport>> all = failures.apply("All", View.asIterable());
    failures
        .getPipeline()
        .apply("File", Create.of("failures.jsonl"))
        .apply("Write", ParDo.of(new WriteFn(folder, all)).withSideInputs(all));
    return PDone.in(failures.getPipeline());
  }

  private static final class WriteFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1;
    private final RunFolder folder;
    private final PCollectionView<Iterable<ImageReport>> failures;

    WriteFn(RunFolder folder, PCollectionView<Iterable<ImageReport>> failures) {
      this.folder = folder;
      this.failures = failures;
    }

    @ProcessElement
    public void write(ProcessContext context) {
      List<ImageReport> sorted = new ArrayList<>();
      context.sideInput(failures).forEach(sorted::add);
      sorted.sort(Comparator.comparing(ImageReport::image));
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (ImageReport report : sorted) {
        text.writeBytes(ReportJson.line(report));
        text.write('\n');
      }
      folder.write(context.element(), text.toByteArray());
    }
  }
}
