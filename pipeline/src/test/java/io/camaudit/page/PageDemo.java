package io.camaudit.page;

import java.nio.file.Path;

/** TEMP dev. */
final class PageDemo {
  public static void main(String[] args) throws Exception {
    boolean plain = args.length > 3 && args[3].equals("plain");
    SyntheticRun run =
        SyntheticRun.write(
            Path.of(args[0]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            !plain,
            !plain,
            !plain);
    long start = System.nanoTime();
    System.out.println(ReportPage.write(run.input(), PageOptions.defaults()));
    System.out.println((System.nanoTime() - start) / 1e6 + " ms");
  }
}
