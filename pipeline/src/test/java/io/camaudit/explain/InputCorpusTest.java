package io.camaudit.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.camaudit.TestPictures;
import io.camaudit.UserException;
import io.camaudit.input.ImageBlock;
import io.camaudit.input.ImageRef;
import io.camaudit.input.InputSpec;
import io.camaudit.input.LabelSource;
import io.camaudit.input.ListingFile;
import io.camaudit.savedmodel.ClassLabel;
import io.camaudit.savedmodel.ModelKind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders and lists of images in the variants that people have, each with what has to come of it,
 * written down by hand: the images with their classes, words of what is told, or of the refusal.
 * Prints a table of what was taken how.
 */
class InputCorpusTest {
  private static final List<ClassLabel> CLASSES =
      List.of(
          new ClassLabel(0, "n02121808", List.of("cat", "house cat")),
          new ClassLabel(1, "n02084071", List.of("dog")),
          new ClassLabel(2, "n02512053", List.of("fish")),
          new ClassLabel(3, "n02012849", List.of("crane")),
          new ClassLabel(4, "n03126707", List.of("crane")),
          new ClassLabel(5, "caf\u00e9", List.of("caf\u00e9")),
          new ClassLabel(6, "006.Black_footed_Albatross", List.of("006.Black_footed_Albatross")),
          new ClassLabel(7, "Boeing 747", List.of("Boeing 747")),
          new ClassLabel(8, "Great white", List.of("Great white")),
          new ClassLabel(9, "great-white", List.of("great-white")));

  @TempDir Path folder;
  private final List<Case> cases = new ArrayList<>();
  private byte[] jpeg;

  private interface Setup {
    void write(Path place) throws IOException;
  }

  /** A case: the input below its folder, the images as "name=class", and words that are told. */
  private record Case(
      String variant, Setup setup, String input, LabelSource labels, String images, String told) {}

  private void folders(String variant, String names, String images, String... told) {
    add(variant, place -> pictures(place.resolve("in"), names), "in", images, told);
  }

  private void list(String variant, String file, String text, String images, String... told) {
    list(variant, file, text, UTF_8, images, told);
  }

  /** A list beside the pictures a.jpg, b.jpg, "my photo.jpg", raw (no suffix), fish/c.jpg. */
  private void list(
      String variant, String file, String text, Charset charset, String images, String... told) {
    add(
        variant,
        place -> {
          pictures(place, "a.jpg|b.jpg|my photo.jpg|raw|fish/c.jpg|n02512053/d.jpg");
          Files.write(place.resolve(file), text.getBytes(charset));
        },
        file,
        images,
        told);
  }

  private void add(String variant, Setup setup, String input, String images, String... told) {
    add(variant, setup, input, LabelSource.AUTO, images, told);
  }

  private void add(
      String variant,
      Setup setup,
      String input,
      LabelSource labels,
      String images,
      String... told) {
    cases.add(new Case(variant, setup, input, labels, images, String.join("|", told)));
  }

