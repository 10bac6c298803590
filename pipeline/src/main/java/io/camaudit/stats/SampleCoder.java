package io.camaudit.stats;

import io.camaudit.measure.PositiveMap;
import io.camaudit.report.ImageStatus;
import io.camaudit.report.Verdict;
import io.camaudit.savedmodel.ModelKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;

/** About 600 bytes an image with a map of 7 x 7, and 40 for each of several layers. */
final class SampleCoder extends CustomCoder<Sample> {
  private static final Boolean[] ANSWERS = {null, false, true};

  @Override
  public void encode(Sample sample, OutputStream out) throws IOException {
    Wire.writeEnum(sample.kind(), out);
    Wire.writeEnum(sample.part(), out);
    Wire.writeText(sample.image(), out);
    Wire.writeEnum(sample.status(), out);
    Wire.writeEnum(sample.verdict(), out);
    writeAnswer(sample.correct(), out);
    Wire.writeClass(sample.predicted(), out);
    Wire.writeDouble(sample.confidence(), out);
    Wire.writeText(sample.overlay(), out);
    for (double quantity : sample.quantities()) {
      Wire.writeDouble(quantity, out);
    }
    for (double property : sample.properties()) {
      Wire.writeDouble(property, out);
    }
    writeAnswer(sample.pointingHit(), out);
    Wire.writeCount(sample.map() == null ? 0 : sample.map().height(), out);
    if (sample.map() != null) {
      Wire.writeCount(sample.map().width(), out);
      for (float cell : sample.map().cells()) {
        Wire.writeInt(Float.floatToIntBits(cell), out);
      }
    }
    Wire.writeCount(sample.layers().size(), out);
    for (LayerSample layer : sample.layers()) {
      layer.write(out);
    }
  }

  @Override
  public Sample decode(InputStream in) throws IOException {
    return new Sample(
        Wire.readEnum(ModelKind.values(), in),
        Wire.readEnum(Part.values(), in),
        Wire.readText(in),
        Wire.readEnum(ImageStatus.values(), in),
        Wire.readEnum(Verdict.values(), in),
        readAnswer(in),
        Wire.readClass(in),
        Wire.readDouble(in),
        Wire.readText(in),
        readNumbers(Quantity.ALL.size(), in),
        readNumbers(Property.ALL.size(), in),
        readAnswer(in),
        readMap(in),
        readLayers(in));
  }

  private static List<LayerSample> readLayers(InputStream in) throws IOException {
    List<LayerSample> layers = new ArrayList<>();
    for (long left = Wire.readCount(in); left > 0; left--) {
      layers.add(LayerSample.read(in));
    }
    return layers;
  }

  private static double[] readNumbers(int count, InputStream in) throws IOException {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Wire.readDouble(in);
    }
    return numbers;
  }

  private static PositiveMap readMap(InputStream in) throws IOException {
    int height = (int) Wire.readCount(in);
    if (height == 0) {
      return null;
    }
    int width = (int) Wire.readCount(in);
    float[] cells = new float[height * width];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Float.intBitsToFloat(Wire.readInt(in));
    }
    return PositiveMap.of(cells, height, width);
  }

  private static void writeAnswer(Boolean answer, OutputStream out) throws IOException {
    Wire.writeCount(answer == null ? 0 : answer ? 2 : 1, out);
  }

  private static Boolean readAnswer(InputStream in) throws IOException {
    return ANSWERS[(int) Wire.readCount(in)];
  }
}
