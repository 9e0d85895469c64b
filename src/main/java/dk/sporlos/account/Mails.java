package dk.sporlos.account;

import dk.sporlos.mail.Mailer;
import dk.sporlos.page.Language;
import io.vertx.core.Future;
import java.net.URI;

/** The mails with links that open an account. */
public final class Mails {
  private final Mailer mailer;
  private final URI here;

  /**
   * @param here where browsers find this server
   */
  public Mails(Mailer mailer, URI here) {
    this.mailer = mailer;
    this.here = here;
  }

  /** Sends a link to a new password, in the language of its holder. */
  Future<Void> reset(Account account, String link) {
    Language language = account.language();
    return mailer.send(
        account.email().text(),
        language.of("Ny adgangskode til Sporløs", "A new password for Sporløs"),
        language
            .of(
                """
            Nogen, sandsynligvis dig, har bedt om en ny adgangskode på %1$s.

            Vælg den her inden for en halv time; linket virker én gang:
            %2$s

            Var det ikke dig, skal du ikke gøre noget: den gamle adgangskode gælder stadig.
            """,
                """
            Somebody, probably you, asked for a new password at %1$s.

            Choose it here within half an hour; the link opens once:
            %2$s

            If it was not you, there is nothing to do: the old password still holds.
            """)
            .formatted(here, here + link));
  }

  /** Sends a link to an account. In both languages, as nobody knows yet which one is spoken. */
  public Future<Void> invitation(Email email, String link) {
    return mailer.send(
        email.text(),
        "Invitation til Sporløs / An invitation to Sporløs",
        """
        Du er inviteret til at følge besøgstal på %1$s. Åbn din konto her inden for syv dage:
        %2$s

        You are invited to read figures at %1$s. Open your account here within seven days:
        %2$s
        """
            .formatted(here, here + link));
  }
}
