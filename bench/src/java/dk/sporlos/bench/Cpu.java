package dk.sporlos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processor time and memory of processes, from {@code /proc}. */
final class Cpu {
  private static final double TICKS_PER_SECOND = 100;
  private static final Path PROC = Path.of("/proc");

  private Cpu() {}

  /** Seconds that a process has used. */
  static double of(long pid) {
    String[] fields = stat(pid);
    return fields.length == 0 ? 0 : seconds(fields, 11, 13);
  }

  /** Seconds that a process, its children and those that have ended have used. */
  static double ofTree(long pid) {
    String[] fields = stat(pid);
    double own = fields.length == 0 ? 0 : seconds(fields, 11, 15);
    return own + children(pid).stream().mapToDouble(Cpu::of).sum();
  }

  /**
   * Milliseconds that the processes which a process started have used, as exactly as Linux counts,
   * without those that have ended.
   */
  static double millisOfChildren(long pid) {
    return children(pid).stream()
        .map(child -> read(PROC.resolve(child + "/schedstat")))
        .filter(schedule -> !schedule.isEmpty())
        .mapToDouble(schedule -> Long.parseLong(schedule.split(" ", -1)[0]) / 1e6)
        .sum();
  }

  /** Seconds that the threads of a process have used whose names begin with a text. */
  static double ofThreads(long pid, String beginning) {
    String shown = beginning.substring(0, Math.min(15, beginning.length()));
    try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
      return threads
          .map(thread -> thread.resolve("stat"))
          .filter(stat -> read(stat).contains("(" + shown))
          .mapToDouble(stat -> seconds(fields(read(stat)), 11, 13))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Seconds that those children of a process used that have ended. */
  static double ofEnded(long pid) {
    String[] fields = stat(pid);
    return fields.length == 0 ? 0 : seconds(fields, 13, 15);
  }

  /** The processes that a process started and that have not ended. */
  static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (Stream<Path> processes = Files.list(PROC)) {
      processes
          .map(path -> path.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .forEach(
              candidate -> {
                String[] fields = stat(candidate);
                if (fields.length > 0 && Long.parseLong(fields[1]) == pid) {
                  children.add(candidate);
                }
              });
    } catch (IOException unreadable) {
      throw new IllegalStateException("/proc cannot be read: this needs Linux", unreadable);
    }
    return children;
  }

  /** Megabytes of memory that a process holds and shares with no other. */
  static long megabytes(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/smaps_rollup"))) {
      return lines
              .filter(line -> line.startsWith("Private_") && !line.startsWith("Private_Hugetlb"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static double seconds(String[] fields, int from, int to) {
    long ticks = 0;
    for (int i = from; i < to; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static String[] stat(long pid) {
    return fields(read(PROC.resolve(pid + "/stat")));
  }

  /** What follows the name of the program: state, parent, …; nothing of a process that is gone. */
  private static String[] fields(String line) {
    return line.isEmpty()
        ? new String[0]
        : line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }
}
