package io.camaudit.job;

import io.camaudit.alter.Fill;
import io.camaudit.experiment.ClassExperiment;
import io.camaudit.experiment.KeptPictures;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.explain.InputModel;
import io.camaudit.input.ImageBlock;
import io.camaudit.storage.RunFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.beam.sdk.transforms.DoFn;

/** Does the trials of a class, unless that is done already, and says which are done. */
final class ProveClassFn extends DoFn<ImageBlock, Integer> {
  private static final long serialVersionUID = 1;

  private final ExplainSettings settings;
  private final Fill fill;
  private final RunFolder folder;
  private transient KeptPictures pictures;
  private transient ClassExperiment experiment;

  ProveClassFn(ExplainSettings settings, Fill fill, RunFolder folder) {
    this.settings = settings;
    this.fill = fill;
    this.folder = folder;
  }

  @Setup
  public void acquire() {
    InputModel model = SharedExplainer.acquire(settings).inputs();
    pictures = new KeptPictures(model.colours());
    experiment = new ClassExperiment(model, fill, pictures);
  }

  @ProcessElement
  public void prove(@Element ImageBlock block, OutputReceiver<Integer> done) throws IOException {
    String answers = ProofPlan.answers(block);
    if (!folder.has(answers)) {
      byte[] made = experiment.run(ProofPlan.trials(folder, block), folder).json();
      if (Thread.currentThread().isInterrupted()) {
        // Images may not have been read for that reason alone.
        throw new InterruptedIOException("the job was cancelled within a class");
      }
      folder.write(answers, made);
    }
    done.output(block.number());
  }

  @Teardown
  public void release() {
    if (experiment != null) {
      experiment = null;
      pictures.close();
      SharedExplainer.release(settings);
    }
  }
}
