package io.camaudit.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an input names outside of its folder, by a path or through a link. */
class EnclosureTest {
  @TempDir Path top;
  private Path folder;
  private Path elsewhere;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectories(top.resolve("data"));
    elsewhere = Files.createDirectories(top.resolve("database"));
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/in.jpg"), "");
    Files.writeString(elsewhere.resolve("out.jpg"), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../database/out.jpg",
        "a/../../database/out.jpg",
        "./../database/out.jpg",
        "..\\database\\out.jpg",
        "a/../..",
        "/etc/passwd.jpg",
        "file:///etc/passwd.jpg",
        "s3://bucket/out.jpg"
      })
  void aManifestThatLeavesItsFolderIsRefusedUnlessAllowed(String name) throws IOException {
    Path list = Files.writeString(folder.resolve("list.csv"), "image\na/in.jpg\n" + name + "\n");
    assertThatThrownBy(() -> names(list, false))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_ARGUMENTS))
        .hasMessageContaining("entry 2: " + name + " lies outside")
        .hasMessageContaining("--allow-outside");
    assertThat(names(list, true)).hasSize(2);
  }

  /** A folder whose name begins alike is another one. */
  @Test
  void absolutePathsIntoTheFolderAreInside() throws IOException {
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "image\n" + folder.toAbsolutePath() + "/a/in.jpg\na/../a/./in.jpg\n");
    assertThat(names(list, false)).hasSize(2);
    Files.writeString(list, "image\n" + elsewhere.toAbsolutePath() + "/out.jpg\n");
    assertThatThrownBy(() -> names(list, false)).isInstanceOf(UserException.class);
  }

  @Test
  void linksInsideAreFollowedAndThoseThatLeadOutAreCounted() throws IOException {
    Files.createSymbolicLink(folder.resolve("again.jpg"), Path.of("a/in.jpg"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("out.jpg"), elsewhere.resolve("out.jpg"));
    Files.createSymbolicLink(folder.resolve("c"), elsewhere);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    List<String> notes = new ArrayList<>();
    assertThat(names(folder, false, notes)).containsExactly("a/in.jpg", "again.jpg", "b/in.jpg");
    assertThat(notes)
        .anyMatch(note -> note.contains("2 links that lead out of the folder"))
        .anyMatch(note -> note.contains("(such as c)"));
    assertThat(names(folder, true))
        .containsExactly("a/in.jpg", "again.jpg", "b/in.jpg", "c/out.jpg", "out.jpg");
  }

  @Test
  void aFolderThatIsALinkItselfIsWhereItLeads() throws IOException {
    Path link = Files.createSymbolicLink(top.resolve("link"), folder);
    assertThat(names(link, false)).containsExactly("a/in.jpg");
    Path list = Files.writeString(folder.resolve("list.csv"), "image\na/in.jpg\n");
    assertThat(names(link.resolve(list.getFileName()), false)).containsExactly("a/in.jpg");
  }

  @Test
  void aManifestsLinksThatLeadOutAreLeftOutAndTold() throws IOException {
    Files.createSymbolicLink(folder.resolve("out.jpg"), elsewhere.resolve("out.jpg"));
    Files.createSymbolicLink(folder.resolve("c"), elsewhere);
    Path list =
        Files.writeString(
            folder.resolve("list.csv"), "image\na/in.jpg\nout.jpg\nc/out.jpg\nmissing.jpg\n");
    List<String> notes = new ArrayList<>();
    assertThat(names(list, false, notes)).containsExactly("a/in.jpg", "missing.jpg");
    assertThat(notes).anyMatch(note -> note.contains("2 links that lead out of the folder"));
    assertThat(names(list, true)).hasSize(4);
  }

  @Test
  void ifNothingIsLeftItIsSaidWhy() throws IOException {
    Files.delete(folder.resolve("a/in.jpg"));
    Files.createSymbolicLink(folder.resolve("out.jpg"), elsewhere.resolve("out.jpg"));
    assertThatThrownBy(() -> names(folder, false))
        .hasMessageContaining("No image matches")
        .hasMessageContaining("1 links that lead out of the folder, which --allow-outside follows");
  }

  private List<String> names(Path input, boolean outside) throws IOException {
    return names(input, outside, new ArrayList<>());
  }

  private List<String> names(Path input, boolean outside, List<String> notes) throws IOException {
    Path file = Files.createTempFile(top, "listing", ".jsonl");
    InputSpec spec = new InputSpec(input.toString(), LabelSource.NONE, outside);
    ListingFile listing = ListingFile.write(spec, file);
    notes.addAll(listing.notes());
    List<String> names = new ArrayList<>();
    for (ImageBlock block : listing.blocks(100)) {
      byte[] lines = new byte[block.bytes()];
      System.arraycopy(
          Files.readAllBytes(listing.file()), (int) block.offset(), lines, 0, lines.length);
      ListingFile.read(block, lines).forEach(image -> names.add(image.name()));
    }
    return names;
  }
}
