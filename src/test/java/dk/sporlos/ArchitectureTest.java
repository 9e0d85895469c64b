package dk.sporlos;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The structure that CONTRIBUTING describes. */
class ArchitectureTest {

  /** Left may use right, never back. Those of the last group may use each other, without cycles. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("cli"),
          List.of("demo", "account", "privacy"),
          List.of("transfer"),
          List.of("stats"),
          List.of("seal"),
          List.of("goal"),
          List.of("fold"),
          List.of("intake"),
          List.of("spool"),
          List.of("door"),
          List.of("site"),
          List.of("page", "http", "database", "mail", "metrics", "settings"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dk.sporlos");

  @Test
  void everyPackageHasItsPlace() {
    List<String> placed =
        ORDER.stream().flatMap(List::stream).map(name -> "dk.sporlos." + name).toList();

    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals("dk.sporlos"))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(placed);
  }

  @Test
  void noPackageUsesOneToItsLeft() {
    for (int left = 0; left < ORDER.size(); left++) {
      for (int right = left + 1; right < ORDER.size(); right++) {
        noClasses()
            .that()
            .resideInAnyPackage(names(ORDER.get(right)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(names(ORDER.get(left)))
            .check(CLASSES);
      }
    }
    noClasses()
        .that()
        .resideOutsideOfPackages("dk.sporlos", "dk.sporlos.cli")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dk.sporlos")
        .check(CLASSES);
  }

  @Test
  void cookiesAreWrittenWhereTheirNameSaysSo() {
    noClasses()
        .that()
        .haveNameNotMatching(".*Cookies?")
        .should()
        .accessField(HttpHeaders.class, "SET_COOKIE")
        .orShould()
        .callMethodWhere(
            target(owner(assignableTo(HttpServerResponse.class)))
                .and(target(nameMatching("addCookie|removeCookies?"))))
        .because("InventoryTest compares what they write with what is declared")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dk.sporlos.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheDoorAsksForAnAddress() {
    askForAnAddress().check(CLASSES);
  }

  @Test
  void onlyTheDoorReadsHeadersThatDescribeASender() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dk.sporlos.door", "dk.sporlos.http")
        .should()
        .callMethodWhere(
            target(owner(assignableTo(HttpServerRequest.class)))
                .and(target(nameMatching("headers|getHeader|cookies|getCookie|cookieCount"))))
        .check(CLASSES);
  }

  @Test
  void noTypeOutsideTheDoorCouldHoldAnAddress() {
    noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("dk.sporlos.door")
        .should()
        .haveRawType(InetAddress.class)
        .orShould()
        .haveRawType(InetSocketAddress.class)
        .orShould()
        .haveRawType(SocketAddress.class)
        .check(CLASSES);
  }

  @Test
  void nobodyPastTheDoorKnowsItsSender() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dk.sporlos.door")
        .should()
        .dependOnClassesThat()
        .haveSimpleName("Sender")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("CutAddress")
        .check(CLASSES);
  }

  @Test
  void aClassThatAsksForAnAddressIsCaught() {
    JavaClasses leaky = new ClassFileImporter().importClasses(Leaky.class);

    assertThat(askForAnAddress().evaluate(leaky).hasViolation()).isTrue();
  }

  /** The control: what no class of ours may do. */
  static final class Leaky {
    String address(HttpServerRequest request) {
      return request.remoteAddress().hostAddress();
    }
  }

  private static ArchRule askForAnAddress() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dk.sporlos.door")
        .should()
        .callMethod(HttpServerRequest.class, "remoteAddress")
        .orShould()
        .callMethod(HttpConnection.class, "remoteAddress")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(SocketAddress.class);
  }

  private static String[] names(List<String> group) {
    return group.stream().map(name -> "dk.sporlos." + name).toArray(String[]::new);
  }
}
