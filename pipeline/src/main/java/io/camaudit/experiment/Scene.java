package io.camaudit.experiment;

import io.camaudit.alter.HeatPlaces;
import io.camaudit.alter.PixelSet;
import io.camaudit.explain.InputModel;
import io.camaudit.savedmodel.InputPicture;

/**
 * A picture and what is known of its pixels.
 *
 * @param object pixels that the region touches; null without a region
 * @param shown pixels that show photograph, be it in part; the others are bars
 * @param heat null without a map, or of one without anything positive
 */
record Scene(InputPicture picture, PixelSet object, PixelSet shown, HeatPlaces heat) {
  static Scene of(InputModel.Taken taken, HeatGrid map) {
    InputPicture picture = taken.picture();
    int width = picture.width();
    PixelSet shown = PixelSet.touching(width, picture.height(), taken.shown());
    return new Scene(
        picture,
        taken.region().map(PixelSet::touchedBy).orElse(null),
        shown,
        map == null ? null : map.places(width, picture.height()).orElse(null));
  }
}
