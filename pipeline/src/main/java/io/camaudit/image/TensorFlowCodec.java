package io.camaudit.image;

import io.camaudit.savedmodel.NativeCalls;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.op.image.EncodePng;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * JPEG and PNG through the codecs inside TensorFlow, several times faster than ImageIO's and the
 * very ones that {@code tf.io.decode_jpeg} and {@code tf.io.decode_png} use, here with the same
 * settings. Thread-safe; every call runs on the calling thread.
 */
final class TensorFlowCodec implements AutoCloseable {
  /** Inter-op pool -1: the calling thread runs the graph, so that callers never queue. */
  private static final RunOptions ON_CALLING_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /** Level 1: a quarter of the default level's time for files a tenth larger. */
  private static final long PNG_COMPRESSION = 1;

  private final Graph graph = new Graph();
  private final Placeholder<TString> file;
  private final Placeholder<TUint8> image;
  private final Placeholder<TInt32> quality;
  private final Operand<TUint8> fromJpeg;
  private final Operand<TUint8> fromPng;
  private final Operand<TString> toJpeg;
  private final Operand<TString> toPng;
  private Session session;

  TensorFlowCodec() {
    Ops tf = Ops.create(graph);
    // Named, since TensorFlow Java numbers operations of one kind in the digits of the machine's
    // language, which TensorFlow refuses.
    file = tf.withName("file").placeholder(TString.class);
    image = tf.withName("image").placeholder(TUint8.class);
    quality = tf.withName("quality").placeholder(TInt32.class);
    fromJpeg = tf.image.decodeJpeg(file, DecodeJpeg.channels(3L));
    fromPng = tf.image.decodePng(file, TUint8.class, DecodePng.channels(3L));
    toJpeg = tf.image.encodeJpegVariableQuality(image, quality);
    toPng = tf.image.encodePng(image, EncodePng.compression(PNG_COMPRESSION));
  }

  /**
   * @param orientation that is applied while pixels are copied, so that no second picture is made
   */
  RgbImage decodeJpeg(byte[] bytes, int orientation) throws ImageException {
    return decode(ImageFormat.JPEG, bytes, fromJpeg, orientation);
  }

  RgbImage decodePng(byte[] bytes, int orientation) throws ImageException {
    return decode(ImageFormat.PNG, bytes, fromPng, orientation);
  }

  byte[] encodeJpeg(RgbImage picture, int jpegQuality) {
    try (TUint8 pixels = tensor(picture);
        TInt32 scalar = TInt32.scalarOf(jpegQuality)) {
      return encoded(runner().feed(image, pixels).feed(quality, scalar).fetch(toJpeg));
    }
  }

  byte[] encodePng(RgbImage picture) {
    try (TUint8 pixels = tensor(picture)) {
      return encoded(runner().feed(image, pixels).fetch(toPng));
    }
  }

  private RgbImage decode(
      ImageFormat format, byte[] bytes, Operand<TUint8> decoded, int orientation)
      throws ImageException {
    try (TString contents = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes));
        Result result = run(format, runner().feed(file, contents).fetch(decoded))) {
      Tensor pixels = result.get(0);
      Shape shape = pixels.shape(); // [height, width, 3]
      int width = (int) shape.get(1);
      int height = (int) shape.get(0);
      ByteDataBuffer stored = pixels.asRawTensor().data();
      if (orientation != Orientation.UPRIGHT) {
        return turned(orientation, width, height, stored);
      }
      byte[] rgb = new byte[Math.toIntExact(shape.size())];
      stored.read(rgb);
      return new RgbImage(width, height, rgb);
    }
  }

  private static Result run(ImageFormat format, Session.Runner runner) throws ImageException {
    return ForeignDecoder.call(format, () -> NativeCalls.call(runner::run));
  }

  private static RgbImage turned(int orientation, int width, int height, ByteDataBuffer stored) {
    Orientation.Turning turning = new Orientation.Turning(orientation, width, height);
    byte[] row = new byte[3 * width];
    for (int y = 0; y < height; y++) {
      stored.slice((long) y * row.length, row.length).read(row);
      turning.row(y, row, 0);
    }
    return turning.upright();
  }

  private static TUint8 tensor(RgbImage picture) {
    return TUint8.tensorOf(
        Shape.of(picture.height(), picture.width(), 3), DataBuffers.of(picture.rgb(), true, false));
  }

  private static byte[] encoded(Session.Runner run) {
    try (Result result = NativeCalls.call(run::run)) {
      return ((TString) result.get(0)).asBytes().getObject();
    }
  }

  /**
   * The session is made at the first call, not before: TensorFlow sizes the process-wide thread
   * pools by the first session of all, which should be the model's.
   */
  private synchronized Session.Runner runner() {
    if (session == null) {
      session =
          new Session(
              graph,
              ConfigProto.newBuilder()
                  .setIntraOpParallelismThreads(1)
                  .setInterOpParallelismThreads(1)
                  .build());
    }
    return session.runner().setOptions(ON_CALLING_THREAD);
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
