package dk.sporlos.door;

import dk.sporlos.site.SiteId;
import java.time.Instant;
import java.util.Map;

/** Hits for tests, of which a test says only what it is about. */
public final class HitMother {
  private SiteId site = new SiteId(1);
  private long visit = 11;
  private long visitor = 22;
  private Instant at = Instant.parse("2026-11-02T10:00:00Z");
  private int step;
  private Page page = new Page("example.com", "/");
  private Action action = new Action.PageView();

  private Attributes attributes;
  private Map<String, String> properties = Map.of();
  private Revenue revenue;

  private HitMother() {}

  public static HitMother aHit() {
    return new HitMother();
  }

  public HitMother site(SiteId site) {
    this.site = site;
    return this;
  }

  public HitMother visit(long visit) {
    this.visit = visit;
    return this;
  }

  public HitMother visitor(long visitor) {
    this.visitor = visitor;
    return this;
  }

  public HitMother at(Instant at) {
    this.at = at;
    return this;
  }

  public HitMother step(int step) {
    this.step = step;
    return this;
  }

  public HitMother path(String path) {
    this.page = new Page(page.host(), path);
    return this;
  }

  public HitMother action(Action action) {
    this.action = action;
    return this;
  }

  public HitMother attributes(Attributes attributes) {
    this.attributes = attributes;
    return this;
  }

  public HitMother properties(Map<String, String> properties) {
    this.properties = properties;
    return this;
  }

  public HitMother revenue(Revenue revenue) {
    this.revenue = revenue;
    return this;
  }

  public Hit build() {
    return new Hit(
        site, visit, visitor, at, step, page, action, attributes, properties, revenue, false);
  }
}
