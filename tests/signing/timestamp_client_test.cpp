#include "signing/online/timestamp_client.h"

#include "signing/cms/timestamp_token.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

using namespace std::chrono_literals;
using Mood = TestTsa::Mood;

class TimestampAuthorities : public SigningTest {
 protected:
  static TestServices& world() {
    static TestServices made;
    return made;
  }
  static TestTsa& second() {
    static const auto made = world().newTsa(*parseIsoTime("2030-01-01T00:00:00Z"));
    return *made;
  }
  void SetUp() override { world().tsa().mood = second().mood = Mood::honest; }

  static TimestampOptions both(const std::string& policy = "") {
    TimestampOptions options;
    options.authorities = {{world().tsa().url(), policy, "", ""}, {second().url(), policy, "", ""}};
    options.limits.total = 1s;
    options.rest = 0s;
    return options;
  }
  static std::string digest() { return digestOf(EVP_sha256(), "data"); }
  /// Who signed the token; why not when there is none.
  static std::string stampedBy(TimestampClient& client) {
    const auto token = client.stamp(SignatureDigest::sha256, digest());
    if (!token) {
      EXPECT_EQ(token.error().cause, Cause::timestampUnavailable);
      return token.error().detail;
    }
    const TimestampToken read = readTimestampToken(*token, [](const EVP_MD*) { return digest(); });
    return read.facts.signer == nullptr ? "nobody" : infoOf(read.facts.signer).commonName;
  }
};

TEST_F(TimestampAuthorities, AreAskedInTheirOrder) {
  TimestampClient client(both(), world().anchors());
  const int before = second().served();
  EXPECT_EQ(stampedBy(client), "DEMO Services TSA");
  EXPECT_EQ(second().served(), before) << "the second is not asked when the first answers";
}

TEST_F(TimestampAuthorities, TheNextOneServesWhateverIsWrongWithTheFirst) {
  for (const Mood mood : {Mood::hangsUp, Mood::busy, Mood::refuses, Mood::otherNonce,
                          Mood::otherImprint, Mood::garbage, Mood::slow}) {
    SCOPED_TRACE(static_cast<int>(mood));
    world().tsa().mood = mood;
    TimestampClient client(both(), world().anchors());
    EXPECT_EQ(stampedBy(client), "DEMO Second TSA");
  }
}

TEST_F(TimestampAuthorities, WithoutAnyTheReasonOfEachIsSaid) {
  world().tsa().mood = Mood::busy;
  second().mood = Mood::garbage;
  TimestampClient client(both(), world().anchors());
  const std::string why = stampedBy(client);
  EXPECT_NE(why.find(world().tsa().url()), std::string::npos) << why;
  EXPECT_NE(why.find("503"), std::string::npos) << why;
  EXPECT_NE(why.find(second().url()), std::string::npos) << why;
}

TEST_F(TimestampAuthorities, OneThatDidNotAnswerRestsBeforeItIsAskedAgain) {
  world().tsa().mood = Mood::hangsUp;
  TimestampOptions options = both();
  options.rest = 60s;
  TimestampClient client(options, world().anchors());
  const int before = world().tsa().served();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(stampedBy(client), "DEMO Second TSA");
  EXPECT_EQ(world().tsa().served() - before, 1);
  options.rest = 0s;
  TimestampClient restless(options, world().anchors());
  world().tsa().mood = Mood::honest;
  EXPECT_EQ(stampedBy(restless), "DEMO Services TSA");
}

TEST_F(TimestampAuthorities, APolicyAskedForMustBeTheTokens) {
  TimestampClient asked(both("1.2.3.4.1"), world().anchors());
  EXPECT_EQ(stampedBy(asked), "DEMO Services TSA");
  // Refused by both: they do not have it.
  TimestampClient unknown(both("1.2.3.4.9"), world().anchors());
  EXPECT_NE(stampedBy(unknown).find(second().url()), std::string::npos);
  // Given under another policy than the one asked for.
  world().tsa().mood = second().mood = Mood::otherPolicy;
  EXPECT_NE(stampedBy(unknown).find("policy"), std::string::npos) << stampedBy(unknown);
}

TEST_F(TimestampAuthorities, OfAnotherRootAreNotBelieved) {
  CertificateSpec spec = timestamper("DEMO Stranger");
  const Identity root = issue(authority("DEMO Other Root"));
  TestTsa stranger(issue(spec, &root), root);
  TimestampOptions options = both();
  options.authorities = {{stranger.url(), "", "", ""}};
  TimestampClient client(options, world().anchors());
  EXPECT_NE(stampedBy(client).find("does not trust"), std::string::npos) << stampedBy(client);
}

TEST_F(TimestampAuthorities, WhoseCertificateHasEndedAreNotBelieved) {
  const auto ended = world().newTsa(*parseIsoTime("2021-01-01T00:00:00Z"));
  TimestampOptions options = both();
  options.authorities = {{ended->url(), "", "", ""}};
  TimestampClient client(options, world().anchors());
  EXPECT_NE(stampedBy(client).find("does not trust"), std::string::npos) << stampedBy(client);
}

}  // namespace
}  // namespace sohoa::test
