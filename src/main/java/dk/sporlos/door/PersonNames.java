package dk.sporlos.door;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of properties that hold a person, in English and Danish. */
final class PersonNames {

  /*
   * A name is taken apart into words at capitals and at what is no letter. `name` and `id` alone
   * say little: of a product they may stay, and so they tell only by themselves or behind a word
   * for a person. What is a person's whatever stands before it tells at the end of a name:
   * `newsletter_email` does, `email_template` does not.
   */

  /** Telling at the end of a name. */
  private static final Set<String> PERSONAL =
      words(
          """
          email emails emailaddress mail mailaddress epost emailadresse mailadresse phone phonenumber
          phoneno telephone telephonenumber telefon telefonnummer telefonnr tlf tlfnr tlfnummer
          mobilenumber mobilephone mobilnummer mobilnr mobiltelefon cellphone msisdn firstname
          lastname middlename surname familyname fullname givenname nickname maidenname displayname
          fornavn efternavn mellemnavn fuldenavn fuldtnavn kaldenavn username userid useremail uid
          brugernavn brugerid login loginname password passwd kodeord adgangskode cpr cprnr cprno
          cprnumber cprnummer personnummer personnr ssn passport passportnumber pasnummer nationalid
          birthday birthdate dateofbirth dob foedselsdag foedselsdato fodselsdag fodselsdato
          streetaddress billingaddress shippingaddress homeaddress postaladdress deliveryaddress
          postadresse privatadresse hjemmeadresse leveringsadresse faktureringsadresse ip ipaddress
          ipadresse ipaddr useragent iban kontonummer cardnumber creditcard kortnummer sessionid
          visitorid clientid deviceid customerid kundeid kundenummer kundenr medlemsnummer medlemsnr
          medlemsid memberid patientid accountid contactid subscriberid distinctid anonymousid
          accesstoken authtoken sessiontoken
          """);

  /** Telling only if there is nothing else. */
  private static final Set<String> ALONE =
      words(
          """
          user bruger person patient name navn address adresse street gade vej mobile mobil initials
          initialer twitter facebook linkedin instagram tel session token auth sid uuid guid
          """);

  /** People, as a first word. */
  private static final Set<String> PEOPLE =
      words(
          """
          user customer client visitor member contact person patient employee student subscriber
          recipient sender buyer guest owner lead account billing shipping delivery my your bruger
          kunde kundens medlem medlems kontakt besoegende modtager afsender medarbejder elev
          studerende gaest ejer min mit dit din
          """);

  /** What belongs to people, behind such a word. */
  private static final Set<String> ATTRIBUTES =
      words(
          """
          name navn id ids number no nr nummer address adresse key handle initials initialer street
          gade vej mobile mobil ref reference uuid guid hash token
          """);

  /** Words at the end that change nothing. */
  private static final Set<String> FORMS =
      words(
          """
          hash hashed md5 sha sha1 sha256 encrypted encoded raw value field input
          """);

  private static final Set<String> TELLING = telling();

  private static final int MOST_WORDS = 3;

  private PersonNames() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Whether a property of this name holds a person, however it is spelled. */
  static boolean include(String name) {
    List<String> words = wordsOf(name);
    int end = words.size();
    while (end > 1 && isForm(words.get(end - 1))) {
      end--;
    }
    if (end == 0) {
      return false;
    }
    String all = String.join("", words.subList(0, end));
    if (ALONE.contains(all) || TELLING.contains(all)) {
      return true;
    }
    for (int begin = Math.max(1, end - MOST_WORDS); begin < end; begin++) {
      if (TELLING.contains(String.join("", words.subList(begin, end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isForm(String word) {
    return FORMS.contains(word) || word.chars().allMatch(Character::isDigit);
  }

  /** What belongs to a person, with or without the word for the person before it. */
  private static Set<String> telling() {
    Set<String> telling = new HashSet<>(PERSONAL);
    for (String people : PEOPLE) {
      ATTRIBUTES.forEach(attribute -> telling.add(people + attribute));
      PERSONAL.forEach(personal -> telling.add(people + personal));
    }
    return Set.copyOf(telling);
  }

  private static List<String> wordsOf(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char last = ' ';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c) || begins(last, c)) {
        end(word, words);
      }
      if (Character.isLetterOrDigit(c)) {
        append(word, Character.toLowerCase(c));
      }
      last = c;
    }
    end(word, words);
    return words;
  }

  /** Whether a word begins between two letters or digits. */
  private static boolean begins(char last, char next) {
    return (Character.isUpperCase(next) && (Character.isLowerCase(last) || Character.isDigit(last)))
        || (Character.isDigit(next) && Character.isLetter(last));
  }

  private static void append(StringBuilder word, char c) {
    switch (c) {
      case 'æ' -> word.append("ae");
      case 'ø' -> word.append("oe");
      case 'å' -> word.append("aa");
      default -> word.append(c);
    }
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
