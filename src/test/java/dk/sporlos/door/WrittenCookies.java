package dk.sporlos.door;

import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The cookies that the door gives, for the test that compares them with the inventory. */
public final class WrittenCookies {
  private WrittenCookies() {}

  /** The lines by which the door gives cookies to browsers that speak TLS. */
  public static List<String> lines() {
    Site site =
        new Site(
            new SiteId(1),
            "example.com",
            "<site>",
            ZoneId.of("UTC"),
            /* demo= */ false,
            Profile.DK,
            SiteSettings.DEFAULT);
    Cookies cookies = new Cookies("", /* secure= */ true);
    VisitorCookie visitor = VisitorCookie.first(LocalDate.EPOCH, "A".repeat(22));
    return List.of(cookies.set(site, visitor, Duration.ofDays(60)), cookies.object(true));
  }
}
