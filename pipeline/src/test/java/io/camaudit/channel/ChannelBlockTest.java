package io.camaudit.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camaudit.savedmodel.ChannelMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelBlockTest {
  private static final float[] A = {1, -2.5f, Float.MIN_VALUE};
  private static final float[] B = {0, 3, 1e30f};
  private static final float[] C = {0.5f, -1, 0};

  @Test
  void whatIsPutIsRead() throws IOException {
    ChannelBlock block = new ChannelBlock(4, new VectorShape(3, 1, 2, true));
    ChannelHeat heat = new ChannelHeat(1, 2.5f, new byte[] {-1, 7});
    block.put(2, new ChannelVectors(7, A, B, C, List.of(heat)));
    block.put(0, new ChannelVectors(0, C, A, null));
    block.put(1, null);
    ChannelBlock read = ChannelBlock.read(block.bytes());
    assertThat(read.rows()).isEqualTo(4);
    assertThat(read.shape()).isEqualTo(new VectorShape(3, 1, 2, true));
    assertThat(read.get(1)).isNull();
    assertThat(read.get(3)).isNull();
    assertThat(read.get(2).target()).isEqualTo(7);
    assertThat(read.get(2).relevance()).containsExactly(A);
    assertThat(read.get(2).pooled()).containsExactly(B);
    assertThat(read.get(2).inside()).containsExactly(C);
    assertThat(read.get(2).heats()).hasSize(1);
    assertThat(read.get(2).heat(1).peak()).isEqualTo(2.5f);
    assertThat(read.get(2).heat(1).cells()).containsExactly(-1, 7);
    assertThat(read.get(2).heat(0)).isNull();
    assertThat(read.get(0).relevance()).containsExactly(C);
    assertThat(read.get(0).heats()).isEmpty();
    assertThat(read.get(0).inside()).as("an image without a region").isNull();
  }

  @Test
  void putAgainTheyAreTheSameBytes() throws IOException {
    ChannelBlock block = new ChannelBlock(3, new VectorShape(3, 1, 2, true));
    block.put(0, new ChannelVectors(7, A, B, null, heats()));
    block.put(2, new ChannelVectors(0, C, B, A, heats().subList(0, 2)));
    ChannelBlock again = new ChannelBlock(3, block.shape());
    for (int row = 0; row < 3; row++) {
      again.put(row, ChannelBlock.read(block.bytes()).get(row));
    }
    assertThat(again.bytes()).isEqualTo(block.bytes());
  }

  private static List<ChannelHeat> heats() {
    return IntStream.range(0, 8)
        .mapToObj(k -> new ChannelHeat(k, k / 3f, new byte[] {(byte) k, (byte) -k}))
        .toList();
  }

  @Test
  void aMapIsKeptInStepsOfItsGreatestCell() {
    ChannelHeat heat = ChannelHeat.of(new ChannelMap(4, new float[] {-3, 0, 1, 2, 0.006f}));
    assertThat(heat.channel()).isEqualTo(4);
    assertThat(heat.peak()).isEqualTo(2);
    assertThat(heat.cells()).containsExactly(0, 0, 128, 255, 1);
    assertThat(ChannelHeat.of(new ChannelMap(0, new float[] {-1})).cells()).containsExactly(0);
  }

  @Test
  void theFormIsTheDocumentedOne() {
    ChannelBlock block = new ChannelBlock(2, new VectorShape(3, 1, 2, false));
    block.put(1, new ChannelVectors(5, A, B, null, heats()));
    ByteBuffer in = ByteBuffer.wrap(block.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int row = 4 + 2 * 3 * 4 + 8 * (4 + 4 + 2);
    assertThat(block.bytes())
        .hasSize(32 + 2 * row)
        .startsWith("CAMCHAN1".getBytes(StandardCharsets.US_ASCII));
    int[] head = new int[6];
    in.position(8).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(head);
    assertThat(head).containsExactly(2, 3, 2, 8, 1, 2);
    assertThat(in.getInt(32)).isEqualTo(-1);
    assertThat(in.getInt(32 + row)).isEqualTo(5);
    assertThat(in.getFloat(32 + row + 4 + 4)).isEqualTo(-2.5f);
    assertThat(in.getFloat(32 + row + 4 + 12 + 4)).isEqualTo(3f);
    assertThat(in.getInt(32 + row + 28 + 10)).as("the second heat").isEqualTo(1);
    assertThat(in.getFloat(32 + row + 28 + 10 + 4)).isEqualTo(1 / 3f);
    assertThat(in.get(32 + row + 28 + 10 + 9)).isEqualTo((byte) -1);
  }

  @Test
  void damagedFilesAreRefused() {
    byte[] whole = new ChannelBlock(2, new VectorShape(3, 1, 1, false)).bytes();
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    byte[] other = whole.clone();
    other[0] = 'X';
    byte[] negative = whole.clone();
    negative[11] = -1;
    byte[] strange = whole.clone();
    strange[16] = 9;
    for (byte[] broken : new byte[][] {cut, other, negative, strange, new byte[3]}) {
      assertThatThrownBy(() -> ChannelBlock.read(broken)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () ->
                new ChannelBlock(1, new VectorShape(2, 1, 1, false))
                    .put(0, new ChannelVectors(0, A, A, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
