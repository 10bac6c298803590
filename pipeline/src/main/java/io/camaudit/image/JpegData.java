package io.camaudit.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through a JPEG's Huffman codes, without making pixels of them, to find out whether every
 * block is there. libjpeg fills what is missing with grey and says so on the process's standard
 * error only: a photograph that was cut off and ended anew by a repair tool would count as whole.
 * Baseline, extended and progressive files (ITU-T T.81, annexes F and G).
 *
 * <p>Bytes behind a complete scan are no damage: some cameras pad, and nothing is lost.
 */
final class JpegData {
  private static final int BLOCK = 64;

  /** 128: what a block without any coefficient is. */
  private static final byte GREY = (byte) 128;

  /** The longest code and the most bits that follow one. */
  private static final int MOST_BITS = 16 + 15;

  private static final VarHandle FOUR_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] file;
  private final Huffman[] dcTables = new Huffman[4];
  private final Huffman[] acTables = new Huffman[4];
  private Component[] components = {};
  private int width;
  private int height;
  private boolean progressive;
  private int restartInterval;
  private int at = 2;

  // Bits that were read from the file and not yet used: the lowest ones of the buffer.
  private long buffer;
  private int bits;
  // How many of them stand for bytes that are missing.
  private int missing;
  private int endOfBands;

  private JpegData(byte[] file) {
    this.file = file;
  }

  /**
   * Whether data of some block is missing or no code at all. A file whose structure is not
   * understood is left to the decoder's judgement.
   */
  static boolean isDamaged(byte[] file) {
    try {
      new JpegData(file).walk();
      return false;
    } catch (Damage e) {
      return true;
    } catch (NotUnderstood | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  /**
   * Whether a decoded file may be damaged, so that walking through it is worth a third of the time
   * that decoding it took. What of a sequential file is missing is exactly grey in whole blocks,
   * and what a disk or a download lost is often zeros; progressive files lose detail instead, and
   * in turned pictures blocks lie elsewhere.
   */
  static boolean isSuspect(byte[] file, RgbImage decoded, boolean turned) {
    int scan = sequentialScan(file);
    return turned || scan < 0 || hasZeros(file, scan) || hasGreyBlock(decoded);
  }

  /** Where a sequential file's first scan begins; -1 for a progressive file and what is odd. */
  private static int sequentialScan(byte[] file) {
    boolean sequential = false;
    int at = 2;
    while (at + 4 <= file.length && file[at] == -1) {
      int marker = file[at + 1] & 0xff;
      if (marker == 0xff) {
        at++; // a fill byte
        continue;
      }
      if (marker == 0xda) {
        return sequential ? at : -1;
      }
      sequential |= marker == 0xc0 || marker == 0xc1;
      at += 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
    }
    return -1;
  }

  /** Whether some 32 bytes on end are 0, which codes hardly ever are. */
  private static boolean hasZeros(byte[] file, int from) {
    for (int at = from + 16; at + 16 < file.length; at += 16) {
      if (file[at] == 0 && zerosAround(file, at) >= 32) {
        return true;
      }
    }
    return false;
  }

  private static int zerosAround(byte[] file, int at) {
    int from = at;
    int to = at;
    while (from > 0 && file[from - 1] == 0 && at - from < 32) {
      from--;
    }
    while (to + 1 < file.length && file[to + 1] == 0 && to - at < 32) {
      to++;
    }
    return to - from + 1;
  }

  /** Looks at one pixel of most blocks only. Pictures of one colour of less than a block count. */
  private static boolean hasGreyBlock(RgbImage picture) {
    for (int y = Math.min(4, picture.height() - 1); y < picture.height(); y += 8) {
      for (int x = Math.min(4, picture.width() - 1); x < picture.width(); x += 8) {
        if (isGrey(picture, x, y) && isGreyBlock(picture, x & ~7, y & ~7)) {
          return true;
        }
      }
    }
    // The last block may end before its fourth pixel.
    int right = picture.width() - 1;
    int bottom = picture.height() - 1;
    return isGrey(picture, right, bottom) && isGreyBlock(picture, right & ~7, bottom & ~7);
  }

  /** Colours at a block's edge are mixed with its neighbours', so its inner half is looked at. */
  private static boolean isGreyBlock(RgbImage picture, int left, int top) {
    for (int y = top + 2; y < Math.min(top + 6, picture.height()); y++) {
      for (int x = left + 2; x < Math.min(left + 6, picture.width()); x++) {
        if (!isGrey(picture, x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isGrey(RgbImage picture, int x, int y) {
    byte[] rgb = picture.rgb();
    int at = 3 * (y * picture.width() + x);
    return rgb[at] == GREY && rgb[at + 1] == GREY && rgb[at + 2] == GREY;
  }

  private static final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage() {
      super(null, null, false, false);
    }
  }

  private static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1;

    NotUnderstood() {
      super(null, null, false, false);
    }
  }

  /** Sampling factors; and for progressive files the coefficients of each block so far not 0. */
  private static final class Component {
    private int id;
    private int across;
    private int down;
    private int blocksAcross;
    private int blocksDown;
    private long[] notZero;
    private Huffman dc;
    private Huffman ac;
  }

  private void walk() throws Damage, NotUnderstood {
    boolean scanned = false;
    while (at < file.length) {
      int marker = nextMarker();
      if (marker == 0xd9 || marker < 0) {
        break;
      }
      if (marker >= 0xd0 && marker <= 0xd8 || marker == 0x01) {
        continue;
      }
      int end = at + uint16(at);
      int body = at + 2;
      switch (marker) {
        case 0xc0, 0xc1, 0xc2 -> frame(marker, body);
        case 0xc4 -> tables(body, end);
        case 0xdd -> restartInterval = uint16(body);
        default -> {}
      }
      at = end;
      if (marker == 0xda) {
        scan(body);
        scanned = true;
      }
    }
    if (!scanned) {
      throw new NotUnderstood();
    }
  }

  /** Moves behind the next marker and returns it; -1 if there is none. */
  private int nextMarker() {
    for (; at + 1 < file.length; at++) {
      int second = file[at + 1] & 0xff;
      if (file[at] == -1 && second != 0 && second != 0xff) {
        at += 2;
        return second;
      }
    }
    at = file.length;
    return -1;
  }

  private void frame(int marker, int body) throws NotUnderstood {
    if (components.length > 0 || file[body] != 8) {
      throw new NotUnderstood();
    }
    progressive = marker == 0xc2;
    height = uint16(body + 1);
    width = uint16(body + 3);
    components = new Component[file[body + 5]];
    int mostAcross = 1;
    int mostDown = 1;
    for (int i = 0; i < components.length; i++) {
      Component component = new Component();
      component.id = file[body + 6 + 3 * i];
      component.across = file[body + 7 + 3 * i] >> 4;
      component.down = file[body + 7 + 3 * i] & 15;
      if (component.across < 1 || component.down < 1) {
        throw new NotUnderstood();
      }
      mostAcross = Math.max(mostAcross, component.across);
      mostDown = Math.max(mostDown, component.down);
      components[i] = component;
    }
    if (width == 0 || height == 0) {
      throw new NotUnderstood();
    }
    for (Component component : components) {
      component.blocksAcross = blocks(width, component.across, mostAcross);
      component.blocksDown = blocks(height, component.down, mostDown);
    }
  }

  private static int blocks(int pixels, int sampling, int mostSampling) {
    int samples = (pixels * sampling + mostSampling - 1) / mostSampling;
    return (samples + 7) / 8;
  }

  private void tables(int from, int end) throws NotUnderstood {
    int body = from;
    while (body + 17 <= end) {
      int which = file[body] & 3;
      Huffman[] tables = (file[body] & 0x10) == 0 ? dcTables : acTables;
      int[] counts = new int[17];
      int codes = 0;
      for (int length = 1; length <= 16; length++) {
        counts[length] = file[body + length] & 0xff;
        codes += counts[length];
      }
      if (codes > 256) {
        throw new NotUnderstood();
      }
      tables[which] = new Huffman(counts, file, body + 17);
      body += 17 + codes;
    }
  }

  private void scan(int body) throws Damage, NotUnderstood {
    List<Component> scanned = new ArrayList<>();
    int count = file[body];
    for (int i = 0; i < count; i++) {
      for (Component component : components) {
        if (component.id == file[body + 1 + 2 * i]) {
          component.dc = dcTables[file[body + 2 + 2 * i] >> 4 & 3];
          component.ac = acTables[file[body + 2 + 2 * i] & 3];
          scanned.add(component);
        }
      }
    }
    if (scanned.isEmpty() || scanned.size() != count) {
      throw new NotUnderstood();
    }
    int first = file[body + 1 + 2 * count];
    int last = file[body + 2 + 2 * count];
    boolean refining = (file[body + 3 + 2 * count] & 0xf0) != 0;
    boolean single = count == 1;
    Component only = scanned.get(0);
    int units = single ? only.blocksAcross * only.blocksDown : interleavedUnits();
    startInterval();
    int toRestart = restartInterval;
    int restart = 0;
    for (int unit = 0; unit < units; unit++) {
      if (restartInterval > 0 && toRestart == 0) {
        expectRestart(restart);
        restart = (restart + 1) & 7;
        toRestart = restartInterval;
      }
      for (Component component : scanned) {
        int repeat = single ? 1 : component.across * component.down;
        for (int i = 0; i < repeat; i++) {
          block(component, unit, first, last, refining);
        }
      }
      toRestart--;
    }
  }

  private int interleavedUnits() {
    int mostAcross = 1;
    int mostDown = 1;
    for (Component component : components) {
      mostAcross = Math.max(mostAcross, component.across);
      mostDown = Math.max(mostDown, component.down);
    }
    return ((width + 8 * mostAcross - 1) / (8 * mostAcross))
        * ((height + 8 * mostDown - 1) / (8 * mostDown));
  }

  private void startInterval() {
    buffer = 0;
    bits = 0;
    missing = 0;
    endOfBands = 0;
  }

  private void expectRestart(int number) throws Damage {
    if (bits - missing >= 8 || nextMarker() != 0xd0 + number) {
      throw new Damage();
    }
    startInterval();
  }

  private void block(Component component, int index, int first, int last, boolean refining)
      throws Damage, NotUnderstood {
    if (!progressive) {
      sequential(component);
    } else if (first == 0) {
      skip(refining ? 1 : decode(component.dc));
    } else {
      if (component.notZero == null) {
        component.notZero = new long[component.blocksAcross * component.blocksDown];
      }
      if (refining) {
        refine(component, index, first, last);
      } else {
        band(component, index, first, last);
      }
    }
  }

  /**
   * A block of a sequential file (T.81, F.2.2). Nearly all files are such, and all of a
   * photograph's codes are looked at, so this is the one place that takes a code and the bits
   * behind it at once.
   */
  private void sequential(Component component) throws Damage, NotUnderstood {
    Huffman table = component.dc;
    Huffman ac = component.ac;
    if (table == null || ac == null) {
      throw new NotUnderstood(); // decoders then take the standard's own tables
    }
    int mask = 0xff; // how many bits follow: for the first coefficient the symbol says just that
    for (int k = 0; k < BLOCK; k++) {
      if (bits < MOST_BITS) {
        fill();
      }
      int entry = table.entry((int) (buffer >>> (bits - 16)) & 0xffff);
      int symbol = entry & 0xff;
      int size = symbol & mask;
      bits -= (entry >> 8) + size;
      if (entry == 0 || bits < missing) {
        throw new Damage();
      }
      if (k > 0) {
        if (size > 0) {
          k += symbol >> 4;
          inside(k);
        } else if (symbol == 0xf0) {
          k += 15;
        } else {
          return;
        }
      }
      table = ac;
      mask = 15;
    }
  }

  private static void inside(int k) throws Damage {
    if (k >= BLOCK) {
      throw new Damage();
    }
  }

  /** The first scan of a band of coefficients (T.81, G.1.2.2). */
  private void band(Component component, int index, int first, int last)
      throws Damage, NotUnderstood {
    if (endOfBands > 0) {
      endOfBands--;
      return;
    }
    for (int k = first; k <= last; k++) {
      int symbol = decode(component.ac);
      int run = symbol >> 4;
      int size = symbol & 15;
      if (size != 0) {
        k += run;
        inside(k);
        skip(size);
        component.notZero[index] |= 1L << k;
      } else if (run == 15) {
        k += 15;
      } else {
        endOfBands = (1 << run) + take(run) - 1;
        break;
      }
    }
  }

  /** A further bit of a band: one for each coefficient that is not 0 yet (T.81, G.1.2.3). */
  private void refine(Component component, int index, int first, int last)
      throws Damage, NotUnderstood {
    long[] notZero = component.notZero;
    int k = first;
    if (endOfBands == 0) {
      for (; k <= last; k++) {
        int symbol = decode(component.ac);
        int run = symbol >> 4;
        boolean added = (symbol & 15) != 0;
        if (added) {
          skip(1);
        } else if (run != 15) {
          endOfBands = (1 << run) + take(run);
          break;
        }
        for (; k <= last; k++) {
          if ((notZero[index] >> k & 1) != 0) {
            skip(1);
          } else if (--run < 0) {
            break;
          }
        }
        if (added) {
          inside(k);
          notZero[index] |= 1L << k;
        }
      }
    }
    if (endOfBands > 0) {
      long before = notZero[index] >>> k;
      for (; k <= last; k++, before >>>= 1) {
        if ((before & 1) != 0) {
          skip(1);
        }
      }
      endOfBands--;
    }
  }

  private int decode(Huffman table) throws Damage, NotUnderstood {
    if (table == null) {
      throw new NotUnderstood(); // decoders then take the standard's own tables
    }
    if (bits < 16) {
      fill();
    }
    int entry = table.entry((int) (buffer >>> (bits - 16)) & 0xffff);
    if (entry == 0) {
      throw new Damage();
    }
    drop(entry >> 8);
    return entry & 0xff;
  }

  private void skip(int count) throws Damage {
    if (bits < count) {
      fill();
    }
    drop(count);
  }

  private int take(int count) throws Damage {
    if (bits < count) {
      fill();
    }
    int value = (int) (buffer >>> (bits - count)) & ((1 << count) - 1);
    drop(count);
    return value;
  }

  private void drop(int count) throws Damage {
    bits -= count;
    if (bits < missing) {
      throw new Damage();
    }
  }

  /** Reads up to the next marker at most; what lies beyond it counts as missing. */
  private void fill() {
    if (bits <= 32 && at + 4 <= file.length) {
      int next = (int) FOUR_BYTES.get(file, at);
      int inverse = ~next;
      if (((inverse - 0x01010101) & ~inverse & 0x80808080) == 0) { // none of them is 0xff
        buffer = buffer << 32 | next & 0xffffffffL;
        bits += 32;
        at += 4;
        return;
      }
    }
    while (bits <= 48) {
      int next = 0;
      if (at < file.length && file[at] != -1) {
        next = file[at++] & 0xff;
      } else if (at + 1 < file.length && file[at + 1] == 0) {
        next = 0xff;
        at += 2;
      } else if (at + 1 < file.length && file[at + 1] == -1) {
        at++; // fill bytes before a marker
        continue;
      } else {
        missing += 8;
      }
      buffer = buffer << 8 | next;
      bits += 8;
    }
  }

  private int uint16(int offset) {
    return (file[offset] & 0xff) << 8 | file[offset + 1] & 0xff;
  }

  /** Looks codes up, short ones at once. An entry is a code's length and its symbol; 0 is none. */
  private static final class Huffman {
    private static final int SHORT = 10;

    private final int[] shortCodes = new int[1 << SHORT];
    // For each length, the first code behind those of the length, left-aligned to 16 bits.
    private final int[] limit = new int[17];
    private final int[] offset = new int[17];
    private final int[] symbols;

    Huffman(int[] counts, byte[] file, int at) {
      int total = 0;
      for (int count : counts) {
        total += count;
      }
      symbols = new int[total];
      for (int i = 0; i < total; i++) {
        symbols[i] = file[at + i] & 0xff;
      }
      int code = 0;
      int next = 0;
      for (int length = 1; length <= 16; length++) {
        offset[length] = next - code;
        for (int i = 0; i < counts[length]; i++, code++, next++) {
          if (length <= SHORT) {
            int from = code << (SHORT - length);
            for (int j = 0; j < 1 << (SHORT - length); j++) {
              shortCodes[from + j] = length << 8 | symbols[next];
            }
          }
        }
        limit[length] = code << (16 - length);
        code <<= 1;
      }
    }

    int entry(int sixteenBits) {
      int entry = shortCodes[sixteenBits >> (16 - SHORT)];
      if (entry != 0) {
        return entry;
      }
      for (int length = SHORT + 1; length <= 16; length++) {
        if (sixteenBits < limit[length]) {
          return length << 8 | symbols[offset[length] + (sixteenBits >> (16 - length))];
        }
      }
      return 0;
    }
  }
}
