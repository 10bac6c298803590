package io.camaudit.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChannelBlockTest {
  private static final float[] A = {1, -2.5f, Float.MIN_VALUE};
  private static final float[] B = {0, 3, 1e30f};
  private static final float[] C = {0.5f, -1, 0};

  @Test
  void whatIsPutIsRead() throws IOException {
    ChannelBlock block = new ChannelBlock(4, 3, true);
    block.put(2, new ChannelVectors(7, A, B, C));
    block.put(0, new ChannelVectors(0, C, A, null));
    block.put(1, null);
    ChannelBlock read = ChannelBlock.read(block.bytes());
    assertThat(read.rows()).isEqualTo(4);
    assertThat(read.channels()).isEqualTo(3);
    assertThat(read.hasRegions()).isTrue();
    assertThat(read.get(1)).isNull();
    assertThat(read.get(3)).isNull();
    assertThat(read.get(2).target()).isEqualTo(7);
    assertThat(read.get(2).relevance()).containsExactly(A);
    assertThat(read.get(2).pooled()).containsExactly(B);
    assertThat(read.get(2).inside()).containsExactly(C);
    assertThat(read.get(0).relevance()).containsExactly(C);
    assertThat(read.get(0).inside()).as("an image without a region").isNull();
  }

  @Test
  void theFormIsTheDocumentedOne() {
    ChannelBlock block = new ChannelBlock(2, 3, false);
    block.put(1, new ChannelVectors(5, A, B, null));
    ByteBuffer in = ByteBuffer.wrap(block.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(block.bytes()).hasSize(24 + 2 * (4 + 2 * 3 * 4)).startsWith("CAMCHAN1".getBytes());
    int[] head = {in.getInt(8), in.getInt(12), in.getInt(16), in.getInt(20)};
    assertThat(head).containsExactly(2, 3, 2, 0);
    assertThat(in.getInt(24)).isEqualTo(-1);
    assertThat(in.getInt(24 + 28)).isEqualTo(5);
    assertThat(in.getFloat(24 + 28 + 4 + 4)).isEqualTo(-2.5f);
    assertThat(in.getFloat(24 + 28 + 4 + 12 + 4)).isEqualTo(3f);
  }

  @Test
  void damagedFilesAreRefused() {
    byte[] whole = new ChannelBlock(2, 3, false).bytes();
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
            () -> new ChannelBlock(1, 2, false).put(0, new ChannelVectors(0, A, A, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
