package io.camaudit.page;

import java.io.IOException;

/** The run's directory does not hold what a page needs; the message is for its user. */
public final class PageException extends IOException {
  private static final long serialVersionUID = 1;

  PageException(String message) {
    super(message);
  }

  PageException(String message, Throwable cause) {
    super(message, cause);
  }
}
