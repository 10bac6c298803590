package io.camaudit.region;

import io.camaudit.region.RegionProblems.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Matches annotations with a known set of images, which finds what single look-ups cannot:
 * annotations of images that are not there, and annotations that fit several images, of which the
 * best fit has it or else none. Images are handed over one after the other; of one whose name no
 * annotation fits nothing is kept, so memory goes by the annotations and not by the images.
 */
public final class RegionMatching {
  private final RegionSet regions;
  private final RegionProblems.Tally tally = new RegionProblems.Tally();
  private final Map<AnnotatedImage, Claim> claims = new IdentityHashMap<>();
  private final Set<String> none = new HashSet<>();
  private int own;

  /** The image that fits an annotation best of those so far, and others that fit it alike. */
  private static final class Claim {
    private String image;
    private int rank;
    private boolean forgiven;
    private List<String> alike = List.of();

    void take(String newImage, NameIndex.Match<AnnotatedImage> match) {
      image = newImage;
      rank = match.rank();
      forgiven = match.forgiven();
      alike = List.of();
    }

    void share(String otherImage) {
      alike = alike.isEmpty() ? new ArrayList<>(2) : alike;
      alike.add(otherImage);
    }
  }

  RegionMatching(RegionSet regions) {
    this.regions = regions;
  }

  /**
   * Adds an image.
   *
   * @param name path relative to the input's root
   * @param file null if it is not local; one that is listed as its own mask has no region
   */
  public void add(String name, Path file) {
    String image = NameIndex.normalise(name);
    NameIndex.Match<AnnotatedImage> match = regions.index().find(image);
    AnnotatedImage annotated = match.value();
    if (match.ambiguous()) {
      tally.add(Kind.AMBIGUOUS_NAME, image);
    } else if (annotated instanceof MaskFile mask && mask.isSameAs(file)) {
      tally.add(Kind.OWN_MASK, image);
      none.add(image);
      own++;
    } else if (annotated != null) {
      // The annotation's own text where the image has the same, so that it is held once.
      claim(image.equals(annotated.name()) ? annotated.name() : image, match);
    }
  }

  private void claim(String image, NameIndex.Match<AnnotatedImage> match) {
    Claim best = claims.get(match.value());
    if (best == null) {
      best = new Claim();
      claims.put(match.value(), best);
      best.take(image, match);
    } else if (match.rank() < best.rank) {
      none.add(best.image);
      none.addAll(best.alike);
      best.take(image, match);
    } else if (match.rank() == best.rank) {
      best.share(image);
    } else {
      none.add(image);
    }
  }

  /**
   * The regions for all images that were added. To be asked once.
   *
   * @throws io.camaudit.UserException if every mask is the photograph itself
   */
  public RegionSet matched() {
    if (own > 0 && claims.isEmpty()) {
      throw Place.error(
          "The regions are the photographs themselves, "
              + own
              + " of them: --regions wants the folder of their masks, or of XML files, or a COCO"
              + " file.");
    }
    for (AnnotatedImage annotated : regions.index().values()) {
      Claim best = claims.get(annotated);
      if (best == null) {
        if (!none.contains(annotated.name())) { // its own mask was told already
          tally.add(Kind.IMAGE_NOT_THERE, annotated.name());
        }
      } else if (!best.alike.isEmpty()) {
        tally.add(Kind.AMBIGUOUS_NAME, annotated.name());
        none.add(best.image);
        none.addAll(best.alike);
      } else if (best.forgiven) {
        tally.add(Kind.OTHER_FORM_OF_NAME, best.image + " for " + annotated.name());
      }
    }
    return regions.without(Set.copyOf(none), tally.problems());
  }
}
