package io.camaudit.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.tensorflow.Graph;
import org.tensorflow.RawTensor;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * An exported model, loaded: one session that any number of threads may call at the same time. Each
 * call runs on its caller's thread. Images are always padded to the batch size, so that an image's
 * numbers are the same to the bit whatever its neighbours. Close it to free the weights; closing
 * waits for calls under way.
 */
public final class ExplainableModel implements AutoCloseable {
  /**
   * Without a pool of its own a call runs on the calling thread, so concurrent calls never queue
   * behind one another.
   */
  private static final RunOptions ON_CALLING_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /**
   * Fuses a residual block's addition and activation into the convolution before them, which takes
   * a ResNet-50's call 4 % less time. TensorFlow's default leaves them alone since a feed might
   * break the shapes that the placeholders promise; {@link InputBatch} keeps them.
   */
  private static final RewriterConfig FUSING =
      RewriterConfig.newBuilder().setRemapping(RewriterConfig.Toggle.AGGRESSIVE).build();

  /**
   * What the explained number weighs the logits with, float32 [M, K]: one-hot of the targets,
   * unless something else is fed in its place.
   */
  private static final String LOGIT_WEIGHTS = "one_hot_targets";

  private final ModelCard card;
  private final SessionSettings settings;
  private final Graph graph;
  private final Session session;

  /** Null where preprocessing runs in the model's session. */
  private final Float32Subgraph preprocessing;

  private final long bytes;
  private final String imageName;
  private final String inputName;
  private final Map<String, MethodTensors> methods = new HashMap<>();
  private final SavedSignature gradients;
  private final FirstCalls firstCalls = new FirstCalls();
  private final Semaphore calls;
  private final ReadWriteLock closing = new ReentrantReadWriteLock();
  private boolean closed;

