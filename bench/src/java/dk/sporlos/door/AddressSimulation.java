package dk.sporlos.door;

import dk.sporlos.bench.Agents;
import dk.sporlos.bench.Arguments;
import dk.sporlos.bench.Table;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How many visitors a day are counted where browsers are recognised by the cut address or the full
 * one, and how many there were, in simulated networks. The same seed prints the same figures.
 */
public final class AddressSimulation {
  private static final String USAGE =
      """
      bench/addresses: visitors counted by the cut address and by the full one, in a simulation.
      --seed 1   --browsers 200000, that are simulated for each line at least
      """;

  private static final List<Integer> SIZES = List.of(100, 1_000, 10_000, 100_000);
  private static final int USUAL_SIZE = 10_000;

  private final int seed;
  private final int browsers;

  private AddressSimulation(int seed, int browsers) {
    this.seed = seed;
    this.browsers = browsers;
  }

  /** Browsers, and what was counted of them. */
  public record Figures(long browsers, long cut, long full) {}

  /** A day of a town, each browser coming once. */
  public static Figures ofTown(int size) {
    AddressSimulation simulation = new AddressSimulation(1, size);
    Sum first = simulation.days(SimulatedNetworks.town(), market(), size).first();
    return new Figures(first.browsers, first.cut, first.full);
  }

  private static SimulatedDay.Market market() {
    return new SimulatedDay.Market(
        Agents.installed("mobile"::equals), Agents.installed("desktop"::equals));
  }

  /** Sums over the days that were simulated. */
  private static final class Sum {
    private long browsers;
    private long cut;
    private long full;

    void add(SimulatedDay.Seen seen) {
      browsers += seen.browsers();
      cut += seen.cut();
      full += seen.full();
    }

    String cutToFull() {
      return percent(cut, full);
    }

    String cutToTruth() {
      return percent(cut, browsers);
    }

    String fullToTruth() {
      return percent(full, browsers);
    }

    private static String percent(long counted, long truth) {
      return "%+.1f %%".formatted(100.0 * (counted - truth) / truth);
    }
  }

  private record Sums(Sum all, Sum first, Map<SimulatedDay.Where, Sum> firstByWhere) {
    static Sums none() {
      Map<SimulatedDay.Where, Sum> byWhere = new EnumMap<>(SimulatedDay.Where.class);
      for (SimulatedDay.Where where : SimulatedDay.Where.values()) {
        byWhere.put(where, new Sum());
      }
      return new Sums(new Sum(), new Sum(), byWhere);
    }

    void add(SimulatedDay.Counted day) {
      all.add(day.all());
      first.add(day.first());
      firstByWhere.forEach((where, sum) -> sum.add(day.firstAt(where)));
    }
  }

  private Sums days(SimulatedNetworks networks, SimulatedDay.Market market, int size) {
    SimulatedDay day = new SimulatedDay(networks, market, new Random(seed));
    Sums sums = Sums.none();
    for (int simulated = 0; simulated < browsers; simulated += size) {
      sums.add(day.of(size));
    }
    return sums;
  }

  private void print() {
    SimulatedDay.Market market = market();
    Agents desktops = market.desktops();
    SimulatedDay.Market evener =
        new SimulatedDay.Market(market.phones(), desktops.without(desktops.commonest()));
    SimulatedNetworks country = SimulatedNetworks.country();
    SimulatedNetworks town = SimulatedNetworks.town();

    Table sizes =
        new Table(
            "visitors from",
            "browsers a day",
            "cut to full",
            "cut to truth",
            "full to truth",
            "each once: cut to truth",
            "full to truth");
    for (int size : SIZES) {
      sizes.row(cells("the country", size, days(country, market, size)));
    }
    for (int size : SIZES.subList(0, 3)) {
      sizes.row(cells("one town", size, days(town, market, size)));
    }
    sizes.print();

    System.out.println();
    Table places =
        new Table("each once, by network", "browsers a day", "of them", "cut to truth", "full");
    placesOf(places, "country", USUAL_SIZE, days(country, market, USUAL_SIZE));
    placesOf(places, "town", 1_000, days(town, market, 1_000));
    places.print();

    System.out.println();
    Table assumptions =
        new Table(
            "if",
            "browsers a day",
            "cut to full",
            "cut to truth",
            "full to truth",
            "each once: cut to truth",
            "full to truth");
    assumptions.row(
        cells(
            "256 phones behind an address",
            USUAL_SIZE,
            days(country.withMobile(0.25), market, USUAL_SIZE)));
    assumptions.row(
        cells(
            "16 phones behind an address",
            USUAL_SIZE,
            days(country.withMobile(4), market, USUAL_SIZE)));
    assumptions.row(
        cells("commonest desktop agent left out", USUAL_SIZE, days(country, evener, USUAL_SIZE)));
    assumptions.row(
        cells(
            "largest workplace has 9 %",
            USUAL_SIZE, days(country.withLevelled(0), market, USUAL_SIZE)));
    assumptions.print();
  }

  private static String[] cells(String name, int size, Sums sums) {
    return new String[] {
      name,
      "%,d".formatted(size),
      sums.all().cutToFull(),
      sums.all().cutToTruth(),
      sums.all().fullToTruth(),
      sums.first().cutToTruth(),
      sums.first().fullToTruth()
    };
  }

  private static void placesOf(Table table, String name, int size, Sums sums) {
    sums.firstByWhere()
        .forEach(
            (where, sum) ->
                table.row(
                    name + ", " + where.name().toLowerCase(Locale.ROOT),
                    "%,d".formatted(size),
                    "%.0f %%".formatted(100.0 * sum.browsers / sums.first().browsers),
                    sum.cutToTruth(),
                    sum.fullToTruth()));
  }

  /** See {@link #USAGE}. */
  public static void main(String... arguments) {
    Arguments flags = Arguments.parse(USAGE, Map.of("seed", "1", "browsers", "200000"), arguments);
    new AddressSimulation(flags.number("seed"), flags.number("browsers")).print();
  }
}
