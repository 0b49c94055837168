package io.oasis.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The rules of the house that a machine can check. Their numbers are those of the style guide. */
@AnalyzeClasses(packages = "io.oasis.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule rule1NoCycles =
      slices().matching("io.oasis.cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rule2NoVaguePackages =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..common..",
              "..helper..",
              "..misc..",
              "..model..",
              "..dto..",
              "..impl..",
              "..manager..");

  @ArchTest
  static final ArchRule rule5NoVagueNames =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameStartingWith("Abstract");

  @ArchTest
  static final ArchRule rule17TimeIsInjected =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Shell.class.getName())
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule rule26CommandsAreFinalAndCallable =
      classes()
          .that()
          .areAnnotatedWith(Command.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .andShould()
          .implement(Callable.class);

  @ArchTest
  static final ArchRule rule26OnlyCommandsKnowTheirFlags =
      noClasses()
          .that()
          .resideInAnyPackage("..output..", "..client..", "..input..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "..command..", "..options..");
}
