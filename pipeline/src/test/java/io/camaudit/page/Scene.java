package io.camaudit.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A drawn picture with one object in it, and where the object is. */
record Scene(int width, int height, double x, double y, double radius, BufferedImage picture) {

  /** An object whose form and colour depend on the class, on a landscape that does not. */
  static Scene draw(int kind, Random random) {
    boolean upright = random.nextInt(4) == 0;
    int width = upright ? 210 : 320;
    int height = upright ? 280 : 220 + random.nextInt(60);
    double radius = 0.13 + 0.06 * random.nextDouble();
    double x = 0.22 + 0.56 * random.nextDouble();
    double y = 0.25 + 0.5 * random.nextDouble();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Color sky = Color.getHSBColor(0.55f + 0.08f * random.nextFloat(), 0.35f, 0.9f);
    Color ground = Color.getHSBColor(0.22f + 0.1f * random.nextFloat(), 0.4f, 0.55f);
    g.setPaint(new GradientPaint(0, 0, sky, 0, height, ground));
    g.fillRect(0, 0, width, height);
    for (int i = 0; i < 14; i++) {
      g.setColor(Color.getHSBColor(0.25f, 0.3f, 0.3f + 0.4f * random.nextFloat()));
      int w = 8 + random.nextInt(40);
      g.fillOval(random.nextInt(width), height / 2 + random.nextInt(height / 2), w, w / 3);
    }
    int r = (int) (radius * Math.min(width, height) * 1.3);
    Polygon form = star(x * width, y * height, r, 3 + kind % 6, kind % 2 == 0 ? 0.55 : 1);
    g.setColor(Color.getHSBColor((kind * 0.17f) % 1, 0.75f, 0.85f));
    g.fillPolygon(form);
    g.setColor(Color.DARK_GRAY);
    g.setStroke(new BasicStroke(2.5f));
    g.drawPolygon(form);
    g.dispose();
    return new Scene(width, height, x, y, radius, picture);
  }

  /** A white stamp with letters in the lower left corner: a shortcut. */
  void stamp() {
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(6, height - 26, 52, 20);
    g.setColor(Color.BLACK);
    g.drawString("c 2019", 12, height - 11);
    g.dispose();
  }

  private static Polygon star(double x, double y, double r, int points, double inner) {
    Polygon form = new Polygon();
    for (int i = 0; i < 2 * points; i++) {
      double length = i % 2 == 0 ? r : r * inner;
      double angle = Math.PI * i / points - Math.PI / 2;
      form.addPoint((int) (x + length * Math.cos(angle)), (int) (y + length * Math.sin(angle)));
    }
    return form;
  }

  /** An outline around the object, in fractions of the picture. */
  RegionOutline outline() {
    double[] ring = new double[48];
    double scale = 1.3 * Math.min(width, height);
    for (int i = 0; i < 24; i++) {
      ring[2 * i] = x + radius * scale / width * Math.cos(Math.PI * i / 12);
      ring[2 * i + 1] = y + radius * scale / height * Math.sin(Math.PI * i / 12);
    }
    return new RegionOutline(List.of(ring));
  }

  byte[] jpeg() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
