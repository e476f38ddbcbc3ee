package dev.edj;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.edj.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import org.jdbi.v3.core.extension.annotation.UseExtensionHandler;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the borders that ARCHITECTURE.md draws. The table of packages there is not repeated here:
/// it is read.
class ArchitectureTest {

  private static final String ROOT = "dev.edj";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private static final Map<String, Set<String>> TABLE = readTable();

  @Test
  void thePackagesAreThoseOfTheTable() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(ROOT))
            .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).isEqualTo(TABLE.keySet());
  }

  @Test
  void aPackageUsesWhatTheTableLetsIt() {
    assertAll(
        TABLE.entrySet().stream()
            .map(row -> () -> usesOnly(row.getKey(), row.getValue()).check(CLASSES)));
  }

  @Test
  void noTwoPackagesUseEachOther() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheSeamOfTheCommandLineLoadsTheService() {
    noClasses()
        .that()
        .resideInAPackage(Cli.class.getPackageName())
        .and()
        .doNotHaveSimpleName("Serve")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(subtree("api"), subtree("portal"), subtree("web"))
        .check(CLASSES);
  }

  @Test
  void scriptsShardMapsAndProblemsNeedNothingButTheJdk() {
    needsNothingBut("script");
    needsNothingBut("secrecy", "tools.jackson..", "ch.qos.logback..", "org.slf4j..");
    needsNothingBut("shardmap");
    needsNothingBut("problem");
    needsNothingBut("duty", "org.slf4j..");
  }

  @Test
  void enginesNeedNothingButTheJdkAndTheDrivers() {
    needsNothingBut(
        "engine",
        "dev.edj.secrecy..",
        "javax.net..",
        "jdk.net..",
        "org.postgresql..",
        "com.microsoft.sqlserver..",
        "org.mariadb..");
  }

  @Test
  void onlyTheDoorsKnowSpring() {
    onlyIn(
        List.of("api", "portal", "web", "access"),
        "org.springframework..",
        "jakarta.servlet..",
        "jakarta.validation..",
        "jakarta.annotation..");
    noClasses()
        .that()
        .resideInAPackage(subtree("access"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.springframework..", "jakarta..")
                .and(not(resideInAPackage("org.springframework.security.crypto.argon2"))))
        .because("it has passwords hashed, and needs nothing else of Spring")
        .check(CLASSES);
  }

  @Test
  void onlyThePortalKnowsTemplates() {
    onlyIn(List.of("portal"), "org.thymeleaf..");
  }

  @Test
  void onlyTheDoorsOwnPartKnowsTokensOfProviders() {
    onlyIn(List.of("web"), "com.nimbusds..", "org.springframework.security.oauth2..");
  }

  @Test
  void onlyNoticesKnowMail() {
    onlyIn(List.of("notice"), "jakarta.mail..", "jakarta.activation..", "org.eclipse.angus..");
  }

  @Test
  void onlySecurityKnowsTheCipher() {
    onlyIn(List.of("security"), "com.google.crypto..", "javax.crypto..");
  }

  @Test
  void statementsStandInStores() {
    classes()
        .that(containStatements())
        .should()
        .beInterfaces()
        .andShould()
        .haveSimpleNameEndingWith("Store")
        .check(CLASSES);
  }

  /// The statements of the queue are the work of three packages; every other store of the control
  /// database is its noun's. Those of an engine are of others' databases.
  @Test
  void aStoreStaysWithItsNoun() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Store")
        .and()
        .resideOutsideOfPackages(subtree("execution"), subtree("engine"))
        .should()
        .bePackagePrivate()
        .check(CLASSES);
    classes()
        .that()
        .haveSimpleNameEndingWith("Store")
        .and()
        .resideInAPackage(subtree("execution"))
        .should()
        .onlyBeAccessed()
        .byAnyPackage(subtree("execution"), subtree("controller"), subtree("worker"))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackages(subtree("cli"), subtree("demo"))
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void thereIsOneWayToLog() {
    noClasses().should(USE_JAVA_UTIL_LOGGING).check(CLASSES);
  }

  @Test
  void objectsComeThroughConstructors() {
    NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses()
        // A name that the JDK gives.
        .that(not(assignableTo(TrustManager.class)))
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Dto)")
        .check(CLASSES);
  }

  @Test
  void methodsAreNotCalledGet() {
    methods()
        .that()
        .haveNameMatching("get[A-Z].*")
        .should(overrideWhatOthersNamed())
        .check(CLASSES);
  }

  @Test
  void nothingIsNullUnlessItSaysSo() {
    classes().should(beInANullMarkedPackage()).check(CLASSES);
  }

  private static ArchRule usesOnly(String name, Set<String> mayUse) {
    return classes()
        .that()
        .resideInAPackage(subtree(name))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(ROOT + ".."))
                .or(resideInAPackage(subtree(name)))
                .or(resideInAnyPackage(subtrees(mayUse)))
                .or(rootClassIn(mayUse)))
        .because("ARCHITECTURE.md says what `" + name + "` may use");
  }

  private static void needsNothingBut(String name, String... libraries) {
    classes()
        .that()
        .resideInAPackage(subtree(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of(subtree(name), "java..", "org.jspecify.."), Arrays.stream(libraries))
                .toArray(String[]::new))
        .check(CLASSES);
  }

  private static void onlyIn(List<String> names, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            names.stream().map(ArchitectureTest::subtree).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> containStatements() {
    return DescribedPredicate.describe(
        "contain statements",
        type ->
            type.getMethods().stream()
                .anyMatch(method -> method.isMetaAnnotatedWith(UseExtensionHandler.class)));
  }

  private static ArchCondition<JavaMethod> overrideWhatOthersNamed() {
    return new ArchCondition<>("override what others named") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean overrides =
            Stream.concat(
                    method.getOwner().getAllRawSuperclasses().stream(),
                    method.getOwner().getAllRawInterfaces().stream())
                .filter(type -> !type.getPackageName().startsWith(ROOT))
                .anyMatch(type -> named(type, method.getName()));
        events.add(new SimpleConditionEvent(method, overrides, method.getFullName()));
      }
    };
  }

  private static boolean named(JavaClass type, String method) {
    return Arrays.stream(type.reflect().getMethods()).anyMatch(m -> m.getName().equals(method));
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getFullName()));
      }
    };
  }

  private static DescribedPredicate<JavaClass> rootClassIn(Set<String> mayUse) {
    return DescribedPredicate.describe(
        "is a class of the root that the table names",
        type -> type.getPackageName().equals(ROOT) && mayUse.contains(type.getSimpleName()));
  }

  private static String subtree(String name) {
    return ROOT + "." + name + "..";
  }

  private static String[] subtrees(Set<String> names) {
    return names.stream().map(ArchitectureTest::subtree).toArray(String[]::new);
  }

  /// Packages and what they may use: the names in back quotes in the table's first and last column.
  private static Map<String, Set<String>> readTable() {
    Map<String, Set<String>> table = new TreeMap<>();
    try (Stream<String> lines = Files.lines(Path.of("../ARCHITECTURE.md"))) {
      lines
          .dropWhile(line -> !line.startsWith("| package | holds | may use |"))
          .takeWhile(line -> line.startsWith("|"))
          .map(line -> line.split("\\|", -1))
          .forEach(cells ->
              quoted(cells[1]).forEach(name -> table.put(name, new TreeSet<>(quoted(cells[3])))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return table;
  }

  private static List<String> quoted(String cell) {
    return Pattern.compile("`(\\w+)`").matcher(cell).results().map(r -> r.group(1)).toList();
  }
}
