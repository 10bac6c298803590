package io.camaudit.stats;

/** What a sample adds to a row. */
enum Part {
  /** An image of a model with one answer. */
  WHOLE,
  /** An image of a multi-label model as one that bears a class's label. */
  LABELLED,
  /** The same where it was predicted to be of a class and is not. */
  FALSE_ALARM,
  /** The same for a predicted class of an image without labels. */
  UNLABELLED,
  /** An image of a multi-label model as one image, whatever its classes. */
  IMAGE
}
