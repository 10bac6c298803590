package io.camaudit.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.savedmodel.ClassLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionSourceTest {
  private static final List<ClassLabel> LABELS = List.of(new ClassLabel(0, "n1", List.of("cat")));

  @TempDir Path folder;

  private static String box(int width) {
    return """
        {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "cat"}],
         "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, %d, 8]}]}
        """
        .formatted(width);
  }

  private static String voc(int xmax) {
    return """
        <annotation><filename>a.png</filename><object><name>cat</name><bndbox><xmin>1</xmin>
        <ymin>1</ymin><xmax>%d</xmax><ymax>9</ymax></bndbox></object></annotation>
        """
        .formatted(xmax);
  }

  @Test
  void aProcessReadsAFileOnceUnlessItChanges() throws IOException {
    Path file = Files.writeString(folder.resolve("regions.json"), box(8));
    check(file, file, box(16));
  }

  @Test
  void aProcessReadsAFolderOnceUnlessOneOfItsFilesChanges() throws IOException {
    Files.writeString(folder.resolve("a.xml"), voc(9));
    check(folder, folder.resolve("a.xml"), voc(17));
  }

  private static void check(Path regions, Path file, String changed) throws IOException {
    RegionSource source = new RegionSource(regions.toString(), RegionSource.Counting.LABEL, null);
    RegionSet first = source.shared(LABELS);
    assertThat(source.shared(LABELS)).isSameAs(first);
    Files.writeString(file, changed);
    RegionSet second = source.shared(LABELS);
    assertThat(second).isNotSameAs(first);
    assertThat(source.shared(LABELS)).isSameAs(second);
  }
}
