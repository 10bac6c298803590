package io.camaudit.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnchangedImagesTest {
  @TempDir Path folder;
  private int files;

  @Test
  void imagesAreFoundByNameWhateverTheOrder() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      names.add("a/%d.jpg".formatted(i));
      touch("a/%d.jpg".formatted(i));
    }
    Path earlier = listing(manifest(names, "cat"), null).file();
    List<String> now = new ArrayList<>(names.subList(3, names.size()));
    now.add("new.jpg");
    touch("new.jpg");
    Collections.shuffle(now, new Random(5));
    UnchangedImages found = find(listing(manifest(now, "cat"), null), earlier);
    List<Long> expected = new ArrayList<>();
    now.forEach(name -> expected.add((long) names.indexOf(name)));
    assertThat(UnchangedImages.read(Files.readAllBytes(found.file()))).isEqualTo(expected);
    assertThat(found.unchanged()).isEqualTo(names.size() - 3);
    assertThat(found.gone()).isEqualTo(3);
  }

  @Test
  void whatChangesResultsIsAChange() throws IOException {
    List<String> names =
        List.of("same.jpg", "longer.jpg", "later.jpg", "label.jpg", "region.jpg", "gone.jpg");
    for (String name : names) {
      touch(name);
    }
    Map<String, String> regions = Map.of("region.jpg", "here", "same.jpg", "there");
    Path earlier = listing(rows(names, "cat"), image -> regions.get(image.name())).file();
    Files.writeString(folder.resolve("longer.jpg"), "longer", StandardOpenOption.APPEND);
    Files.setLastModifiedTime(folder.resolve("longer.jpg"), FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(folder.resolve("later.jpg"), FileTime.fromMillis(2_000_000));
    Path rows = rows(List.of("same.jpg", "longer.jpg", "later.jpg", "region.jpg"), "cat");
    Files.writeString(rows, "label.jpg,dog,,,,\n", StandardOpenOption.APPEND);
    Map<String, String> moved = Map.of("region.jpg", "elsewhere", "same.jpg", "there");
    UnchangedImages found = find(listing(rows, image -> moved.get(image.name())), earlier);
    assertThat(UnchangedImages.read(Files.readAllBytes(found.file())))
        .containsExactly(0L, -1L, -1L, -1L, -1L);
    assertThat(found.gone()).isEqualTo(1);
  }

  @Test
  void boxesAreRegions() throws IOException {
    touch("a.jpg");
    touch("b.jpg");
    Path one =
        Files.writeString(file(".csv"), "image,x,y,width,height\na.jpg,1,2,3,4\nb.jpg,1,2,3,4\n");
    Path other =
        Files.writeString(file(".csv"), "image,x,y,width,height\na.jpg,1,2,3,4\nb.jpg,1,2,3,5\n");
    UnchangedImages found = find(listing(other, null), listing(one, null).file());
    assertThat(UnchangedImages.read(Files.readAllBytes(found.file()))).containsExactly(0L, -1L);
  }

  @Test
  void aFileThatStorageSaysNothingOfMayHaveChanged() throws IOException {
    touch("a.jpg");
    Files.setLastModifiedTime(folder.resolve("a.jpg"), FileTime.fromMillis(0));
    Path list = manifest(List.of("a.jpg", "missing.jpg"), "cat");
    UnchangedImages found = find(listing(list, null), listing(list, null).file());
    assertThat(UnchangedImages.read(Files.readAllBytes(found.file()))).containsExactly(-1L, -1L);
    assertThat(found.gone()).isZero();
  }

  @Test
  void anEntityTagCountsMoreThanATime() throws IOException {
    Path earlier = stamped(new FileStamp(9, 1000, "one"), new FileStamp(9, 1000, "two"), null);
    Path now =
        stamped(
            new FileStamp(9, 2000, "one"),
            new FileStamp(9, 1000, "three"),
            new FileStamp(9, 1000, "one"));
    UnchangedImages found =
        find(new ListingFile(now, 3, 0, 0, "", Collections.emptySortedMap(), List.of()), earlier);
    assertThat(UnchangedImages.read(Files.readAllBytes(found.file())))
        .containsExactly(0L, -1L, -1L);
  }

  private Path stamped(FileStamp... stamps) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < stamps.length; i++) {
      String name = i + ".jpg";
      ImageRef image = new ImageRef(i, name, name, null, false, List.of(), stamps[i]);
      lines.append(ListingLine.of(image)).append('\n');
    }
    return Files.writeString(file(".jsonl"), lines);
  }

  @Test
  void namesThatSortAlikeAreNotMistaken() throws IOException {
    // The sorter has no other place for control characters than among these.
    List<String> names = List.of("x A.jpg", "x\u0001.jpg", "x B.jpg", "x\u0002.jpg");
    for (String name : names) {
      touch("photos/" + name);
    }
    InputSpec photos = new InputSpec(folder.resolve("photos").toString(), LabelSource.AUTO);
    Path earlier = ListingFile.write(photos, file(".jsonl")).file();
    Files.delete(folder.resolve("photos/x A.jpg"));
    ListingFile now = ListingFile.write(photos, file(".jsonl"));
    UnchangedImages found = find(now, earlier);
    assertThat(found.unchanged()).isEqualTo(3);
    assertThat(found.gone()).isEqualTo(1);
    assertThat(UnchangedImages.read(Files.readAllBytes(found.file()))).doesNotContain(-1L);
  }

  private UnchangedImages find(ListingFile listing, Path earlier) throws IOException {
    try (InputStream in = Files.newInputStream(earlier)) {
      return UnchangedImages.find(listing, in, file(".bin"));
    }
  }

  private ListingFile listing(Path manifest, Function<ImageRef, String> regions) {
    return ListingFile.write(
        new InputSpec(manifest.toString(), LabelSource.AUTO),
        file(".jsonl"),
        regions,
        image -> image);
  }

  private Path manifest(List<String> names, String label) throws IOException {
    StringBuilder text = new StringBuilder("image,label\n");
    names.forEach(name -> text.append(name).append(',').append(label).append('\n'));
    return Files.writeString(file(".csv"), text);
  }

  private Path rows(List<String> names, String label) throws IOException {
    StringBuilder text = new StringBuilder("image,label,x,y,width,height\n");
    names.forEach(name -> text.append(name).append(',').append(label).append(",,,,\n"));
    return Files.writeString(file(".csv"), text);
  }

  private Path file(String suffix) {
    return folder.resolve("file-" + files++ + suffix);
  }

  private void touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}
