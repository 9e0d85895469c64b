package dk.sporlos.database;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * The statements that the product says to PostgreSQL while tests run, with the class that says
 * them. Those of tests are left out. Each process writes what it saw into a file when it ends.
 */
public final class Statements {
  static final Path DIRECTORY = Path.of("target", "statements");

  /** Stands between the class of a statement and its text, and between two of them, in a file. */
  private static final String SEPARATOR = "\u0000";

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final Map<String, String> SAID = new ConcurrentHashMap<>();

  private Statements() {}

  /** Hears from now on what is said over Vert.x's client and over JDBC. */
  static void record() {
    ByteBuddyAgent.install();
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .ignore(not(nameStartsWith("io.vertx.").or(nameStartsWith("org.postgresql."))))
        .type(
            hasSuperType(named("io.vertx.sqlclient.SqlClient"))
                .or(hasSuperType(named("java.sql.Connection")))
                .or(hasSuperType(named("java.sql.Statement"))))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(Ear.class)
                        .on(
                            namedOneOf(
                                    "query",
                                    "preparedQuery",
                                    "prepare",
                                    "prepareStatement",
                                    "execute",
                                    "executeQuery",
                                    "executeUpdate")
                                .and(takesArgument(0, String.class))
                                .and(not(isAbstract())))))
        .installOnByteBuddyAgent();
    Runtime.getRuntime().addShutdownHook(new Thread(Statements::write));
  }

  /** What is put before each method that is told a statement. */
  public static final class Ear {
    private Ear() {}

    /** Hears a statement. */
    @Advice.OnMethodEnter
    public static void hear(@Advice.Argument(0) String statement) {
      Statements.hear(statement);
    }
  }

  /** Remembers a statement if the product says it. */
  public static void hear(String statement) {
    if (SAID.containsKey(statement)) {
      return;
    }
    speaker()
        .filter(Statements::isOfProduct)
        .ifPresent(speaker -> SAID.put(statement, speaker.getName()));
  }

  /** Whoever called, past what stands between the product and its database in tests. */
  private static Optional<? extends Class<?>> speaker() {
    return STACK.walk(
        frames ->
            frames
                .map(StackFrame::getDeclaringClass)
                .filter(type -> type.getName().startsWith("dk.sporlos."))
                .filter(type -> !type.getName().startsWith(Statements.class.getName()))
                .filter(type -> !type.getName().startsWith("dk.sporlos.testing.WatchedPool"))
                .findFirst());
  }

  private static boolean isOfProduct(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source != null && source.getLocation().getPath().endsWith("/classes/");
  }

  private static void write() {
    StringBuilder file = new StringBuilder();
    SAID.forEach(
        (statement, speaker) ->
            file.append(speaker).append(SEPARATOR).append(statement).append(SEPARATOR));
    try {
      Files.createDirectories(DIRECTORY);
      Files.writeString(DIRECTORY.resolve(ProcessHandle.current().pid() + ".txt"), file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By its text, the class that said each statement, of all processes that have ended. */
  static Map<String, String> recorded() throws IOException {
    Map<String, String> statements = new TreeMap<>();
    if (!Files.isDirectory(DIRECTORY)) {
      return statements;
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(DIRECTORY)) {
      files = found.toList();
    }
    for (Path file : files) {
      String[] parts = Files.readString(file).split(SEPARATOR, /* limit= */ -1);
      for (int i = 0; i + 1 < parts.length; i += 2) {
        statements.put(parts[i + 1], parts[i]);
      }
    }
    return statements;
  }
}
