package io.camaudit.job;

import io.camaudit.input.ImageBlock;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a run is, from the files that its blocks leave: what is true for whoever computes them,
 * and known while they do.
 */
final class FinishedBlocks {
  private final BlockFiles files;
  private final Map<Integer, Integer> images = new HashMap<>();
  private final Set<Integer> seen;
  private long done;
  private long failed;

  /** Of a run of which some blocks were done before. */
  FinishedBlocks(AuditPlan plan) {
    files = new BlockFiles(plan.folder());
    plan.run().blocks().forEach(block -> images.put(block.number(), block.images()));
    seen = new TreeSet<>(plan.run().done());
    done = plan.run().imagesDone();
  }

  /** Looks for those that have been finished since. */
  void look() throws IOException {
    for (int block : files.done()) {
      if (!seen.contains(block) && images.containsKey(block)) {
        failed += files.counts(block).getOrDefault(RunMetrics.FAILED, 0L);
        done += images.get(block);
        seen.add(block);
      }
    }
  }

  boolean contains(ImageBlock block) {
    return seen.contains(block.number());
  }

  /** Images with a status, those of earlier runs among them. */
  long images() {
    return done;
  }

  /** Images that ended in a failure in the blocks finished since. */
  long failed() {
    return failed;
  }
}
