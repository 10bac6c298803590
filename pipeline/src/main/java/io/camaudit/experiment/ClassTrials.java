package io.camaudit.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * All trials of one class: what one worker does at a time.
 *
 * @param pictures of how many images the variants' pictures are kept
 */
public record ClassTrials(int classIndex, int pictures, List<Trial> trials) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ClassTrials {
    trials = List.copyOf(trials);
  }

  /** Images that are changed. */
  public int images() {
    return trials.size();
  }

  /** As one line, without its end. */
  public byte[] line() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
  }

  /** Reads what {@link #line} wrote. */
  public static ClassTrials read(byte[] line) throws IOException {
    return JSON.readValue(line, ClassTrials.class);
  }
}
