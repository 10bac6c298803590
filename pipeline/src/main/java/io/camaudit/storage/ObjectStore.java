package io.camaudit.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * An object store that is asked directly for what is asked most often. Beam's file system for S3
 * asks for an object's length before it opens it, once more for each object that it lists, and
 * writes each one by three requests, however short it is: where a request takes its time and costs
 * money, that multiplies both.
 *
 * <p>Safe for any number of threads. Nothing is tried again here.
 */
public interface ObjectStore {
  /** The scheme of its addresses, in lower case. */
  String scheme();

  /** An object from its start, by one request. */
  InputStream open(String location) throws IOException;

  /**
   * A part of an object, by one request.
   *
   * @param length at least 1; less comes if the object ends before
   */
  InputStream open(String location, long offset, int length) throws IOException;

  /** Writes a whole object by one request, replacing one of the same name. */
  void write(String location, byte[] bytes) throws IOException;

  /**
   * Some of the objects whose addresses begin with {@code prefix}, by one request; those that only
   * stand for a folder are left out.
   *
   * @param deep whether objects count whose names go on with further slashes; else their folders do
   * @param after what the page before says of its next one; null for the first page
   */
  Page list(String prefix, boolean deep, String after) throws IOException;

  /**
   * A part of a listing.
   *
   * @param objects with their entity tags as checksums
   * @param folders names of what lies deeper, without slashes; none of a deep listing
   * @param next to ask for the page after it; null if there is none
   */
  record Page(List<MatchResult.Metadata> objects, List<String> folders, String next) {
    public Page {
      objects = List.copyOf(objects);
      folders = List.copyOf(folders);
    }
  }
}
