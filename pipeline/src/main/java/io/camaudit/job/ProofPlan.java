package io.camaudit.job;

import io.camaudit.Sha256;
import io.camaudit.alter.Fill;
import io.camaudit.experiment.ClassTrials;
import io.camaudit.explain.ExplainSettings;
import io.camaudit.input.ImageBlock;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.TemporaryFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The trials of a proof as they lie in the run's folder while they are under way, one class a line
 * and a block. What classes are done stays there too, so that the same command goes on where it was
 * cut off; what another one left is thrown away.
 *
 * @param classes one block a class: where its line stands, and how many images it has
 */
public record ProofPlan(RunFolder folder, List<ImageBlock> classes) {
  private static final String UNDER_WAY = RunFolder.PROOF_FOLDER + "/unfinished";
  private static final String TRIALS = UNDER_WAY + "/trials.jsonl";
  private static final String IDENTITY = UNDER_WAY + "/identity";
  private static final String ANSWERS = UNDER_WAY + "/answers";

  public ProofPlan {
    classes = List.copyOf(classes);
  }

  /**
   * Writes the trials down, or finds that they are what an earlier command was at.
   *
   * @param trials by class index
   */
  public static ProofPlan begin(
      RunFolder folder, List<ClassTrials> trials, ExplainSettings settings, Fill fill)
      throws IOException {
    Path file = TemporaryFiles.file("trials", ".jsonl");
    try {
      MessageDigest digest = Sha256.digest();
      List<ImageBlock> classes = new ArrayList<>();
      try (OutputStream out =
          new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest)) {
        long offset = 0;
        for (ClassTrials each : trials) {
          byte[] line = each.line();
          out.write(line);
          out.write('\n');
          classes.add(new ImageBlock(each.classIndex(), 0, each.images(), offset, line.length));
          offset += line.length + 1;
        }
      }
      // Of the settings what changes answers; the trials hold all else that does.
      String identity =
          String.join(
              " ",
              Sha256.hex(digest),
              settings.modelSha256(),
              settings.precision().toString(),
              String.valueOf(settings.batchSize()),
              fill.name());
      if (!identity.equals(earlier(folder))) {
        folder.delete(RunFolder.PROOF);
        folder.delete(RunFolder.PROOF_FOLDER);
        folder.copy(file, TRIALS);
        folder.write(IDENTITY, identity.getBytes(StandardCharsets.UTF_8));
      }
      return new ProofPlan(folder, classes);
    } finally {
      Files.delete(file);
    }
  }

  private static String earlier(RunFolder folder) throws IOException {
    return folder.has(IDENTITY) ? new String(folder.read(IDENTITY), StandardCharsets.UTF_8) : null;
  }

  /** The classes that are still to be done. */
  List<ImageBlock> open() throws IOException {
    Set<String> done = folder.list(ANSWERS).keySet();
    return classes.stream().filter(each -> !done.contains(name(each))).toList();
  }

  /** Images of all classes. */
  long images() {
    return classes.stream().mapToLong(ImageBlock::images).sum();
  }

  /** Images of the classes that are done, as far as storage tells. */
  long imagesDone() {
    try {
      return images() - open().stream().mapToLong(ImageBlock::images).sum();
    } catch (IOException e) {
      return 0; // the next look sees what this one missed
    }
  }

  static ClassTrials trials(RunFolder folder, ImageBlock block) throws IOException {
    return ClassTrials.read(folder.read(TRIALS, block.offset(), block.bytes()));
  }

  /** Where a class's answers lie once it is done. */
  static String answers(ImageBlock block) {
    return ANSWERS + "/" + name(block);
  }

  private static String name(ImageBlock block) {
    return String.format(Locale.ROOT, "class-%05d.json", block.number());
  }

  /** Removes what was only needed under way. */
  void end() {
    folder.delete(UNDER_WAY);
  }
}
