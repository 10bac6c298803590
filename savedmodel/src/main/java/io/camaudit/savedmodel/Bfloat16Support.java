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
  /** By Linux' names; either will do. */
  private static final Set<String> INSTRUCTIONS = Set.of("amx_bf16", "avx512_bf16");

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Bfloat16Support() {}

  /** Of this machine. Only Linux says; elsewhere the answer is no. */
  public static boolean isHere() {
    try {
      return isIn(Files.readString(CPUINFO));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Of the machine that a text describes.
   *
   * @param cpuinfo as in Linux' {@code /proc/cpuinfo}. All processors must have it, since a thread
   *     runs on any; without a list of flags, as on processors that are not x86, the answer is no
   */
  static boolean isIn(String cpuinfo) {
    List<String> flags = cpuinfo.lines().filter(line -> line.matches("flags\\s*:.*")).toList();
    return !flags.isEmpty() && flags.stream().allMatch(Bfloat16Support::names);
  }

  private static boolean names(String flags) {
    return List.of(flags.split("\\s+")).stream().anyMatch(INSTRUCTIONS::contains);
  }
}
