package dk.sporlos.door;

/** What a known source is. The first kind that knows a host has it. */
enum SourceKind {
  MAIL("mail-services.txt", true),
  ASSISTANT("ai-assistants.txt", true),
  SHOP("shops.txt", true),
  VIDEO("video-sites.txt", true),
  SOCIAL("social-networks.txt", true),
  // Much lives beside a search engine that is none: mail, documents, translations.
  SEARCH("search-engines.txt", false);

  private final String file;
  private final boolean withSubdomains;

  SourceKind(String file, boolean withSubdomains) {
    this.file = file;
    this.withSubdomains = withSubdomains;
  }

  /** The sources of this kind. */
  SourceHosts hosts() {
    return new SourceHosts(NameList.read(file, " "), withSubdomains);
  }
}
