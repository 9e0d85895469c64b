package dk.sporlos.account;

import dk.sporlos.site.Domain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which roles a group at a provider gives, as in {@code it=admin; marketing=viewer}. */
public final class GroupRoles {
  private static final String ADMIN = "admin";

  /** No group gives any. */
  public static final GroupRoles NONE = new GroupRoles(List.of());

  private final List<Rule> rules;

  private GroupRoles(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * What one group gives.
   *
   * @param role null for an admin
   * @param domain the site that the role is for; null for every site
   */
  private record Rule(String group, @Nullable Role role, @Nullable String domain) {}

  /**
   * What somebody is given by all their groups.
   *
   * @param admin whether they may do everything
   * @param everywhere the role on every site; null if none
   * @param byDomain roles on single sites
   */
  record Given(boolean admin, @Nullable Role everywhere, Map<String, Role> byDomain) {
    static final Given NOTHING = new Given(false, null, Map.of());

    Given {
      byDomain = Map.copyOf(byDomain);
    }

    boolean isNothing() {
      return equals(NOTHING);
    }
  }

  /**
   * Reads rules of the form {@code GROUP=ROLE} and {@code GROUP=ROLE@SITE}, separated by
   * semicolons.
   *
   * @throws IllegalArgumentException with a message for whoever wrote them
   */
  public static GroupRoles parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String written : text.split(";", -1)) {
      if (!written.isBlank()) {
        rules.add(rule(written.strip()));
      }
    }
    return new GroupRoles(rules);
  }

  private static Rule rule(String written) {
    int equals = written.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "'" + written + "' names no role; write GROUP=ROLE or GROUP=ROLE@SITE");
    }
    String group = written.substring(0, equals).strip();
    String[] given = written.substring(equals + 1).strip().split("@", 2);
    String word = given[0].toLowerCase(Locale.ROOT);
    String domain = given.length == 2 ? Domain.parse(given[1]) : null;
    if (word.equals(ADMIN)) {
      if (domain != null) {
        throw new IllegalArgumentException(
            "'" + written + "': an admin is one of all sites; write " + group + "=admin");
      }
      return new Rule(group, null, null);
    }
    Role role = Role.find(word);
    if (role == null) {
      throw new IllegalArgumentException(
          "'" + word + "' is no role; write viewer, editor, owner or admin");
    }
    return new Rule(group, role, domain);
  }

  /** The highest role of each kind that these groups give. */
  Given of(Collection<String> groups) {
    boolean admin = false;
    Role everywhere = null;
    Map<String, Role> byDomain = new TreeMap<>();
    for (Rule rule : rules) {
      if (!groups.contains(rule.group())) {
        continue;
      }
      Role role = rule.role();
      String domain = rule.domain();
      if (role == null) {
        admin = true;
      } else if (domain == null) {
        everywhere = everywhere == null ? role : higher(everywhere, role);
      } else {
        byDomain.merge(domain, role, GroupRoles::higher);
      }
    }
    return new Given(admin, everywhere, byDomain);
  }

  private static Role higher(Role one, Role other) {
    return one.includes(other) ? one : other;
  }
}
