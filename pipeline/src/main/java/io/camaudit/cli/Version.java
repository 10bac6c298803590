package io.camaudit.cli;

import io.camaudit.savedmodel.ModelCard;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.tensorflow.TensorFlow;
import picocli.CommandLine.IVersionProvider;

/** What this is and what it stands on. */
final class Version implements IVersionProvider {
  static String camaudit() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "camaudit " + camaudit(),
      String.format(
          Locale.ROOT,
          "model contract %d, TensorFlow %s, Beam %s, Java %s",
          ModelCard.CONTRACT_VERSION,
          TensorFlow.version(),
          ReleaseInfo.getReleaseInfo().getVersion(),
          Runtime.version())
    };
  }
}
