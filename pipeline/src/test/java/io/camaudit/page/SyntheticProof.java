package io.camaudit.page;

import io.camaudit.proof.ClassProof;
import io.camaudit.proof.EvidenceRules;
import io.camaudit.proof.ProofFiles;
import io.camaudit.proof.ProofMaker;
import io.camaudit.proof.Proofs;
import io.camaudit.proof.Variant;
import io.camaudit.proof.VariantAnswer;
import io.camaudit.report.ClassRef;
import io.camaudit.report.ImageReport;
import io.camaudit.stats.DatasetStatistics;
import io.camaudit.stats.StatisticsFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A made-up proof of a drawn run: the class that looks at a stamp is kept without its object, the
 * last one keeps some, one needs its background too, the others need their object.
 */
final class SyntheticProof {
  private static final int STAMPED = 1;

  /** Of four classes or more. */
  static final int TIED = 2;

  private static final int SIDE = 128;

  private final Path directory;
  private final SyntheticRun run;
  private final Random random = new Random(7);
  private final List<VariantAnswer> answers = new ArrayList<>();

  private SyntheticProof(Path directory, SyntheticRun run) {
    this.directory = directory;
    this.run = run;
  }

  static Proofs write(Path directory, SyntheticRun run) throws IOException {
    return new SyntheticProof(directory, run).write();
  }

  private Proofs write() throws IOException {
    DatasetStatistics statistics =
        StatisticsFiles.read(Files.readAllBytes(directory.resolve("classes.json")));
    List<ClassRef> classes = statistics.classes().stream().map(row -> row.classRef()).toList();
    List<ClassProof> proofs = new ArrayList<>();
    for (ClassRef classRef : classes) {
      List<VariantAnswer> own = new ArrayList<>();
      for (ImageReport report : run.reports()) {
        RegionOutline outline = run.outline(report.image());
        boolean taken = classRef.equals(report.label()) && Boolean.TRUE.equals(report.correct());
        Path photo = directory.resolve("photos").resolve(report.image());
        if (taken && outline != null && Files.exists(photo)) {
          add(own, classRef.index(), classes.size(), report.image(), photo, outline);
        }
      }
      boolean flagged =
          statistics.flags().stream().anyMatch(flag -> flag.classRef().equals(classRef));
      proofs.add(ProofMaker.of(classRef.index(), classes::get, flagged, own));
      answers.addAll(own);
    }
    Proofs all = Proofs.of(proofs, EvidenceRules.DEFAULT);
    Files.write(directory.resolve("proof.json"), ProofFiles.json(all));
    Files.createDirectories(directory.resolve("proof"));
    Files.write(directory.resolve(ProofFiles.ANSWERS), ProofFiles.lines(answers));
    return all;
  }

  private void add(
      List<VariantAnswer> own,
      int index,
      int classes,
      String image,
      Path photo,
      RegionOutline outline)
      throws IOException {
    BufferedImage square = square(Files.readAllBytes(photo));
    String name = "proof/pictures/" + index + "-" + own.size();
    String original = picture(square, name + ".jpg");
    double before = 0.8 + 0.19 * random.nextDouble();
    for (Variant variant :
        List.of(
            Variant.OBJECT_OUT,
            Variant.ONLY_OBJECT,
            Variant.CONTROL,
            Variant.SAME_BACKGROUND,
            Variant.OTHER_BACKGROUND,
            Variant.HOT_SPOT_OUT,
            Variant.COLD_SPOT_OUT)) {
      double chance = chance(variant, index, classes);
      boolean kept = random.nextDouble() < chance;
      double probability = kept ? 0.5 + 0.4 * random.nextDouble() : 0.3 * random.nextDouble();
      own.add(
          new VariantAnswer(
              image,
              variant == Variant.OTHER_BACKGROUND ? "donor.jpg" : null,
              index,
              variant,
              index,
              9,
              before,
              kept ? index : (index + 1 + random.nextInt(classes - 1)) % classes,
              10 * probability,
              probability,
              picture(changed(square, variant, outline), name + "-" + variant.key() + ".jpg"),
              original));
    }
  }

  private static double chance(Variant variant, int index, int classes) {
    boolean stamped = index == STAMPED;
    return switch (variant) {
      case OBJECT_OUT -> stamped ? 0.95 : index == classes - 1 ? 0.4 : 0.03;
      case ONLY_OBJECT -> stamped ? 0.05 : 0.95;
      case OTHER_BACKGROUND -> stamped || index == TIED && classes > TIED + 1 ? 0.05 : 0.95;
      case CONTROL, SAME_BACKGROUND, COLD_SPOT_OUT -> 0.97;
      case HOT_SPOT_OUT -> 0.4;
      case TRANSPLANT -> throw new IllegalArgumentException("none is made");
    };
  }

  private static BufferedImage square(byte[] jpeg) throws IOException {
    BufferedImage photo = ImageIO.read(new ByteArrayInputStream(jpeg));
    BufferedImage square = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = square.createGraphics();
    g.drawImage(photo, 0, 0, SIDE, SIDE, null);
    g.dispose();
    return square;
  }

  /** The object, or all but it, in grey. */
  private static BufferedImage changed(
      BufferedImage square, Variant variant, RegionOutline outline) {
    BufferedImage changed = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = changed.createGraphics();
    g.drawImage(square, 0, 0, null);
    Path2D ring = new Path2D.Double();
    double[] points = outline.rings().get(0);
    for (int i = 0; i < points.length; i += 2) {
      double x = SIDE * points[i];
      double y = SIDE * points[i + 1];
      if (i == 0) {
        ring.moveTo(x, y);
      } else {
        ring.lineTo(x, y);
      }
    }
    ring.closePath();
    Area filled = new Area(ring);
    if (variant != Variant.OBJECT_OUT) {
      filled = new Area(new Rectangle2D.Double(0, 0, SIDE, SIDE));
      filled.subtract(new Area(ring));
    }
    g.setColor(new Color(150, 160, 150));
    g.fill(filled);
    g.dispose();
    return changed;
  }

  private String picture(BufferedImage picture, String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", out);
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, out.toByteArray());
    return name;
  }
}
