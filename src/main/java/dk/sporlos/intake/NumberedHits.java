package dk.sporlos.intake;

import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Revenue;
import dk.sporlos.door.Vital;
import io.vertx.core.json.Json;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hits and, for each dictionary, the number of what each hit has for it, null if it has nothing.
 */
record NumberedHits(List<Hit> hits, Map<DictionaryTable, @Nullable Integer[]> numbers) {

  /** The hits from one position up to another. */
  NumberedHits part(int from, int to) {
    Map<DictionaryTable, @Nullable Integer[]> parts = new EnumMap<>(DictionaryTable.class);
    numbers.forEach((table, all) -> parts.put(table, Arrays.copyOfRange(all, from, to)));
    return new NumberedHits(hits.subList(from, to), parts);
  }

  /** The twenty parameters of a statement that appends them to the inbox, one array a column. */
  Tuple parameters() {
    return Tuple.tuple()
        .addArrayOfInteger(column(Integer[]::new, hit -> hit.site().value()))
        .addArrayOfShort(column(Short[]::new, Inbox::slot))
        .addArrayOfLong(column(Long[]::new, Hit::visit))
        .addArrayOfLong(column(Long[]::new, Hit::visitor))
        .addArrayOfOffsetDateTime(
            column(OffsetDateTime[]::new, hit -> hit.at().atOffset(ZoneOffset.UTC)))
        .addArrayOfShort(column(Short[]::new, hit -> (short) hit.step()))
        .addArrayOfShort(column(Short[]::new, hit -> kind(hit.action())))
        .addArrayOfInteger(found(DictionaryTable.PAGE))
        .addArrayOfInteger(found(DictionaryTable.EVENT_NAME))
        .addArrayOfInteger(column(Integer[]::new, hit -> engagedMillis(hit.action())))
        .addArrayOfShort(column(Short[]::new, hit -> scroll(hit.action())))
        .addArrayOfBoolean(column(Boolean[]::new, hit -> interactive(hit.action())))
        .addArrayOfBoolean(column(Boolean[]::new, Hit::byCookie))
        .addArrayOfInteger(found(DictionaryTable.CLIENT))
        .addArrayOfInteger(found(DictionaryTable.PLACE))
        .addArrayOfInteger(found(DictionaryTable.REFERRER))
        .addArrayOfInteger(found(DictionaryTable.CAMPAIGN))
        .addArrayOfString(column(String[]::new, NumberedHits::properties))
        .addArrayOfString(column(String[]::new, hit -> amount(hit.revenue())))
        .addArrayOfString(column(String[]::new, hit -> currency(hit.revenue())));
  }

  /** The six parameters of a statement that counts vitals, one array a column. */
  Tuple vitals() {
    @Nullable Integer[] pages = found(DictionaryTable.PAGE);
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < pages.length; i++) {
      Hit hit = hits.get(i);
      int page = Objects.requireNonNull(pages[i], "every hit has a page");
      if (hit.action() instanceof Action.Vitals vitals) {
        vitals
            .buckets()
            .forEach((vital, bucket) -> figures.add(new Figure(hit, page, vitals, vital, bucket)));
      }
    }
    return Tuple.tuple()
        .addArrayOfInteger(column(figures, Integer[]::new, one -> one.hit().site().value()))
        .addArrayOfOffsetDateTime(
            column(figures, OffsetDateTime[]::new, one -> one.hit().at().atOffset(ZoneOffset.UTC)))
        .addArrayOfInteger(column(figures, Integer[]::new, Figure::page))
        .addArrayOfString(column(figures, String[]::new, one -> one.told().device()))
        .addArrayOfShort(column(figures, Short[]::new, one -> one.vital().number()))
        .addArrayOfShort(column(figures, Short[]::new, one -> (short) one.bucket()));
  }

  /** One of the figures that a hit tells. */
  private record Figure(Hit hit, int page, Action.Vitals told, Vital vital, int bucket) {}

  private @Nullable Integer[] found(DictionaryTable table) {
    return Objects.requireNonNull(numbers.get(table), "every table is looked up");
  }

  private <T> T[] column(IntFunction<T[]> array, Function<Hit, ? extends @Nullable T> value) {
    return column(hits, array, value);
  }

  private static <R, T> T[] column(
      List<R> rows, IntFunction<T[]> array, Function<R, ? extends @Nullable T> value) {
    return rows.stream().map(value).toArray(array);
  }

  private static short kind(Action action) {
    if (action instanceof Action.PageView) {
      return 0;
    }
    return (short) (action instanceof Action.Event ? 1 : 2);
  }

  private static int engagedMillis(Action action) {
    return action instanceof Action.Engagement engagement
        ? Math.toIntExact(engagement.engaged().toMillis())
        : 0;
  }

  private static @Nullable Short scroll(Action action) {
    return action instanceof Action.Engagement engagement && engagement.scroll() != null
        ? engagement.scroll().shortValue()
        : null;
  }

  private static boolean interactive(Action action) {
    return !(action instanceof Action.Event event) || event.interactive();
  }

  /** As text, since the client sends a null among objects as the JSON value of that name. */
  private static @Nullable String properties(Hit hit) {
    return hit.properties().isEmpty() ? null : Json.encode(hit.properties());
  }

  private static @Nullable String amount(@Nullable Revenue revenue) {
    return revenue == null ? null : revenue.amount().toPlainString();
  }

  private static @Nullable String currency(@Nullable Revenue revenue) {
    return revenue == null ? null : revenue.currency();
  }
}