  /** The tensor names of one method's signature. */
  private record MethodTensors(
      String images,
      String imageIndex,
      String targets,
      String logits,
      String target,
      String score,
      Map<String, String> maps,
      Map<String, List<String>> sums) {
    /**
     * @param float32 null unless sums are to be kept in float32
     */
    static MethodTensors of(SavedSignature signature, ModelCard card, Float32Sums float32) {
      Map<String, String> maps = new LinkedHashMap<>();
      Map<String, List<String>> sums = new HashMap<>();
      for (ModelCard.Layer layer : card.layers()) {
        String map = signature.output("map/" + layer.name(), DataType.DT_FLOAT);
        maps.put(layer.name(), map);
        sums.put(map, float32 == null ? List.of() : float32.before(map));
      }
      String logits = signature.output("logits", DataType.DT_FLOAT);
      long width = signature.lastDimension("logits");
      if (width >= 0 && width != card.classes()) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "The model gives %d logits, its card says %d classes; export it again.",
                width,
                card.classes()));
      }
      sums.put(logits, float32 == null ? List.of() : float32.before(logits));
      return new MethodTensors(
          signature.input("images", DataType.DT_FLOAT),
          signature.input("image_index", DataType.DT_INT32),
          signature.input("targets", DataType.DT_INT32),
          logits,
          signature.output("target", DataType.DT_INT32),
          signature.output("score", DataType.DT_FLOAT),
          maps,
          sums);
    }

    /** Sums of these results, each once. */
    Set<String> sumsBefore(List<String> results) {
      Set<String> all = new LinkedHashSet<>(sums.get(logits));
      results.forEach(result -> all.addAll(sums.get(result)));
      return all;
    }
  }

  private ExplainableModel(
      ModelCard card, SessionSettings settings, SavedModelBundle bundle, long bytes) {
    this.card = card;
    this.settings = settings;
    // Not the bundle itself, which holds on to the parsed graph: the weights once more, in the
    // heap.
    this.graph = bundle.graph();
    this.session = bundle.session();
    this.calls = new Semaphore(settings.concurrentCalls());
    this.bytes = bytes;
    Map<String, SignatureDef> definitions = bundle.metaGraphDef().getSignatureDefMap();
    SavedSignature preprocess = SavedSignature.of("preprocess", definitions);
    this.imageName = preprocess.input("image", DataType.DT_UINT8);
    this.inputName = preprocess.output("input", DataType.DT_FLOAT);
    Float32Sums float32 =
        settings.precision() == Precision.FLOAT32
            ? null
            : new Float32Sums(bundle.graph(), bundle.metaGraphDef().getGraphDef());
    this.preprocessing =
        settings.precision() == Precision.FLOAT32
            ? null
            : Float32Subgraph.before(
                inputName,
                bundle.metaGraphDef().getGraphDef(),
                config(settings.withPrecision(Precision.FLOAT32)));
    for (ModelCard.Method method : card.methods()) {
      methods.put(
          method.name(),
          MethodTensors.of(SavedSignature.of(method.signature(), definitions), card, float32));
    }
    this.gradients = SavedSignature.of("gradients", definitions);
    for (ModelCard.Layer layer : card.layers()) {
      gradients.output("gradients/" + layer.name(), DataType.DT_FLOAT);
      gradients.output("activations/" + layer.name(), DataType.DT_FLOAT);
    }
  }

  /**
   * Reads the card, loads the graph and checks that the two agree.
   *
   * @throws ModelException if the model cannot be used
   */
  public static ExplainableModel load(Path modelDirectory, SessionSettings settings) {
    ModelCard card = ModelCard.read(modelDirectory);
    SavedModelBundle bundle;
    long bytes;
    try {
      bytes = Files.size(modelDirectory.resolve("saved_model.pb"));
      SavedModelBundle.Loader loader =
          SavedModelBundle.loader(modelDirectory.toString())
              .withTags("serve")
              .withConfigProto(config(settings));
      bundle = NativeCalls.call(loader::load);
    } catch (IOException e) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s is not a SavedModel: saved_model.pb is missing or cannot be read; export it again.",
              modelDirectory),
          e);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s cannot be loaded as a SavedModel (%s); export it again.",
              modelDirectory,
              firstLine(e)),
          e);
    }
    try {
      return new ExplainableModel(card, settings, bundle, bytes);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private static ConfigProto config(SessionSettings settings) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(settings.intraOpThreads())
        .setInterOpParallelismThreads(settings.concurrentCalls())
        // Else the first process takes all of a GPU's memory; without one this says nothing.
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .setGraphOptions(
            GraphOptions.newBuilder().setRewriteOptions(rewriting(settings.precision())))
        .build();
  }

  /** How TensorFlow rewrites the graph at the first call that fetches it. */
  private static RewriterConfig rewriting(Precision precision) {
    return precision == Precision.FLOAT32
        ? FUSING
        : FUSING.toBuilder().setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON).build();
  }

  public ModelCard card() {
    return card;
  }

  public int batchSize() {
    return settings.batchSize();
  }

  /** Length of the graph with its weights, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Memory for a batch, all zeros. */
  public InputBatch newBatch() {
    return new InputBatch(settings.batchSize(), card.input());
  }

  /**
   * Does to one picture what the training did, and puts it into a slot of a batch.
   *
   * @param rgb upright picture, 3 bytes a pixel, row by row
   */
  public void preprocess(byte[] rgb, int width, int height, InputBatch batch, int slot) {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d bytes are no RGB picture of %d x %d", rgb.length, width, height));
    }
    checkSlot(slot);
    try (TUint8 image =
        TUint8.tensorOf(Shape.of(height, width, 3), DataBuffers.of(rgb, true, false))) {
      run(
          preprocessing == null ? session : preprocessing.session(),
          inputName,
          runner -> runner.feed(imageName, image).fetch(inputName),
          result -> {
            batch.set(slot, (TFloat32) result.get(0));
            return null;
          });
    }
  }

  /**
   * Explains pairs of image and target; the forward pass is shared by all of an image's pairs.
   *
   * @param images slots that are filled, from the first
   * @param imageIndex [M], slots
   * @param targets [M], a class index, or a negative rank: −1 is the top prediction
   * @param method an exported method
   * @param layers exported layers whose maps are wanted
   */
  public BatchExplanation explain(
      InputBatch batch,
      int images,
      int[] imageIndex,
      int[] targets,
      String method,
      List<String> layers) {
    return explain(batch, images, imageIndex, targets, null, method, layers, null);
  }

  /**
   * The same of differences: what speaks for a class rather than for another, by the gradient of
   * the difference of their two logits.
   *
   * @param targets [M], class indices
   * @param versus [M], the other classes' indices; null explains the targets' logits alone
   */
  public BatchExplanation explain(
      InputBatch batch,
      int images,
      int[] imageIndex,
      int[] targets,
      int[] versus,
      String method,
      List<String> layers) {
    return explain(batch, images, imageIndex, targets, versus, method, layers, null);
  }

  /**
   * The same with the channels of the card's default layer, from activations and gradients that the
   * call has anyway. They are the same for every method.
   *
   * @param channels of which pairs; null for none
   */
  public BatchExplanation explain(
      InputBatch batch,
      int images,
      int[] imageIndex,
      int[] targets,
      int[] versus,
      String method,
      List<String> layers,
      ChannelWish channels) {
    checkPairs(images, imageIndex, targets);
    checkVersus(targets, versus);
    MethodTensors names = methods.get(method);
    if (names == null) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The model was exported without method %s; it has %s.",
              method,
              methods.keySet().stream().sorted().toList()));
    }
    batch.clearFrom(images);
    int pairs = imageIndex.length;
    try (TInt32 indexTensor = padded(imageIndex, 0);
        TInt32 targetTensor = padded(targets, -1);
        TFloat32 weights = versus == null ? null : differences(targets, versus)) {
      return run(
          List.of(method, List.copyOf(layers), versus == null, channels == null),
          runner -> {
            runner.feed(names.images, batch.tensor());
            runner.feed(names.imageIndex, indexTensor).feed(names.targets, targetTensor);
            if (weights != null) {
              runner.feed(LOGIT_WEIGHTS, weights);
            }
            runner.fetch(names.logits).fetch(names.target).fetch(names.score);
            List<String> maps =
                layers.stream().map(layer -> names.maps.get(card.layer(layer).name())).toList();
            maps.forEach(runner::fetch);
            if (channels != null) {
              runner.fetch(
                  gradients.output("activations/" + card.defaultLayer(), DataType.DT_FLOAT));
              runner.fetch(gradients.output("gradients/" + card.defaultLayer(), DataType.DT_FLOAT));
            }
            names.sumsBefore(maps).forEach(runner::fetch);
          },
          result -> {
            Map<String, float[]> maps = new HashMap<>();
            for (int i = 0; i < layers.size(); i++) {
              ModelCard.Layer layer = card.layer(layers.get(i));
              maps.put(layer.name(), floats(result, 3 + i, pairs * layer.height() * layer.width()));
            }
            int[] resolved = ints(result, 1, pairs);
            return new BatchExplanation(
                floats(result, 0, images * card.classes()),
                card.classes(),
                imageIndex,
                resolved,
                versus,
                floats(result, 2, pairs),
                maps,
                channels == null ? null : sums(result, 3 + layers.size(), resolved, channels));
          });
    }
  }

  /**
   * The logits of a batch's pictures, without any map: no gradient is computed for them.
   *
   * @param images slots that are filled, from the first
   */
  public BatchExplanation logits(InputBatch batch, int images) {
    int[] imageIndex = new int[images];
    int[] targets = new int[images];
    for (int i = 0; i < images; i++) {
      imageIndex[i] = i;
      targets[i] = -1;
    }
    return explain(batch, images, imageIndex, targets, card.methods().get(0).name(), List.of());
  }

  /**
   * Activations and gradients of one layer, aligned by pair; parameters as for {@link #explain}.
   */
  public LayerGradients gradients(
      InputBatch batch, int images, int[] imageIndex, int[] targets, String layer) {
    checkPairs(images, imageIndex, targets);
    ModelCard.Layer shape = card.layer(layer);
    batch.clearFrom(images);
    int pairs = imageIndex.length;
    int length = pairs * shape.height() * shape.width() * shape.channels();
    try (TInt32 indexTensor = padded(imageIndex, 0);
        TInt32 targetTensor = padded(targets, -1)) {
      return run(
          List.of(gradients, layer),
          runner ->
              runner
                  .feed(gradients.input("images", DataType.DT_FLOAT), batch.tensor())
                  .feed(gradients.input("image_index", DataType.DT_INT32), indexTensor)
                  .feed(gradients.input("targets", DataType.DT_INT32), targetTensor)
                  .fetch(gradients.output("activations/" + layer, DataType.DT_FLOAT))
                  .fetch(gradients.output("gradients/" + layer, DataType.DT_FLOAT))
                  .fetch(gradients.output("logits", DataType.DT_FLOAT)),
          result ->
              new LayerGradients(
                  pairs,
                  shape.height(),
                  shape.width(),
                  shape.channels(),
                  floats(result, 0, length),
                  floats(result, 1, length),
                  floats(result, 2, images * card.classes())));
    }
  }

  /** Activations of one layer, [N, h, w, C] flat, for the pictures in a batch's first slots. */
  public float[] activations(InputBatch batch, int images, String layer) {
    int[] imageIndex = new int[images];
    Arrays.setAll(imageIndex, i -> i);
    ModelCard.Layer shape = card.layer(layer);
    int length = images * shape.height() * shape.width() * shape.channels();
    String output = gradients.output("activations/" + layer, DataType.DT_FLOAT);
    batch.clearFrom(images);
    try (TInt32 indexTensor = padded(imageIndex, 0)) {
      return run(
          List.of("activations", layer),
          runner ->
              runner
                  .feed(gradients.input("images", DataType.DT_FLOAT), batch.tensor())
                  .feed(gradients.input("image_index", DataType.DT_INT32), indexTensor)
                  .fetch(output),
          result -> floats(result, 0, length));
    }
  }

  /** Whether {@link #logitsOf} can be asked with activations of a layer. */
  public boolean takesActivations(String layer) {
    return forwardTensor(layer).isPresent();
  }

  /**
   * The logits of a batch's pictures, [N, K] flat, as if a layer had other activations than it
   * gives.
   *
   * @param images slots that are filled, from the first
   * @param activations [N, h, w, C] flat
   * @throws ModelException if the logits are not made of the layer's activations alone
   */
  public float[] logitsOf(InputBatch batch, int images, String layer, float[] activations) {
    ModelCard.Layer shape = card.layer(layer);
    String tensor =
        forwardTensor(layer)
            .orElseThrow(
                () ->
                    new ModelException(
                        String.format(
                            Locale.ROOT,
                            "The model's logits are not made of layer %s as it is exported, so that nothing can be"
                                + " put in its place.",
                            layer)));
    int slots = settings.batchSize();
    int length = shape.height() * shape.width() * shape.channels();
    float[] all = Arrays.copyOf(activations, slots * length);
    batch.clearFrom(images);
    try (TFloat32 inPlace =
        TFloat32.tensorOf(
            Shape.of(slots, shape.height(), shape.width(), shape.channels()),
            DataBuffers.of(all, true, false))) {
      return run(
          List.of("logits of", layer),
          runner ->
              runner
                  .feed(gradients.input("images", DataType.DT_FLOAT), batch.tensor())
                  .feed(tensor, inPlace)
                  .fetch(gradients.output("logits", DataType.DT_FLOAT)),
          result -> floats(result, 0, images * card.classes()));
    }
  }

  private Optional<String> forwardTensor(String layer) {
    return ForwardTensor.of(
        graph,
        gradients.output("activations/" + layer, DataType.DT_FLOAT),
        gradients.output("logits", DataType.DT_FLOAT),
        card.layer(layer));
  }

  /** Frees the session and the weights; once is enough, more does no harm. */
  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        if (preprocessing != null) {
          preprocessing.close();
        }
        session.close();
        graph.close();
      }
    } finally {
      closing.writeLock().unlock();
    }
  }

  private interface Wiring {
    void connect(Session.Runner runner);
  }

  private interface Reading<T> {
    T read(Result result);
  }

  /**
   * Runs the model once, when no more than the settings' calls are under way.
   *
   * @param kind what is fed and fetched
   */
  private <T> T run(Object kind, Wiring wiring, Reading<T> reading) {
    calls.acquireUninterruptibly();
    try {
      return run(session, kind, wiring, reading);
    } finally {
      calls.release();
    }
  }

  /** Native results are closed on every path: the collector never sees them. */
  private <T> T run(Session inSession, Object kind, Wiring wiring, Reading<T> reading) {
    closing.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      Session.Runner runner = inSession.runner();
      wiring.connect(runner);
      runner.setOptions(ON_CALLING_THREAD);
      try (Result result = firstCalls.call(kind, () -> NativeCalls.call(runner::run))) {
        return reading.read(result);
      }
    } finally {
      closing.readLock().unlock();
    }
  }

  /**
   * Pairs padded to a multiple of the batch size; what comes out for the padding is never looked
   * at.
   */
  private TInt32 padded(int[] values, int padding) {
    int length = padded(values.length);
    int[] all = Arrays.copyOf(values, length);
    Arrays.fill(all, values.length, length, padding);
    return TInt32.tensorOf(Shape.of(length), DataBuffers.of(all, true, false));
  }

  private int padded(int pairs) {
    int size = settings.batchSize();
    return Math.max(1, (pairs + size - 1) / size) * size;
  }

  /** Weights of the logits, [M, K], padded likewise: 1 at the target and −1 at the other class. */
  private TFloat32 differences(int[] targets, int[] versus) {
    int classes = card.classes();
    int rows = padded(targets.length);
    float[] weights = new float[rows * classes];
    for (int m = 0; m < targets.length; m++) {
      weights[m * classes + targets[m]] += 1;
      weights[m * classes + versus[m]] -= 1;
    }
    return TFloat32.tensorOf(Shape.of(rows, classes), DataBuffers.of(weights, true, false));
  }

  /** Pair by pair, so that no copy of all activations is made. */
  private ChannelSums[] sums(Result result, int position, int[] targets, ChannelWish wish) {
    ModelCard.Layer layer = card.layer(card.defaultLayer());
    int length = layer.height() * layer.width() * layer.channels();
    FloatDataBuffer activations = raw(result, position).data().asFloats();
    FloatDataBuffer gradients = raw(result, position + 1).data().asFloats();
    float[] activation = new float[length];
    float[] gradient = new float[length];
    ChannelSums[] sums = new ChannelSums[targets.length];
    for (int pair = 0; pair < targets.length; pair++) {
      if (wish.wants(pair)) {
        activations.slice((long) pair * length, length).read(activation);
        gradients.slice((long) pair * length, length).read(gradient);
        float[] coverage = wish.coverage(pair, targets[pair]);
        sums[pair] = ChannelSums.of(activation, gradient, layer.channels(), coverage);
      }
    }
    return sums;
  }

  private static float[] floats(Result result, int position, int length) {
    float[] values = new float[length];
    raw(result, position).data().asFloats().read(values);
    return values;
  }

  private static int[] ints(Result result, int position, int length) {
    int[] values = new int[length];
    raw(result, position).data().asInts().read(values);
    return values;
  }

  private static RawTensor raw(Result result, int position) {
    return result.get(position).asRawTensor();
  }

  private void checkSlot(int slot) {
    if (slot < 0 || slot >= settings.batchSize()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "slot %d of a batch of %d", slot, settings.batchSize()));
    }
  }

  private void checkPairs(int images, int[] imageIndex, int[] targets) {
    if (images < 1 || images > settings.batchSize()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d images in a batch of %d", images, settings.batchSize()));
    }
    if (imageIndex.length != targets.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d image indices for %d targets", imageIndex.length, targets.length));
    }
    for (int m = 0; m < targets.length; m++) {
      if (imageIndex[m] < 0 || imageIndex[m] >= images) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "pair %d names image %d of %d", m, imageIndex[m], images));
      }
      if (targets[m] >= card.classes() || targets[m] < -card.classes()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pair %d has target %d; classes are 0 to %d, ranks -1 to -%d",
                m,
                targets[m],
                card.classes() - 1,
                card.classes()));
      }
    }
  }

  private void checkVersus(int[] targets, int[] versus) {
    if (versus == null) {
      return;
    }
    if (graph.operation(LOGIT_WEIGHTS) == null) {
      throw new ModelException(
          "The model's graph does not say what its logits are weighed with, so it cannot explain a"
              + " class rather than another; export it again.");
    }
    if (versus.length != targets.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d other classes for %d targets", versus.length, targets.length));
    }
    for (int m = 0; m < targets.length; m++) {
      if (targets[m] < 0 || versus[m] < 0 || versus[m] >= card.classes()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "pair %d has target %d rather than %d; both must be classes, 0 to %d",
                m,
                targets[m],
                versus[m],
                card.classes() - 1));
      }
    }
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }
}
