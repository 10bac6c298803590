package io.camaudit.job;

import io.camaudit.input.ImageBlock;
import io.camaudit.storage.Locations;
import io.camaudit.storage.RunFolder;
import java.io.Serializable;

/**
 * A finished run whose results are taken over where nothing has changed.
 *
 * @param folder where it is
 * @param images in its listing
 * @param batchSize with which its blocks were cut
 */
public record EarlierRun(RunFolder folder, long images, int batchSize) implements Serializable {
  /** The same with a folder that holds for workers wherever they were started. */
  public EarlierRun {
    folder = new RunFolder(Locations.absolute(folder.root()));
  }

  /** Images in each file of its records but the last. */
  int blockLength() {
    return ImageBlock.length(images, batchSize);
  }
}
