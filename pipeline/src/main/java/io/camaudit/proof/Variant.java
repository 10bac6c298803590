package io.camaudit.proof;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What is done to an image, on the square that the model sees. In the order that readers see. */
public enum Variant {
  /** The region is filled in from around it. */
  OBJECT_OUT("objectOut"),
  /** Everything but the region is filled in. */
  ONLY_OBJECT("onlyObject"),
  /** The region's shape, moved to where it meets least heat and no region, is filled in. */
  CONTROL("control"),
  /** The object on the filled-in background of another image of its class. */
  SAME_BACKGROUND("sameBackground"),
  /** The object on the filled-in background of an image of another class. */
  OTHER_BACKGROUND("otherBackground"),
  /** What lies off the object in the hottest window is laid over an image of another class. */
  TRANSPLANT("transplant"),
  /** The hottest tenth of the map is filled in. */
  HOT_SPOT_OUT("hotSpotOut"),
  /** The shape of the hottest tenth, at its coldest place, is filled in. */
  COLD_SPOT_OUT("coldSpotOut");

  private final String key;

  Variant(String key) {
    this.key = key;
  }

  /** Its name in files. */
  @JsonValue
  public String key() {
    return key;
  }

  /** The variant of a name in files. */
  @JsonCreator
  public static Variant of(String key) {
    return Arrays.stream(values())
        .filter(variant -> variant.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no variant is called " + key));
  }

  /** What the variant is compared with, image by image; null for one that stands for itself. */
  Variant control() {
    return switch (this) {
      case OBJECT_OUT, ONLY_OBJECT, SAME_BACKGROUND, OTHER_BACKGROUND -> CONTROL;
      case HOT_SPOT_OUT -> COLD_SPOT_OUT;
      case CONTROL, COLD_SPOT_OUT, TRANSPLANT -> null;
    };
  }
}
