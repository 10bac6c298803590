package io.camaudit.experiment;

import io.camaudit.alter.Fill;
import io.camaudit.explain.InputModel;
import io.camaudit.proof.Procedure;
import io.camaudit.proof.ProofMaker;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.storage.FileSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does a class's trials: makes every variant, asks the model, and keeps pictures of the most
 * telling. What comes out follows from the trials alone. Safe for any number of threads, each with
 * a class of its own.
 */
public final class ClassExperiment {
  private final InputModel model;
  private final TrialScenes scenes;
  private final TrialPictures maker;
  private final KeptPictures kept;

  /**
   * @param kept writes pictures
   */
  public ClassExperiment(InputModel model, Fill fill, KeptPictures kept) {
    this.model = model;
    this.scenes = new TrialScenes(model);
    this.maker = new TrialPictures(fill);
    this.kept = kept;
  }

  /**
   * @param out takes the pictures that are kept
   * @throws io.camaudit.UserException if they cannot be written
   */
  public ClassAnswers run(ClassTrials trials, FileSink out) {
    Map<String, String> lost = new TreeMap<>();
    List<TrialAnswers> all = new ArrayList<>();
    Questions questions = new Questions(model);
    for (Trial trial : trials.trials()) {
      TrialScenes.Three three = scenes.of(trial, lost);
      if (three.image() != null) {
        all.add(question(trial, three, questions));
      }
    }
    questions.ask();
    List<TrialAnswers> counted = new ArrayList<>();
    for (TrialAnswers each : all) {
      String problem = each.problem();
      if (problem == null) {
        counted.add(each);
      } else {
        lost.put(each.trial().image().ref().name(), problem);
      }
    }
    List<VariantAnswer> lines = counted.stream().flatMap(each -> each.list().stream()).toList();
    List<String> telling = ProofMaker.mostTelling(trials.classIndex(), lines);
    telling = telling.subList(0, Math.min(trials.pictures(), telling.size()));
    List<VariantAnswer> answers = new ArrayList<>();
    for (TrialAnswers each : counted) {
      int place = telling.indexOf(each.trial().image().ref().name());
      answers.addAll(place < 0 ? each.list() : withPictures(each, trials.classIndex(), place, out));
    }
    return new ClassAnswers(
        trials.classIndex(),
        answers,
        lost.entrySet().stream()
            .map(each -> new Procedure.Lost(each.getKey(), each.getValue()))
            .toList());
  }

  private TrialAnswers question(Trial trial, TrialScenes.Three three, Questions questions) {
    int index = trial.image().classIndex();
    TrialAnswers answers = new TrialAnswers(trial);
    questions.add(three.image().picture(), index, answers::untouched);
    Map<Variant, InputPicture> variants = maker.of(three.image(), three.same(), three.other());
    if (variants.containsKey(Variant.TRANSPLANT)) {
      questions.add(three.other().picture(), index, answers::receiver);
    }
    variants.forEach(
        (variant, picture) ->
            questions.add(picture, index, answer -> answers.put(variant, answer)));
    return answers;
  }

  /** Makes the variants once more, since so many pictures are not held. */
  private List<VariantAnswer> withPictures(
      TrialAnswers answers, int classIndex, int place, FileSink out) {
    TrialScenes.Three three = scenes.of(answers.trial(), new TreeMap<>());
    if (three.image() == null) {
      return answers.list(); // it went away since
    }
    Map<Variant, InputPicture> variants = maker.of(three.image(), three.same(), three.other());
    return kept.write(answers.list(), three.image().picture(), variants, classIndex, place, out);
  }
}
