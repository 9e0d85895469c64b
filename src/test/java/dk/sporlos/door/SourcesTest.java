package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourcesTest {
  private static final Sources SOURCES = new Sources();

  @ParameterizedTest
  @CsvSource({
    "google.com, /, Google, Organic Search",
    "google.dk, /, Google, Organic Search",
    "google.co.uk, /url, Google, Organic Search",
    "google.com.br, /, Google, Organic Search",
    "images.google.de, /, Google, Organic Search",
    "com.google.android.googlequicksearchbox, /, Google, Organic Search",
    "bing.com, /search, Bing, Organic Search",
    "cn.bing.com, /, Bing, Organic Search",
    "duckduckgo.com, /, DuckDuckGo, Organic Search",
    "search.yahoo.com, /, Yahoo, Organic Search",
    "r.search.yahoo.com, /, Yahoo, Organic Search",
    "dk.search.yahoo.com, /, Yahoo, Organic Search",
    "yandex.ru, /search, Yandex, Organic Search",
    "yandex.com.tr, /search, Yandex, Organic Search",
    "baidu.com, /, Baidu, Organic Search",
    "ecosia.org, /search, Ecosia, Organic Search",
    "qwant.com, /, Qwant, Organic Search",
    "startpage.com, /, Startpage, Organic Search",
    "search.brave.com, /, Brave, Organic Search",
    "kagi.com, /, Kagi, Organic Search",
    "search.seznam.cz, /, Seznam, Organic Search",
    "facebook.com, /, Facebook, Organic Social",
    "m.facebook.com, /, Facebook, Organic Social",
    "lm.facebook.com, /l.php, Facebook, Organic Social",
    "l.instagram.com, /, Instagram, Organic Social",
    "t.co, /abc, X, Organic Social",
    "x.com, /someone/status/1, X, Organic Social",
    "lnkd.in, /x, LinkedIn, Organic Social",
    "dk.linkedin.com, /, LinkedIn, Organic Social",
    "old.reddit.com, /r/denmark, Reddit, Organic Social",
    "out.reddit.com, /, Reddit, Organic Social",
    "www2.pinterest.de, /pin/1, Pinterest, Organic Social",
    "news.ycombinator.com, /item, Hacker News, Organic Social",
    "mastodon.social, /@a, Mastodon, Organic Social",
    "bsky.app, /, Bluesky, Organic Social",
    "threads.net, /, Threads, Organic Social",
    "vk.com, /, VK, Organic Social",
    "youtube.com, /watch, YouTube, Organic Video",
    "m.youtube.com, /, YouTube, Organic Video",
    "youtu.be, /x, YouTube, Organic Video",
    "vimeo.com, /1, Vimeo, Organic Video",
    "twitch.tv, /x, Twitch, Organic Video",
    "chatgpt.com, /, ChatGPT, AI Assistants",
    "chat.openai.com, /, ChatGPT, AI Assistants",
    "claude.ai, /, Claude, AI Assistants",
    "perplexity.ai, /search/x, Perplexity, AI Assistants",
    "gemini.google.com, /app, Gemini, AI Assistants",
    "copilot.microsoft.com, /, Copilot, AI Assistants",
    "x.com, /i/grok, Grok, AI Assistants",
    "amazon.de, /dp/1, Amazon, Organic Shopping",
    "smile.amazon.co.uk, /, Amazon, Organic Shopping",
    "google.dk, /shopping/product/1, Google Shopping, Organic Shopping",
    "pricerunner.dk, /, PriceRunner, Organic Shopping",
    "mail.google.com, /mail/u/0, Gmail, Email",
    "outlook.live.com, /, Outlook, Email",
    "eur03.safelinks.protection.outlook.com, /, Safelinks, Email",
    "mail.proton.me, /, Proton Mail, Email",
    "docs.google.com, /document, docs.google.com, Referral",
    "blog.example.net, /post, blog.example.net, Referral",
    "notgoogle.com, /, notgoogle.com, Referral",
    "facebook.com.evil.example, /, facebook.com.evil.example, Referral",
    "x.community, /, x.community, Referral",
    "dr.dk, /nyheder, dr.dk, Referral",
  })
  void namesThePageThatLedHere(String host, String path, String name, String channel) {
    assertThat(SOURCES.source(SITE, new Origin(host, path, null, "")))
        .isEqualTo(new Source(channel, name, host, path));
  }

  @ParameterizedTest
  @CsvSource({
    // source, medium, campaign, click id, referrer, name, channel
    "google, cpc, '', '', '', Google, Paid Search",
    "Google, organic, '', '', '', Google, Organic Search",
    "google, cpc, spring-shop, '', '', Google, Paid Shopping",
    "google, cpc, workshop, '', '', Google, Paid Search",
    "google, display, '', '', '', Google, Display",
    "google, cross-network, cross-network, '', '', Google, Cross-network",
    "'', '', '', gclid, google.com, Google, Paid Search",
    "'', '', '', gclid, '', Google, Paid Search",
    "'', '', '', wbraid, google.dk, Google, Paid Search",
    "'', '', '', dclid, news.example, news.example, Display",
    "'', '', '', msclkid, bing.com, Bing, Paid Search",
    "'', '', '', gclid, youtube.com, YouTube, Paid Video",
    "'', '', '', fbclid, l.facebook.com, Facebook, Organic Social",
    "'', '', '', fbclid, '', Facebook, Organic Social",
    "'', '', '', ttclid, '', TikTok, Paid Social",
    "'', '', '', mc_eid, '', Mailchimp, Email",
    "'', '', '', unheard, '', '', Direct",
    "fb, paid, summer, fbclid, '', Facebook, Paid Social",
    "FB, cpc, '', '', '', Facebook, Paid Social",
    "facebook_ads, paid_social, '', '', '', Facebook, Paid Social",
    "ig, social, '', '', '', Instagram, Organic Social",
    "linkedin, '', '', '', '', LinkedIn, Organic Social",
    "linkedin.com, '', '', '', '', LinkedIn, Organic Social",
    "twitter, '', '', '', '', X, Organic Social",
    "newsletter, email, '', '', '', Newsletter, Email",
    "Nyhedsbrev, '', '', '', '', Newsletter, Email",
    "mailchimp, '', '', '', '', Mailchimp, Email",
    "klaviyo, e-mail, '', '', '', Klaviyo, Email",
    "acme, newsletter, '', '', '', acme, Email",
    "'', email, '', '', '', '', Email",
    "youtube, video, '', '', '', YouTube, Organic Video",
    "youtube, cpv-cpc, '', '', '', YouTube, Paid Video",
    "chatgpt.com, '', '', '', '', ChatGPT, AI Assistants",
    "chatgpt.com, referral, '', '', chatgpt.com, ChatGPT, AI Assistants",
    "perplexity, '', '', '', '', Perplexity, AI Assistants",
    "tradedoubler, affiliate, '', '', '', tradedoubler, Affiliates",
    "spotify, audio, '', '', '', spotify, Audio",
    "sms, sms, '', '', '', SMS, SMS",
    "app, push, '', '', '', app, Mobile Push Notifications",
    "app, mobile_notification, '', '', '', app, Mobile Push Notifications",
    "firebase, '', '', '', '', Firebase, Mobile Push Notifications",
    "partner, ppc, '', '', '', partner, Paid Other",
    "partner, cpm, '', '', '', partner, Display",
    "partner, banner, '', '', '', partner, Display",
    "Partner Site, link, '', '', '', partner site, Referral",
    "bilka, '', shopping-fair, '', '', Bilka, Organic Shopping",
    "amazon, cpc, '', '', '', Amazon, Paid Shopping",
    "foo.example, '', '', '', google.com, foo.example, Referral",
    "'', '', autumn, '', '', '', Referral",
  })
  void readsTheCampaign(
      String source,
      String medium,
      String campaign,
      String click,
      String host,
      String name,
      String channel) {
    Source found =
        SOURCES.source(
            SITE,
            new Origin(
                host,
                host.isEmpty() ? "" : "/",
                new Campaign(source, medium, campaign, "", ""),
                click));

    assertThat(found.name()).isEqualTo(name);
    assertThat(found.channel()).isEqualTo(channel);
    assertThat(found.host()).isEqualTo(host);
  }

  @Test
  void isDirectWithoutAReferrer() {
    assertThat(SOURCES.source(SITE, Origin.NONE)).isEqualTo(Source.DIRECT);
  }

  @ParameterizedTest
  @CsvSource({"example.com", "shop.example.com", "localhost", "127.0.0.1"})
  void takesNoPageOfTheSiteItselfForASource(String host) {
    assertThat(source(host, null)).isEqualTo(Source.DIRECT);
  }

  @Test
  void keepsACampaignThatLedFromOnePageOfTheSiteToAnother() {
    assertThat(source("example.com", new Campaign("newsletter", "email", "", "", "")))
        .isEqualTo(new Source("Email", "Newsletter", "", ""));
  }

  private static Source source(String host, @Nullable Campaign campaign) {
    return SOURCES.source(SITE, new Origin(host, "/a", campaign, ""));
  }
}
