package io.camaudit.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that lies beside a run's, where a run of another night may be.
 *
 * @param folder where it is
 * @param open whether a run is at work in it, or was cut off there
 */
public record FolderBeside(RunFolder folder, boolean open) {
  /**
   * The folders beside one, in no order. Links are left out, since what they lead to is another's.
   * Where a look into each is cheap, only those come that a run may lie in.
   */
  public static List<FolderBeside> of(RunFolder folder) throws IOException {
    return folder.local().isPresent()
        ? ofLocal(folder.local().get())
        : ofRemote(Locations.absolute(folder.root()));
  }

  private static List<FolderBeside> ofLocal(Path output) throws IOException {
    Path here = output.toAbsolutePath().normalize();
    Path parent = output.getParent() == null ? Path.of("") : output.getParent();
    Path listed = parent.toString().isEmpty() ? Path.of(".") : parent;
    if (!Files.isDirectory(listed)) {
      return List.of(); // the run is the first, and makes it
    }
    List<FolderBeside> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(listed)) {
      for (Path folder : folders.toList()) {
        boolean other = !folder.toAbsolutePath().normalize().equals(here);
        if (other && !Files.isSymbolicLink(folder) && Files.isDirectory(folder)) {
          found.add(
              new FolderBeside(
                  new RunFolder(parent.resolve(folder.getFileName()).toString()),
                  RunFolder.OF_OPEN_RUNS.stream()
                      .anyMatch(name -> Files.exists(folder.resolve(name)))));
        }
      }
    }
    return found;
  }

  private static List<FolderBeside> ofRemote(String output) throws IOException {
    int slash = output.lastIndexOf('/');
    if (output.charAt(slash - 1) == '/') {
      return List.of(); // a whole bucket, beside which there are others' only
    }
    String parent = output.substring(0, slash);
    List<FolderBeside> found = new ArrayList<>();
    List<String> telling = List.of(RunFolder.SUMMARY, RunFolder.UNFINISHED + "/*.json");
    for (String name : StoredListing.foldersWith(parent, telling)) {
      RunFolder folder = new RunFolder(Locations.resolve(parent, name));
      if (!folder.root().equals(output)) {
        boolean open = !folder.list(RunFolder.UNFINISHED).isEmpty() || folder.has(RunFolder.LEASE);
        found.add(new FolderBeside(folder, open));
      }
    }
    return found;
  }
}
