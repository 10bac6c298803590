package io.camaudit.compare;

import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import io.camaudit.stats.Grouping;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code diff.json}: what changed from one run to another over the same images. The
 * same two runs give the same bytes.
 *
 * @param schema version of the form, {@link #SCHEMA}
 * @param before folder of the first run, as it was given
 * @param after folder of the second
 * @param images how the images of the two runs meet
 * @param warnings what makes the runs less than comparable, one sentence each
 * @param kind of the models. Of multi-label ones each label of an image is compared on its own, and
 *     what is called accuracy is the recall
 * @param groupedBy what the classes are by; by prediction, the first run's counts
 * @param dataset over all images
 * @param classes in the order of the first run's class index, then by name
 * @param findings classes that changed by more than chance explains, the surest first
 * @param verdicts number of images by the verdict before, then the verdict after; those that
 *     occurred
 * @param flipped images whose verdict changed: those that no longer look right first, then those no
 *     longer classified correctly, then what is left, improvements last
 * @param moved images whose map moved most while the explained class stayed the same, by ascending
 *     correlation
 * @param predictionChanges images with another first prediction
 * @param falseAlarms of multi-label models; null for others
 * @param proofs of the classes that both runs proved; null unless both have a proof
 * @param strategies of the classes of which a run has several; null unless both looked for them
 */
public record RunComparison(
    int schema,
    String before,
    String after,
    Images images,
    List<String> warnings,
    ModelKind kind,
    Grouping groupedBy,
    ClassChange dataset,
    List<ClassChange> classes,
    List<Finding> findings,
    Map<Verdict, Map<Verdict, Long>> verdicts,
    Capped flipped,
    Capped moved,
    long predictionChanges,
    FalseAlarms falseAlarms,
    List<ProofChange> proofs,
    List<StrategyChange> strategies) {
  public static final int SCHEMA = 1;

  /** The same with the comparison of both runs' proofs and of their strategies. */
  public RunComparison with(List<ProofChange> ofProofs, List<StrategyChange> ofStrategies) {
    return new RunComparison(
        schema,
        before,
        after,
        images,
        warnings,
        kind,
        groupedBy,
        dataset,
        classes,
        findings,
        verdicts,
        flipped,
        moved,
        predictionChanges,
        falseAlarms,
        ofProofs,
        ofStrategies);
  }

  /**
   * How often a class was predicted that is none of the image's labels.
   *
   * @param before by the first run's model
   * @param after by the second's
   */
  public record FalseAlarms(long before, long after) {}

  /**
   * How the images of the two runs meet, by name.
   *
   * @param compared in both, and explained in both
   * @param onlyBefore in the first run alone
   * @param onlyAfter in the second run alone
   * @param failedBefore in both, but not explained in the first
   * @param failedAfter in both and explained in the first, but not in the second
   * @param otherFile in both, but another file's bytes
   */
  public record Images(
      long compared,
      long onlyBefore,
      long onlyAfter,
      long failedBefore,
      long failedAfter,
      long otherFile) {}

  /**
   * A list that is cut off.
   *
   * @param count how many there are
   * @param first the first of them
   */
  public record Capped(long count, List<ImageChange> first) {}
}
