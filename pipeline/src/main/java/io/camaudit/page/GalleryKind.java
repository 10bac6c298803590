package io.camaudit.page;

import io.camaudit.report.ClassView;
import io.camaudit.report.ImageReport;

/** The galleries of a class, in the order in which they deserve a look. */
enum GalleryKind {
  RIGHT_FOR_WRONG_REASONS(
      "Right for the wrong reasons", "Named correctly, while looking elsewhere."),
  WRONG_AND_LOOKED_ELSEWHERE("Wrong, and looked elsewhere", "The place may explain the mistake."),
  WRONG_BUT_LOOKED_RIGHT(
      "Wrong, but looked right", "Looked at the region and still gave it another name."),
  FALSE_ALARM("False alarms", "Predicted to be of this class, which is none of their labels."),
  EMPTY_MAP("Empty map", "Nothing in the map speaks for the explained class."),
  RIGHT_FOR_RIGHT_REASONS("Right for the right reasons", "Named correctly, looking at the region."),
  NO_REGION("No region", "No region says where the model ought to look in these images."),
  UNLABELLED("Unlabelled", "Grouped by the model's first prediction.");

  private final String title;
  private final String help;

  GalleryKind(String title, String help) {
    this.title = title;
    this.help = help;
  }

  String title() {
    return title;
  }

  String help() {
    return help;
  }

  /** The gallery of an explained image. */
  static GalleryKind of(ClassView view) {
    ImageReport report = view.report();
    if (view.part() == ClassView.Part.FALSE_ALARM) {
      return FALSE_ALARM;
    }
    if (report.verdict() == null) {
      return UNLABELLED;
    }
    return switch (report.verdict()) {
      case RIGHT_FOR_RIGHT_REASONS -> RIGHT_FOR_RIGHT_REASONS;
      case RIGHT_FOR_WRONG_REASONS -> RIGHT_FOR_WRONG_REASONS;
      case WRONG_BUT_LOOKED_RIGHT -> WRONG_BUT_LOOKED_RIGHT;
      case WRONG_AND_LOOKED_ELSEWHERE -> WRONG_AND_LOOKED_ELSEWHERE;
      case NO_REGION -> NO_REGION;
      case EMPTY_MAP -> EMPTY_MAP;
    };
  }
}
