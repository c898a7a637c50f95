#include "signing/keys/key.h"

#include <functional>
#include <optional>

#include "core/result.h"
#include "tests/signing/signing_bench.h"

namespace sohoa::test {
namespace {

class Key : public SigningTest {
 protected:
  static std::optional<Cause> causeOf(const std::function<void()>& action) {
    try {
      action();
    } catch (const BatchError& error) {
      return error.cause();
    }
    return std::nullopt;
  }
};

TEST_F(Key, NamesAreReadableVietnamese) {
  const CertificateInfo& info = key().certificate();
  EXPECT_EQ(info.organisation, kAgency);
  EXPECT_EQ(info.commonName, std::string("DEMO ") + kAgency);
  EXPECT_EQ(info.subject, std::string("CN=DEMO ") + kAgency + ",O=" + kAgency + ",C=VN");
  EXPECT_EQ(info.issuer, "CN=DEMO Agency CA,O=sohoa DEMO,C=VN");
  EXPECT_EQ(isoUtc(info.notBefore), "2020-01-01T00:00:00Z");
  EXPECT_EQ(info.serial.size(), 32u);
}

TEST_F(Key, AWrongPasswordIsSaidToBeWrong) {
  EXPECT_EQ(causeOf([] { SigningKey::fromPkcs12(keys() / "agency.p12", "wrong"); }),
            Cause::keyPassword);
  EXPECT_EQ(causeOf([] { SigningKey::fromPkcs12(keys() / "agency.p12", ""); }), Cause::keyPassword);
}

TEST_F(Key, AMissingOrForeignFileIsAMissingKey) {
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs12(folder_ / "none.p12", "x"); }), Cause::keyMissing);
  const auto text = file("text.p12", "not a key");
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs12(text, "x"); }), Cause::keyMissing);
  std::string cut = slurp(keys() / "agency.p12");
  cut.resize(cut.size() / 2);
  const auto half = file("half.p12", cut);
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs12(half, password()); }), Cause::keyMissing);
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs12(folder_.path(), "x"); }), Cause::keyMissing);
}

TEST_F(Key, ACertificateWithoutItsKeyIsAMissingKey) {
  const auto out = folder_ / "nokey.p12";
  const CommandResult made =
      runCommand({"openssl", "pkcs12", "-export", "-nokeys", "-in",
                  (keys() / "agency-ca.pem").string(), "-out", out.string(), "-passout", "pass:x"});
  ASSERT_TRUE(made.ok()) << made.describe();
  EXPECT_EQ(causeOf([&] { SigningKey::fromPkcs12(out, "x"); }), Cause::keyMissing);
}

TEST_F(Key, IsUsableOnlyWhileItsCertificateIsValid) {
  EXPECT_NO_THROW(key().requireUsableAt(signingTime()));
  EXPECT_EQ(causeOf([] { key().requireUsableAt(*parseIsoTime("2019-12-31T23:59:59Z")); }),
            Cause::certificateNotYetValid);
  EXPECT_EQ(causeOf([] {
              key().requireUsableAt(key().certificate().notAfter + std::chrono::seconds{1});
            }),
            Cause::certificateExpired);
}

TEST_F(Key, CertificatesOfOtherTradesMayNotSignDocuments) {
  for (const char* name : {"tsa.p12", "ocsp.p12"}) {
    const SigningKey other = SigningKey::fromPkcs12(keys() / name, password());
    EXPECT_EQ(causeOf([&] { other.requireUsableAt(signingTime()); }), Cause::certificateUsage)
        << name;
  }
}

TEST_F(Key, AShortRsaKeyMayNotSign) {
  const auto keyFile = folder_ / "k.pem", certificate = folder_ / "c.pem", out = folder_ / "s.p12";
  ASSERT_TRUE(runCommand({"openssl", "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-subj",
                          "/CN=short", "-keyout", keyFile.string(), "-out", certificate.string(),
                          "-days", "9000", "-addext", "keyUsage=digitalSignature"})
                  .ok());
  ASSERT_TRUE(runCommand({"openssl", "pkcs12", "-export", "-inkey", keyFile.string(), "-in",
                          certificate.string(), "-out", out.string(), "-passout", "pass:x"})
                  .ok());
  const SigningKey shortKey = SigningKey::fromPkcs12(out, "x");
  EXPECT_EQ(causeOf([&] { shortKey.requireUsableAt(SystemClock().now() + std::chrono::hours{1}); }),
            Cause::certificateUsage);
}

}  // namespace
}  // namespace sohoa::test
