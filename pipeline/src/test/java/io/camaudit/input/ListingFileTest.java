package io.camaudit.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.UserException;
import io.camaudit.region.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingFileTest {
  @TempDir Path folder;
  @TempDir Path listings;

  @Test
  void namesAreInTheirOrderWhateverTheFolderSays() throws IOException {
    Path photos = folder.resolve("photos");
    List<String> names =
        List.of(
            "b.jpg",
            "a/b.jpg",
            "a b.jpg",
            "a.jpg",
            "a-1.jpg",
            "ä.jpg",
            "B.jpg",
            "a/\tx\n.jpg",
            "a\"quoted\\.jpg",
            "日本.png");
    for (String name : names) {
      touch(photos.resolve(name));
    }
    touch(photos.resolve("notes.txt"));
    touch(photos.resolve(".hidden.jpg"));
    List<String> sorted = new ArrayList<>(names);
    Collections.sort(sorted);
    ListingFile listing = list(photos.toString());
    assertThat(names(listing, 100)).containsExactlyInAnyOrderElementsOf(sorted);
    List<String> plain = sorted.stream().filter(name -> !name.contains("\t")).toList();
    assertThat(names(listing, 100)).filteredOn(plain::contains).containsExactlyElementsOf(plain);
    assertThat(listing.images()).isEqualTo(10);
    assertThat(listing.skipped()).isEqualTo(2);
  }

  @Test
  void blocksHoldEveryImageOnceAndInOrder() throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 37; i++) {
      touch(photos.resolve("%c/%d.jpg".formatted('a' + i % 5, i)));
    }
    ListingFile listing = list(photos.toString());
    List<String> whole = names(listing, 1000);
    assertThat(whole).hasSize(37).isSorted();
    for (int length : new int[] {1, 4, 36, 37, 38}) {
      assertThat(names(listing, length)).as("blocks of %d", length).isEqualTo(whole);
      assertThat(listing.blocks(length)).hasSize((37 + length - 1) / length);
    }
    ImageBlock second = listing.blocks(10).get(1);
    assertThat(second.firstPosition()).isEqualTo(10);
    assertThat(read(listing, second)).extracting(ImageRef::position).startsWith(10L, 11L);
  }

  @Test
  void aBlockIsOneBatchAtLeastAndAQuarterOfAPerCentAtMost() {
    assertThat(ImageBlock.length(1, 16)).isEqualTo(16);
    assertThat(ImageBlock.length(4096, 16)).isEqualTo(16);
    assertThat(ImageBlock.length(4097, 16)).isEqualTo(32);
    assertThat(ImageBlock.length(8192, 16)).isEqualTo(32);
    assertThat(ImageBlock.length(1_000_000, 16)).isEqualTo(1024);
    assertThat(ImageBlock.length(10_000_000_000L, 16)).isEqualTo(1024);
    assertThat(ImageBlock.length(10, 1024)).isEqualTo(1024);
    assertThat(ImageBlock.length(1_000_000, 600)).isEqualTo(600);
  }

  @Test
  void anEarlierRunInsideTheInputIsLeftOut() throws IOException {
    Path photos = folder.resolve("photos");
    touch(photos.resolve("fish/a.jpg"));
    touch(photos.resolve("run/run.json"));
    touch(photos.resolve("run/overlays/fish/a.jpg"));
    touch(photos.resolve("cut-off/unfinished/run.json"));
    touch(photos.resolve("cut-off/overlays/fish/a.jpg"));
    touch(photos.resolve("overlays/mine.jpg"));
    touch(photos.resolve("reports/mine.jpg"));
    touch(photos.resolve("explained/overlays/a.jpg.gradcam-last-0.jpg"));
    touch(photos.resolve("explained/reports/a.jpg.json"));
    touch(photos.resolve("diff/diff.json"));
    touch(photos.resolve("diff/images/a.jpg"));
    assertThat(names(list(photos.toString()), 9))
        .containsExactly("fish/a.jpg", "overlays/mine.jpg", "reports/mine.jpg");
    assertThat(list(photos.toString()).skipped()).as("runs and other results").isEqualTo(4);
    touch(photos.resolve("run.json"));
    assertThat(names(list(photos + "/**.jpg"), 9))
        .as("where the input itself is a run's folder, what runs write there is no image")
        .containsExactly("fish/a.jpg");
  }

  @Test
  void patternsMeanWhatTheyMeanBelowTheirRootAndPathsThatExistAreNoPatterns() throws IOException {
    touch(folder.resolve("a/one.jpg"));
    touch(folder.resolve("a/b/two.jpg"));
    touch(folder.resolve("a/b/three.jpeg"));
    touch(folder.resolve("odd [1]/four.jpg"));
    assertThat(names(list(folder + "/a/*.jpg"), 9)).containsExactly("one.jpg");
    ListingFile deep = list(folder + "/a/**.jpg");
    assertThat(names(deep, 9)).containsExactly("b/two.jpg", "one.jpg");
    assertThat(deep.skipped()).as("three.jpeg").isEqualTo(1);
    assertThat(names(list(folder + "/a/b/{two,three}.*"), 9))
        .containsExactly("three.jpeg", "two.jpg");
    assertThat(names(list(folder + "/odd [1]"), 9)).containsExactly("four.jpg");
  }

  @Test
  void manifestsKeepTheirOrderAndMergeEntriesOfOneImage() throws IOException {
    Path manifest = folder.resolve("list.csv");
    Files.writeString(
        manifest,
        "\uFEFFimage,label,x,y,width,height\nz.jpg,cat,1,2,3,4\na.jpg,dog,,,,\nz.jpg,fish,5,6,7,8\n"
            + "m.jpg,,,,,\na.jpg,cat,,,,\n");
    ListingFile listing = list(manifest.toString());
    List<ImageRef> images = read(listing, listing.blocks(10).get(0));
    assertThat(images).extracting(ImageRef::name).containsExactly("z.jpg", "a.jpg", "m.jpg");
    String list = ImageRef.LABEL_LIST;
    assertThat(images)
        .extracting(ImageRef::label)
        .containsExactly(list + "cat" + list + "fish", list + "dog" + list + "cat", null);
    assertThat(images.get(0).boxLabels()).containsExactly("cat", "fish");
    assertThat(images.get(0).boxes()).containsExactly(new Box(1, 2, 4, 6), new Box(5, 6, 12, 14));
    assertThat(listing.repeated()).as("each says something new").isZero();
    Files.writeString(manifest, "image,label\nz.jpg,cat\nz.jpg,cat\nz.jpg,\n");
    assertThat(list(manifest.toString()).repeated()).isEqualTo(2);
  }

  @Test
  void manyNamesAreSortedThroughFiles() throws IOException {
    Path manifest = folder.resolve("list.csv");
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 300_000).boxed().toList());
    Collections.shuffle(numbers, new Random(1));
    StringBuilder text = new StringBuilder("image,label\n");
    String path = "a/rather/long/folder/name/that/makes/the/list/larger/than/a/part/";
    numbers.forEach(i -> text.append(path).append(i).append(".jpg,cat\n"));
    Files.writeString(manifest, text);
    ListingFile listing = list(manifest.toString());
    assertThat(listing.images()).isEqualTo(300_000);
    byte[] all = Files.readAllBytes(listing.file());
    List<String> listed = new ArrayList<>();
    for (ImageBlock block : listing.blocks(1024)) {
      read(all, block).forEach(image -> listed.add(image.position() + " " + image.name()));
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      expected.add(i + " " + path + numbers.get(i) + ".jpg");
    }
    assertThat(listed.equals(expected)).isTrue();
  }

  @Test
  void aListingKnowsItsFilesByLengthAndTime() throws IOException {
    Path photo = touch(folder.resolve("photos/a.jpg"));
    String before = list(folder.resolve("photos").toString()).sha256();
    assertThat(list(folder.resolve("photos").toString()).sha256()).isEqualTo(before);
    Files.writeString(photo, "longer than before");
    assertThat(list(folder.resolve("photos").toString()).sha256()).isNotEqualTo(before);
  }

  @Test
  void nothingIsSaid() {
    assertThatThrownBy(() -> list(folder.resolve("none").toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No image matches");
    assertThatThrownBy(() -> list(folder.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No image matches");
  }

  private ListingFile list(String location) throws IOException {
    Path file = Files.createTempFile(listings, "listing", ".jsonl");
    return ListingFile.write(new InputSpec(location, LabelSource.AUTO), file);
  }

  private static List<String> names(ListingFile listing, int length) throws IOException {
    List<String> names = new ArrayList<>();
    for (ImageBlock block : listing.blocks(length)) {
      read(listing, block).forEach(image -> names.add(image.name()));
    }
    return names;
  }

  private static List<ImageRef> read(ListingFile listing, ImageBlock block) throws IOException {
    return read(Files.readAllBytes(listing.file()), block);
  }

  private static List<ImageRef> read(byte[] all, ImageBlock block) throws IOException {
    int from = Math.toIntExact(block.offset());
    return ListingFile.read(block, Arrays.copyOfRange(all, from, from + block.bytes()));
  }

  private static Path touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }
}
