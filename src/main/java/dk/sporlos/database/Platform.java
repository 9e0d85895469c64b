package dk.sporlos.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The kind of machine, as the archives of PostgreSQL's programs are named after it. */
record Platform(String name) {

  /** The kind of machine that this process runs on. */
  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), usesMusl());
  }

  static Platform of(String system, String architecture, boolean musl) {
    String lower = system.toLowerCase(Locale.ROOT);
    String family = lower.startsWith("mac") ? "darwin" : lower;
    String processor =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> architecture;
        };
    return new Platform(family + "-" + processor + (musl ? "-alpine_linux" : ""));
  }

  /** Whether this process itself runs on musl: a machine may have both that and glibc. */
  private static boolean usesMusl() {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      return false;
    }
    try {
      return Files.readString(maps).contains("/ld-musl-");
    } catch (IOException e) {
      return false;
    }
  }
}
