package io.camaudit.explain;

import io.camaudit.savedmodel.BatchExplanation;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.InputBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks a model with one answer an image: every image has the same number of targets. */
record OneAnswerInquiry(Question question, TargetPlan targets) implements Inquiry {
  @Override
  public List<ImageAnswer> ask(List<PreparedImage> images, InputBatch batch, BatchTally tally) {
    int slots = targets.slots();
    int[] imageIndex = new int[images.size() * slots];
    int[] wanted = new int[imageIndex.length];
    boolean[] judged = new boolean[imageIndex.length];
    for (int p = 0; p < images.size(); p++) {
      ClassLabel label = images.get(p).subject().known();
      List<TargetPlan.Slot> own = targets.slotsOf(label);
      boolean found = false;
      for (int s = 0; s < slots; s++) {
        imageIndex[p * slots + s] = p;
        wanted[p * slots + s] = own.get(s).target();
        judged[p * slots + s] = !found && !TargetPlan.isVacant(own.get(s), label);
        found |= judged[p * slots + s];
      }
    }
    BatchExplanation answer =
        question.ask(batch, images, imageIndex, wanted, pair -> judged[pair], tally);
    List<ImageAnswer> answers = new ArrayList<>(images.size());
    for (int p = 0; p < images.size(); p++) {
      answers.add(new ImageAnswer(answer.logits(p), explained(images.get(p), p, answer)));
    }
    return answers;
  }

  private List<ImageAnswer.Target> explained(
      PreparedImage image, int position, BatchExplanation answer) {
    List<ImageAnswer.Target> explained = new ArrayList<>();
    List<TargetPlan.Slot> wishes = targets.slotsOf(image.subject().known());
    Set<Integer> classes = new HashSet<>();
    for (int s = 0; s < wishes.size(); s++) {
      int pair = position * wishes.size() + s;
      if (!TargetPlan.isVacant(wishes.get(s), image.subject().known())
          && classes.add(answer.target(pair))) {
        explained.add(new ImageAnswer.Target(wishes.get(s).why(), answer, pair));
      }
    }
    return explained;
  }
}
