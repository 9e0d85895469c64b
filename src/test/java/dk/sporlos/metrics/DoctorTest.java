package dk.sporlos.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.metrics.Diagnosis.Check;
import dk.sporlos.metrics.Diagnosis.Outcome;
import dk.sporlos.metrics.Diagnosis.Status;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Finding WRONG = new Finding("broken", "It is broken.", "Mend it.");
  private static final Finding NOTE = Finding.note("odd", "It is odd.", "");

  private final Doctor doctor = new Doctor(Duration.ofMillis(200));

  @Test
  void whatWasExaminedIsSaidAlsoWhereNothingIsFound() {
    doctor.examineNow("disk", () -> null);
    doctor.examineNow("proxies", () -> NOTE);

    Diagnosis diagnosis = doctor.diagnose().await();

    assertThat(diagnosis.status()).isEqualTo(Status.OK);
    assertThat(diagnosis.checks())
        .containsExactly(new Check("disk", Outcome.OK), new Check("proxies", Outcome.NOTE));
    assertThat(diagnosis.findings()).containsExactly(NOTE);
  }

  @Test
  void anExaminationThatFailsIsAFindingAndTheOthersAnswer() {
    doctor.examineNow(
        "first",
        () -> {
          throw new IllegalStateException("198.51.100.7");
        });
    doctor.examine("second", () -> Future.failedFuture(new IllegalArgumentException("secret")));
    doctor.examine("third", () -> Promise.<List<Finding>>promise().future());
    doctor.examineNow("fourth", () -> WRONG);

    Diagnosis diagnosis = doctor.diagnose().await();

    assertThat(diagnosis.status()).isEqualTo(Status.WRONG);
    assertThat(diagnosis.checks())
        .extracting(Check::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.FAILED, Outcome.WRONG);
    assertThat(diagnosis.findings())
        .extracting(Finding::code)
        .containsExactly("check-failed", "check-failed", "check-failed", "broken");
    assertThat(diagnosis.toJson().encode())
        .contains("'first' is unknown: IllegalStateException", "'third' is unknown: no answer")
        .doesNotContain("198.51.100.7", "secret");
  }

  @Test
  void whatNeedsSomethingThatIsNotThereIsNotExamined() {
    AtomicInteger asked = new AtomicInteger();
    doctor.examineNow("database", () -> asked.get() == 0 ? WRONG : null);
    doctor.examineIf(
        "database",
        "tables",
        () -> {
          asked.incrementAndGet();
          return Future.succeededFuture(List.of());
        });

    assertThat(doctor.diagnose().await().checks())
        .containsExactly(
            new Check("database", Outcome.WRONG), new Check("tables", Outcome.SKIPPED));

    asked.incrementAndGet();
    assertThat(doctor.diagnose().await().checks())
        .containsExactly(new Check("database", Outcome.OK), new Check("tables", Outcome.OK));
    assertThat(asked).hasValue(2);
  }

  @Test
  void manyWhoAskAtOnceAreToldTheSameOfOneExamination() {
    AtomicInteger made = new AtomicInteger();
    Promise<List<Finding>> slow = Promise.promise();
    Doctor patient = new Doctor(Duration.ofMinutes(1));
    patient.examine(
        "seals",
        () -> {
          made.incrementAndGet();
          return slow.future();
        });

    Future<Diagnosis> one = patient.diagnose();
    Future<Diagnosis> other = patient.diagnose();
    slow.complete(List.of(WRONG));

    assertThat(one.await()).isEqualTo(other.await());
    assertThat(made).hasValue(1);
    patient.diagnose().await();
    assertThat(made).hasValue(2);
  }

  @Test
  void whatIsWrittenCanBeRead() {
    doctor.examineNow("disk", () -> WRONG);
    doctor.examineNow("proxies", () -> NOTE);
    Diagnosis diagnosis = doctor.diagnose().await();

    assertThat(Diagnosis.of(new JsonObject(diagnosis.toJson().encode()))).isEqualTo(diagnosis);
  }
}
