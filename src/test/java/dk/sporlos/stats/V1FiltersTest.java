package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V1FiltersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "event:page==/blog [['is','event:page',['/blog']]]",
        "event:page!=/blog [['is_not','event:page',['/blog']]]",
        "event:page~blog [['contains','event:page',['blog']]]",
        "event:page!~blog [['contains_not','event:page',['blog']]]",
        "event:page==/blog/** [['matches_wildcard','event:page',['/blog/**']]]",
        "event:page!=/blog/*|/shop [['matches_wildcard_not','event:page',['/blog/**','/shop']]]",
        "event:page~a*b [['contains','event:page',['a*b']]]",
        "event:goal==Visit/shop* [['is','event:goal',['Visit/shop*']]]",
        "visit:source==Github|Twitter [['is','visit:source',['Github','Twitter']]]",
        "visit:utm_campaign==one\\|two|three [['is','visit:utm_campaign',['one|two','three']]]",
        "visit:utm_term==a\\;b [['is','visit:utm_term',['a;b']]]",
        "visit:utm_term==back\\slash [['is','visit:utm_term',['back\\\\slash']]]",
        "visit:source== [['is','visit:source',['']]]",
        "event:props:plan==a==b [['is','event:props:plan',['a==b']]]",
        "visit:country!=FR;visit:os==Mac;"
            + " [['is_not','visit:country',['FR']],['is','visit:os',['Mac']]]",
      })
  void saysTheSameInTheQueryLanguage(String v1, String filters) {
    assertThat(V1Filters.parse(v1).encode()).isEqualTo(filters.replace('\'', '"'));
  }

  @Test
  void looksPastSpaces() {
    assertThat(V1Filters.parse(" event:page == /a b | /c ; visit:os != Mac ").encode())
        .isEqualTo(
            """
            [["is","event:page",["/a b","/c"]],["is_not","visit:os",["Mac"]]]"""
                .strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ";", " ; ;"})
  void readsNoFilterAsNone(String text) {
    assertThat(V1Filters.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"page==/", "visit:cookie==1", "event:props:==1", "time==1", "==", "|==a"})
  void namesAPropertyThatThereIsNot(String filter) {
    String property = filter.substring(0, filter.indexOf("=="));

    assertThatThrownBy(() -> V1Filters.parse(filter))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(
            "Invalid filter property '%s'. Please provide a valid filter property.", property);
  }

  @Test
  void saysHowFiltersAreWritten() {
    assertThatThrownBy(() -> V1Filters.parse("visit:os==Mac;visit:country=FR"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith(
            "Invalid filter 'visit:country=FR'. Please write filters as property==value");
  }
}
