package dk.sporlos.account;

import dk.sporlos.page.Language;
import org.jspecify.annotations.Nullable;

/** Why somebody whom a provider was to sign in is not in. */
enum ProviderFault {
  AWAY(
      503,
      "%s svarer ikke lige nu. Prøv igen om lidt.",
      "%s does not answer right now. Try again in a moment."),
  DECLINED(403, "%s har ikke logget dig ind.", "%s did not sign you in."),
  STALE(
      400,
      "Det tog for lang tid, eller din browser har glemt, at den var på vej. Begynd forfra.",
      "It took too long, or your browser has forgotten that it was on its way. Begin anew."),
  UNFIT(
      502,
      "Svaret fra %s kunne ikke bekræftes, så du er ikke logget ind. Sig det til den, der driver"
          + " serveren.",
      "What %s answered could not be verified, so you are not signed in. Tell whoever runs this"
          + " server."),
  NO_ADDRESS(
      403,
      "%s oplyser ingen e-mailadresse, som er bekræftet. Bekræft din adresse dér, og prøv igen.",
      "%s tells no e-mail address that is verified. Verify yours there, and try again."),
  NO_ROLE(
      403,
      "%s har logget dig ind, men ingen af dine grupper har adgang her. Spørg den, der driver"
          + " serveren.",
      "%s signed you in, but none of your groups has access here. Ask whoever runs this server.");

  private final int status;
  private final String danish;
  private final String english;

  ProviderFault(int status, String danish, String english) {
    this.status = status;
    this.danish = danish;
    this.english = english;
  }

  int status() {
    return status;
  }

  /** What to tell the person. */
  String words(Language language, String provider) {
    return language.of(danish, english).replace("%s", provider);
  }

  /** A failure with this reason. */
  SignInException asException(Throwable cause) {
    return new SignInException(this, cause);
  }

  /** A failure with this reason. */
  SignInException asException() {
    return new SignInException(this, null);
  }

  /** Ends a sign-in that a fault ended. */
  static final class SignInException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProviderFault fault;

    private SignInException(ProviderFault fault, @Nullable Throwable cause) {
      super("the provider did not sign in: " + fault, cause);
      this.fault = fault;
    }

    ProviderFault fault() {
      return fault;
    }
  }
}
