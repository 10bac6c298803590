package io.camaudit.experiment;

import io.camaudit.explain.InputColours;
import io.camaudit.image.ImageEncoder;
import io.camaudit.image.OverlayFormat;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.savedmodel.InputPicture;
import io.camaudit.storage.FileSink;
import io.camaudit.storage.RunFolder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes pictures of a trial as JPEGs, the square as the model sees it. Safe for any number of
 * threads.
 */
public final class KeptPictures implements AutoCloseable {
  private static final int QUALITY = 85;

  private final Optional<InputColours> colours;
  private final ImageEncoder encoder = new ImageEncoder();

  /**
   * @param colours of the model's inputs; empty if they cannot be told, and then none is written
   */
  public KeptPictures(Optional<InputColours> colours) {
    this.colours = colours;
  }

  /**
   * Writes the untouched picture and those of the answers' variants.
   *
   * @param place of the image among its class's
   * @return the answers with their pictures' paths
   */
  List<VariantAnswer> write(
      List<VariantAnswer> answers,
      InputPicture untouched,
      Map<Variant, InputPicture> variants,
      int classIndex,
      int place,
      FileSink out) {
    if (colours.isEmpty()) {
      return answers;
    }
    String folder =
        String.format(Locale.ROOT, "%s/%05d/%d/", RunFolder.PROOF_FOLDER, classIndex, place);
    String original = folder + "original.jpg";
    out.write(original, jpeg(untouched));
    return answers.stream()
        .map(
            answer -> {
              InputPicture variant = variants.get(answer.variant());
              if (variant == null) {
                return answer; // who gave to it has gone away since
              }
              String path = folder + answer.variant().key() + ".jpg";
              out.write(path, jpeg(variant));
              return answer.with(path, original);
            })
        .toList();
  }

  private byte[] jpeg(InputPicture picture) {
    return encoder.encode(colours.orElseThrow().picture(picture), OverlayFormat.JPEG, QUALITY);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
