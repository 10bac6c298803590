package io.camaudit.input;

/** Where labels come from. A manifest's own labels always count, unless labels are switched off. */
public enum LabelSource {
  /** The folder's name where it names a class of the model; no label otherwise. */
  AUTO,
  /** The folder's name, whether the model knows it or not. */
  FOLDER,
  /** No labels. */
  NONE
}
