import java.io.File;
import java.util.Arrays;
import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.DefaultPackagedProgramRetriever;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.entrypoint.ClusterEntrypoint;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.runtime.util.JvmShutdownSafeguard;
import org.apache.flink.runtime.util.SignalHandler;

/**
 * A JobManager that runs one program, as {@code bin/standalone-job.sh} of a distribution of Flink does: the class that
 * does it there is in no Maven repository. Started as source by {@code configs/flink/cluster application}.
 */
public final class Application extends ApplicationClusterEntryPoint {
  private Application(Configuration configuration, PackagedProgram program) {
    super(configuration, program, StandaloneResourceManagerFactory.getInstance());
  }

  /** Arguments: {@code --configDir DIR}, {@code -D KEY=VALUE} as often as you like, {@code --jar JAR}, {@code --}, the program's. */
  public static void main(String[] args) throws Exception {
    int end = Arrays.asList(args).indexOf("--");
    Configuration dynamic = new Configuration();
    File jar = null;
    for (int i = 2; i < end; i += 2) {
      if (args[i].equals("--jar")) {
        jar = new File(args[i + 1]);
      } else {
        String[] pair = args[i + 1].split("=", 2);
        dynamic.setString(pair[0], pair[1]);
      }
    }
    Configuration configuration = GlobalConfiguration.loadConfiguration(args[1], dynamic);
    EnvironmentInformation.logEnvironmentInfo(LOG, Application.class.getSimpleName(), args);
    SignalHandler.register(LOG);
    JvmShutdownSafeguard.installAsShutdownHook(LOG);
    PackagedProgram program =
        DefaultPackagedProgramRetriever.create(
                null, jar, null, Arrays.copyOfRange(args, end + 1, args.length), configuration)
            .getPackagedProgram();
    configureExecution(configuration, program);
    ClusterEntrypoint.runClusterEntrypoint(new Application(configuration, program));
  }
}
