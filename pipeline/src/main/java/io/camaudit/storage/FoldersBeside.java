package io.camaudit.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folders that lie beside a run's, where runs of other nights may be. */
public final class FoldersBeside {
  private FoldersBeside() {}

  /**
   * The folders beside one, in no order. Links are left out, since what they lead to is another's,
   * and so are folders that a run is at work in. Where a look into each is cheap, only those come
   * that a finished run may lie in.
   */
  public static List<RunFolder> of(RunFolder folder) throws IOException {
    return folder.local().isPresent()
        ? ofLocal(folder.local().get())
        : ofRemote(Locations.absolute(folder.root()));
  }

  private static List<RunFolder> ofLocal(Path output) throws IOException {
    Path here = output.toAbsolutePath().normalize();
    Path parent = output.getParent() == null ? Path.of("") : output.getParent();
    List<RunFolder> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(parent.toString().isEmpty() ? Path.of(".") : parent)) {
      for (Path folder : folders.toList()) {
        boolean other = !folder.toAbsolutePath().normalize().equals(here);
        if (other
            && !Files.isSymbolicLink(folder)
            && Files.isDirectory(folder)
            && !Files.exists(folder.resolve(RunFolder.UNFINISHED))) {
          found.add(new RunFolder(parent.resolve(folder.getFileName()).toString()));
        }
      }
    }
    return found;
  }

  private static List<RunFolder> ofRemote(String output) throws IOException {
    int slash = output.lastIndexOf('/');
    if (output.charAt(slash - 1) == '/') {
      return List.of(); // a whole bucket, beside which there are others' only
    }
    String parent = output.substring(0, slash);
    List<RunFolder> found = new ArrayList<>();
    for (String name : StoredListing.foldersWith(parent, RunFolder.SUMMARY)) {
      RunFolder folder = new RunFolder(Locations.resolve(parent, name));
      if (!folder.root().equals(output) && folder.list(RunFolder.UNFINISHED).isEmpty()) {
        found.add(folder);
      }
    }
    return found;
  }
}
