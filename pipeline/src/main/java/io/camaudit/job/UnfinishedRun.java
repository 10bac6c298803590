package io.camaudit.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.camaudit.UserException;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import io.camaudit.input.InputSpec;
import io.camaudit.input.ListingFile;
import io.camaudit.input.UnchangedImages;
import io.camaudit.storage.RunFolder;
import io.camaudit.storage.StorageReason;
import io.camaudit.storage.TemporaryFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A run that has begun and not ended: its listing and what decides its results lie in its folder,
 * so that the same command goes on where a run was cut off.
 *
 * @param images in the listing
 * @param skipped files that the listing left out
 * @param repeated manifest entries that only repeat an image
 * @param blockLength images of every block but the last
 * @param blocks of the listing, in its order
 * @param done numbers of the blocks that an earlier, cut-off run left
 * @param since what is taken over from a finished run; null for nothing
 */
public record UnfinishedRun(
    long images,
    long skipped,
    long repeated,
    int blockLength,
    List<ImageBlock> blocks,
    Set<Integer> done,
    Since since) {
  private static final String LISTING = RunFolder.UNFINISHED + "/" + RunFolder.LISTING;
  private static final String UNCHANGED = RunFolder.UNFINISHED + "/unchanged.bin";
  private static final String IDENTITY_FILE = "run.json";
  private static final String IDENTITY = RunFolder.UNFINISHED + "/" + IDENTITY_FILE;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(
              SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT);
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  /** A listing that has been made, and is not yet part of a run. */
  public record Listed(ListingFile file, int blockLength) {
    /**
     * Lists the images of a run.
     *
     * @throws UserException if there are none
     */
    public static Listed of(InputSpec input, int batchSize) {
      return of(input, batchSize, null, image -> image);
    }

    /**
     * The same, with what each image's region is, and with other labels, as {@link
     * ListingFile#write} takes them.
     *
     * @throws UserException if there are none
     */
    public static Listed of(
        InputSpec input,
        int batchSize,
        Function<ImageRef, String> regions,
        UnaryOperator<ImageRef> relabel) {
      try {
        // Workers of a cluster read what it names, wherever they were started.
        ListingFile listing =
            ListingFile.write(
                input.absolute(), TemporaryFiles.file("listing", ".jsonl"), regions, relabel);
        return new Listed(listing, ImageBlock.length(listing.images(), batchSize));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Finds what can be taken over from an earlier run; empty if its listing is damaged. */
    public Optional<Since> since(EarlierRun run) {
      try (InputStream earlier = run.folder().stream(RunFolder.LISTING)) {
        Path places = TemporaryFiles.file("unchanged", ".tmp");
        return Optional.of(new Since(run, UnchangedImages.find(file, earlier, places)));
      } catch (JsonProcessingException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw TemporaryFiles.noRoom(e)
            .orElseGet(
                () ->
                    UserException.wrongArguments(
                        "The listing of %s cannot be read: %s.",
                        run.folder().root(), StorageReason.of(e)));
      }
    }
  }

  /**
   * What is taken over from an earlier run.
   *
   * @param run whose results they are
   * @param images which, by their places in both listings
   */
  public record Since(EarlierRun run, UnchangedImages images) {}

  /**
   * Begins a run, or goes on with the one that was cut off in the folder.
   *
   * @param decisive what decides the results beside the images, by name
   * @throws UserException if the folder holds a cut-off run that differs in something decisive
   */
  public static UnfinishedRun begin(RunFolder folder, Listed listed, Map<String, String> decisive) {
    return begin(folder, listed, decisive, null);
  }

  /**
   * The same with results of an earlier run. Which run that is decides nothing: the results are
   * those that would be computed.
   *
   * @throws UserException if the folder holds a cut-off run that differs in something decisive
   */
  public static UnfinishedRun begin(
      RunFolder folder, Listed listed, Map<String, String> decisive, Since since) {
    ListingFile listing = listed.file;
    try {
      Map<String, String> identity = new LinkedHashMap<>(decisive);
      identity.put("images", Long.toString(listing.images()));
      identity.put("listing", listing.sha256());
      Set<Integer> done = Set.of();
      if (isThere(folder)) {
        refuseOther(folder, JSON.readValue(folder.read(IDENTITY), TEXTS), identity);
        done = new BlockFiles(folder).done();
      } else {
        folder.copy(listing.file(), LISTING);
        folder.write(IDENTITY, JSON.writeValueAsBytes(identity));
      }
      List<ImageBlock> blocks = listing.blocks(listed.blockLength);
      Files.delete(listing.file());
      if (since != null) {
        folder.copy(since.images.file(), UNCHANGED);
        Files.delete(since.images.file());
      }
      return new UnfinishedRun(
          listing.images(),
          listing.skipped(),
          listing.repeated(),
          listed.blockLength,
          blocks,
          done,
          since);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a run was begun in a folder and can be gone on with. */
  public static boolean isThere(RunFolder folder) throws IOException {
    return folder.list(RunFolder.UNFINISHED).containsKey(IDENTITY_FILE);
  }

  /** The run whose results are taken over; null for none. */
  EarlierRun earlier() {
    return since == null ? null : since.run;
  }

  /** Images whose results an earlier run left. */
  public long imagesDone() {
    return blocks.stream().filter(b -> done.contains(b.number())).mapToLong(b -> b.images()).sum();
  }

  /**
   * The images with these names, in the listing's order. To be asked before the run's end, which
   * removes the listing.
   */
  public List<ImageRef> named(Set<String> names, RunFolder folder) {
    List<ImageRef> found = new ArrayList<>();
    try {
      for (ImageBlock block : blocks) {
        images(folder, block).stream()
            .filter(image -> names.contains(image.name()))
            .forEach(found::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** The images of a block of the run in a folder. */
  static List<ImageRef> images(RunFolder folder, ImageBlock block) throws IOException {
    return ListingFile.read(block, folder.read(LISTING, block.offset(), block.bytes()));
  }

  /**
   * Where the images of a block stand in the earlier run's listing, in their order; -1 for those
   * that are computed.
   */
  static List<Long> unchanged(RunFolder folder, ImageBlock block) throws IOException {
    int width = UnchangedImages.WIDTH;
    return UnchangedImages.read(
        folder.read(UNCHANGED, block.firstPosition() * width, block.images() * width));
  }

  /** Where the listing of a run lies that has begun and not ended. */
  public static String listing(RunFolder folder) {
    return folder.locate(LISTING);
  }

  /** Leaves the listing for later runs in the folder of one that is about to be finished. */
  public static void keepListing(RunFolder folder) {
    folder.take(folder, LISTING, RunFolder.LISTING);
  }

  /** Removes what the run in a folder would have needed to go on: it has come to its end. */
  public static void end(RunFolder folder) {
    folder.delete(IDENTITY); // first: without the rest nobody could go on
    folder.delete(RunFolder.UNFINISHED);
  }

  List<ImageBlock> open() {
    return blocks.stream().filter(block -> !done.contains(block.number())).toList();
  }

  private static void refuseOther(
      RunFolder folder, Map<String, String> then, Map<String, String> now) {
    List<String> differences = new ArrayList<>();
    Map<String, String> before = new LinkedHashMap<>(then);
    Map<String, String> after = new LinkedHashMap<>(now);
    String listing = before.remove("listing");
    if (!Objects.equals(listing, after.remove("listing"))) {
      differences.add("the images, their times, labels or regions");
    }
    differences.addAll(0, Differences.between(before, after));
    if (!differences.isEmpty()) {
      throw UserException.wrongArguments(
          "The run that was cut off in %s differs in %s: start anew with --overwrite, or choose another folder.",
          folder.root(), String.join(", ", differences));
    }
  }
}
