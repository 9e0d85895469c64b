package dk.sporlos.door;

import dk.sporlos.bench.Agents;
import dk.sporlos.bench.Zipf;
import dk.sporlos.site.AddressUse;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Browsers that come to a site on a day, some of them twice, and from another network then. */
final class SimulatedDay {

  /** Where a browser is. */
  enum Where {
    HOME,
    MOBILE,
    WORKPLACE
  }

  /** What browsers are met: agent strings of phones and of desktops. */
  record Market(Agents phones, Agents desktops) {}

  /** What a browser asks for first where Danish is spoken. Assumed; no public figures are known. */
  private static final List<String> LANGUAGES =
      List.of(
          "da-DK,da;q=0.9,en-US;q=0.8,en;q=0.7",
          "da-DK,da;q=0.9",
          "en-US,en;q=0.9",
          "da,en-US;q=0.7,en;q=0.3",
          "en-GB,en;q=0.9",
          "en-US,en;q=0.9,da;q=0.8",
          "da",
          "de-DE,de;q=0.9,en;q=0.8",
          "sv-SE,sv;q=0.9,en;q=0.8",
          "pl-PL,pl;q=0.9,en;q=0.8");

  private static final Zipf LANGUAGE =
      Zipf.ofWeights(new double[] {46, 24, 10, 5, 4, 4, 3, 2, 1, 1});

  /** Of 100 browsers, and of 100 of these. */
  private static final int PHONES = 56;

  private static final int PHONES_ON_MOBILE = 40;
  private static final int PHONES_AT_WORK = 5;
  private static final int DESKTOPS_AT_WORK = 35;

  /** Of 100 desktops at work, those that have the one browser their workplace rolled out. */
  private static final int MANAGED = 80;

  /** Of 100 browsers, those that come again on the day; of these, what has changed meanwhile. */
  private static final int COMING_AGAIN = 25;

  private static final int PHONES_THAT_MOVED = 25;
  private static final int NEW_NUMBER_OF_DEVICE = 20;

  private final SimulatedNetworks networks;
  private final Market market;
  private final Zipf workplaces;
  private final Random random;

  SimulatedDay(SimulatedNetworks networks, Market market, Random random) {
    this.networks = networks;
    this.market = market;
    this.workplaces = networks.sizesOfWorkplaces();
    this.random = random;
  }

  /** Fingerprints of visits, by how much of the address is in them. */
  static final class Seen {
    private final Set<ByteBuffer> cut = new HashSet<>();
    private final Set<ByteBuffer> full = new HashSet<>();
    private long browsers;

    private void add(Sender sender) {
      cut.add(ByteBuffer.wrap(sender.traits(AddressUse.CUT)));
      full.add(ByteBuffer.wrap(sender.traits(AddressUse.FULL)));
    }

    long cut() {
      return cut.size();
    }

    long full() {
      return full.size();
    }

    long browsers() {
      return browsers;
    }
  }

  /**
   * What was seen of so many browsers.
   *
   * @param first with their first visits alone, so that nobody counts twice
   */
  record Counted(Seen all, Seen first, Map<Where, Seen> firstByWhere) {
    /** First visits from a kind of network. */
    Seen firstAt(Where where) {
      return firstByWhere.computeIfAbsent(where, none -> new Seen());
    }
  }

  Counted of(int browsers) {
    Counted counted = new Counted(new Seen(), new Seen(), new EnumMap<>(Where.class));
    for (int browser = 0; browser < browsers; browser++) {
      come(counted);
    }
    return counted;
  }

  private void come(Counted counted) {
    boolean phone = random.nextInt(100) < PHONES;
    Where where = where(phone);
    int home = random.nextInt(networks.homes());
    int workplace = workplaces.draw(random);
    long device = random.nextLong();
    boolean managed = where == Where.WORKPLACE && !phone && random.nextInt(100) < MANAGED;
    Random traits = managed ? new Random(workplace * 0x9e37_79b9_7f4aL) : random;
    String agent = (phone ? market.phones() : market.desktops()).text(traits);
    String language = LANGUAGES.get(LANGUAGE.draw(traits));
    Address address = address(where, home, workplace, device);
    Sender first = sender(address, agent, language);
    for (Seen seen : List.of(counted.all, counted.first, counted.firstAt(where))) {
      seen.add(first);
      seen.browsers++;
    }
    if (random.nextInt(100) < COMING_AGAIN) {
      Where later = phone && random.nextInt(100) < PHONES_THAT_MOVED ? other(where) : where;
      boolean renumbered = random.nextInt(100) < NEW_NUMBER_OF_DEVICE;
      long number = renumbered ? random.nextLong() : device;
      boolean stays = later == where && where == Where.MOBILE && !renumbered;
      Address then = stays ? address : address(later, home, workplace, number);
      counted.all.add(sender(then, agent, language));
    }
  }

  private Where where(boolean phone) {
    int drawn = random.nextInt(100);
    if (phone) {
      return drawn < PHONES_ON_MOBILE
          ? Where.MOBILE
          : drawn < PHONES_ON_MOBILE + PHONES_AT_WORK ? Where.WORKPLACE : Where.HOME;
    }
    return drawn < DESKTOPS_AT_WORK ? Where.WORKPLACE : Where.HOME;
  }

  private static Where other(Where where) {
    return where == Where.MOBILE ? Where.HOME : Where.MOBILE;
  }

  private Address address(Where where, int home, int workplace, long device) {
    return switch (where) {
      case HOME -> networks.home(home, device);
      case MOBILE -> networks.mobile(random);
      case WORKPLACE -> networks.workplace(workplace);
    };
  }

  private static Sender sender(Address address, String agent, String language) {
    return new Sender(address, agent, language, false, false, false, ClientHints.NONE);
  }
}
