#include "signing/cms/timestamp_token.h"

#include "signing/base/asn1.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

/// A token over `data` by openssl's own TSA command, with the demo TSA's key.
class TimestampTokens : public SigningTest {
 protected:
  std::string token(const std::string& data, const std::string& digest = "-sha256") const {
    const auto path = [&](const char* name) { return (folder_ / name).string(); };
    const std::string password = "file:" + (keys() / "agency.password").string();
    const auto run = [](const std::vector<std::string>& command) {
      const CommandResult result = runCommand(command);
      if (!result.ok()) throw std::runtime_error(result.describe());
    };
    run({"openssl", "pkcs12", "-in", (keys() / "tsa.p12").string(), "-passin", password, "-nodes",
         "-out", path("tsa.pem")});
    spill(path("tsa.cnf"), "[tsa]\ndefault_tsa = it\n[it]\nserial = " + path("serial") +
                               "\nsigner_cert = " + path("tsa.pem") + "\nsigner_key = " +
                               path("tsa.pem") + "\ncerts = " + path("tsa.pem") +
                               "\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n"
                               "digests = sha256, sha384, sha512\nclock_precision_digits = 3\n");
    spill(path("data"), data);
    run({"openssl", "ts", "-query", "-data", path("data"), digest, "-cert", "-out", path("tsq")});
    run({"openssl", "ts", "-reply", "-config", path("tsa.cnf"), "-queryfile", path("tsq"),
         "-token_out", "-out", path("tst")});
    return slurp(path("tst"));
  }
  static TimestampToken read(const std::string& token, const std::string& data) {
    return readTimestampToken(token, [&](const EVP_MD* method) { return digestOf(method, data); });
  }
};

TEST_F(TimestampTokens, FieldsImprintAndSignatureAreRead) {
  const Time before = SystemClock().now();
  const std::string der = token("data", "-sha384");
  const TimestampToken read = TimestampTokens::read(der, "data");
  EXPECT_EQ(read.info.policy, "1.2.3.4.1");
  EXPECT_EQ(read.info.imprintAlgorithm, "2.16.840.1.101.3.4.2.2");
  EXPECT_EQ(read.info.imprint, digestOf(EVP_sha384(), "data"));
  EXPECT_GE(read.info.genTime, before);
  EXPECT_LE(read.info.genTime, SystemClock().now());
  EXPECT_TRUE(read.info.nonce.has_value());
  EXPECT_FALSE(read.info.serial.empty());
  EXPECT_TRUE(read.imprintMatches);
  EXPECT_TRUE(read.facts.digestMatches);
  EXPECT_TRUE(read.facts.signatureMatches);
  EXPECT_TRUE(read.facts.signerBound);
  ASSERT_NE(read.facts.signer, nullptr);
  EXPECT_EQ(infoOf(read.facts.signer).commonName, "DEMO Timestamp Authority");
  // As it stands in /Contents: zeros behind it.
  EXPECT_TRUE(TimestampTokens::read(der + std::string(100, '\0'), "data").facts.signatureMatches);
}

TEST_F(TimestampTokens, ATokenOverOtherDataDoesNotMatch) {
  const TimestampToken read = TimestampTokens::read(token("data"), "other data");
  EXPECT_FALSE(read.imprintMatches);
  EXPECT_FALSE(read.facts.digestMatches);
  EXPECT_TRUE(read.facts.signatureMatches) << "the TSA's signature itself holds";
}

TEST_F(TimestampTokens, NoFlippedByteGoesUnnoticed) {
  const std::string der = token("data");
  const TimestampToken good = TimestampTokens::read(der, "data");
  const auto allGood = [](const TimestampToken& t) {
    return t.imprintMatches && t.cms.regular && t.facts.digestMatches && t.facts.signatureMatches &&
           t.facts.signerBound && !t.facts.malformed && t.facts.supported;
  };
  ASSERT_TRUE(allGood(good));
  const std::size_t inside = der.find(good.cms.content->substr(0, 40));
  ASSERT_NE(inside, std::string::npos);
  for (std::size_t i = inside; i < inside + good.cms.content->size(); ++i) {
    std::string bad = der;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    try {
      EXPECT_FALSE(allGood(TimestampTokens::read(bad, "data"))) << "byte " << i;
    } catch (const Asn1Error&) {
      // refused: as good
    }
  }
}

TEST_F(TimestampTokens, OtherMessagesAreNoTokens) {
  const RawSignature raw = rawSignature(slurp(signedFile(PlainPdf{}.bytes(), invisible())));
  EXPECT_THROW(TimestampTokens::read(raw.cms, "data"), Asn1Error);
  EXPECT_THROW(TimestampTokens::read("", "data"), Asn1Error);
  EXPECT_THROW(TimestampTokens::read("garbage", "data"), Asn1Error);
}

TEST(GeneralizedTime, IsReadInItsOneForm) {
  EXPECT_EQ(parseGeneralizedTime("20210910073020Z"), parseIsoTime("2021-09-10T07:30:20Z"));
  EXPECT_EQ(parseGeneralizedTime("20210910073020.123Z"), parseIsoTime("2021-09-10T07:30:20Z"));
  for (const char* bad : {"", "20210910073020", "202109100730Z", "20210910073020.Z",
                          "20210910073020.10Z", "20211310073020Z", "20210230073020Z",
                          "20210910253020Z", "20210910073020+0700", "2021091007302xZ"}) {
    EXPECT_FALSE(parseGeneralizedTime(bad)) << bad;
  }
}

}  // namespace
}  // namespace sohoa::test
