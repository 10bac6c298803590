package io.camaudit.channel;

import io.camaudit.UserException;
import io.camaudit.report.ImageReport;
import io.camaudit.storage.FilesInTurn;
import io.camaudit.storage.RecordFile;
import io.camaudit.storage.RecordReader;
import io.camaudit.storage.RunFolder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of a run's channels: one beside each file of records, with a row for each of its lines.
 * They are read from the first to the last, one row in memory, as often as is needed.
 */
public final class ChannelFiles {
  /** The folder of a run that holds them. */
  public static final String FOLDER = RunFolder.CHANNEL_FOLDER;

  private final RunFolder run;
  private final List<String> files;
  private final VectorShape shape;

  private ChannelFiles(RunFolder run, List<String> files, VectorShape shape) {
    this.run = run;
    this.files = files;
    this.shape = shape;
  }

  /** The name of a block's file. */
  public static String name(int block) {
    return String.format(Locale.ROOT, "%s/part-%05d.bin", FOLDER, block);
  }

  /**
   * The files of a run; empty if it has none.
   *
   * @throws UserException if they are not what they should be
   */
  public static Optional<ChannelFiles> of(RunFolder run) throws IOException {
    List<String> files =
        run.list(FOLDER).keySet().stream()
            .filter(name -> name.matches("part-\\d{5,}\\.bin"))
            .map(name -> FOLDER + "/" + name)
            .toList();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = run.stream(files.get(0))) {
      return Optional.of(new ChannelFiles(run, files, head(in, run, files.get(0)).shape()));
    }
  }

  /** How many channels the layer has, C. */
  public int channels() {
    return shape.channels();
  }

  /** What each image has. */
  VectorShape shape() {
    return shape;
  }

  /**
   * Reads the relevance of an image alone. For any number of threads.
   *
   * @param file the image's record file, by its position among the run's
   * @param row its record's position there
   * @return null for an image without vectors
   */
  public float[] relevance(int file, int row) throws IOException {
    if (file >= files.size()) {
      throw damaged(FOLDER, "there are not as many files as of records");
    }
    byte[] read;
    try {
      read =
          run.read(
              files.get(file),
              ChannelBlock.HEAD + row * (long) shape.rowLength(),
              Math.addExact(Integer.BYTES, Math.multiplyExact(Float.BYTES, shape.channels())));
    } catch (EOFException e) {
      throw damaged(files.get(file), "it has fewer rows than there are records");
    }
    return ChannelBlock.relevance(ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN), shape);
  }

  /** What is done with an image. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param report the image's record
     */
    void visit(ImageReport report, ChannelVectors vectors);
  }

  /** What is done with an image's vectors alone. */
  @FunctionalInterface
  interface VectorVisitor {
    /**
     * @param vectors null for an image without
     */
    void visit(ChannelVectors vectors);
  }

  /** Hands over each image that has vectors, with its record, in the listing's order. */
  public void forEach(Visitor visitor) throws IOException {
    List<String> records = RecordFile.of(run);
    if (records.size() != files.size()) {
      throw damaged(FOLDER, "there are not as many files as of records");
    }
    try (RecordReader reports = new RecordReader(records);
        FilesInTurn vectorFiles = run.inTurn(files)) {
      for (int i = 0; i < files.size(); i++) {
        int file = i;
        read(
            files.get(file),
            vectorFiles.next(),
            vectors -> {
              ImageReport report = reports.hasNext() ? reports.next() : null;
              if (report == null || reports.place().file() > file) {
                throw damaged(files.get(file), "it has more rows than there are records");
              }
              if (reports.place().file() < file) {
                throw tooFewRows(reports.place().file());
              }
              if (vectors != null) {
                visitor.visit(report, vectors);
              }
            });
      }
      if (reports.hasNext()) {
        reports.next();
        throw tooFewRows(reports.place().file());
      }
    }
  }

  private UserException tooFewRows(int file) {
    return damaged(files.get(file), "it has fewer rows than there are records");
  }

  /** Hands over the vectors of each image in the listing's order, without its record. */
  void forEachVectors(VectorVisitor visitor) throws IOException {
    try (FilesInTurn vectorFiles = run.inTurn(files)) {
      for (String file : files) {
        read(file, vectorFiles.next(), visitor);
      }
    }
  }

  private void read(String file, InputStream opened, VectorVisitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(opened, 1 << 16)) {
      ChannelBlock.Head head = head(in, run, file);
      if (!head.shape().equals(shape)) {
        throw damaged(file, "its rows are others than those of the first file");
      }
      byte[] row = new byte[shape.rowLength()];
      DataInputStream data = new DataInputStream(in);
      for (int i = 0; i < head.rows(); i++) {
        data.readFully(row);
        ByteBuffer bytes = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
        visitor.visit(ChannelBlock.next(bytes, shape));
      }
    } catch (EOFException e) {
      throw damaged(file, "it ends early");
    }
  }

  private static ChannelBlock.Head head(InputStream in, RunFolder run, String file)
      throws IOException {
    byte[] head = in.readNBytes(ChannelBlock.HEAD);
    try {
      return ChannelBlock.Head.read(head);
    } catch (IOException e) {
      throw damaged(run, file, e.getMessage());
    }
  }

  private UserException damaged(String file, String how) {
    return damaged(run, file, how);
  }

  private static UserException damaged(RunFolder run, String file, String how) {
    return UserException.wrongArguments(
        "%s cannot be read: %s; run the audit again.", run.locate(file), how);
  }
}
