package dk.sporlos.cli;

import dk.sporlos.goal.Segment;
import dk.sporlos.goal.Segments;
import dk.sporlos.site.Site;
import dk.sporlos.stats.SegmentFilters;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos segment}. */
@Command(
    name = "segment",
    description = "Give filters a name, so that queries can use them by it.",
    subcommands = {
      SegmentCommands.Add.class,
      SegmentCommands.ListAll.class,
      SegmentCommands.Remove.class
    })
final class SegmentCommands {

  /** {@code sporlos segment add}. */
  @Command(name = "add", description = "Add a segment.")
  static final class Add extends SiteTask {
    @Option(
        names = "--name",
        required = true,
        paramLabel = "TEXT",
        description = "what reports call it")
    private String name = "";

    @Option(
        names = "--filters",
        required = true,
        paramLabel = "JSON",
        description = "as in a query: [[\"is\",\"visit:country\",[\"DK\"]]]")
    private String filters = "";

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      JsonArray parsed = filters();
      Segment segment =
          Arguments.checked(() -> new Segment(0, null, name, SegmentFilters.checked(parsed)));
      invocation
          .out()
          .println(await(access, new Segments(access.pool()).add(site.id(), segment)).id());
      return Cli.OK;
    }

    private JsonArray filters() {
      try {
        return new JsonArray(filters);
      } catch (DecodeException | ClassCastException unreadable) {
        throw new UserException(
            "--filters: this is no list in JSON; write one as in"
                + " [[\"is\",\"visit:country\",[\"DK\"]]]");
      }
    }
  }

  /** {@code sporlos segment list}. */
  @Command(name = "list", description = "List the segments of a site with their filters.")
  static final class ListAll extends SiteTask {
    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      for (Segment segment : access.await(new Segments(access.pool()).all(site.id(), null))) {
        invocation
            .out()
            .println(segment.id() + "\t" + segment.name() + "\t" + segment.filters().encode());
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos segment remove}. */
  @Command(name = "remove", description = "Remove a segment.")
  static final class Remove extends SiteTask {
    @Parameters(
        paramLabel = "NUMBER",
        description = "the segment, as `sporlos segment list` prints it")
    private long id;

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      return removed(
          access.await(new Segments(access.pool()).remove(site.id(), id, null)),
          "segment " + id,
          "segment list");
    }
  }
}
