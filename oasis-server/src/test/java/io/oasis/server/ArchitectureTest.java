package io.oasis.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules of the house style that a machine can check. */
class ArchitectureTest {
  private static final String ROOT = "io.oasis.server";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int MAX_LINES = 400;
  private static final int MAX_PARAMETERS = 7;
  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.InstantSource.system",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.lang.System.currentTimeMillis",
          "java.util.Date.<init>");

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @Test
  @DisplayName("edges use features, and no feature uses an edge")
  void edgesStandOnTop() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".api..", ROOT + ".channel..", ROOT + ".console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".api..", ROOT + ".channel..", ROOT + ".console..")
        .check(classes);
    for (String edge : List.of("api", "channel", "console")) {
      List<String> others =
          Stream.of("api", "channel", "console").filter(other -> !other.equals(edge)).toList();
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + edge + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              others.stream().map(other -> ROOT + "." + other + "..").toArray(String[]::new))
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @Test
  @DisplayName("packages do not form a cycle")
  void noCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  @DisplayName("no package and no class is named after nothing")
  void names() {
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
            "..manager..")
        .check(classes);
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Impl|Helper|Utils?)$")
        .orShould()
        .haveNameMatching(".*\\.Abstract[A-Z][^.]*")
        .check(classes);
  }

  @Test
  @DisplayName("every package says what it owns")
  void packageInfo() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> silent =
          files
              .filter(path -> path.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(silent).isEmpty();
    }
  }

  @Test
  @DisplayName("no file is longer than 400 lines")
  void fileLength() throws IOException {
    for (Path root : List.of(SOURCES, Path.of("src/test/java"))) {
      try (Stream<Path> files = Files.walk(root)) {
        assertThat(files.filter(path -> path.toString().endsWith(".java")))
            .allSatisfy(
                path ->
                    assertThat(Files.readAllLines(path))
                        .as(path.toString())
                        .hasSizeLessThanOrEqualTo(MAX_LINES));
      }
    }
  }

  @Test
  @DisplayName("no method takes more than seven parameters")
  void parameters() {
    List<String> tooMany =
        classes.stream()
            .filter(type -> !type.isRecord())
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(
                unit -> !unit.getModifiers().stream().anyMatch(m -> m.name().equals("SYNTHETIC")))
            .filter(unit -> unit.getRawParameterTypes().size() > MAX_PARAMETERS)
            .filter(unit -> !unit.getName().startsWith("lambda$"))
            .map(JavaCodeUnit::getFullName)
            .toList();
    assertThat(tooMany).isEmpty();
  }

  @Test
  @DisplayName(
      "TM1: the machine's clock is known only to those that decide nothing about jobs by it")
  void machineClock() {
    Set<String> waitOrShow =
        Set.of(
            // Counts failures of the last minutes, and forgets them after a wrong step of the
            // clock.
            ROOT + ".identity.SignInThrottle",
            // Takes the place of impossible times that an executor says.
            ROOT + ".channel.Inbox",
            // How long an answer may take, or took.
            ROOT + ".api.LogResource",
            ROOT + ".api.ApplyResource",
            ROOT + ".api.JobEditResource",
            ROOT + ".api.RollbackResource",
            // Are given the database's.
            ROOT + ".app.JobTally",
            ROOT + ".alarm.AlarmSender");
    List<String> users =
        classes.stream()
            .filter(c -> !c.getPackageName().equals(ROOT + ".time"))
            .filter(
                c ->
                    c.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                            d ->
                                d.getTargetClass().getFullName().equals("java.time.InstantSource")))
            .map(JavaClass::getFullName)
            .toList();

    assertThat(waitOrShow).containsAll(users);
  }

  @Test
  @DisplayName("time comes from the package time only")
  void clocks() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".time..")
        .should()
        .accessTargetWhere(targets(CLOCKS))
        .check(classes);
    // These measure how long something takes, by a clock that nobody can set.
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".time..",
            ROOT + ".lease..",
            ROOT + ".trigger..",
            ROOT + ".loop..",
            ROOT + ".channel..")
        .should()
        .accessTargetWhere(targets(Set.of("java.lang.System.nanoTime")))
        .check(classes);
  }

  @Test
  @DisplayName("SQL is spoken by stores only, and JDBC by the package database")
  void sql() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".database..", ROOT + ".embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(classes);
    Set<String> statements =
        Stream.of("query", "first", "one", "update", "batch")
            .map(method -> ROOT + ".database.Tx." + method)
            .collect(Collectors.toSet());
    noClasses()
        .that()
        .haveNameNotMatching(".*Store(\\$.*)?")
        .and()
        .resideOutsideOfPackages(ROOT + ".database..", ROOT + ".time..")
        .should()
        .accessTargetWhere(targets(statements))
        .check(classes);
  }

  @Test
  @DisplayName(
      "whoever writes under a lease names the holder, the session or the epoch it believes in")
  void fences() throws IOException {
    Map<String, Pattern> fences =
        Map.of(
            "run", Pattern.compile("\\bepoch = "),
            "attempt", Pattern.compile("\\bepoch = "),
            "node", Pattern.compile("\\bsession = |SKIP LOCKED"),
            "duty", Pattern.compile("\\bholder\\b"));
    Pattern update = Pattern.compile("UPDATE (run|attempt|node|duty)\\b");
    List<String> unfenced = new ArrayList<>();
    int seen = 0;
    for (String statement : statements()) {
      Matcher target = update.matcher(statement);
      if (target.find() && writesState(statement)) {
        seen++;
        int where = statement.lastIndexOf("WHERE");
        boolean claim = statement.contains("SKIP LOCKED");
        String condition = claim ? statement : statement.substring(Math.max(where, 0));
        if (!fences.get(target.group(1)).matcher(condition).find()) {
          unfenced.add(statement);
        }
      }
    }
    assertThat(seen).isGreaterThan(3);
    assertThat(unfenced).isEmpty();
  }

  /** A statement that only says who looks after a row changes nothing that a lease protects. */
  private static boolean writesState(String statement) {
    Matcher set =
        Pattern.compile("\\bSET\\b(.*?)\\b(FROM|WHERE)\\b", Pattern.DOTALL).matcher(statement);
    return set.find()
        && Pattern.compile("(?<![.\\w])(state|lease_until|busy_slots|progress) = ")
            .matcher(set.group(1))
            .find();
  }

  /** The text blocks and the one-line texts of all stores. */
  private static List<String> statements() throws IOException {
    Pattern texts = Pattern.compile("\"\"\"(.*?)\"\"\"|\"([^\"\\n]*)\"", Pattern.DOTALL);
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> found = new ArrayList<>();
      for (Path path : files.filter(file -> file.toString().endsWith("Store.java")).toList()) {
        texts
            .matcher(Files.readString(path))
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .forEach(found::add);
      }
      return found;
    }
  }

  @Test
  @DisplayName("HTTP stays in api and console, gRPC and proto in channel")
  void shapes() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".api..", ROOT + ".console..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".channel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.oasis.executor.v1..", "io.grpc..", "com.google.protobuf..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".console..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.oasis.ui..")
        .check(classes);
  }

  @Test
  @DisplayName("what a store keeps is reached through the door of its feature")
  void stores() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Store")
        .should()
        .onlyHaveDependentClassesThat(
            new DescribedPredicate<>("live in a feature, not in an edge") {
              @Override
              public boolean test(JavaClass user) {
                return !Pattern.matches(
                    Pattern.quote(ROOT) + "\\.(api|channel|console)(\\..*)?",
                    user.getPackageName());
              }
            })
        .check(classes);
  }

  private static DescribedPredicate<JavaAccess<?>> targets(Set<String> names) {
    return new DescribedPredicate<>("is one of " + names) {
      @Override
      public boolean test(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return names.contains(target.getOwner().getFullName() + "." + target.getName());
      }
    };
  }
}
