package io.camaudit.image;

/** Lays colours over a photograph, in single precision like the recipes. */
final class Blend {
  private final Look look;

  Blend(Look look) {
    this.look = look;
  }

  RgbImage over(RgbImage photo, Heat heat) {
    float alpha = (float) look.alpha();
    byte[] from = photo.rgb();
    byte[] colours = heat.colours().rgb();
    byte[] to = new byte[from.length];
    float least = 0;
    float greatest = 255;
    if (look.blending() != Look.Blending.MIXED) {
      least = look.blending() == Look.Blending.ADDED ? Float.POSITIVE_INFINITY : 0;
      greatest = 0;
      for (int i = 0; i < to.length; i++) {
        boolean inside = heat.covers(i / 3 % photo.width(), i / 3 / photo.width());
        if (inside || look.blending() == Look.Blending.ADDED) {
          float sample = sample(from[i] & 0xff, inside ? colours[i] & 0xff : 0, alpha);
          least = Math.min(least, sample);
          greatest = Math.max(greatest, sample);
        }
      }
    }
    for (int i = 0; i < to.length; i++) {
      boolean inside = heat.covers(i / 3 % photo.width(), i / 3 / photo.width());
      float sample = sample(from[i] & 0xff, inside ? colours[i] & 0xff : 0, alpha);
      to[i] =
          switch (look.blending()) {
            case MIXED -> inside ? (byte) (int) (sample + 0.5f) : from[i];
            case MIXED_TO_WHITE ->
                inside ? (byte) (int) (greatest > 0 ? sample / greatest * 255 : 0) : from[i];
            case ADDED ->
                (byte) (int) (greatest > least ? (sample - least) / (greatest - least) * 255 : 0);
          };
    }
    return new RgbImage(photo.width(), photo.height(), to);
  }

  private float sample(int photo, int colour, float alpha) {
    return look.blending() == Look.Blending.ADDED
        ? colour * alpha + photo
        : (1 - alpha) * photo + alpha * colour;
  }
}
