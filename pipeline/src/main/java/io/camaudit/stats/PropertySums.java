package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Exact moments of every {@link Property}, and how many images are in each of its bins, by whether
 * they were classified rightly: all that ranks need. Only bins that occur take memory, 8 bytes each
 * and answer. Mutable.
 */
final class PropertySums implements Mergeable<PropertySums> {
  /** What a model answered to an image. */
  enum Answer {
    UNKNOWN,
    RIGHT,
    WRONG;

    static Answer of(Boolean correct) {
      return correct == null ? UNKNOWN : correct ? RIGHT : WRONG;
    }
  }

  private static final int ANSWERS = Answer.values().length;

  /** Counts of one class are below 2^44; the cell, which sorts, stands above them. */
  private static final int COUNT_BITS = 44;

  private static final long COUNT = (1L << COUNT_BITS) - 1;

  /** Where the cells of each property begin; the last is the number of all. */
  private static final int[] FIRST_CELL = firstCells();

  private final Moments[] moments = new Moments[Property.ALL.size()];
  private long[] cells = new long[0]; // ascending, those that occurred
  private int size;

  PropertySums() {
    Arrays.setAll(moments, i -> new Moments());
  }

  /** Adds an image. */
  void add(Sample sample) {
    Answer answer = Answer.of(sample.correct());
    for (Property property : Property.ALL) {
      double value = sample.property(property);
      if (!Double.isNaN(value)) {
        moments[property.ordinal()].add(value);
        add(cell(property, property.bin(value), answer), 1);
      }
    }
  }

  private static int cell(Property property, int bin, Answer answer) {
    return FIRST_CELL[property.ordinal()] + ANSWERS * bin + answer.ordinal();
  }

  private void add(int cell, long count) {
    int at = place(cell);
    if (at < size && cells[at] >> COUNT_BITS == cell) {
      cells[at] += count;
      return;
    }
    if (size == cells.length) {
      cells = Arrays.copyOf(cells, size + 8 + size / 2);
    }
    System.arraycopy(cells, at, cells, at + 1, size - at);
    cells[at] = (long) cell << COUNT_BITS | count;
    size++;
  }

  /** Where the cell is, or would be. */
  private int place(int cell) {
    int found = Arrays.binarySearch(cells, 0, size, (long) cell << COUNT_BITS);
    return found >= 0 ? found : -found - 1;
  }

  @Override
  public void merge(PropertySums other) {
    for (int i = 0; i < moments.length; i++) {
      moments[i].merge(other.moments[i]);
    }
    for (int i = 0; i < other.size; i++) {
      add((int) (other.cells[i] >> COUNT_BITS), other.cells[i] & COUNT);
    }
  }

  Moments moments(Property property) {
    return moments[property.ordinal()];
  }

  /** Images by bin, whatever was answered. */
  long[] counts(Property property) {
    return counts(property, null);
  }

  /** Images by bin with this answer; null is any. */
  long[] counts(Property property, Answer answer) {
    long[] counts = new long[property.bins()];
    int first = FIRST_CELL[property.ordinal()];
    int end = FIRST_CELL[property.ordinal() + 1];
    for (int at = place(first); at < size && cells[at] >> COUNT_BITS < end; at++) {
      int cell = (int) (cells[at] >> COUNT_BITS) - first;
      if (answer == null || cell % ANSWERS == answer.ordinal()) {
        counts[cell / ANSWERS] += cells[at] & COUNT;
      }
    }
    return counts;
  }

  private static int[] firstCells() {
    int[] first = new int[Property.ALL.size() + 1];
    for (Property property : Property.ALL) {
      first[property.ordinal() + 1] = first[property.ordinal()] + ANSWERS * property.bins();
    }
    return first;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    for (Moments each : moments) {
      each.write(out);
    }
    Wire.writeCount(size, out);
    for (int i = 0; i < size; i++) {
      Wire.writeCount(cells[i] >> COUNT_BITS, out);
      Wire.writeCount(cells[i] & COUNT, out);
    }
  }

  static PropertySums read(InputStream in) throws IOException {
    PropertySums read = new PropertySums();
    for (int i = 0; i < read.moments.length; i++) {
      read.moments[i] = Moments.read(in);
    }
    for (long left = Wire.readCount(in); left > 0; left--) {
      int cell = (int) Wire.readCount(in);
      read.add(cell, Wire.readCount(in));
    }
    return read;
  }
}
