package io.camaudit.explain;

import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.InputBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Asks a multi-label model, where images have different numbers of targets, in rounds: each round
 * explains one target of every image. All calls have one shape then, so that an image's numbers do
 * not depend on how many targets its neighbours have. The first round explains the most probable
 * class, and says by the way which others are predicted.
 */
record MultiLabelInquiry(Question question, TargetPlan targets, double threshold)
    implements Inquiry {
  private static final int MOST_PROBABLE = -1;

  @Override
  public List<ImageAnswer> ask(List<PreparedImage> images, InputBatch batch, BatchTally tally) {
    int[] first = new int[images.size()];
    Arrays.fill(first, MOST_PROBABLE);
    BatchExplanation top = round(images, first, pair -> true, batch, tally);
    List<List<TargetPlan.Slot>> wishes = new ArrayList<>();
    List<Map<Integer, ImageAnswer.Target>> answered = new ArrayList<>();
    List<List<Integer>> open = new ArrayList<>();
    for (int p = 0; p < images.size(); p++) {
      List<TargetPlan.Slot> own =
          targets.slotsOf(
              new MultiLabelAnswer(top.logits(p), threshold), images.get(p).subject().labels());
      wishes.add(own);
      Map<Integer, ImageAnswer.Target> known = new HashMap<>();
      known.put(top.target(p), new ImageAnswer.Target(null, top, p));
      answered.add(known);
      open.add(
          own.stream().map(TargetPlan.Slot::target).filter(t -> !known.containsKey(t)).toList());
    }
    int rounds = open.stream().mapToInt(List::size).max().orElse(0);
    for (int r = 0; r < rounds; r++) {
      int[] wanted = new int[images.size()];
      for (int p = 0; p < wanted.length; p++) {
        // What an image with fewer targets is asked in their stead is never looked at.
        wanted[p] = r < open.get(p).size() ? open.get(p).get(r) : MOST_PROBABLE;
      }
      // The first wish of an image is answered in the first round or, being the first open, here.
      boolean second = r == 0;
      BatchExplanation answer = round(images, wanted, pair -> second, batch, tally);
      for (int p = 0; p < wanted.length; p++) {
        if (r < open.get(p).size()) {
          answered.get(p).put(wanted[p], new ImageAnswer.Target(null, answer, p));
        }
      }
    }
    List<ImageAnswer> answers = new ArrayList<>(images.size());
    for (int p = 0; p < images.size(); p++) {
      Map<Integer, ImageAnswer.Target> found = answered.get(p);
      answers.add(
          new ImageAnswer(
              top.logits(p),
              wishes.get(p).stream()
                  .map(
                      wish -> {
                        ImageAnswer.Target at = found.get(wish.target());
                        return new ImageAnswer.Target(wish.why(), at.answer(), at.pair());
                      })
                  .toList()));
    }
    return answers;
  }

  private BatchExplanation round(
      List<PreparedImage> images,
      int[] wanted,
      IntPredicate judged,
      InputBatch batch,
      BatchTally tally) {
    int[] imageIndex = new int[images.size()];
    Arrays.setAll(imageIndex, p -> p);
    return question.ask(batch, images, imageIndex, wanted, judged, tally);
  }
}
