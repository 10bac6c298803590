package io.camaudit.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/**
 * Opens the files of a run one after the other. Those that lie elsewhere are read whole, and before
 * they are asked for, since each takes its time to answer. For one asking thread.
 */
public final class FilesInTurn implements AutoCloseable {
  private final Iterator<String> locations;
  private final ReadAhead elsewhere;

  /**
   * @param locations of about the same length each, and short enough to be held if they lie
   *     elsewhere
   */
  public FilesInTurn(List<String> locations) {
    this.locations = List.copyOf(locations).iterator();
    this.elsewhere =
        ReadAhead.ofUnknownLengths(
            locations.stream().filter(location -> !isLocal(location)).toList());
  }

  /** Whether there is another file. */
  public boolean hasNext() {
    return locations.hasNext();
  }

  /** The next file, from its start. */
  public InputStream next() throws IOException {
    String location = locations.next();
    return isLocal(location)
        ? StoredFiles.open(location)
        : new ByteArrayInputStream(elsewhere.next());
  }

  /** Begins to read nothing more. Whoever got a file closes it. */
  @Override
  public void close() {
    elsewhere.close();
  }

  private static boolean isLocal(String location) {
    return Locations.local(location).isPresent();
  }
}
