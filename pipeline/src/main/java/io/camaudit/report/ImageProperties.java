package io.camaudit.report;

/**
 * What a picture looks like whatever it shows: traces of light, camera and storage that a model may
 * go by. Of the decoded picture at its own size, by {@code io.camaudit.measure.PropertyMeasure};
 * its size and format are in {@link ImageFile}.
 *
 * @param brightness mean luma, 0 to 1
 * @param contrast standard deviation of the luma, 0 to 0.5
 * @param warmth mean of red less blue, −1 to 1; above 0 is reddish, below bluish
 * @param tint mean of green less the mean of red and blue, −1 to 1; above 0 is greenish, below
 *     purplish
 * @param sharpness root mean square difference of neighbouring pixels over the contrast, 0 to about
 *     2; null for a picture of one luma
 * @param jpegQuality 1 to 100, by the quantisation table; null for other formats
 */
public record ImageProperties(
    double brightness,
    double contrast,
    double warmth,
    double tint,
    Double sharpness,
    Integer jpegQuality) {}
