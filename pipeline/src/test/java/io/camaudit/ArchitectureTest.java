package io.camaudit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What a reader may rely on: packages stand in layers, and only a few know Beam. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.camaudit");

  @Test
  void packagesDependOnNoneInACircle() {
    slices().matching("io.camaudit.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void explainingAndMeasuringKnowNoPipeline() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.camaudit.alter..",
            "io.camaudit.cluster..",
            "io.camaudit.experiment..",
            "io.camaudit.explain..",
            "io.camaudit.image..",
            "io.camaudit.measure..",
            "io.camaudit.region..",
            "io.camaudit.report..",
            "io.camaudit.savedmodel..",
            "io.camaudit.gate..",
            "io.camaudit.compare..",
            "io.camaudit.page..",
            "io.camaudit.proof..",
            "io.camaudit.strategy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.sdk.transforms..", "org.apache.beam.sdk.values..")
        .check(CLASSES);
  }
}
