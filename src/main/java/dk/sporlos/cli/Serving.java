package dk.sporlos.cli;

import dk.sporlos.settings.Setting;
import java.util.List;
import java.util.stream.Stream;

/** A task that serves until it is told to stop, and so has the settings of a serving process. */
interface Serving extends Task {

  @Override
  default List<Setting<?>> settings() {
    return Stream.concat(Options.OF_DATA.stream(), Options.OF_SERVING.stream()).toList();
  }
}
