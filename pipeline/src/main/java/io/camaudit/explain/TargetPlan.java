package io.camaudit.explain;

import io.camaudit.UserException;
import io.camaudit.report.TargetReason;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which classes are explained for every image. Each image has the same number of slots, so that the
 * tensors of a run have one shape and an image's numbers do not depend on its neighbours' labels.
 */
public final class TargetPlan {
  /** What is explained unless something else is asked for. */
  public static final List<String> DEFAULT = List.of("predicted", "label");

  private static final Pattern TOP = Pattern.compile("top:(\\d{1,6})");

  private final List<Request> requests;

  private TargetPlan(List<Request> requests) {
    this.requests = List.copyOf(requests);
  }

  /**
   * A wish for one target of every image.
   *
   * @param target a class index, or a negative rank; ignored for a label
   * @param ranked whether it is one of the ranks of {@code top:K}
   */
  private record Request(TargetReason why, int target, boolean ranked) {}

  /** A target of one image as the model takes it: a class index, or a negative rank. */
  public record Slot(TargetReason why, int target) {}

  /**
   * Reads {@code predicted}, {@code label}, {@code top:K}, or a class's name, id or index, in the
   * order of explanation.
   *
   * @throws UserException for a name that means no class or several
   */
  public static TargetPlan parse(List<String> targets, ClassIndex classes) {
    List<Request> requests = new ArrayList<>();
    for (String target : targets) {
      Matcher top = TOP.matcher(target);
      if (target.equals("predicted")) {
        requests.add(new Request(TargetReason.PREDICTED, -1, false));
      } else if (target.equals("label")) {
        requests.add(new Request(TargetReason.LABEL, -1, false));
      } else if (top.matches()) {
        int count = Integer.parseInt(top.group(1));
        if (count < 1 || count > classes.size()) {
          throw UserException.wrongArguments(
              "Target \"%s\": the model has %d classes, so K must be between 1 and %d.",
              target, classes.size(), classes.size());
        }
        for (int rank = 1; rank <= count; rank++) {
          TargetReason why = rank == 1 ? TargetReason.PREDICTED : TargetReason.RANK;
          requests.add(new Request(why, -rank, true));
        }
      } else {
        requests.add(new Request(TargetReason.REQUESTED, classes.require(target).index(), false));
      }
    }
    if (requests.isEmpty()) {
      throw UserException.wrongArguments(
          "No targets: give predicted, label, top:K, or names of classes.");
    }
    return new TargetPlan(requests);
  }

  /**
   * Checks what these targets are to be explained rather than.
   *
   * @param versus as {@link Versus} reads it; null for nothing
   * @throws UserException if they cannot be
   */
  public void checkVersus(String versus, String method, ModelCard card, ClassIndex classes) {
    Versus.parse(versus, this, method, card, classes);
  }

  /** Whether a class was asked for by name, id or index. */
  boolean names(int index) {
    return requests.stream()
        .anyMatch(each -> each.why == TargetReason.REQUESTED && each.target == index);
  }

  /** Slots an image has. */
  public int slots() {
    return requests.size();
  }

  /**
   * The slots of one image. An unlabelled image's label slot stands for its prediction, which then
   * occurs twice and is explained once.
   *
   * @param label the image's label if the model knows it, else null
   */
  public List<Slot> slotsOf(ClassLabel label) {
    List<Slot> slots = new ArrayList<>(requests.size());
    for (Request request : requests) {
      int target =
          request.why == TargetReason.LABEL ? (label == null ? -1 : label.index()) : request.target;
      slots.add(new Slot(request.why, target));
    }
    return slots;
  }

  /**
   * The targets of one image of a multi-label model, each class once, as class indices: {@code
   * predicted} is every class above the threshold, {@code label} every label.
   *
   * @param labels null for an unlabelled image
   */
  List<Slot> slotsOf(MultiLabelAnswer answer, LabelTexts labels) {
    List<Integer> ranking = answer.ranking();
    Map<Integer, Slot> slots = new LinkedHashMap<>();
    for (Request request : requests) {
      if (request.ranked) {
        int index = ranking.get(-request.target - 1);
        TargetReason why = answer.predicts(index) ? TargetReason.PREDICTED : TargetReason.RANK;
        slots.putIfAbsent(index, new Slot(why, index));
      } else if (request.why == TargetReason.PREDICTED) {
        answer.predicted().forEach(k -> slots.putIfAbsent(k, new Slot(TargetReason.PREDICTED, k)));
      } else if (request.why == TargetReason.LABEL) {
        List<ClassLabel> known = labels == null ? List.of() : labels.known();
        known.forEach(
            label -> slots.putIfAbsent(label.index(), new Slot(request.why, label.index())));
      } else {
        slots.putIfAbsent(request.target, new Slot(request.why, request.target));
      }
    }
    return List.copyOf(slots.values());
  }

  /**
   * Whether a slot stands for nothing of its own because the image has no label that the model
   * knows.
   */
  static boolean isVacant(Slot slot, ClassLabel label) {
    return slot.why() == TargetReason.LABEL && label == null;
  }
}