  private void pictures(Path place, String names) throws IOException {
    for (String name : names.split("[|]")) {
      Path file = place.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, jpeg);
    }
  }

  @Test
  void everyVariantIsTakenAsWrittenDown() throws IOException {
    jpeg = TestPictures.bytes("jpg", 8, 8, 1);
    folderNames();
    nestedFolders();
    files();
    texts();
    tables();
    encodings();
    json();
    refusals();
    List<String> wrong = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    int number = 0;
    for (Case one : cases) {
      Path place = Files.createDirectory(folder.resolve("case" + number++));
      one.setup().write(place);
      List<String> notes = new ArrayList<>();
      String got = take(place + "/" + one.input(), one.labels(), notes);
      String said = String.join(" ", notes).replace(place + "/", "");
      table.append(
          String.format(
              Locale.ROOT,
              "%-48s %s%n",
              one.variant(),
              (got + "  [" + said + "]").replace("  []", "")));
      boolean told =
          one.told().isEmpty()
              ? said.isEmpty()
              : Arrays.stream(one.told().split("[|]")).allMatch(said::contains);
      if (!told
          || !(got.startsWith("refused")
              ? one.images().equals("refused")
              : got.equals(one.images()))) {
        wrong.add(
            one.variant()
                + ": wanted "
                + one.images()
                + " ["
                + one.told()
                + "], got "
                + got
                + " ["
                + said
                + "]");
      }
    }
    System.out.println(number + " inputs and how they were taken\n" + table);
    assertThat(wrong).isEmpty();
    assertThat(number).isGreaterThanOrEqualTo(60);
  }

  private String take(String input, LabelSource labels, List<String> notes) throws IOException {
    Path file = Files.createTempFile(folder, "listing", ".jsonl");
    try {
      ListingFile listing = ListingFile.write(new InputSpec(input, labels), file);
      notes.addAll(listing.notes());
      notes.addAll(LabelNotes.of(listing.labels(), CLASSES, ModelKind.SINGLE_LABEL));
      ImageLabels meanings = new ImageLabels(new ClassIndex(CLASSES));
      ImageBlock block = listing.blocks(1000).get(0);
      List<ImageRef> images = ListingFile.read(block, Files.readAllBytes(file));
      return images.stream()
          .map(
              image -> {
                ClassLabel label = meanings.of(image);
                String there = Files.exists(Path.of(image.location())) ? "" : " (not there)";
                return image.name()
                    + "="
                    + (label == null
                        ? "-"
                        : label
                            .id()
                            .replaceFirst(
                                "^n0.*",
                                label.name() + (label.name().equals("crane") ? label.index() : "")))
                    + there;
              })
          .collect(Collectors.joining("; "));
    } catch (UserException e) {
      notes.add(e.getMessage());
      return "refused";
    }
  }

  private void folderNames() {
    folders("folders as they stand", "cat/1.jpg|dog/1.jpg", "cat/1.jpg=cat; dog/1.jpg=dog");
    folders("folder by id", "n02512053/1.jpg", "n02512053/1.jpg=fish");
    folders("second name", "house cat/1.jpg", "house cat/1.jpg=cat");
    folders(
        "case",
        "Fish/1.jpg|DOG/1.jpg",
        "DOG/1.jpg=dog; Fish/1.jpg=fish",
        "with other case",
        "\"DOG\" for dog");
    folders(
        "underscore, hyphen",
        "house_cat/1.jpg|House-Cat/1.jpg",
        "House-Cat/1.jpg=cat; house_cat/1.jpg=cat",
        "\"house_cat\" for cat");
    String decomposed = Normalizer.normalize("caf\u00e9", Normalizer.Form.NFD);
    folders("Unicode form", decomposed + "/1.jpg", decomposed + "/1.jpg=caf\u00e9", "Unicode form");
    folders(
        "id before the name",
        "n02512053-fish/1.jpg",
        "n02512053-fish/1.jpg=fish",
        "an id or a number beside");
    folders(
        "id before another word for it",
        "n02512053-poisson/1.jpg",
        "n02512053-poisson/1.jpg=fish",
        "beside its name");
    folders(
        "id behind the name",
        "fish (n02512053)/1.jpg|fish-n02512053/1.jpg",
        "fish (n02512053)/1.jpg=fish; fish-n02512053/1.jpg=fish",
        "beside its name");
    folders(
        "number before the name",
        "003.fish/1.jpg|1_dog/1.jpg|00 cat/1.jpg",
        "00 cat/1.jpg=cat; 003.fish/1.jpg=fish; 1_dog/1.jpg=dog",
        "\"003.fish\" for fish");
    folders("letter and number before", "c0_dog/1.jpg", "c0_dog/1.jpg=dog", "\"c0_dog\" for dog");
    folders(
        "number behind the name", "fish_003/1.jpg", "fish_003/1.jpg=fish", "\"fish_003\" for fish");
    folders(
        "number in the model's name only",
        "Black-footed albatross/1.jpg",
        "Black-footed albatross/1.jpg=006.Black_footed_Albatross",
        "beside its name");
    folders(
        "the same number otherwise written",
        "6_black footed albatross/1.jpg",
        "6_black footed albatross/1.jpg=006.Black_footed_Albatross",
        "beside its name");
    folders(
        "another number is another class",
        "Boeing 777/1.jpg",
        "Boeing 777/1.jpg=-",
        "no class of the model",
        "nearest is Boeing 747");
    folders(
        "id and name of two classes",
        "n02512053 dog/1.jpg",
        "n02512053 dog/1.jpg=-",
        "could be several",
        "fish (id n02512053, index 2), dog (id n02084071");
    folders(
        "a name of two classes",
        "crane/1.jpg",
        "crane/1.jpg=-",
        "could be several",
        "crane (id n02012849, index 3), crane (id n03126707, index 4)");
    folders(
        "a name of two classes, with the id",
        "n03126707-crane/1.jpg",
        "n03126707-crane/1.jpg=crane4",
        "beside its name");
    folders(
        "two classes as they stand",
        "Great white/1.jpg|great-white/1.jpg",
        "Great white/1.jpg=Great white; great-white/1.jpg=great-white");
    folders(
        "two classes but for their form",
        "GREAT_WHITE/1.jpg",
        "GREAT_WHITE/1.jpg=-",
        "could be several");
    folders(
        "index",
        "1/1.jpg|02/1.jpg",
        "02/1.jpg=fish; 1/1.jpg=dog",
        "taken for the model's indices, which count from 0");
    folders(
        "index from 1", "1/1.jpg|10/1.jpg", "1/1.jpg=dog; 10/1.jpg=-", "reach 10 and have no 0");
    folders("plural", "cats/1.jpg", "cats/1.jpg=-", "\"cats\", the nearest is cat");
    folders("no class at all", "holiday/1.jpg", "holiday/1.jpg=-", "no class of the model");
  }

  private void nestedFolders() {
    folders(
        "class/sub",
        "dog/2024/1.jpg|dog/a/b/1.jpg",
        "dog/2024/1.jpg=dog; dog/a/b/1.jpg=dog",
        "class of a folder around them",
        "\"dog/2024\" for dog");
    folders("class/number", "fish/1/1.jpg", "fish/1/1.jpg=fish", "\"fish/1\" for fish");
    folders(
        "split/class", "train/cat/1.jpg|val/cat/1.jpg", "train/cat/1.jpg=cat; val/cat/1.jpg=cat");
    folders(
        "split/id/images (Tiny ImageNet)",
        "train/n02512053/images/1.jpg",
        "train/n02512053/images/1.jpg=fish",
        "around them");
    folders(
        "class within class",
        "cat/dog/1.jpg",
        "cat/dog/1.jpg=dog",
        "of which the inner counts",
        "\"cat/dog\" for dog");
    folders(
        "exact outside, forgiven inside",
        "cat/Dog/1.jpg",
        "cat/Dog/1.jpg=cat",
        "\"cat/Dog\" for cat");
    folders(
        "name of two classes below an id",
        "n02012849/crane/1.jpg",
        "n02012849/crane/1.jpg=crane3",
        "around them");
    add(
        "--labels folder",
        p -> pictures(p.resolve("in"), "cat/sub/1.jpg"),
        "in",
        LabelSource.FOLDER,
        "cat/sub/1.jpg=-",
        "Labels that are no class",
        "\"sub\"");
    add(
        "--labels none",
        p -> pictures(p.resolve("in"), "cat/1.jpg"),
        "in",
        LabelSource.NONE,
        "cat/1.jpg=-");
  }

  private void files() {
    folders(
        "pictures without suffix",
        "fish/0a1b|fish/IMG.0001|fish/p.jpg_original",
        "fish/0a1b=fish; fish/IMG.0001=fish; fish/p.jpg_original=fish",
        "whose content is a picture: 3");
    add(
        "other files",
        p -> {
          pictures(
              p.resolve("in"),
              "cat/1.jpg|cat/.hidden.jpg|run/run.json|run/overlays/1.jpg|cat/2.txt|__MACOSX/._1.jpg");
          Files.writeString(p.resolve("in/cat/README"), "text");
        },
        "in",
        "cat/1.jpg=cat",
        "1 .txt, 1 without suffix, 1 hidden (such as cat/.hidden.jpg),"
            + " 1 of the operating system (such as __MACOSX), 1 written by earlier runs (such as run)");
    add(
        "a pattern leaves others out",
        p -> pictures(p.resolve("in"), "cat/1.jpg|cat/2.jpeg|cat/3.JPG"),
        "in/**.jpg",
        "cat/1.jpg=cat",
        "1 .JPG, 1 .jpeg");
    add(
        "a folder named like a list",
        p -> pictures(p.resolve("photos.csv"), "cat/1.jpg"),
        "photos.csv",
        "cat/1.jpg=cat");
    add(
        "a folder with brackets",
        p -> pictures(p.resolve("in [a] {b}*"), "cat/1.jpg"),
        "in [a] {b}*",
        "cat/1.jpg=cat");
    add(
        "a pattern below a folder with brackets",
        p -> pictures(p.resolve("in [a] {b}"), "cat/1.jpg|dog/2.jpg"),
        "in [a] {b}/c*/**.jpg",
        "cat/1.jpg=cat",
        "left out: 1 .jpg");
    add(
        "an image with brackets",
        p -> pictures(p.resolve("in"), "a[1].jpg"),
        "in/a[1].jpg",
        "a[1].jpg=-");
    add("an image without suffix", p -> pictures(p.resolve("in"), "raw"), "in/raw", "raw=-");
    add(
        "a link to a folder",
        p -> {
          pictures(p.resolve("real"), "cat/1.jpg");
          Files.createSymbolicLink(p.resolve("in"), p.resolve("real"));
        },
        "in",
        "cat/1.jpg=cat");
    add(
        "a class's folder behind a link",
        p -> {
          pictures(p.resolve("in/real"), "1.jpg");
          Files.createSymbolicLink(p.resolve("in/cat"), p.resolve("in/real"));
        },
        "in",
        "cat/1.jpg=cat; real/1.jpg=-",
        "\"real\"");
    add(
        "a class's folder behind a link out of the input",
        p -> {
          pictures(p.resolve("real"), "1.jpg");
          pictures(p.resolve("in"), "dog/1.jpg");
          Files.createSymbolicLink(p.resolve("in/cat"), p.resolve("real"));
        },
        "in",
        "dog/1.jpg=dog",
        "1 links that lead out of the folder, which --allow-outside follows (such as cat)");
  }

  private void texts() {
    list("list.txt of paths", "l.txt", "a.jpg\nb.jpg\n", "a.jpg=-; b.jpg=-");
    list(
        "a column a class",
        "l.csv",
        "image,cat,dog,fish,crane\na.jpg,0,0,1,1\nfish/c.jpg,0,0,1,0\n",
        "a.jpg=-; fish/c.jpg=fish",
        "columns \"cat\", \"dog\", \"fish\" and 1 more are not taken for labels");
    list(
        "a column a class, JSON",
        "l.jsonl",
        "{\"image\": \"a.jpg\", \"cat\": true, \"dog\": false}\n",
        "a.jpg=-",
        "columns \"cat\", \"dog\" are not taken for labels");
    list("boxes without labels", "l.csv", "image,x,y,width,height\na.jpg,0,1,2,2\n", "a.jpg=-");
    list("places without labels", "l.csv", "image,x,y\na.jpg,3,1\n", "a.jpg=-");
    list(
        "y alone",
        "l.csv",
        "image,y\na.jpg,fish\n",
        "a.jpg=fish",
        "\"image\", the labels from \"y\"");
    list("marks beside a label", "l.csv", "image,label,hidden,old\na.jpg,fish,0,1\n", "a.jpg=fish");
    list("marks that are a box", "l.csv", "image,xmin,ymin,xmax,ymax\na.jpg,0,0,1,1\n", "a.jpg=-");
    list(
        "folders of the paths",
        "l.txt",
        "fish/c.jpg\nn02512053/d.jpg\n",
        "fish/c.jpg=fish; n02512053/d.jpg=fish");
    list(
        "path and index (ImageNet, Caffe)",
        "val.txt",
        "b.jpg 0\na.jpg 2\n",
        "b.jpg=cat; a.jpg=fish",
        "indices, which count from 0");
    list(
        "path, tab, name",
        "l.txt",
        "a.jpg\tfish\nb.jpg\tGreat white\n",
        "a.jpg=fish; b.jpg=Great white");
    list("path, comma, name", "l.txt", "a.jpg, fish\nb.jpg,dog", "a.jpg=fish; b.jpg=dog");
    list(
        "spaces in the path and the name",
        "l.txt",
        "my photo.jpg house cat\na.jpg fish\n",
        "my photo.jpg=cat; a.jpg=fish");
    list("quoted path", "l.txt", "\"my photo.jpg\" fish\n", "my photo.jpg=fish");
    list(
        "capital suffix, ./ and backslash",
        "l.txt",
        "./a.jpg fish\nfish\\c.jpg fish\n",
        "a.jpg=fish; fish/c.jpg=fish");
    list("path without suffix", "l.txt", "raw fish\na.jpg dog\n", "raw=fish; a.jpg=dog");
    list(
        "comments and blank lines",
        "l.txt",
        "# made by hand\n\na.jpg fish\n\n# end\n",
        "a.jpg=fish");
    list("CR LF", "l.txt", "a.jpg fish\r\nb.jpg dog\r\n", "a.jpg=fish; b.jpg=dog");
    list(
        "counted lines (CUB)",
        "images.txt",
        "1 fish/c.jpg\n2 a.jpg\n",
        "fish/c.jpg=fish; a.jpg=-",
        "taken for a count of the lines");
    list(
        "count, label, path (MXNet)",
        "train.lst",
        "0\t2.000000\ta.jpg\n1\t1.000000\tb.jpg\n",
        "a.jpg=fish; b.jpg=dog",
        "from its column 3",
        "column 2");
    list(
        "name, id, box (Tiny ImageNet)",
        "val_annotations.txt",
        "a.jpg\tn02512053\t0\t32\t44\t62\n",
        "a.jpg=fish",
        "column 1",
        "column 2");
    list("header with a space", "l.txt", "filename label\na.jpg fish\n", "a.jpg=fish");
    list("a name without suffix", "list", "a.jpg fish\n", "a.jpg=fish");
    list("an image twice", "l.txt", "a.jpg fish\na.jpg fish\n", "a.jpg=fish");
    list(
        "an image twice, with two labels",
        "l.txt",
        "a.jpg fish\nb.jpg cat\na.jpg dog\n",
        "a.jpg=-; b.jpg=cat",
        "1 images have several entries with different labels",
        "not one class",
        "\"fish | dog\" (1 image)");
    list(
        "an image twice, its label in two forms",
        "m.csv",
        "image,label\na.jpg,fish\na.jpg,n02512053\n",
        "a.jpg=fish",
        "several entries with different labels");
    list(
        "an image twice, once without a label",
        "m.csv",
        "image,label\na.jpg,\na.jpg,fish\n",
        "a.jpg=fish");
    list(
        "an image twice, once with a strange label",
        "m.csv",
        "image,label\na.jpg,fish\na.jpg,zebra\n",
        "a.jpg=-",
        "\"fish | zebra\"");
    list(
        "a row a box, with two labels",
        "m.csv",
        "image,label,xmin,ymin,xmax,ymax\na.jpg,fish,0,0,2,2\na.jpg,dog,1,1,4,4\n",
        "a.jpg=-",
        "not one class");
    list(
        "several labels in JSON",
        "m.json",
        "[{\"image\": \"a.jpg\", \"label\": [\"fish\", \"dog\"]}]",
        "a.jpg=-",
        "not one class",
        "\"fish | dog\"");
  }

  private void tables() {
    list("image,label", "m.csv", "image,label\na.jpg,fish\nb.jpg,\n", "a.jpg=fish; b.jpg=-");
    list("semicolons", "m.csv", "image;label\na.jpg;fish\n", "a.jpg=fish");
    list("tabs", "m.tsv", "image\tlabel\na.jpg\tfish\n", "a.jpg=fish");
    list("bars", "m.csv", "image|label\na.jpg|fish\n", "a.jpg=fish");
    list("sep=;", "m.csv", "sep=;\nimage;label\na.jpg;fish\n", "a.jpg=fish");
    list("capitals and spaces", "m.csv", "Image , Label\na.jpg , fish\n", "a.jpg=fish");
    list(
        "filename,class",
        "m.csv",
        "filename,class\na.jpg,fish\n",
        "a.jpg=fish",
        "\"filename\", the labels from \"class\"");
    list(
        "File Name;Category",
        "m.csv",
        "File Name;Category\na.jpg;fish\n",
        "a.jpg=fish",
        "\"File Name\", the labels from \"Category\"");
    list(
        "name before number",
        "m.csv",
        "path,class_id,class_name\na.jpg,77,fish\n",
        "a.jpg=fish",
        "\"class_name\"");
    list(
        "pandas with its index",
        "m.csv",
        ",image,label\n0,a.jpg,fish\n1,b.jpg,dog\n",
        "a.jpg=fish; b.jpg=dog");
    list(
        "pandas, numbers with gaps",
        "m.csv",
        "image,label\na.jpg,2.0\nb.jpg,\n",
        "a.jpg=fish; b.jpg=-",
        "indices");
    list(
        "boxes of TensorFlow's detectors",
        "m.csv",
        "filename,width,height,class,xmin,ymin,xmax,ymax\na.jpg,8,8,fish,1,1,4,4\n",
        "a.jpg=fish",
        "\"filename\"");
    list(
        "quotes",
        "m.csv",
        "\"image\",\"label\"\n\"a.jpg\",\"Great white\"\n\"my photo.jpg\",\"fish\"\n",
        "a.jpg=Great white; my photo.jpg=fish");
    list("separator within quotes", "m.csv", "image;label\n\"a.jpg\";\"fish\"\n", "a.jpg=fish");
    list(
        "no header",
        "m.csv",
        "a.jpg,fish\nb.jpg,dog\n",
        "a.jpg=fish; b.jpg=dog",
        "has no header",
        "column 1",
        "column 2");
    list(
        "no header, label first",
        "m.csv",
        "fish,a.jpg\n",
        "a.jpg=fish",
        "column 2",
        "the labels from column 1");
    list(
        "no header, boxes (RetinaNet)",
        "m.csv",
        "a.jpg,1,1,4,4,fish\n",
        "a.jpg=fish",
        "the labels from column 6");
    list("one column", "m.csv", "a.jpg\nb.jpg\n", "a.jpg=-; b.jpg=-", "has none for labels");
    list("another word for image", "m.csv", "bild,label\na.jpg,fish\n", "a.jpg=fish", "\"bild\"");
    list("space between columns", "m.csv", "image label\na.jpg fish\n", "a.jpg=fish");
    list("CR LF and blank lines", "m.csv", "image,label\r\n\r\na.jpg,fish\r\n\r\n", "a.jpg=fish");
    list(
        "old Macintosh's CR",
        "m.csv",
        "image,label\ra.jpg,fish\rb.jpg,dog\r",
        "a.jpg=fish; b.jpg=dog");
    list("table named .txt", "m.txt", "image,label\na.jpg,fish\n", "a.jpg=fish");
  }

  private void encodings() {
    list("byte order mark", "m.csv", "\ufeffimage,label\na.jpg,fish\n", "a.jpg=fish");
    list("byte order mark in a text", "l.txt", "\ufeffa.jpg fish\n", "a.jpg=fish");
    list("byte order mark in JSON", "m.json", "\ufeff[{\"image\": \"a.jpg\"}]", "a.jpg=-");
    list(
        "UTF-16",
        "m.csv",
        "\ufeffimage\tlabel\r\na.jpg\tcaf\u00e9\r\n",
        UTF_16LE,
        "a.jpg=caf\u00e9");
    list("UTF-16 without a mark", "l.txt", "a.jpg caf\u00e9\n", UTF_16LE, "a.jpg=caf\u00e9");
    list(
        "Windows-1252",
        "m.csv",
        "image,label\na.jpg,caf\u00e9\n",
        ISO_8859_1,
        "a.jpg=caf\u00e9",
        "read as Windows-1252");
  }

  private void json() {
    list(
        "JSON Lines",
        "m.jsonl",
        "{\"image\": \"a.jpg\", \"label\": \"fish\"}\n{\"image\": \"b.jpg\"}\n",
        "a.jpg=fish; b.jpg=-");
    list(
        "JSON Lines, file_name (Hugging Face)",
        "metadata.jsonl",
        "{\"file_name\": \"a.jpg\", \"label\": 2}\n",
        "a.jpg=fish",
        "\"file_name\"",
        "indices");
    list(
        "list of objects", "m.json", "[{\"image\": \"a.jpg\", \"label\": \"fish\"}]", "a.jpg=fish");
    list("list of paths", "m.json", "[\"a.jpg\", \"fish/c.jpg\"]", "a.jpg=-; fish/c.jpg=fish");
    list(
        "list of pairs",
        "m.json",
        "[[\"a.jpg\", \"fish\"], [\"b.jpg\", 1]]",
        "a.jpg=fish; b.jpg=dog",
        "indices");
    list(
        "path to label", "m.json", "{\"a.jpg\": \"fish\", \"b.jpg\": null}", "a.jpg=fish; b.jpg=-");
    list(
        "label to paths",
        "m.json",
        "{\"fish\": [\"a.jpg\"], \"dog\": [\"b.jpg\"]}",
        "a.jpg=fish; b.jpg=dog");
    list(
        "list in an object",
        "m.json",
        "{\"version\": 1, \"samples\": [{\"path\": \"a.jpg\", \"class\": \"fish\"}]}",
        "a.jpg=fish",
        "\"path\"");
    list(
        "data frame's columns",
        "m.json",
        "{\"image\": {\"0\": \"a.jpg\", \"1\": \"b.jpg\"}, \"label\": {\"0\": \"fish\", \"1\": \"dog\"}}",
        "a.jpg=fish; b.jpg=dog");
    list(
        "lists as columns",
        "m.json",
        "{\"image\": [\"a.jpg\", \"b.jpg\"], \"label\": [\"fish\", \"dog\"]}",
        "a.jpg=fish; b.jpg=dog");
    list(
        "data frame split",
        "m.json",
        "{\"columns\": [\"image\", \"label\"], \"index\": [0], \"data\": [[\"a.jpg\", \"fish\"]]}",
        "a.jpg=fish");
    list(
        "JSON Lines named .txt",
        "m.txt",
        "{\"image\": \"a.jpg\", \"label\": \"fish\"}\n",
        "a.jpg=fish");
  }

  private void refusals() {
    list(
        "no column for images",
        "m.csv",
        "first,second\nx,y\n",
        "refused",
        "every entry needs a field \"image\"",
        "\"first\", \"second\"",
        "Wanted is a header");
    list(
        "text that is no list",
        "notes.txt",
        "These are my photographs.\n",
        "refused",
        "its first line is \"These are");
    list("two columns of images", "m.csv", "a.jpg,b.jpg\n", "refused", "every entry needs a field");
    list(
        "an unquoted comma",
        "m.csv",
        "image,label\na.jpg,fish, raw\n",
        "refused",
        "entry 1 has 3 cells, and the header 2");
    list(
        "COCO as input",
        "instances.json",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"annotations\": [{\"image_id\": 1}]}",
        "refused",
        "looks like COCO",
        "--regions");
    list("broken JSON", "m.json", "[{\"image\": \"a.jpg\"}, {]", "refused", "entry 2 (line 1)");
    list(
        "JSON of something else",
        "m.json",
        "{\"learning_rate\": 0.1}",
        "refused",
        "every entry needs a field \"image\"; found only learning_rate");
    add(
        "a file that is no text",
        p -> Files.write(p.resolve("m.h5"), new byte[] {1, 0, 0, 7, 9, 0, 3}),
        "m.h5",
        "refused",
        "neither an image nor a list");
    add(
        "a compressed list",
        p -> {
          try (var out =
              new java.util.zip.GZIPOutputStream(Files.newOutputStream(p.resolve("m.csv")))) {
            out.write("image,label\na.jpg,fish\n".getBytes(UTF_8));
          }
        },
        "m.csv",
        "refused",
        "neither an image nor a list");
    add(
        "a pipe",
        p -> {
          try {
            new ProcessBuilder("mkfifo", p.resolve("l.txt").toString()).start().waitFor();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        },
        "l.txt",
        "refused",
        "no regular file but a pipe");
    list("an empty list", "l.txt", "\n", "refused", "No image matches");
    list(
        "paths of images elsewhere",
        "l.txt",
        "x/a.jpg fish\n",
        "x/a.jpg=fish (not there)",
        "none of its first images is there",
        "x/a.jpg");
  }
}
