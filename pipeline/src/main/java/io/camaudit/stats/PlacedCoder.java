package io.camaudit.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/** An image's place, without its map. */
final class PlacedCoder extends CustomCoder<Placed> {
  @Override
  public void encode(Placed placed, OutputStream out) throws IOException {
    Wire.writeExample(placed.example(), out);
    Wire.writeDouble(placed.ownPlace(), out);
  }

  @Override
  public Placed decode(InputStream in) throws IOException {
    Example example = Wire.readExample(in);
    return new Placed(example, Wire.readDouble(in));
  }
}
