package io.camaudit.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.camaudit.storage.Locations;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * What storage says of a file without opening it; two listings with the same stamps saw the same
 * files, as far as storage can tell.
 *
 * @param bytes its length
 * @param modifiedMillis when it was last written, milliseconds since 1970; 0 where storage keeps no
 *     time
 * @param etag changes with the content; null where storage gives none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileStamp(long bytes, long modifiedMillis, String etag) implements Serializable {
  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis(), null);
  }

  static FileStamp of(MatchResult.Metadata file) {
    return new FileStamp(file.sizeBytes(), file.lastModifiedMillis(), file.checksum());
  }

  /**
   * What is another if the file was changed: the tag where there is one, since the same bytes that
   * are uploaded again are no change; null if storage says too little to tell.
   */
  FileStamp ofContent() {
    if (etag != null) {
      return new FileStamp(bytes, 0, etag);
    }
    return modifiedMillis == 0 ? null : this;
  }

  /**
   * The stamp of one file; null if it is not there, or lies where each such question would be a
   * request of its own.
   */
  static FileStamp ofLocal(String location) {
    try {
      Optional<Path> local = Locations.local(location);
      return local.isPresent()
          ? of(Files.readAttributes(local.get(), BasicFileAttributes.class))
          : null;
    } catch (IOException | InvalidPathException e) {
      return null; // said when the file is read
    }
  }
}
