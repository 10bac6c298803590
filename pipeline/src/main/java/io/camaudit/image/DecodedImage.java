package io.camaudit.image;

/**
 * A decoded file.
 *
 * @param image the pixels; upright where the decoder applies orientations, else as stored
 * @param format what the bytes were, whatever the file was called
 * @param orientation the file's EXIF orientation, 1 to 8; 1, as stored, where it states none
 */
public record DecodedImage(RgbImage image, ImageFormat format, int orientation) {}
