package io.camaudit.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of a shape that lists and recursion do not survive. */
class ListingSizeTest {
  @TempDir Path folder;

  @Test
  void oneDirectoryHoldsAHundredThousandNames() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      // The order in which they are made is not that of their names.
      int number = (int) ((i * 77_777L) % count);
      Files.createFile(photos.resolve(String.format(Locale.ROOT, "%06d.jpg", number)));
    }
    Path file = folder.resolve("listing.jsonl");
    ListingFile listing =
        ListingFile.write(new InputSpec(photos.toString(), LabelSource.AUTO), file);
    assertThat(listing.images()).isEqualTo(count);
    byte[] lines = Files.readAllBytes(file);
    long seen = 0;
    for (ImageBlock block : listing.blocks(1000)) {
      byte[] part = new byte[block.bytes()];
      System.arraycopy(lines, (int) block.offset(), part, 0, part.length);
      for (ImageRef image : ListingFile.read(block, part)) {
        assertThat(image.position()).isEqualTo(seen);
        assertThat(image.name()).isEqualTo(String.format(Locale.ROOT, "%06d.jpg", seen));
        seen++;
      }
    }
    assertThat(seen).isEqualTo(count);
  }

  @Test
  void aTreeIsAsDeepAsPathsMayBe() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Path level = photos;
    int levels = (4000 - photos.toString().length()) / 2;
    for (int i = 0; i < levels; i++) {
      level = Files.createDirectory(level.resolve("d"));
    }
    Files.createFile(level.resolve("deep.jpg"));
    Files.createFile(photos.resolve("shallow.jpg"));
    ListingFile listing =
        ListingFile.write(
            new InputSpec(photos.toString(), LabelSource.AUTO), folder.resolve("listing.jsonl"));
    assertThat(listing.images()).isEqualTo(2);
    assertThat(Files.readString(listing.file())).contains("d/d/d/deep.jpg", "shallow.jpg");
  }
}
