package io.camaudit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.camaudit.ExitCode;
import io.camaudit.UserException;
import io.camaudit.savedmodel.ModelException;
import io.camaudit.savedmodel.NativeCalls;
import io.camaudit.storage.Storage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry and its only exit. */
@Command(
    name = "camaudit",
    description =
        "Audits over whole datasets whether an image classifier is right for the right reasons.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      AuditCommand.class,
      ProveCommand.class,
      CueCommand.class,
      ExplainCommand.class,
      ReportCommand.class,
      DiffCommand.class,
      GateCommand.class,
      FiftyOneCommand.class,
      ModelCommand.class,
      ExportCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  /** Read before everything else, since loggers are made with their levels. */
  private static final String VERBOSE = "--verbose";

  private static final String PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";
  private static final int MEMORY_PERCENT = 90;

  private static final String LOGGER = "org.slf4j.simpleLogger.";
  private static final String LOG_LEVEL = LOGGER + "defaultLogLevel";
  private static final String LOG_LEVEL_OF = LOGGER + "log.";

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Say on standard error what is done, one dated line an event.")
  private boolean verbose;

  public static void main(String[] args) {
    // What runners tell about themselves is thousands of lines.
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "warn");
      // They print the stack trace of what ended a job, which is told here in its own words.
      System.setProperty(LOG_LEVEL_OF + "org.apache.beam.runners.flink.FlinkRunner", "off");
      System.setProperty(LOG_LEVEL_OF + "org.apache.flink.runtime.operators", "off");
      // Its warnings are about log files, tokens and names that a job inside this process has not.
      System.setProperty(LOG_LEVEL_OF + "org.apache.flink", "error");
      // It warns that it does in Java what libraries of its own might do, and nothing here needs.
      System.setProperty(LOG_LEVEL_OF + "org.apache.hadoop.util.NativeCodeLoader", "error");
      // What it warns of is an exception as well, and told as that.
      System.setProperty(LOG_LEVEL_OF + "org.apache.hadoop.fs.FileSystem", "error");
    }
    System.setProperty(LOGGER + "showThreadName", "false");
    if (Arrays.stream(args).takeWhile(arg -> !arg.equals("--")).anyMatch(VERBOSE::equals)) {
      System.setProperty(LOG_LEVEL_OF + "io.camaudit", "info");
      System.setProperty(LOGGER + "showDateTime", "true");
      System.setProperty(LOGGER + "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
      System.setProperty(LOGGER + "showShortLogName", "true");
    } else {
      // As all else that is told.
      System.setProperty(LOGGER + "showLogName", "false");
      System.setProperty(LOGGER + "warnLevelString", "camaudit:");
      System.setProperty(LOGGER + "errorLevelString", "camaudit:");
    }
    letModelsUseTheMachine();
    useOwnErrorStream();
    NativeCalls.finishBeforeExit();
    System.exit(run(args));
  }

  /**
   * JavaCPP ends a process that takes four times its heap, which a large model's call may do by
   * itself. What there is to take is the machine's memory, or the container's; before all of it is
   * gone an error that can be told is better than the operating system's end of the process.
   */
  private static void letModelsUseTheMachine() {
    if (System.getProperty(PHYSICAL_BYTES) == null
        && ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine) {
      System.setProperty(
          PHYSICAL_BYTES, Long.toString(machine.getTotalMemorySize() / 100 * MEMORY_PERCENT));
    }
  }

  /**
   * Writes errors and progress to where the launcher says, since the process's standard error goes
   * through a filter of native remarks, line by line.
   */
  private static void useOwnErrorStream() {
    Integer number = Integer.getInteger("camaudit.stderr");
    if (number != null) {
      try {
        // The descriptor itself: opened anew by its name, a file would be written at another place
        // than standard output's, which may be the same file, and one would overwrite the other.
        Constructor<FileDescriptor> constructor =
            FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        FileOutputStream stream = new FileOutputStream(constructor.newInstance(number));
        System.setErr(new PrintStream(stream, true, UTF_8));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        // Another Java may not have it; then the filter passes on what is written.
      }
    }
  }

  /** Runs a command and returns its exit code. */
  public static int run(String... args) {
    return run(
        new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), args);
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setExitCodeExceptionMapper(Main::exitCode)
            .setExecutionStrategy(Main::execute)
            .setParameterExceptionHandler(Main::sayWhatIsWrong)
            .setExecutionExceptionHandler((e, command, parsed) -> tell(e, command.getErr()));
    if (args.length == 0) {
      line.usage(out);
      return ExitCode.OK.value();
    }
    try {
      ConfigFile.of(args).ifPresent(config -> config.defaultsFor(line, args));
      return line.execute(args);
    } catch (UserException e) {
      return tell(e, err);
    }
  }

  /** File systems are there before a command names an address; help needs none. */
  private static int execute(ParseResult parsed) {
    boolean help = false;
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      help |= at.isUsageHelpRequested() || at.isVersionHelpRequested();
    }
    if (!help) {
      Storage.configure(BeamOptions.parse(List.of()));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** A required option that is missing may be there, misspelt: then that is what is wrong. */
  private static ParameterException misspelt(ParameterException thrown) {
    CommandLine command = thrown.getCommandLine();
    if (thrown instanceof MissingParameterException && command.getParseResult() != null) {
      Set<String> known = command.getCommandSpec().optionsMap().keySet();
      for (String arg : command.getParseResult().originalArgs()) {
        if (arg.equals("--")) {
          break;
        }
        if (arg.startsWith("--") && !known.contains(arg.split("=", 2)[0])) {
          return new UnmatchedArgumentException(command, List.of(arg));
        }
      }
    }
    return thrown;
  }

  /** The exit code of whatever ended a command; runners wrap what we throw, so causes count. */
  static int exitCode(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException e) {
        return e.exitCode().value();
      }
      if (cause instanceof ModelException) {
        return ExitCode.MODEL_UNUSABLE.value();
      }
      if (cause instanceof ParameterException) {
        return ExitCode.WRONG_ARGUMENTS.value();
      }
      if (cause instanceof OutOfMemoryError) {
        return ExitCode.MEMORY.value();
      }
    }
    return ExitCode.BUG.value();
  }

  private static int tell(Throwable thrown, PrintWriter err) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException || cause instanceof ModelException) {
        err.println("camaudit: " + cause.getMessage());
        return exitCode(cause);
      }
      if (cause instanceof OutOfMemoryError) {
        err.println(
            "camaudit: there was not enough memory ("
                + cause.getMessage()
                + "). A smaller --batch-size or fewer --workers take less of the machine's;"
                + " CAMAUDIT_HEAP gives more to everything but the model.");
        return exitCode(cause);
      }
    }
    err.println("camaudit: unexpected error, please report it with the lines below");
    thrown.printStackTrace(err);
    return ExitCode.BUG.value();
  }

  private static int sayWhatIsWrong(ParameterException thrown, String[] args) {
    ParameterException e = misspelt(thrown);
    PrintWriter err = e.getCommandLine().getErr();
    err.println("camaudit: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println(
          String.format(
              Locale.ROOT,
              "Try '%s --help'.",
              e.getCommandLine().getCommandSpec().qualifiedName()));
    }
    return ExitCode.WRONG_ARGUMENTS.value();
  }
}
