package io.oasis.executor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The rules of the house that a machine can check. Their numbers are those of the style guide. */
@AnalyzeClasses(
    packages = "io.oasis.executor",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

  @ArchTest
  static final ArchRule plainJavaWithGrpcAndSlf4jOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net..",
              "io.oasis.executor..",
              "io.grpc..",
              "com.google.protobuf..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule applicationsNeverSeeTheWire =
      noClasses()
          .that()
          .resideInAnyPackage("io.oasis.executor", "io.oasis.executor.testing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.oasis.executor.v1", "io.grpc..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule rule5NoVagueNames =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Impl|Helper|Utils)")
          .orShould()
          .haveSimpleNameStartingWith("Abstract");

  @ArchTest
  static final ArchRule rule17TimeIsInjected =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.oasis.executor.testing") // waits for real threads in tests
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");
}
