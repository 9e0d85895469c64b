package dk.sporlos.door;

/**
 * The delivery of a beacon that says what is known of its visit. Where it is not stored, the next
 * beacon of the visit says it: usually the same, sent again.
 */
record Opening(Delivery delivery, OpenVisit visit) implements Delivery {

  @Override
  public void done() {
    delivery.done();
  }

  @Override
  public void failed(Throwable failure) {
    // First, for who waits for the delivery may be sent again at once.
    visit.notIntroduced();
    delivery.failed(failure);
  }
}
