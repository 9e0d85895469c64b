package dk.sporlos.door;

/**
 * A beacon on its way to the database. Whoever takes it tells how it ended, once; until then what
 * is sent again under the same nonce waits for that.
 */
public sealed interface Delivery
    permits Deliveries.Entered, Opening, GivingCookie, Delivery.Unnamed {

  /** Says that the beacon has been dealt with: what comes again under its nonce does not count. */
  void done();

  /** Says that the beacon was not stored: what comes again under its nonce is a first delivery. */
  void failed(Throwable failure);

  /** The delivery of a beacon without a nonce, which nobody can tell from another. */
  record Unnamed() implements Delivery {
    @Override
    public void done() {}

    @Override
    public void failed(Throwable failure) {}
  }
}
