package io.oasis.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house that a machine can check. Their numbers are those of the style guide. */
@AnalyzeClasses(packages = "io.oasis.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule rule1NoCycles =
      slices().matching("io.oasis.worker.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rule5NoVagueNames =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Impl|Helper|Utils)")
          .orShould()
          .haveSimpleNameStartingWith("Abstract");

  @ArchTest
  static final ArchRule handlersKnowNoFramework =
      noClasses()
          .that()
          .resideInAnyPackage("..script..", "..http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "picocli..");

  @ArchTest
  static final ArchRule onlyThePublicSdkIsUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.oasis.executor.internal", "io.oasis.executor.v1", "io.grpc..");
}
