package io.camaudit.region;

import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mask image, decoded when it is asked for.
 *
 * @param name path in the folder, with forward slashes
 * @param meaning of the folder's pixels
 */
record MaskFile(String name, String file, MaskMeaning meaning) implements AnnotatedImage {
  /**
   * @throws UserException if it cannot be decoded, or is no mask
   */
  @Override
  public Read read() {
    MaskPicture picture = MaskPicture.read(file);
    try {
      return new Read(name, picture.width(), picture.height(), meaning.annotations(picture));
    } catch (UserException e) {
      throw Place.error(file + ": " + e.getMessage(), e);
    }
  }

  /** Whether a photograph, null for one that is not local, is the mask itself. */
  boolean isSameAs(Path photograph) {
    try {
      // Names are compared first, since they tell nearly all apart without a look at the disk.
      return photograph != null
          && photograph.endsWith(Path.of(file).getFileName())
          && Files.isSameFile(photograph, Path.of(file));
    } catch (IOException e) {
      return false;
    }
  }
}
