package io.camaudit.savedmodel;

/**
 * An exported model that cannot be used; the message is one sentence that says why and what to do
 * next.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelException(String sentence) {
    super(sentence);
  }

  public ModelException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
