package io.camaudit.input;

import io.camaudit.region.Box;
import io.camaudit.storage.Locations;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An image that was matched and not yet read.
 *
 * @param position in the listing, from 0; the order of everything that is written
 * @param name unique in a run; for a folder or a pattern the path below its root, for a manifest
 *     what it says
 * @param location path or address to read from
 * @param label the label's text, or null; a list of labels has {@link #LABEL_LIST} before each, and
 *     once for an empty list
 * @param labelGuessed whether the label is only the innermost folder's name, which counts if it, or
 *     that of a folder around it, names a class of the model
 * @param boxes from a manifest's columns, in pixels of the upright photograph
 * @param boxLabels the label of each box, null for a box whose entry has none; empty where boxes
 *     are the image's whatever its label
 * @param stamp what the listing says of the file; null where it does not say
 */
public record ImageRef(
    long position,
    String name,
    String location,
    String label,
    boolean labelGuessed,
    List<Box> boxes,
    List<String> boxLabels,
    FileStamp stamp)
    implements Serializable {
  /** Stands before each label where a listing gives a list of them. */
  public static final String LABEL_LIST = "\u001f";

  public ImageRef {
    boxes = List.copyOf(boxes);
    boxLabels = Collections.unmodifiableList(new ArrayList<>(boxLabels));
  }

  /** An image whose boxes, if it has any, are of whatever label. */
  public ImageRef(
      long position,
      String name,
      String location,
      String label,
      boolean labelGuessed,
      List<Box> boxes,
      FileStamp stamp) {
    this(position, name, location, label, labelGuessed, boxes, List.of(), stamp);
  }

  /** An image on its own, for pipelines that bring their own list: its location is its name. */
  public static ImageRef of(String location) {
    return new ImageRef(0, location, location, null, false, List.of(), null);
  }

  /** What the listing says of the image's class; null if it says nothing. */
  public LabelText labelText() {
    if (label == null) {
      return null;
    }
    if (!labelGuessed) {
      return new LabelText(label, false);
    }
    // Folders above the input's are its owner's, and may be called anything.
    boolean outside = Locations.isAbsolute(name) || name.startsWith("../");
    return new LabelText(outside ? label : name.substring(0, name.lastIndexOf('/')), true);
  }

  /** The same image with a label. */
  public ImageRef labelled(String text) {
    return new ImageRef(position, name, location, text, false, boxes, boxLabels, stamp);
  }

  /** The same image with a list of labels; it is not for labels to hold {@link #LABEL_LIST}. */
  public ImageRef labelled(List<String> labels) {
    return labelled(LABEL_LIST + String.join(LABEL_LIST, labels));
  }

  /** What of an image says where its things are, for who holds that of many. */
  public ImageRef onlyBoxes() {
    return new ImageRef(0, name, name, null, false, boxes, boxLabels, null);
  }

  /** The same image at a place in a list. */
  ImageRef at(long newPosition) {
    return new ImageRef(newPosition, name, location, label, labelGuessed, boxes, boxLabels, stamp);
  }
}
