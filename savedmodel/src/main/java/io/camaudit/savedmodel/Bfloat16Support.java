package io.camaudit.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Whether a processor multiplies bfloat16 in hardware. Without, TensorFlow either leaves a graph as
 * it is or imitates bfloat16 more slowly than it computes float32, so that the choice would give
 * worse numbers for nothing.
 */
public final class Bfloat16Support {
  /** By Linux' names. */
  private static final String AMX = "amx_bf16";

  /** Either will do. */
  private static final Set<String> INSTRUCTIONS = Set.of(AMX, "avx512_bf16");

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Bfloat16Support() {}

  /** Of this machine. Only Linux says; elsewhere the answer is no. */
  public static boolean isHere() {
    return isIn(cpuinfo());
  }

  /**
   * Whether this machine has units for products of matrices. With vector instructions alone
   * bfloat16 may be the slower one: on an Intel processor a ResNet-50 took 1.4 times as long as in
   * float32.
   */
  public static boolean hasMatrixUnits() {
    return hasMatrixUnits(cpuinfo());
  }

  private static String cpuinfo() {
    try {
      return Files.readString(CPUINFO);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Of the machine that a text describes.
   *
   * @param cpuinfo as in Linux' {@code /proc/cpuinfo}. All processors must have it, since a thread
   *     runs on any; without a list of flags, as on processors that are not x86, the answer is no
   */
  static boolean isIn(String cpuinfo) {
    return allHave(INSTRUCTIONS, cpuinfo);
  }

  static boolean hasMatrixUnits(String cpuinfo) {
    return allHave(Set.of(AMX), cpuinfo);
  }

  private static boolean allHave(Set<String> any, String cpuinfo) {
    List<String> flags = cpuinfo.lines().filter(line -> line.matches("flags\\s*:.*")).toList();
    return !flags.isEmpty()
        && flags.stream()
            .allMatch(of -> List.of(of.split("\\s+")).stream().anyMatch(any::contains));
  }
}
