package dk.sporlos.door;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** What is shipped, read once for all tests: it takes a while to read. */
public final class TestEnrichment {
  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
  private static final Enrichment SHIPPED =
      new Enrichment(new Places(/* file= */ null, METERS), METERS);

  private TestEnrichment() {}

  public static Enrichment shipped() {
    return SHIPPED;
  }
}
