package dk.sporlos.account;

import dk.sporlos.mail.MailSettings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How people may sign in to an installation.
 *
 * @param sessions how long they stay signed in, and what it takes
 * @param passwords whether they may by a password
 * @param publicUrl where their browsers find this server, without a slash at its end; null if that
 *     is not known
 * @param provider by which they may sign in; null for none
 * @param mail where mails to them are handed over; null for nowhere
 */
public record SignInSettings(
    Sessions.Rules sessions,
    boolean passwords,
    @Nullable URI publicUrl,
    @Nullable ProviderSettings provider,
    @Nullable MailSettings mail) {
  public SignInSettings {
    if (provider != null && publicUrl == null) {
      throw new IllegalArgumentException("a provider has to know where this server is");
    }
    if (mail != null && publicUrl == null) {
      throw new IllegalArgumentException("links in mails have to say where this server is");
    }
    if (provider == null && !passwords) {
      throw new IllegalArgumentException("there is no way to sign in");
    }
  }

  /** By password alone. */
  public static SignInSettings byPassword(Sessions.Rules sessions) {
    return new SignInSettings(sessions, true, null, null, null);
  }
}
